"""How dates are written, a package a language; what is not here is as in Django."""
