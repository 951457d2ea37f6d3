"""The page of a person's preferences, and what the account menu sends."""

from __future__ import annotations

from django.conf import settings
from django.forms import model_to_dict
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.models import Preferences
from articles.models.people import SignedInRequest
from articles.preferences.forms import PreferencesForm
from articles.preferences.look import remember_look


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: SignedInRequest) -> HttpResponse:
    """Show the preferences, or store those that are sent; what is not sent stays as it is.

    ``next`` is the page to go back to.
    """
    stored = Preferences.objects.of(request.user)
    if request.method != "POST":
        form = PreferencesForm(instance=stored)
        return render(request, "preferences/preferences.html", {"form": form})
    form = PreferencesForm(model_to_dict(stored) | request.POST.dict(), instance=stored)
    if not form.is_valid():
        return render(request, "preferences/preferences.html", {"form": form}, status=422)
    chosen = form.save()
    remember_look(request.session, chosen)
    response = HttpResponseRedirect(_way_back(request))
    _set_language_cookie(response, chosen.language)
    return response


@require_POST
def hide_introduction(request: SignedInRequest) -> HttpResponse:
    """Show the person the introduction of the desk no more; ``next`` is the page to go back to."""
    stored = Preferences.objects.of(request.user)
    stored.shows_introduction = False
    stored.save()
    remember_look(request.session, stored)
    return HttpResponseRedirect(_way_back(request))


@require_safe
def shortcuts(request: SignedInRequest) -> HttpResponse:
    """Show the keyboard shortcuts, as the sheet of the desk does."""
    return render(request, "preferences/shortcuts.html")


def _way_back(request: SignedInRequest) -> str:
    address = request.POST.get("next", "")
    hosts = {request.get_host()}
    if url_has_allowed_host_and_scheme(address, hosts, require_https=request.is_secure()):
        return address
    return reverse("preferences")


def _set_language_cookie(response: HttpResponse, language: str) -> None:
    """Keep the language for the pages of this browser that are shown before the sign-in."""
    if not language:
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
        return
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
