"""What a person is called on a page."""

from __future__ import annotations

from django import template

from articles.models.people import name_of, name_with_username

register = template.Library()
register.filter("person_name", name_of)
register.filter("name_with_username", name_with_username)
