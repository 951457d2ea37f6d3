"""Signing in: limits in words, nothing said of who has an account, a second step, sessions, the audit log."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.cache import caches
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.accounts import limits
from articles.models import AuditEntry

SIGN_IN = "/sign-in/"


def sign_in(client: Any, name: str, password: str, **extra: Any) -> Any:
    return client.post(SIGN_IN, {"username": name, "password": password}, **extra)


def confirm(client: Any, password: str) -> None:
    """Give the password once more, as changes of the account ask."""
    client.post(reverse("account_reauthenticate"), {"password": password})


def log() -> list[tuple[str, str | None, str | None]]:
    entries = AuditEntry.objects.order_by("id")
    return list(entries.values_list("kind", "person__username", "address"))


@pytest.fixture(autouse=True)
def clean_limits(db: None) -> None:
    for each in caches.all(initialized_only=True):
        each.clear()


def test_signing_in_and_out_is_logged_with_the_address(client: Any, rosa: Any) -> None:
    assert sign_in(client, "rosa", "rosa").headers["Location"] == "/"
    client.post("/sign-out/")
    assert log() == [("signed_in", "rosa", "127.0.0.1"), ("signed_out", "rosa", "127.0.0.1")]


def test_after_five_failures_an_account_waits_and_is_told_how_long(client: Any, rosa: Any) -> None:
    for _attempt in range(5):
        page = sign_in(client, "rosa", "wrong").content.decode()
        assert "The name or the password is wrong." in page
    for password in ("wrong", "rosa"):
        refused = sign_in(client, "rosa", password)
        assert refused.status_code == 429
        assert "Wait five minutes, then try again." in refused.content.decode()
    assert [kind for kind, _name, _address in log()] == ["failed"] * 5 + ["refused"]
    assert sign_in(Client(), "rosa", "rosa", REMOTE_ADDR="10.0.0.7").status_code == 429


def test_a_refusal_that_is_repeated_costs_no_query_and_no_hash(
    client: Any, rosa: Any, django_assert_num_queries: Any, monkeypatch: Any
) -> None:
    for _attempt in range(6):
        sign_in(client, "rosa", "wrong")
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *_words: pytest.fail("hashed"))
    with django_assert_num_queries(0):
        assert sign_in(client, "ROSA", "wrong").status_code == 429


def test_an_address_that_was_refused_for_many_accounts_is_refused_without_a_query(
    client: Any, rosa: Any, django_assert_num_queries: Any
) -> None:
    for number in range(20 + limits.REFUSED_TOO_OFTEN):
        sign_in(client, f"nobody{number}", "wrong")
    with django_assert_num_queries(0):
        assert sign_in(client, "rosa", "rosa").status_code == 429
    other = sign_in(Client(), "rosa", "rosa", REMOTE_ADDR="10.0.0.7")
    assert other.headers["Location"] == "/"


def test_a_refusal_is_forgotten_before_the_limit_ends(client: Any, rosa: Any) -> None:
    for _attempt in range(6):
        sign_in(client, "rosa", "wrong")
    caches["default"].clear()  # the five minutes are over
    assert sign_in(client, "rosa", "rosa").status_code == 429
    later = timezone.now() + timedelta(seconds=limits.REMEMBERED_SECONDS)
    with time_machine.travel(later):
        assert sign_in(client, "rosa", "rosa").headers["Location"] == "/"


def test_many_people_sign_in_from_one_address(client: Any, rosa: Any) -> None:
    for _person in range(40):
        assert sign_in(Client(), "rosa", "rosa").headers["Location"] == "/"


def test_an_address_waits_whatever_names_it_tries(client: Any, rosa: Any, ruth: Any) -> None:
    for number in range(20):
        sign_in(client, f"nobody{number}", "wrong")
    assert "Wait five minutes" in sign_in(client, "rosa", "rosa").content.decode()
    other = sign_in(Client(), "ruth", "ruth", REMOTE_ADDR="10.0.0.7")
    assert other.headers["Location"] == "/"


def test_nobody_learns_who_has_an_account(client: Any, rosa: Any) -> None:
    pages = []
    for name in ("rosa", "nobody"):
        page = sign_in(client, name, "wrong").content.decode()
        pages.append(re.sub(r'value="[^"]*"', "", page))
    assert pages[0] == pages[1]
    assert all(name != "nobody" for _kind, name, _address in log())
    answers = []
    for address in ("rosa@example.org", "nobody@example.org"):
        answer = client.post(reverse("account_reset_password"), {"email": address})
        answers.append((answer.status_code, answer.headers["Location"]))
    assert answers[0] == answers[1]


def test_nobody_makes_an_account(client: Any, db: None) -> None:
    words = {"username": "eve", "password1": "seven grey herons", "password2": "seven grey herons"}
    client.post(reverse("account_signup"), words)
    assert "_auth_user_id" not in client.session


def test_a_new_password_is_chosen_by_a_link_in_a_mail(client: Any, rosa: Any) -> None:
    rosa.email = "rosa@example.org"
    rosa.save()
    client.post(reverse("account_reset_password"), {"email": "rosa@example.org"})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)
    assert link
    page = client.get(link[1], follow=True)
    words = {"password1": "seven grey herons", "password2": "seven grey herons"}
    client.post(page.redirect_chain[-1][0], words)
    assert sign_in(Client(), "rosa", "seven grey herons").headers["Location"] == "/"
    assert "password" in [kind for kind, _name, _address in log()]


def test_an_app_gives_a_second_step(
    client: Any, rosa: Any, django_capture_on_commit_callbacks: Any
) -> None:
    sign_in(client, "rosa", "rosa")
    confirm(client, "rosa")
    page = client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    assert secret in page.content.decode()
    code = totp.format_hotp_value(
        totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time())))
    )
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": code})
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in stored
    other = Client()
    answer = sign_in(other, "rosa", "rosa")
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in other.session
    assert "step_added" in [kind for kind, _name, _address in log()]


def test_a_person_signs_out_everywhere_else(client: Any, rosa: Any) -> None:
    other = Client()
    other.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (Windows NT 10.0) Firefox/132.0"
    for each in (client, other):
        sign_in(each, "rosa", "rosa")
    assert UserSession.objects.count() == 2
    page = client.get(reverse("usersessions_list")).content.decode()
    assert "Sign out other sessions" in page
    assert "Firefox · Windows" in page
    assert page.count("this session") == 1
    client.post(reverse("usersessions_list"))
    page = client.get(reverse("usersessions_list")).content.decode()
    assert "No other session is open." in page
    assert client.get("/").status_code == 200
    assert other.get("/").status_code == 302


def test_the_admin_signs_in_on_the_same_page(client: Any, db: None) -> None:
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith(SIGN_IN)


def test_no_page_of_sign_in_needs_an_inline_script(client: Any, rosa: Any) -> None:
    pages = [client.get(SIGN_IN), client.get(reverse("account_reset_password"))]
    sign_in(client, "rosa", "rosa")
    pages.append(client.get(reverse("account_reauthenticate")))
    confirm(client, "rosa")
    for name in ("mfa_index", "mfa_add_webauthn", "mfa_activate_totp", "usersessions_list"):
        pages.append(client.get(reverse(name)))
    for page in pages:
        assert page.status_code == 200
        assert "unsafe" not in page.headers["Content-Security-Policy"]
        for attributes, words in re.findall(
            r"<script([^>]*)>(.*?)</script>", page.content.decode(), re.S
        ):
            assert 'src="' in attributes or 'type="application/json"' in attributes, words


def test_exports_and_acts_in_the_admin_are_logged(client: Any, ada: Any) -> None:
    from tests.factories import make_article

    article = make_article()
    client.force_login(ada)
    client.get(f"/articles/{article.pk}/export/text/")
    client.post(
        reverse("admin:articles_term_add"),
        {"source": "mayor", "target": "maire", "source_language": "en", "target_language": "fr"},
        headers={"accept-language": "fr"},
    )
    entries = list(AuditEntry.objects.order_by("id").values_list("kind", "details"))
    assert ("exported", f"{article.pk}: text") in entries
    assert "Added “" in dict(entries)["admin"], "the log has one language"
    page = client.get(reverse("admin:articles_auditentry_changelist"))
    assert "127.0.0.1" in page.content.decode()


def test_the_audit_log_is_added_to_only(client: Any, rosa: Any) -> None:
    sign_in(client, "rosa", "rosa")
    for attempt in (AuditEntry.objects.all().delete, lambda: AuditEntry.objects.update(kind="x")):
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
    assert connection.vendor in ("sqlite", "postgresql")


def test_a_password_that_was_changed_or_chosen_is_logged(client: Any, rosa: Any) -> None:
    from articles.people.actions import link_path

    client.force_login(rosa)
    new = {"new_password1": "seven grey herons", "new_password2": "seven grey herons"}
    client.post(reverse("password_change"), {"old_password": "rosa", **new})
    rosa.refresh_from_db()
    visitor = Client()
    opened = visitor.get(link_path(rosa))
    newer = {"new_password1": "eight grey herons", "new_password2": "eight grey herons"}
    visitor.post(opened.headers["Location"], newer)
    kinds = [kind for kind, name, _address in log() if name == "rosa"]
    assert kinds == ["password", "password"]


def test_a_sign_in_makes_a_new_session_whatever_the_browser_brought(client: Any, rosa: Any) -> None:
    """Nobody can prepare a session for somebody else."""
    client.get(SIGN_IN)
    prepared = client.session
    prepared["planted"] = "yes"
    prepared.save()
    key = prepared.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    sign_in(client, "rosa", "rosa")
    assert client.session.session_key != key
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = key
    assert thief.get("/").status_code == 302


def other_password(person: Any) -> None:
    person.set_password("seven grey herons")
    person.save()


def deactivated(person: Any) -> None:
    person.is_active = False
    person.save()


@pytest.mark.parametrize("change", [other_password, deactivated], ids=["password", "deactivated"])
def test_every_session_ends_with_the_account_or_its_password(change: Any, rosa: Any) -> None:
    browsers = [Client(), Client()]
    for browser in browsers:
        sign_in(browser, "rosa", "rosa")
        assert browser.get("/").status_code == 200
    change(rosa)
    for browser in browsers:
        assert browser.get("/").headers["Location"].startswith(SIGN_IN)


def test_a_changed_password_leaves_the_session_that_changed_it(rosa: Any) -> None:
    here, elsewhere = Client(), Client()
    for browser in (here, elsewhere):
        sign_in(browser, "rosa", "rosa")
    new = {"new_password1": "seven grey herons", "new_password2": "seven grey herons"}
    here.post(reverse("password_change"), {"old_password": "rosa", **new})
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302


def test_who_found_a_signed_in_browser_does_not_guess_its_password(client: Any, rosa: Any) -> None:
    client.force_login(rosa)
    new = {"new_password1": "seven grey herons", "new_password2": "seven grey herons"}
    tried = [
        client.post(reverse("password_change"), {"old_password": word, **new}) for word in "abcde"
    ]
    assert [answer.status_code for answer in tried] == [200] * 5
    assert (
        client.post(reverse("password_change"), {"old_password": "rosa", **new}).status_code == 429
    )
    rosa.refresh_from_db()
    assert rosa.check_password("rosa")


def test_after_signing_out_the_old_cookie_opens_nothing(client: Any, rosa: Any) -> None:
    sign_in(client, "rosa", "rosa")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    answer = client.post("/sign-out/")
    assert answer.headers["Clear-Site-Data"] == '"cache"', "Back would show what was read"
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = cookie
    assert thief.get("/").status_code == 302


@pytest.mark.parametrize("name", ["login", "account_reauthenticate", "set_language"])
@pytest.mark.parametrize(
    "address",
    ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)"],
)
def test_no_address_leads_to_another_site(client: Any, rosa: Any, name: str, address: str) -> None:
    if name == "account_reauthenticate":
        client.force_login(rosa)
    fields = {"username": "rosa", "password": "rosa", "language": "fr", "next": address}
    answer = client.post(f"{reverse(name)}?next={address}", fields)
    assert "evil" not in answer.headers["Location"]
    assert "javascript" not in answer.headers["Location"]
