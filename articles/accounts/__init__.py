"""Sign-in: django-allauth with our rules and words, and the log of who signed in and what left."""
