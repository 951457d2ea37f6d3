"""Floor 5: what a house chooses for the checks: switches and word lists. The next run of the checks makes use of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.checks import CHECKS
from articles.findings.external import import_findings
from articles.findings.messages import describe_problem
from articles.formats.interchange import BadFile
from articles.formats.tables import findings
from articles.formats.xml import termbase
from articles.models import Article, CheckSwitch, Term


def check_choices() -> list[tuple[str, str]]:
    """Every check by its title, in the reader's language."""
    return sorted(
        ((each.id, _(each.title)) for each in CHECKS.values()), key=lambda choice: choice[1]
    )


class RecheckReminderAdmin(admin.ModelAdmin):
    """A page whose changes show in the findings when the checks run the next time, and which says so."""

    show_full_result_count = False
    list_per_page = 50

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's own signature
        """Save, and say it."""
        super().save_model(request, obj, form, change)
        self.tell(request)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        """Delete, and say it."""
        super().delete_model(request, obj)
        self.tell(request)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Delete several, and say it."""
        super().delete_queryset(request, queryset)
        self.tell(request)

    def tell(self, request: HttpRequest) -> None:
        """Say once what is to be done now."""
        if not hasattr(request, "told_to_check_again"):
            request.told_to_check_again = True  # type: ignore[attr-defined]  # a mark of our own
            text = _(
                "It shows when the checks run again (an action on articles, or manage.py recheck)."
            )
            self.message_user(request, text, messages.INFO)


def format_choices() -> list[tuple[str, str]]:
    """The formats that may hold findings, by what people call them."""
    return [
        ("", _("as the file’s name says")),
        *((name, _(label)) for name, label in findings.readable_formats().items()),
    ]


class FindingsUpload(forms.Form):
    """A file of findings by another tool."""

    upload = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "JSON Lines or a table of MQM errors; segments are found by number or by their texts."
        ),
    )
    form = forms.ChoiceField(label=gettext_lazy("Format"), required=False, choices=format_choices)
    finder = forms.CharField(
        label=gettext_lazy("found by"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("The tool’s name, where the file does not say it."),
    )
    withdraw = forms.BooleanField(
        label=gettext_lazy("Withdraw what the tool does not find any more"),
        required=False,
        initial=True,
        help_text=gettext_lazy(
            "In the articles that the file names; what somebody has decided on stays. Clear it for a file that adds."
        ),
    )


class FindingsImportAdmin(admin.ModelAdmin):
    """The page where findings by other tools come in, beside the list of findings."""

    def get_urls(self) -> list[URLPattern]:
        """The import page beside Django's own."""
        view = self.admin_site.admin_view(self.import_findings)
        return [path("import/", view, name="articles_finding_import"), *super().get_urls()]

    def import_findings(self, request: HttpRequest) -> HttpResponse:
        """Upload findings; say how many are new, and of each that was not taken why not."""
        if not request.user.has_perm("articles.add_finding"):
            raise PermissionDenied
        form = (
            FindingsUpload(request.POST, request.FILES)
            if request.method == "POST"
            else FindingsUpload()
        )
        lines: list[str] = []
        if form.is_valid():
            values, dry_run = form.cleaned_data, "look" in request.POST
            file, named = (
                values["upload"],
                {
                    "format": values["form"],
                    "origin": values["finder"],
                    "withdraw": values["withdraw"],
                },
            )
            try:
                outcome = import_findings(
                    file.file, name=file.name, by=request.user, dry_run=dry_run, **named
                )
            except BadFile as problem:
                form.add_error("upload", describe_problem(problem))
            else:
                lines = outcome.problems
                text = _("Nothing is written yet. %(outcome)s") if dry_run else "%(outcome)s"
                level = messages.WARNING if lines or dry_run else messages.SUCCESS
                self.message_user(request, text % {"outcome": outcome.sentence}, level)
        title = _("Import findings by another tool")
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "form": form,
            "lines": lines,
            "look": True,
        }
        return render(request, "admin/articles/upload.html", context | {"opts": self.opts})


class CheckSwitchForm(forms.ModelForm):
    """A switch; the check is chosen by its title."""

    check_id = forms.ChoiceField(label=gettext_lazy("check"), choices=check_choices)

    class Meta:
        model = CheckSwitch
        fields = ["check_id", "article", "enabled"]


@admin.register(CheckSwitch)
class CheckSwitchAdmin(RecheckReminderAdmin):
    """Checks switched off, or on again, for the site or for one article."""

    form = CheckSwitchForm
    list_display = ["title", "check_id", "where", "enabled"]
    list_editable = ["enabled"]
    list_filter = ["enabled", "check_id", ("article", admin.EmptyFieldListFilter)]
    list_select_related = ["article"]
    autocomplete_fields = ["article"]
    search_fields = ["check_id", "article__title"]

    @admin.display(description=gettext_lazy("check"))
    def title(self, switch: CheckSwitch) -> str:
        """The check's title; its id alone when there is no such check any more."""
        known = CHECKS.get(switch.check_id)
        return _(known.title) if known else switch.check_id

    @admin.display(description=gettext_lazy("where"), ordering="article")
    def where(self, switch: CheckSwitch) -> str:
        """The article, or the whole site."""
        return str(switch.article) if switch.article else _("the whole site")


class TermsUpload(forms.Form):
    """A file of terms, and where it counts."""

    upload = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV (term, translation, note) or TBX. Terms without a translation stay untranslated."
        ),
    )
    source_language = forms.CharField(label=gettext_lazy("from"), max_length=8, initial="en")
    target_language = forms.CharField(label=gettext_lazy("to"), max_length=8, initial="fr")
    article = forms.ModelChoiceField(
        Article.objects.all(),
        required=False,
        label=gettext_lazy("article"),
        widget=AutocompleteSelect(Term._meta.get_field("article"), admin.site),
        help_text=gettext_lazy("Leave empty for the whole site."),
    )


@admin.register(Term)
class TermAdmin(RecheckReminderAdmin):
    """The house's word lists: search, filter, and import from files."""

    list_display = ["source", "target", "source_language", "target_language", "where", "note"]
    list_filter = [
        "source_language",
        "target_language",
        ("target", admin.EmptyFieldListFilter),
        "article",
    ]
    list_select_related = ["article"]
    autocomplete_fields = ["article"]
    search_fields = ["source", "target", "note"]

    @admin.display(description=gettext_lazy("where"), ordering="article")
    def where(self, term: Term) -> str:
        """The article, or the whole site."""
        return str(term.article) if term.article else _("the whole site")

    def get_urls(self) -> list[URLPattern]:
        """The import page beside Django's own."""
        view = self.admin_site.admin_view(self.import_terms)
        return [path("import/", view, name="articles_term_import"), *super().get_urls()]

    def import_terms(self, request: HttpRequest) -> HttpResponse:
        """Upload a word list; say how many terms are new, changed and the same."""
        if not request.user.has_perm("articles.add_term"):
            raise PermissionDenied
        form = (
            TermsUpload(request.POST, request.FILES) if request.method == "POST" else TermsUpload()
        )
        if form.is_valid():
            values = form.cleaned_data
            languages = (values["source_language"].lower(), values["target_language"].lower())
            try:
                entries = termbase.read(
                    values["upload"].file, name=values["upload"].name, languages=languages
                )
            except BadFile as problem:
                form.add_error("upload", describe_problem(problem))
            else:
                counts = Term.objects.add_entries(
                    entries, languages=languages, article=values["article"]
                )
                text = (
                    _("%(new)s new terms, %(changed)s changed, %(same)s the same as before.")
                    % counts
                )
                self.message_user(request, text, messages.SUCCESS)
                self.tell(request)
                return redirect("admin:articles_term_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import terms"),
            "form": form,
            "opts": self.opts,
        }
        return render(request, "admin/articles/upload.html", context)
