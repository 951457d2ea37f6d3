"""How dates are written in French, on every page and in the admin: short, and 24 hours."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j N Y, H:i"
SHORT_DATETIME_FORMAT = DATETIME_FORMAT
