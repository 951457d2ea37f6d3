"""The checks: how they stand with an article, running them, and their pages of help."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles.checks import CHECKS, Check, Pair, run_checks
from articles.findings.state import check_state, count_open_findings
from articles.findings.store import OWN_CHECKS
from articles.findings.tasks import queue_checks
from articles.models import Article, CheckSwitch, Finding
from articles.models.messages import language_name
from articles.models.people import SignedInRequest
from articles.models.review import FindingCounts, FindingQuerySet, render_message
from articles.models.roles import REVIEW, may, within_teams
from articles.scoring.mqm import definition_of, dimension_of


@dataclass(frozen=True)
class CheckSummary:
    """A check as a page shows it, in the reader's language."""

    check: Check
    tally: FindingCounts | None
    on: bool

    @property
    def dimension(self) -> str:
        """The MQM dimension of its findings."""
        return _(dimension_of(self.check.type))

    @property
    def type(self) -> str:
        """The MQM type of its findings."""
        return _(self.check.type)

    @property
    def severity(self) -> str:
        """The usual severity of its findings."""
        return _(self.check.severity)

    @property
    def title(self) -> str:
        """The check's name."""
        return _(self.check.title)

    @property
    def help(self) -> str:
        """What it looks for."""
        return _(self.check.help)

    @property
    def examples(self) -> list[tuple[str, str, str]]:
        """Source, target and the finding's message ("" for none) of each example."""
        examples = []
        for source, target, message in self.check.examples:
            translated = _example_message(self.check, source, target, message)
            examples.append((source, target, translated))
        return examples

    @property
    def meaning(self) -> str:
        """The definition of its MQM type."""
        return _(definition_of(self.check.type))

    @property
    def languages(self) -> list[str]:
        """The language pairs it is made for, in words; none when it is made for any."""
        return _language_pairs(self.check.languages)

    @property
    def measured(self) -> list[str]:
        """The language pairs for which it was measured, in words."""
        return _language_pairs(self.check.measured)


@require_safe
def check_list(request: SignedInRequest) -> HttpResponse:
    """Show all checks, and the counts of findings of other origins."""
    counts = _findings_for(request.user).counts_by_check()
    others = [each for each in counts if each.finder != OWN_CHECKS]
    context = {"checks": _summaries(counts), "others": others}
    return render(request, "findings/checks.html", context)


@require_safe
def check_detail(request: SignedInRequest, check_id: str) -> HttpResponse:
    """Show one check: what it looks for, its examples, what people decided on its findings."""
    if check_id not in CHECKS:
        raise Http404
    rows = _findings_for(request.user).filter(check_id=check_id, finder=OWN_CHECKS)
    summaries = _summaries(rows.counts_by_check())
    shown = next(each for each in summaries if each.check.id == check_id)
    return render(request, "findings/check.html", {"shown": shown})


def _findings_for(person: User) -> FindingQuerySet:
    """Return the findings in the articles of the person's teams."""
    found: FindingQuerySet = Finding.objects.filter(within_teams(person, "segment__article__team"))
    return found


def _summaries(counts: list[FindingCounts]) -> list[CheckSummary]:
    """Return every check, in the order of the titles, with its counts."""
    own = {each.check_id: each for each in counts if each.finder == OWN_CHECKS}
    switched_off = CheckSwitch.objects.filter(article=None, enabled=False)
    off = set(switched_off.values_list("check_id", flat=True))
    in_order = sorted(CHECKS.values(), key=lambda check: _without_accents(_(check.title)))
    return [CheckSummary(check, own.get(check.id), check.id not in off) for check in in_order]


def _without_accents(text: str) -> str:
    """Return the text as dictionaries sort it: an é counts as an e."""
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _example_message(check: Check, source: str, target: str, message: str) -> str:
    """Return an example's message in the reader's language.

    The example holds the English sentence with its words filled in. Only the check knows the
    sentence without them, which can be translated: it runs again.
    """
    if not message or get_language() == "en":
        return message
    language = check.languages[0][1] if check.languages else "fr"
    pair = Pair(source, target, target_language=language or "fr")
    found = run_checks(pair, only=[check.id])
    if not found:
        return message
    return render_message(found[0].message, found[0].values)


def _language_pairs(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Return pairs of language codes in words."""
    return [f"{_language_name(source)} → {_language_name(target)}" for source, target in pairs]


def _language_name(code: str) -> str:
    """Return the language's name in the reader's language; no code stands for any language."""
    if not code:
        return _("any language")
    return language_name(code)


@require_safe
def state(request: SignedInRequest, article_id: int) -> HttpResponse:
    """Show how the checks stand with an article: what its page asks for while they run."""
    articles = Article.objects.with_documents().visible_to(request.user)
    article: Article = get_object_or_404(articles, pk=article_id)
    found = check_state([article])[article.pk]
    context = {
        "article": article,
        "state": found,
        "watch": True,
        "may_run_checks": may(request.user, REVIEW, article),
    }
    if not found.is_in_progress:
        context["is_finished"] = True
        context["findings"] = count_open_findings([article])[article.pk]
    return render(request, "findings/state.html", context)


@require_POST
def run(request: SignedInRequest, article_id: int) -> HttpResponse:
    """Have the worker run the checks over an article, and lead back to where that was asked."""
    article: Article = get_object_or_404(Article.objects.visible_to(request.user), pk=article_id)
    if not may(request.user, REVIEW, article):
        raise PermissionDenied
    queue_checks(article, by=request.user)
    return HttpResponseRedirect(
        _address_to_return_to(request) or reverse("desk", args=[article.pk])
    )


def _address_to_return_to(request: HttpRequest) -> str:
    """Return the address on this site that the form names, "" for none."""
    address = request.POST.get("next", "")
    is_here = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_here and address.startswith("/") else ""
