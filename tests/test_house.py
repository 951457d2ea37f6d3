"""The house checks itself: floors, models and migrations, the map."""

import ast
from pathlib import Path

import pytest
from django.core.management import call_command

APP = Path(__file__).resolve().parent.parent / "articles"
FLOORS = [
    {"text", "formats", "checks"},
    {"models", "apps"},
    {"workflow", "checking", "storing", "pairs", "outgoing", "incoming", "desk", "as_on", "drafts", "apart", "duties"}
    | {"arriving"},
    {"review", "intake", "realign", "export", "outside", "oracle", "report", "returned", "talking"}
    | {"assigning", "comparing"},
    {"forms", "decision_forms", "jobs", "shortcuts"},
    {"views", "admin", "admin_checks", "admin_assigning", "management", "templatetags", "api"},
    {"urls"},
    {"migrations"},
]
# On floors 0 and 2 neighbours may use each other, in this order only.
WITHIN = {
    "formats": {"text", "checks"},
    "checks": {"text"},
    "text": {"checks"},
    "storing": {"checking"},
    "workflow": {"apart"},
    "desk": {"apart"},
    "comparing": {"review"},
    "duties": {"apart", "desk"},
    "drafts": {"checking"},
    "pairs": {"incoming", "storing"},
    "incoming": {"checking"},
    "outgoing": {"as_on"},
    "recutting": {"workflow"},
    "carrying": {"checking", "recutting", "workflow"},
    "regrouping": {"carrying", "checking", "recutting", "workflow"},
    "admin": {"admin_checks", "admin_assigning"},
    "templatetags": {"views"},
    "oracle": {"outside"},
    "returned": {"export", "review"},
    "talking": {"review"},
    "decision_forms": {"forms"},
    "api": {"views"},
    "models": set(),
    "apps": {"models"},
}
NO_DJANGO = {"text", "formats", "checks"}


def room_of(module):
    """The room of ``articles.x.y`` is x."""
    parts = module.split(".")
    return parts[1] if parts[0] == "articles" and len(parts) > 1 else None


def imports(source, package):
    """Every module that a source text imports, relative ones resolved against ``package``."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = ".".join(filter(None, [package if node.level else "", node.module]))
            yield module
            yield from (f"{module}.{name.name}" for name in node.names if module == "articles")


def floor(room):
    return next((number for number, rooms in enumerate(FLOORS) if room in rooms), len(FLOORS))


def broken_rules(room, source):
    """What a file of ``room`` imports that it may not."""
    for module in imports(source, f"articles.{room}"):
        other = room_of(module)
        if room in NO_DJANGO and module.split(".")[0] in ("django", "reviewsite"):
            yield module
        if other and other != room and other in set().union(*FLOORS):
            level, its = floor(room), floor(other)
            if its > level or (its == level and other not in WITHIN.get(room, set())):
                yield module


def files():
    for path in sorted(APP.rglob("*.py")):
        parts = path.relative_to(APP).parts
        if parts != ("__init__.py",):
            yield path, parts[0].removesuffix(".py")


@pytest.mark.parametrize(
    ("path", "room"), list(files()), ids=lambda value: value if isinstance(value, str) else value.name
)
def test_imports_go_down_only(path, room):
    assert list(broken_rules(room, path.read_text())) == []


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("text", "from django.db import models"),
        ("checks", "import articles.models"),
        ("models", "from articles import review"),
        ("review", "from articles.intake import take_in"),
        ("workflow", "from articles.views import desk"),
    ],
)
def test_a_rule_broken_on_purpose_is_seen(room, line):
    assert list(broken_rules(room, line))


def test_models_and_migrations_agree(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_are_named_for_their_intent():
    names = [path.stem for path in (APP / "migrations").glob("0*.py")]
    assert names
    assert not [name for name in names if "auto" in name or name.endswith("_initial")]


def test_the_map_names_every_room_and_nothing_else():
    """Each file and folder directly under articles/, and each file of floor 0, stands in README.md between backticks."""
    text = (APP / "README.md").read_text()
    rooms = {path.name + "/" * path.is_dir() for path in APP.iterdir() if not path.name.startswith(("_", "."))} - {
        "README.md"
    }
    inner = {path.name for room in ("text", "formats", "checks") for path in (APP / room).glob("[a-z]*.py")}
    assert {name for name in rooms | inner if f"`{name}`" not in text} == set()
    named = {word for word in text.split("`")[1::2] if word.endswith(".py") and "/" not in word}
    everything = {path.name for path in APP.rglob("*.py")}
    assert named - everything == set()
