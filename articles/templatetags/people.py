"""What a person is called on a page."""

from __future__ import annotations

from django import template

from articles.models.people import name_of

register = template.Library()
register.filter("person_name", name_of)
