"""Who sees the glossary, and who may change which of its terms.

The site's glossary reaches the articles of every team: whoever holds Django's permission to add,
change or delete terms, in whatever team, may do so there. The terms of one article belong to its
team. No role that the site begins with holds these permissions.
"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from articles.models import Article, Membership, Term
from articles.models.people import name_of
from articles.models.roles import access_of, may

ACTIONS = ("add", "change", "delete")
SHOWN_MANAGERS = 10
"""People who are named as those who manage the glossary."""


def may_see(person: User) -> bool:
    """Return whether the person may look at the glossary: who has any role, or changes terms.

    The side panel shows readers the terms, too.
    """
    return access_of(person).has_role or any(may_act(person, each) for each in ACTIONS)


def may_act(person: User, action: str, article: Article | None = None) -> bool:
    """Return whether the person may "add", "change" or "delete" terms of the article.

    None for those of the site.
    """
    permission = f"articles.{action}_term"
    return person.has_perm(permission) if article is None else may(person, permission, article)


def visible_terms(person: User) -> QuerySet[Term]:
    """Return the terms of the site and of the articles that the person may see."""
    articles = Article.objects.visible_to(person)
    terms = Term.objects.filter(Q(article=None) | Q(article__in=articles))
    return terms.select_related("article")


def managers() -> list[str]:
    """Return the names of people who may change the site's glossary, the first ten of them."""
    able = Membership.objects.filter(role__permissions__codename="change_term").values("person")
    by_name = Q(user_permissions__codename="change_term")
    people = User.objects.filter(Q(is_superuser=True) | Q(pk__in=able) | by_name, is_active=True)
    return [name_of(person) for person in people.distinct().order_by("username")[:SHOWN_MANAGERS]]
