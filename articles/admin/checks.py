"""The admin's pages for what the checks use: switches, the glossary, findings of other tools.

The next run of the checks uses what is chosen here; a term has the articles with it checked again.
"""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.filters import ArticleSelect, ChoosesArticle
from articles.admin.lists import language_filter
from articles.admin.teams import WithinTeams
from articles.checks import CHECKS
from articles.findings.external import import_findings
from articles.findings.messages import describe_problem
from articles.findings.tasks import queue_term_checks
from articles.formats.interchange import BadFile
from articles.formats.tables import findings
from articles.glossary.actions import store_changes
from articles.glossary.forms import TermsUpload
from articles.glossary.messages import describe_rechecks
from articles.models import Article, CheckSwitch, Term
from articles.models.people import SignedInRequest
from articles.review.workflow import Refused


def check_choices() -> list[tuple[str, str]]:
    """Return the id and the translated title of every check, by title."""
    choices = [(each.id, _(each.title)) for each in CHECKS.values()]
    return sorted(choices, key=itemgetter(1))


class ForSiteOrArticle(ChoosesArticle, WithinTeams):
    """Pages about rows for the whole site or for one article."""

    has_common_rows = True
    show_full_result_count = False
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows that the person may see, for what is sent those that they may change."""
        rows = super().get_queryset(request)
        return rows.filter(self.within(request, "change")) if request.method == "POST" else rows


class RecheckReminderAdmin(ForSiteOrArticle):
    """Pages whose changes show when the checks run the next time, and which say so."""

    def save_model(
        self,
        request: HttpRequest,
        obj: Model,
        form: Any,
        change: bool,  # noqa: FBT001 - Django's own signature
    ) -> None:
        """Save, and add the reminder."""
        super().save_model(request, obj, form, change)
        self.remind(request)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        """Delete, and add the reminder."""
        super().delete_model(request, obj)
        self.remind(request)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Delete several, and add the reminder."""
        super().delete_queryset(request, queryset)
        self.remind(request)

    def remind(self, request: HttpRequest) -> None:
        """Add a message, once a request, that the checks have to run again."""
        if hasattr(request, "is_reminded_to_recheck"):
            return
        request.is_reminded_to_recheck = True  # type: ignore[attr-defined]  # for one answer only
        text = _(
            "Takes effect when the checks are run again (action on articles, or manage.py recheck)."
        )
        self.message_user(request, text, messages.INFO)


def format_choices() -> list[tuple[str, str]]:
    """Return the formats that may hold findings, with their labels."""
    return [
        ("", _("according to the file name")),
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
        help_text=gettext_lazy("Name of the tool, if the file does not give it."),
    )
    withdraw = forms.BooleanField(
        label=gettext_lazy("Withdraw findings that the tool no longer reports"),
        required=False,
        initial=True,
        help_text=gettext_lazy(
            "Only in the articles named in the file; findings that somebody has decided on "
            "stay. Clear this for a file that only adds findings."
        ),
    )


class FindingsImportAdmin(admin.ModelAdmin):
    """The page to import findings by other tools, next to the list of findings."""

    def get_urls(self) -> list[URLPattern]:
        """Add the import page to Django's own."""
        view = self.admin_site.admin_view(self.import_findings)
        return [path("import/", view, name="articles_finding_import"), *super().get_urls()]

    def import_findings(self, request: SignedInRequest) -> HttpResponse:
        """Import an uploaded file of findings, and list those that were refused and why."""
        if not request.user.has_perm("articles.add_finding"):
            raise PermissionDenied
        problems: list[str] = []
        form = FindingsUpload()
        if request.method == "POST":
            form = FindingsUpload(request.POST, request.FILES)
        if form.is_valid():
            problems = self._import_upload(request, form)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import findings of another tool"),
            "form": form,
            "lines": problems,
            "look": True,
            "opts": self.opts,
        }
        return render(request, "admin/articles/upload.html", context)

    def _import_upload(self, request: SignedInRequest, form: FindingsUpload) -> list[str]:
        """Import the file, or with ``look`` only examine it; return the problems."""
        values = form.cleaned_data
        dry_run = "look" in request.POST
        upload = values["upload"]
        try:
            outcome = import_findings(
                upload.file,
                name=upload.name,
                format=values["form"],
                origin=values["finder"],
                by=request.user,
                withdraw=values["withdraw"],
                dry_run=dry_run,
            )
        except BadFile as problem:
            form.add_error("upload", describe_problem(problem))
            return []
        text = "%(outcome)s"
        level = messages.SUCCESS
        if outcome.problems:
            level = messages.WARNING
        if dry_run:
            text = _("Nothing is saved yet. %(outcome)s")
            level = messages.WARNING
        self.message_user(request, text % {"outcome": outcome.sentence}, level)
        return outcome.problems


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
    search_fields = ["check_id", "article__title"]

    @admin.display(description=gettext_lazy("check"))
    def title(self, switch: CheckSwitch) -> str:
        """Return the check's title, its id when there is no such check any more."""
        known = CHECKS.get(switch.check_id)
        if known is None:
            return switch.check_id
        return _(known.title)

    @admin.display(description=gettext_lazy("scope"), ordering="article")
    def where(self, switch: CheckSwitch) -> str:
        """Return the article, or the whole site."""
        if switch.article is None:
            return _("the whole site")
        return str(switch.article)


class AdminTermsUpload(TermsUpload):
    """A file of terms, for the site or an article that is searched for."""

    article = forms.ModelChoiceField(
        Article.objects.none(),
        required=False,
        label=gettext_lazy("article"),
        widget=ArticleSelect(Term._meta.get_field("article"), admin.site),
        help_text=gettext_lazy("Leave empty for the whole site."),
    )

    def __init__(self, *args: Any, articles: QuerySet[Article], **options: Any) -> None:
        """Take only one of the articles."""
        super().__init__(*args, **options)
        field = self.fields["article"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - it is declared above
        field.queryset = articles


@admin.register(Term)
class TermAdmin(ForSiteOrArticle):
    """The glossary: search, filter, and import from files."""

    list_display = ["source", "target", "source_language", "target_language", "where", "note"]
    list_filter = [
        ("source_language", language_filter(gettext_lazy("source language"))),
        ("target_language", language_filter(gettext_lazy("target language"))),
        ("target", admin.EmptyFieldListFilter),
        ("article", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["article"]
    search_fields = ["source", "target", "note"]

    @admin.display(description=gettext_lazy("scope"), ordering="article")
    def where(self, term: Term) -> str:
        """Return the article, or the whole site."""
        if term.article is None:
            return _("the whole site")
        return str(term.article)

    def save_model(
        self,
        request: HttpRequest,
        obj: Term,
        form: Any,
        change: bool,  # noqa: FBT001 - Django's own signature
    ) -> None:
        """Save, and have the articles checked again that may have the term."""
        with transaction.atomic():
            before = list(Term.objects.filter(pk=obj.pk))
            super().save_model(request, obj, form, change)
            self._say_rechecked(request, queue_term_checks(before, [obj]))

    def delete_model(self, request: HttpRequest, obj: Term) -> None:
        """Delete, and have the articles checked again that may have the term."""
        self.delete_queryset(request, Term.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Term]) -> None:
        """Delete several, and have the articles checked again that may have one of them."""
        with transaction.atomic():
            before = list(queryset)
            super().delete_queryset(request, queryset)
            self._say_rechecked(request, queue_term_checks(before, []))

    def _say_rechecked(self, request: HttpRequest, articles: int) -> None:
        self.message_user(request, describe_rechecks(articles), messages.INFO)

    def get_urls(self) -> list[URLPattern]:
        """Add the import page to Django's own."""
        view = self.admin_site.admin_view(self.import_terms)
        return [path("import/", view, name="articles_term_import"), *super().get_urls()]

    def import_terms(self, request: SignedInRequest) -> HttpResponse:
        """Import an uploaded glossary, and say how many terms are new, changed and the same."""
        if not request.user.has_perm("articles.add_term"):
            raise PermissionDenied
        articles = Article.objects.visible_to(request.user)
        form = AdminTermsUpload(articles=articles)
        if request.method == "POST":
            form = AdminTermsUpload(request.POST, request.FILES, articles=articles)
        if form.is_valid() and self._import_upload(request, form):
            return redirect("admin:articles_term_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import terms"),
            "form": form,
            "opts": self.opts,
        }
        return render(request, "admin/articles/upload.html", context)

    def _import_upload(self, request: SignedInRequest, form: AdminTermsUpload) -> bool:
        """Store the terms of the file; return whether it could be read."""
        values = form.cleaned_data
        upload = values["upload"]
        try:
            changes = form.read(values["article"])
            articles = store_changes(changes, name=upload.name, by=request.user, request=request)
        except BadFile as problem:
            form.add_error("upload", describe_problem(problem))
            return False
        except Refused as reason:
            form.add_error("upload", str(reason))
            return False
        self.message_user(request, changes.sentence, messages.SUCCESS)
        self._say_rechecked(request, articles)
        return True
