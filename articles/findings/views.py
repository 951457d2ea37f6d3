"""What the checks look for, and how often people agreed: the pages of help behind every finding."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.checks import CHECKS, Check, Pair, run_checks
from articles.findings.service import OWN_CHECKS
from articles.models import CheckSwitch, Finding
from articles.models.review import FindingCounts, render_message
from articles.scoring.mqm import definition_of, dimension_of


@dataclass(frozen=True)
class CheckSummary:
    """A check with what a page says of it."""

    check: Check
    tally: FindingCounts | None
    on: bool

    @property
    def dimension(self) -> str:
        """The MQM dimension of what it finds."""
        return _(dimension_of(self.check.type))

    @property
    def type(self) -> str:
        """The MQM type of what it finds."""
        return _(self.check.type)

    @property
    def severity(self) -> str:
        """How bad that usually is."""
        return _(self.check.severity)

    @property
    def title(self) -> str:
        """Its name."""
        return _(self.check.title)

    @property
    def help(self) -> str:
        """What it looks for."""
        return _(self.check.help)

    @property
    def examples(self) -> list[tuple[str, str, str]]:
        """Source, target, and what it says of them, in the reader's language."""
        return [
            (source, target, _said(self.check, source, target, said))
            for source, target, said in self.check.examples
        ]

    @property
    def meaning(self) -> str:
        """What its MQM type means."""
        return _(definition_of(self.check.type))

    @property
    def languages(self) -> list[str]:
        """The pairs of languages it knows, in words; none when it knows any."""
        return [" → ".join(_name(code) for code in pair) for pair in self.check.languages]


@require_safe
def check_list(request: HttpRequest) -> HttpResponse:
    """All checks, and what other finders brought."""
    tallies = Finding.objects.counts_by_check()
    others = [tally for tally in tallies if tally.finder != OWN_CHECKS]
    return render(request, "findings/checks.html", {"checks": _shown(tallies), "others": others})


@require_safe
def check_detail(request: HttpRequest, check_id: str) -> HttpResponse:
    """One check: what it looks at, its examples, what people made of its findings."""
    if check_id not in CHECKS:
        raise Http404
    tallies = Finding.objects.filter(check_id=check_id, finder=OWN_CHECKS).counts_by_check()
    shown = next(each for each in _shown(tallies) if each.check.id == check_id)
    return render(request, "findings/check.html", {"shown": shown})


def _shown(tallies: list[FindingCounts]) -> list[CheckSummary]:
    """Every check in the order of its title, with its tally among ``tallies``."""
    ours = {tally.check_id: tally for tally in tallies if tally.finder == OWN_CHECKS}
    off = set(
        CheckSwitch.objects.filter(article=None, enabled=False).values_list("check_id", flat=True)
    )
    every = sorted(CHECKS.values(), key=lambda check: _(check.title))
    return [CheckSummary(check, ours.get(check.id), check.id not in off) for check in every]


def _said(check: Check, source: str, target: str, said: str) -> str:
    """``said`` in the reader’s language. Only the check knows its sentence without its words, so it runs again."""
    if not said or get_language() == "en":
        return said
    language = check.languages[0][1] if check.languages else ""
    found = run_checks(Pair(source, target, target_language=language or "fr"), only=[check.id])
    return next((render_message(each.message, each.values) for each in found), said)


def _name(code: str) -> str:
    return str(get_language_info(code)["name_translated"]) if code else _("any language")
