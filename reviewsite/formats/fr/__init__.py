"""How dates are written in French."""
