"""Pictures of every page in every form, in a folder, with one page to look through them.

    .venv/bin/python -m bench.page_pictures FOLDER [--only WORD] [--forms light-360-fr …] [--axe]

Each page is shown light and dark, 360, 1280 and 1920 pixels wide, in English and in French. Open
FOLDER/index.html: a row a page, a column a form. With --axe each page is also checked by axe in
each form. It needs the test packages and a Chromium, as `manage.py test` does. Exit code 1 when a
page scrolls sideways, is not there, or axe finds something.
"""

from __future__ import annotations

import argparse
import html
import os
import sys
import tempfile
import threading
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="review-pictures-")
os.environ.pop("DATABASE_URL", None)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reviewsite.settings")

import django

django.setup()

from axe_playwright_python.base import AXE_SCRIPT  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.template.loader import render_to_string  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils.translation import override  # noqa: E402
from playwright.sync_api import Browser, FilePayload, Page, sync_playwright  # noqa: E402

from bench.page_contents import make_contents  # noqa: E402
from bench.screenshots import SWITCHES  # noqa: E402
from manage import find_chromium  # noqa: E402

FORMS = [
    f"{scheme}-{width}-{language}"
    for language in ("en", "fr")
    for scheme in ("light", "dark")
    for width in (360, 1280, 1920)
]
LOCALES = {"en": "en-GB", "fr": "fr-FR"}
TALLEST = 2400
"""Pixels of a page that a picture shows."""

PAGES: list[tuple[str, str, str, str]] = [
    ("sign-in", "", "/sign-in/", ""),
    ("choose-password", "", "{link}", ""),
    ("link-ended", "", "/welcome/MQ/used-up/", ""),
    ("first-page-reviewer", "reviewer", "/", ""),
    ("first-page-approver", "approver", "/", ""),
    ("first-page-admin", "admin", "/", ""),
    ("first-page-one-team", "chief", "/?team=1&order=title", ""),
    ("first-page-empty", "guest", "/", ""),
    ("first-page-no-role", "newcomer", "/", ""),
    ("first-page-nothing-found", "reviewer", "/?search=zebra", ""),
    ("account-menu", "reviewer", "/", "[popovertarget=account]"),
    ("preferences", "reviewer", "/preferences/", ""),
    ("shortcuts", "reviewer", "/shortcuts/", ""),
    ("password", "reviewer", "/password/", ""),
    ("queue", "approver", "/queue/", ""),
    ("queue-empty", "guest", "/queue/", ""),
    ("concordance", "reviewer", "/concordance/", ""),
    ("concordance-hits", "reviewer", "/concordance/?q=week", ""),
    ("concordance-not-found", "reviewer", "/concordance/?q=zebra&from={segment}", ""),
    ("imports", "reviewer", "/imports/", ""),
    ("import-preview", "reviewer", "/imports/1/", ""),
    ("import-done", "reviewer", "/imports/2/", ""),
    ("import-articles", "reviewer", "/imports/3/", ""),
    ("import-text", "reviewer", "/imports/1/1/", ""),
    ("desk", "reviewer", "/articles/{seed}/", ""),
    ("desk-selected", "reviewer", "/articles/{seed}/?filter=findings", "keys: j j j"),
    ("desk-editor", "reviewer", "/articles/{seed}/?filter=findings", "keys: j j e"),
    ("desk-flag-form", "reviewer", "/articles/{seed}/?filter=findings", "keys: j j j f"),
    ("desk-accepted-changed", "reviewer", "/articles/{seed}/?filter=findings", "keys: j j F"),
    ("desk-dismissing", "reviewer", "/articles/{seed}/?filter=findings", "keys: j j x"),
    ("desk-history", "reviewer", "/articles/{seed}/", "keys: j j j j h"),
    ("desk-panel-start", "reviewer", "/articles/{seed}/", "keys: H"),
    ("desk-panel", "reviewer", "/articles/{seed}/", "keys: j j j j H"),
    ("desk-shortcuts", "reviewer", "/articles/{seed}/", "keys: ?"),
    ("desk-introduction", "reviewer", "/articles/{seed}/", ".introduction summary"),
    ("desk-approver", "approver", "/articles/{seed}/?filter=waiting", "keys: j"),
    ("desk-returning", "approver", "/articles/{seed}/?filter=waiting", "keys: j b"),
    ("export-menu", "reviewer", "/articles/{seed}/", ".menu summary"),
    ("export", "reviewer", "/articles/{seed}/export/", ""),
    ("export-more", "reviewer", "/articles/{seed}/export/", ".more-formats summary"),
    ("export-embargo", "reviewer", "/articles/{signed}/export/", ".more-formats summary"),
    ("export-menu-embargo", "reviewer", "/articles/{signed}/history/", ".menu summary"),
    ("returned-file", "reviewer", "/articles/{seed}/export/", ".returning .primary"),
    ("sign-off", "approver", "/articles/{seed}/sign-off/", ""),
    ("sign-off-ready", "approver", "/articles/{ready}/sign-off/", ""),
    ("sign-off-signed", "approver", "/articles/{signed}/sign-off/", ""),
    ("reading-view", "reviewer", "/articles/{seed}/read/?changes=on", ""),
    ("history", "reviewer", "/articles/{seed}/history/", ""),
    ("replace", "reviewer", "/articles/{seed}/replace/?find=les&replace=des", ""),
    (
        "replace-capitals",
        "reviewer",
        "/articles/{seed}/replace/?find=LES&replace=des&whole_words=on&match_case=on",
        "",
    ),
    ("replace-empty", "reviewer", "/articles/{seed}/replace/", ""),
    ("rename", "admin", "/articles/{seed}/rename/", ""),
    ("access", "admin", "/articles/{seed}/access/", ""),
    ("assign", "admin", "/articles/{seed}/assign/", ""),
    ("blind-review", "admin", "/articles/{changed}/blind-review/", ""),
    ("blind-review-running", "admin", "/articles/{blind}/blind-review/", ""),
    ("desk-blind", "reviewer", "/articles/{reading}/", ""),
    ("finish", "reviewer", "/articles/{reading}/", ".standing .primary"),
    ("claims", "approver", "/articles/{claimed}/claims/", ""),
    ("claims-empty", "approver", "/articles/{seed}/claims/", ""),
    ("unplaced", "reviewer", "/articles/{changed}/unplaced/", ""),
    ("compare", "approver", "/articles/{blind}/compare/", ""),
    ("segment", "reviewer", "/segments/{segment}/", ""),
    ("segment-history", "reviewer", "/segments/{segment}/history/", ""),
    ("return-form", "approver", "/segments/{waiting}/reject/", ""),
    ("flag", "reviewer", "/segments/{open}/flag/", ""),
    ("edit", "reviewer", "/segments/{open}/edit/", ""),
    ("edit-refused", "reviewer", "/segments/{segment}/edit/", ""),
    ("realign", "reviewer", "/segments/{open}/pairing/?act=merge", ""),
    ("checks", "reviewer", "/checks/", ""),
    ("check", "reviewer", "/checks/dropped/", ""),
    ("glossary", "reviewer", "/glossary/", ""),
    ("glossary-admin", "admin", "/glossary/?add=1&article={seed}&source=strike", ""),
    ("glossary-edit", "admin", "/glossary/", ".terms .term-acts a"),
    ("glossary-refused", "admin", "/glossary/?add=1", ".add-term .primary"),
    ("glossary-delete", "admin", "/glossary/1/delete/", ""),
    ("glossary-import", "admin", "/glossary/import/", ""),
    ("people", "admin", "/people/", ""),
    ("password-link", "admin", "/people/", ".people form button"),
    ("person", "admin", "/people/2/", ""),
    ("person-only-admin", "admin", "/people/1/", ""),
    ("invite", "admin", "/people/invite/", ""),
    ("invite-refused", "admin", "/people/invite/", ".card .primary"),
    ("teams", "chief", "/teams/", ""),
    ("team", "chief", "/teams/1/", ""),
    ("team-refused", "chief", "/teams/1/", ".add-member .primary"),
    ("team-member", "reviewer", "/teams/1/", ""),
    ("no-access", "reviewer", "/people/", ""),
    ("not-found", "reviewer", "/nowhere/", ""),
    ("error-400", "", "template:400.html", ""),
    ("error-csrf", "", "template:403_csrf.html", ""),
    ("error-413", "", "template:413.html", ""),
    ("error-429", "", "template:429.html", ""),
    ("error-500", "", "template:500.html", ""),
    ("error-503", "", "template:503.html", ""),
    ("second-step", "reviewer", "/account/2fa/", ""),
    ("signed-in-where", "reviewer", "/account/sessions/", ""),
    ("admin", "admin", "/admin/", ""),
    ("admin-user", "admin", "/admin/auth/user/2/change/", ""),
    ("admin-groups", "admin", "/admin/auth/group/", ""),
    ("admin-group", "admin", "/admin/auth/group/1/change/", ""),
    ("admin-teams", "admin", "/admin/articles/team/", ""),
    ("admin-team", "admin", "/admin/articles/team/1/change/", ""),
    ("admin-audit", "admin", "/admin/articles/auditentry/", ""),
    ("admin-glossary", "admin", "/admin/articles/term/add/", ""),
    ("admin-delete", "admin", "/admin/articles/team/2/delete/", ""),
    ("admin-articles", "admin", "/admin/articles/article/", ""),
    ("admin-article", "admin", "/admin/articles/article/{seed}/change/", ""),
    ("admin-users", "admin", "/admin/auth/user/", ""),
    ("admin-segments", "admin", "/admin/articles/segment/", ""),
    ("admin-findings", "admin", "/admin/articles/finding/", ""),
    ("admin-corrections", "admin", "/admin/articles/correction/", ""),
    ("admin-history", "admin", "/admin/articles/event/", ""),
]
"""Name of the picture, who is signed in ("" nobody), the address, and what is clicked first;
after "keys:" the keys that are pressed instead."""


class Server(ThreadingMixIn, WSGIServer):
    """Serves each request in a thread of its own."""

    daemon_threads = True


class QuietHandler(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_message(self, *_words: Any) -> None:
        """Say nothing."""


def serve() -> str:
    """Serve the site on a free port in a thread, and return its address."""
    site = get_wsgi_application()
    server = make_server("127.0.0.1", 0, site, server_class=Server, handler_class=QuietHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def session_of(name: str) -> str:
    """Return the session cookie of a person who is signed in; "" for nobody."""
    if not name:
        return ""
    client = Client()
    client.force_login(User.objects.get(username=name))
    return client.cookies["sessionid"].value


def edited_file(article: str) -> FilePayload:
    """Return the article as an exported table in which one word was changed."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username="reviewer"))
    exported = client.get(f"/articles/{article}/export/csv/").getvalue().decode()
    edited = exported.replace("intelligence artificielle", "technique", 1)
    return {"name": "article.csv", "mimeType": "text/csv", "buffer": edited.encode()}


def take_pictures(
    browser: Browser,
    url: str,
    folder: Path,
    form: str,
    pages: list[tuple[str, str, str, str]],
    *,
    with_axe: bool,
) -> list[str]:
    """Take the pictures of the pages in one form; return what is wrong with them, a line each."""
    scheme, width, language = form.split("-")
    problems = []
    for name, person, address, click in pages:
        context = browser.new_context(
            viewport={"width": int(width), "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            locale=LOCALES[language],
        )
        if SESSIONS[person]:
            context.add_cookies([{"name": "sessionid", "value": SESSIONS[person], "url": url}])
        page = context.new_page()
        if address.startswith("template:"):
            show_template(page, url, address.partition(":")[2], language)
        else:
            answer = page.goto(url + address)
            if answer is None or answer.status >= 500:
                problems.append(f"{name} {form}: no page")
        act(page, click)
        if scrolls_sideways(page, int(width)):
            problems.append(f"{name} {form}: scrolls sideways")
        if with_axe:
            problems += [f"{name} {form}: {problem}" for problem in run_axe(page)]
        take_picture(page, folder / f"{name}.{form}.png", int(width))
        context.close()
    return problems


def act(page: Page, click: str) -> None:
    """Press the keys, or click what is to be clicked; "" leaves the page as it is."""
    if click.startswith("keys:"):
        press_keys(page, click.split()[1:])
    elif click:
        choose_file(page)
        # The site's own refusal is to be seen, not the browser's.
        page.evaluate("Array.from(document.forms).forEach(form => form.noValidate = true)")
        page.locator(click).first.click()
        page.wait_for_load_state()


def press_keys(page: Page, keys: list[str]) -> None:
    """Press the keys one after the other, and wait for what they fetch."""
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_load_state("networkidle")
    page.wait_for_timeout(400)


def run_axe(page: Page) -> list[str]:
    """Return what axe finds wrong on the page, a line each."""
    page.evaluate(AXE_SCRIPT)
    options = {"resultTypes": ["violations"], "preload": False, "iframes": False}
    found = page.evaluate("options => axe.run(options).then(all => all.violations)", options)
    lines = []
    for rule in found:
        for node in rule["nodes"]:
            lines.append(f"{rule['id']}: {node['html'][:160]} {node['failureSummary'][:200]}")
    return lines


def show_template(page: Page, url: str, name: str, language: str) -> None:
    """Show a page of an error that no address leads to."""
    page.goto(url + "/sign-in/")
    with override(language):
        page.set_content(render_to_string(name))


def choose_file(page: Page) -> None:
    """Choose a file that was exported and edited, where the page asks for one."""
    field = page.locator(".returning [type=file]")
    if field.count():
        field.set_input_files(RETURNED)


def scrolls_sideways(page: Page, width: int) -> bool:
    """Return whether the page is wider than the window, or a list of the admin than its place."""
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        return True
    lists = "Array.from(document.querySelectorAll('.results'))"
    is_wider = "list => list.scrollWidth > list.clientWidth"
    return width >= 1280 and bool(page.evaluate(f"{lists}.some({is_wider})"))


RETURNED: list[FilePayload] = []
"""The file that comes back edited."""
SESSIONS: dict[str, str] = {}
"""Person → their session cookie."""


def take_picture(page: Page, path: Path, width: int) -> None:
    """Take a picture of the page down to TALLEST pixels."""
    height = page.evaluate("document.documentElement.scrollHeight")
    area: Any = {"x": 0, "y": 0, "width": width, "height": min(height, TALLEST)}
    page.screenshot(path=path, full_page=True, clip=area, animations="disabled")


def write_index(folder: Path, names: list[str], forms: list[str]) -> None:
    """Write the page on which one person looks through all pictures."""
    rows = []
    for name in names:
        cells = [_cell(name, form) for form in forms]
        rows.append(f"<tr><th>{html.escape(name)}</th>{''.join(cells)}</tr>")
    heads = "".join(f"<th>{form}</th>" for form in forms)
    style = "body{font:14px system-ui}td,th{vertical-align:top;padding:8px}img{width:320px}"
    table = f"<table><tr><th></th>{heads}</tr>{''.join(rows)}</table>"
    words = f"<!doctype html><meta charset=utf-8><title>Pages</title><style>{style}</style>{table}"
    (folder / "index.html").write_text(words)


def _cell(name: str, form: str) -> str:
    file = f"{name}.{form}.png"
    return f'<td><a href="{file}"><img loading="lazy" src="{file}" alt="{name} {form}"></a></td>'


def main() -> int:
    """Make the contents, take all pictures, print what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="pages whose name contains this")
    parser.add_argument("--forms", nargs="*", default=FORMS, choices=FORMS)
    parser.add_argument("--axe", action="store_true", help="check each page by axe, too")
    asked = parser.parse_args()
    chromium = find_chromium()
    if chromium is None:
        print("No Chromium was found.", file=sys.stderr)
        return 1
    asked.folder.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    values = make_contents()
    for person in {person for _name, person, _address, _click in PAGES}:
        SESSIONS[person] = session_of(person)
    RETURNED.append(edited_file(values["seed"]))
    pages = [
        (name, person, address.format(**values), click)
        for name, person, address, click in PAGES
        if asked.only in name
    ]
    url = serve()
    problems = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        for form in asked.forms:
            problems += take_pictures(browser, url, asked.folder, form, pages, with_axe=asked.axe)
            print(form, flush=True)
        browser.close()
    write_index(asked.folder, [page[0] for page in pages], asked.forms)
    print(*problems, asked.folder / "index.html", sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
