"""Make a person anonymous everywhere, so that what they did stays and who they were does not.

The account gets a pseudonym for its name and loses everything else; the pseudonym stands in
history, too, wherever it had the name. The digests of history were made of the pseudonym from the
start, so that the chain holds. Words that people typed (comments, reasons) are not searched.
"""

from __future__ import annotations

import json
import re

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session

from articles.models import AccessToken, Correction, Erasure, Event, PersonName
from articles.models.chain import make_pseudonym, names_in, replace_names


class Unknown(Exception):
    """Nobody here has this name: no account, and no line of history."""


def anonymise(name: str, *, reason: str, by: User | None = None) -> str:
    """Make the person of this name anonymous; return the pseudonym. Raises Unknown.

    A name that only files brought has no account, and is replaced in history all the same.
    """
    person = User.objects.filter(username=name).first()
    known = PersonName.objects.filter(name=name).first()
    if person is None and known is None:
        raise Unknown(name)
    pseudonym = known.pseudonym if known else make_pseudonym()
    with Erasure.objects.opened(Erasure.Kind.PERSON, pseudonym, reason=reason, by=by) as erasure:
        erasure.events = _replace_in_history(name, pseudonym)
        _replace_in_admin_log(name, pseudonym)
        Correction.objects.filter(claimed_by=name).update(claimed_by=pseudonym)
        if person is not None:
            _empty_account(person, pseudonym)
        PersonName.objects.filter(name=name).delete()
    return pseudonym


def _replace_in_history(name: str, pseudonym: str) -> int:
    """Replace the name in the details of events; return in how many."""
    count = 0
    for event in Event.everything.exclude(details={}).order_by("id").iterator(chunk_size=500):
        if name in names_in(event.details):
            event.details = replace_names(event.details, {name: pseudonym})
            event.save(update_fields=["details"])
            count += 1
    return count


def _replace_in_admin_log(name: str, pseudonym: str) -> None:
    """Replace the name in what Django's admin wrote down of rows that bear it, such as roles.

    Its messages are JSON, with letters beyond ASCII escaped.
    """
    spellings = {name, json.dumps(name)[1:-1]}
    pattern = "|".join(re.escape(each) for each in spellings)
    word = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")
    for entry in LogEntry.objects.order_by("pk").iterator(chunk_size=500):
        texts = (entry.object_repr, entry.change_message)
        replaced = [word.sub(pseudonym, text) for text in texts]
        if replaced != [*texts]:
            entry.object_repr = replaced[0][:200]
            entry.change_message = replaced[1]
            entry.save(update_fields=["object_repr", "change_message"])


def _empty_account(person: User, pseudonym: str) -> None:
    """Leave of the account its number and a pseudonym; nobody can sign in with it."""
    person.username = pseudonym
    person.first_name = person.last_name = person.email = ""
    person.is_active = person.is_staff = person.is_superuser = False
    person.last_login = None
    person.set_unusable_password()
    person.save()
    person.groups.clear()
    person.user_permissions.clear()
    for model in (AccessToken, EmailAddress, Authenticator, UserSession, SocialAccount):
        model.objects.filter(user=person).delete()
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()
    users = ContentType.objects.get_for_model(User)
    entries = LogEntry.objects.filter(content_type=users, object_id=str(person.pk))
    entries.update(object_repr=pseudonym, change_message="")
