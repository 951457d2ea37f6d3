"""The first page: the open work of the person signed in, and all articles as a table."""
