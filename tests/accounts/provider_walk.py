"""People sign in through a provider: run in a process of its own, whose settings name one.

``python -m tests.accounts.provider_walk``; tests/accounts/test_providers.py runs it. The provider is in this process
too, so that the walk can say whom it vouches for.
"""

from __future__ import annotations

import json
import os
from urllib.parse import urlsplit

from tests.accounts.provider import Provider

provider = Provider()
os.environ.update(provider.environment())
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django  # noqa: E402
from django.conf import settings  # noqa: E402

settings.ALLOWED_HOSTS.append("testserver.example.org")
django.setup()

from django.contrib.auth.models import Group, User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from articles.models import AuditEntry  # noqa: E402

HOST = "testserver.example.org"
ROSA = {"sub": "rosa-1", "email": "rosa@example.org", "email_verified": True, "name": "Rosa"}


def person_of(client: Client) -> str:
    """Who is signed in."""
    number = client.session.get("_auth_user_id")
    return User.objects.get(pk=number).username if number else ""


def by_oidc(person: dict[str, object], *, state: str = "", audience: str = "review") -> str:
    """Sign in through OpenID Connect; return who is signed in then."""
    provider.person = person
    provider.audience = audience
    client = Client(HTTP_HOST=HOST)
    begun = client.post("/account/oidc/oidc/login/")
    assert begun.status_code == 302, begun.status_code
    answer = provider.authorize(begun["Location"])
    if state:
        answer["state"] = state
    client.get("/account/oidc/oidc/login/callback/", answer)
    return person_of(client)


def by_saml(person: dict[str, object], *, key: object = None, signed: bool = True) -> str:
    """Sign in through SAML; return who is signed in then."""
    provider.person = person
    client = Client(HTTP_HOST=HOST)
    begun = client.post("/account/saml/saml/login/")
    assert begun.status_code == 302, begun.status_code
    send_response(client, provider.answer(begun["Location"], key=key, signed=signed))  # type: ignore[arg-type]
    return person_of(client)


def send_response(client: Client, response: str) -> int:
    """Bring the provider's response to the site; return how that ends."""
    sent = client.post("/account/saml/saml/acs/", {"SAMLResponse": response})
    return client.get(urlsplit(sent["Location"]).path).status_code


def replay_saml() -> list[int]:
    """Bring one response twice."""
    provider.person = ROSA
    client = Client(HTTP_HOST=HOST)
    response = provider.answer(client.post("/account/saml/saml/login/")["Location"])
    return [send_response(client, response) for _time in range(2)]


def main() -> None:
    """Walk, and print who was signed in each time."""
    call_command("migrate", verbosity=0)
    rosa = User.objects.create_user("rosa", email="rosa@example.org")
    rosa.groups.add(Group.objects.get(name="Reviewers"))
    page = Client(HTTP_HOST=HOST).get("/sign-in/").content.decode()
    metadata = Client(HTTP_HOST=HOST).get("/account/saml/saml/metadata/")
    found = {
        "buttons": "Newsroom login" in page and "Newsroom SAML" in page,
        "metadata": metadata.status_code == 200 and b"/account/saml/saml/acs/" in metadata.content,
        "oidc": by_oidc(ROSA),
        "oidc again": by_oidc(ROSA),
        "oidc unverified": by_oidc(ROSA | {"sub": "x-1", "email_verified": False}),
        "oidc unknown": by_oidc(ROSA | {"sub": "x-2", "email": "stranger@example.org"}),
        "oidc forged state": by_oidc(ROSA, state="another"),
        "oidc for another site": by_oidc(ROSA, audience="another"),
        "saml": by_saml(ROSA),
        "saml unknown": by_saml(ROSA | {"sub": "x-3", "email": "stranger@example.org"}),
        "saml by another key": by_saml(ROSA, key=provider.stranger),
        "saml unsigned": by_saml(ROSA, signed=False),
        "saml twice": replay_saml(),
        "accounts": sorted(User.objects.values_list("username", flat=True)),
        "logged": AuditEntry.objects.filter(kind=AuditEntry.Kind.SIGNED_IN, person=rosa).count(),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
