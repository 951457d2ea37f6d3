"""Tell what a file is: its format, its languages, its partner, its title."""
