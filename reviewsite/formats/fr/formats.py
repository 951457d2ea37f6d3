"""How dates are written in French, on every page and in the admin: short, and 24 hours."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j N Y, H:i"
SHORT_DATETIME_FORMAT = DATETIME_FORMAT
TIME_FORMAT = "G\xa0\\h\xa0i"
TIME_INPUT_FORMATS = ["%H:%M", "%H:%M:%S", "%H h %M", "%Hh%M", "%H h", "%Hh"]
"""Where the browser has no field for a time: 18:00, and 18 h as the French write it."""
