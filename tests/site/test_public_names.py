"""The names that scripts of other people use: commands, options, formats and the API's paths.

A name may be added here at any time. One that goes needs an alias for one version, and a word in the
notes of the release.
"""

from __future__ import annotations

from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand
from django.urls import get_resolver

from articles.exporting.actions import EXPORT_CONTENTS, EXPORT_FORMATS
from articles.formats import FORMATS
from articles.formats.tables.findings import readable_formats
from tests.cases import for_each

COMMANDS: dict[str, tuple[list[str], list[str]]] = {
    "align_pairs": ([], ["--source-language", "--target-language"]),
    "anonymise": (["name"], ["--reason"]),
    "ask_oracle": (["article"], []),
    "backup": (["file"], []),
    "check_pairs": ([], ["--all", "--source-language", "--target-language"]),
    "erase_article": (["article"], ["--reason"]),
    "export_corrections": (
        ["article"],
        # --form, --hold and --on are the names before 0.2.
        [
            "--as-of",
            "--content",
            "--despite-embargo",
            "--folder",
            "--form",
            "--format",
            "--hold",
            "--on",
            "--require-signed-off",
        ],
    ),
    "import_findings": (["file"], ["--article", "--finder", "--format", "--keep", "--only-look"]),
    "import_seeds": (["folder"], ["--by", "--source-language"]),
    "recheck": (["article"], ["--all"]),
    "restore": (["file"], ["--only-look", "--replace"]),
    "up": ([], ["--no-server"]),
    "upgrade": ([], ["--backup"]),
    "models": (["folder"], ["--check"]),
    "sbom": ([], []),
    "verify_history": ([], ["--against", "--write"]),
    "worker": ([], ["--batch", "--supervised"]),
}
"""Command → its arguments and its options."""

TEXT_FORMATS = [
    "text",
    "markdown",
    "html",
    "srt",
    "vtt",
    "sbv",
    "ninjs",
    "ans",
    "nitf",
    "newsml",
    "wxr",
    "epub",
    "docx",
    "odt",
    "pdf",
]
IMPORT_FORMATS = [
    "csv",
    "xlsx",
    "jsonl",
    "xliff",
    "tmx",
    "docx-table",
    "wmt",
    "marot",
    "mt-metrics",
    "mt-metrics-table",
    "bio-mqm",
    "bio-mqm-table",
    "pearmut",
    "anthea",
    "appraise",
    "appraise-export",
    "appraise-answers",
    "po",
]
EXPORTED = [
    "text",
    "markdown",
    "html",
    "srt",
    "vtt",
    "sbv",
    "ninjs",
    "ans",
    "nitf",
    "newsml",
    "wxr",
    "epub",
    "csv",
    "xlsx",
    "jsonl",
    "xliff",
    "tmx",
    "xliff-original",
    "tmx-original",
    "docx",
    "docx-clean",
    "docx-table",
    "odt",
    "wmt",
    "marot",
    "mt-metrics",
    "bio-mqm",
    "pearmut",
    "appraise",
    "appraise-answers",
    "training",
]
API_PATHS = [
    "api/",
    "api/<path:rest>",
    "api/articles/",
    "api/articles/<row:article_id>/export/<str:format>/",
    "api/articles/<row:article_id>/sign-off/",
    "api/openapi.json",
]


def test_no_command_is_missing_or_unknown() -> None:
    ours = [name for name, app in get_commands().items() if app == "articles"]
    assert sorted(ours) == sorted(COMMANDS)


@for_each("name", COMMANDS)
def test_a_command_keeps_its_arguments_and_options(name: str) -> None:
    parser = load_command_class("articles", name).create_parser("manage.py", name)
    of_django = BaseCommand().create_parser("manage.py", name)
    known = {option for action in of_django._actions for option in action.option_strings}
    arguments = [action.dest for action in parser._actions if not action.option_strings]
    options = {option for action in parser._actions for option in action.option_strings}
    assert (arguments, sorted(options - known)) == COMMANDS[name]


def test_the_formats_keep_their_names() -> None:
    assert [name for name, each in FORMATS.items() if each.read_text] == TEXT_FORMATS
    assert [name for name, each in FORMATS.items() if each.read] == IMPORT_FORMATS
    assert list(readable_formats()) == IMPORT_FORMATS
    assert list(EXPORT_FORMATS) == EXPORTED
    assert list(EXPORT_CONTENTS) == ["approved", "everything"]


def test_the_api_keeps_its_paths() -> None:
    patterns = [str(each.pattern) for each in get_resolver("articles.urls").url_patterns]
    assert sorted(path for path in patterns if path.startswith("api")) == API_PATHS
