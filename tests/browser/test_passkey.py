"""A passkey, made and used with the browser's own virtual key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from articles.models import AuditEntry

pytestmark = [pytest.mark.browser, pytest.mark.slow]
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_passkey_is_made_and_signs_in(visit: Callable[..., Any]) -> None:
    page = visit("rosa", "/account/2fa/webauthn/add/")
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    key = session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"]
    page.locator("input[name=password]").fill("rosa")  # asked again before anything is added
    page.locator("main form button").first.click()
    page.locator("input[name=name]").fill("Telephone")
    page.locator("input[name=passwordless]").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda address: "webauthn/add" not in address)
    made = session.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]
    assert [credential["isResidentCredential"] for credential in made] == [True]
    page.context.clear_cookies()
    page.goto(page.url)
    expect(page.locator("input[name=username]")).to_be_visible()
    page.locator("#passkey_login").click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    page.goto(page.url.split("/account/")[0] + "/preferences/")
    expect(page.locator("header")).to_contain_text("rosa")
    kinds = AuditEntry.objects.order_by("pk").values_list("kind", flat=True)
    assert AuditEntry.Kind.SECOND_STEP_ADDED in kinds
    assert kinds.last() == AuditEntry.Kind.SIGNED_IN
