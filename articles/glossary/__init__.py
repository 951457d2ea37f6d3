"""The glossary: its page, and every change of a term there or from a file."""
