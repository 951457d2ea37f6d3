"""What a person is called on a page."""

from __future__ import annotations

from django import template
from django.contrib.auth.models import User

from articles.models.people import name_of

register = template.Library()


@register.filter
def person_name(person: User | None) -> str:
    """Return first and last name, else the username; "" for nobody."""
    return "" if person is None else name_of(person)
