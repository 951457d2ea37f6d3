"""Django admin: managing the corpus, assignments and checks."""

from articles.admin import articles, assignments, checks, history, people, teams, tokens

__all__ = ["articles", "assignments", "checks", "history", "people", "teams", "tokens"]
