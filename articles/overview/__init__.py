"""The first page: what waits for the person signed in, and all articles as a table."""
