"""Content for the pictures of all pages: work of every kind, in three articles.

``make_contents`` needs Django to be set up on an empty, migrated database.
"""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from articles.adjudication.actions import finish
from articles.assignments.actions import assign
from articles.importing.documents import store_article
from articles.models import Article, Segment
from articles.people.actions import make_link
from articles.review import actions
from articles.text.document import Document as Text

PEOPLE = {"reviewer": "Reviewers", "second": "Reviewers", "approver": "Approvers"}
ENGLISH = (
    "A storm tore away the coastal railway between the harbour and the lighthouse\n\n"
    "Waves tore away 40 metres of track. Nobody was hurt. "
    "The repair will cost 3 million euros."
)
FRENCH = (
    "Une tempête emporte la voie ferrée côtière entre le port et le phare\n\n"
    "Les vagues ont arraché 40 mètres de voie. Personne n’a été blessé. "
    "La réparation coûtera 3 millions d’euros."
)
BLIND = (
    "The mayor opened the bridge. She thanked the crews. Trains run again on Monday.",
    "Le maire a inauguré le pont. Elle a remercié. Les trains roulent de nouveau lundi.",
)
PASTED = {
    "original": "The library opens on Sunday. Entrance is free for pupils.",
    "original_language": "en",
    "translation": "La bibliothèque ouvre dimanche. L’entrée est libre pour les élèves.",
    "translation_language": "fr",
    "title": "",
}
FLAG = {"type": "Grammar", "severity": "minor", "comment": "Plural.", "target_start": 0}


def make_contents() -> dict[str, str]:
    """Make people and articles; return the values that the addresses of the pages hold."""
    people = make_people()
    call_command("import_seeds", verbosity=0)
    seed = Article.objects.get()
    review_seed(seed, people)
    changed = make_changed_article(people)
    blind = make_blind_article(people)
    client = Client(SERVER_NAME="localhost")
    client.force_login(people["reviewer"])
    client.post("/imports/", PASTED)
    call_command("worker", batch=True, verbosity=0)
    waiting = seed.segments.get(position=3)
    invited = User.objects.create(username="invited")
    invited.set_unusable_password()
    invited.save()
    return {
        "seed": str(seed.pk),
        "segment": str(seed.segments.get(position=4).pk),
        "open": str(seed.segments.get(position=7).pk),
        "waiting": f"{waiting.pk}/corrections/{waiting.corrections.get().pk}",
        "changed": str(changed.pk),
        "blind": str(blind.pk),
        "link": make_link(invited, by=people["admin"]),
    }


def make_people() -> dict[str, User]:
    """Make a person of each role, and an admin."""
    people = {"admin": User.objects.create_superuser("admin", password=None)}
    for name, role in PEOPLE.items():
        people[name] = User.objects.create_user(name)
        people[name].groups.add(Group.objects.get(name=role))
    return people


def review_seed(article: Article, people: dict[str, User]) -> None:
    """Leave a segment in each status, and give the article to two people."""
    due = timezone.localdate() + timedelta(days=3)
    assign(article, by=people["admin"], person=people["reviewer"], role="reviewer", due=due)
    assign(article, by=people["admin"], person=people["approver"], role="approver", due=due)
    reviewer, approver = people["reviewer"], people["approver"]
    _submit(article, 2, reviewer, ("brillante et brillante", "brillante et scintillante"))
    _submit(article, 3, reviewer, ("lorsqu’il s’agira de réaliser", "pour réaliser"))
    one = article.segments.get(position=1)
    actions.confirm(one, by=reviewer, revision=one.revision)
    flagged = article.segments.get(position=5)
    quote = flagged.target_text[:15]
    values = FLAG | {"target_end": 15, "target_quote": quote}
    actions.flag(flagged, by=reviewer, revision=flagged.revision, values=values)
    approved = _submit(article, 4, reviewer, ("rapports", "rapporte"))
    segment = article.segments.get(position=4)
    correction = segment.corrections.get()
    actions.approve(correction, by=approver, revision=approved.revision)


def make_changed_article(people: dict[str, User]) -> Article:
    """Make an article of which a newer version came, in which some work has no place."""
    first = store_article(Text("sea.en.txt", "en", ENGLISH), Text("sea.fr.txt", "fr", FRENCH))
    _submit(first.article, 2, people["reviewer"], ("arraché", "emporté"))
    _submit(first.article, 4, people["reviewer"], ("coûtera", "coûte"))
    newer = [text.replace(" 40 ", " 55 ").replace(" 3 ", " 4 ") for text in (ENGLISH, FRENCH)]
    stored = store_article(Text("sea.en.txt", "en", newer[0]), Text("sea.fr.txt", "fr", newer[1]))
    return stored.article


def make_blind_article(people: dict[str, User]) -> Article:
    """Make an article that two people have reviewed blind, to be compared."""
    texts = Text("bridge.en.txt", "en", BLIND[0]), Text("bridge.fr.txt", "fr", BLIND[1])
    article = store_article(*texts).article
    readers = [people["reviewer"], people["second"]]
    for reader in readers:
        assign(article, by=people["admin"], person=reader, role="reviewer")
    article.stage = Article.Stage.READING
    article.save()
    for reader in readers:
        finish(article, by=reader)
    return article


def _submit(article: Article, position: int, by: User, change: tuple[str, str]) -> Segment:
    """Send a correction of one segment for approval; return the segment as it is then."""
    segment = article.segments.get(position=position)
    text = segment.target_text.replace(*change)
    actions.submit(segment, by=by, revision=segment.revision, text=text)
    return article.segments.get(position=position)
