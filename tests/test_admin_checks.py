"""The admin's pages about checks: switches."""

import pytest
from django.urls import reverse

from articles.checks import CHECKS
from articles.models import CheckSwitch
from tests.factories import make_article


@pytest.fixture
def desk(client, ada):
    client.force_login(ada)
    return client


def said(response):
    return [str(message) for message in response.context["messages"]]


SWITCHES = reverse("admin:articles_checkswitch_changelist")
ADD = reverse("admin:articles_checkswitch_add")
CHECK = "dropped"


def test_a_check_is_chosen_by_its_title_and_switched_off(desk):
    assert CHECKS[CHECK].title in desk.get(ADD).content.decode()
    answer = desk.post(ADD, {"check_id": CHECK, "article": ""}, follow=True)
    assert CheckSwitch.objects.get().enabled is False
    assert any("manage.py recheck" in message for message in said(answer))


def test_one_switch_for_the_site_and_one_an_article(desk):
    article = make_article()
    for own in ("", article.pk):
        CheckSwitch.objects.create(check_id=CHECK, article=article if own else None)
        answer = desk.post(ADD, {"check_id": CHECK, "article": own})
        assert "already" in answer.content.decode()
    page = desk.get(SWITCHES).content.decode()
    assert "the whole site" in page
    assert str(article) in page


def test_an_unknown_check_is_refused_but_an_old_row_is_shown(desk):
    assert desk.post(ADD, {"check_id": "no-such-check"}).status_code == 200
    assert not CheckSwitch.objects.exists()
    CheckSwitch.objects.create(check_id="was-here-once")
    assert "was-here-once" in desk.get(SWITCHES).content.decode()


def test_many_are_switched_and_deleted_at_once_and_it_is_said_once(desk):
    rows = [CheckSwitch.objects.create(check_id=each) for each in list(CHECKS)[:3]]
    form = {"form-TOTAL_FORMS": 3, "form-INITIAL_FORMS": 3, "_save": "Save"}
    for k, row in enumerate(CheckSwitch.objects.order_by("check_id")):
        form |= {f"form-{k}-id": row.pk, f"form-{k}-enabled": "on"}
    answer = desk.post(SWITCHES, form, follow=True)
    assert CheckSwitch.objects.filter(enabled=True).count() == 3
    assert len([message for message in said(answer) if "recheck" in message]) == 1
    chosen = {"action": "delete_selected", "_selected_action": [row.pk for row in rows[:2]], "post": "yes"}
    desk.post(SWITCHES, chosen)
    desk.post(reverse("admin:articles_checkswitch_delete", args=[rows[2].pk]), {"post": "yes"})
    assert not CheckSwitch.objects.exists()
