"""Files come in and become articles."""
