"""Teams: who belongs to one with which roles, and which team an article belongs to."""
