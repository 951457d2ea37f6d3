"""Two blind readings are compared, and a third person decides what is kept."""
