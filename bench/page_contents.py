"""Content for the pictures of all pages: work of every kind, in several articles and two teams.

``make_contents`` needs Django to be set up on an empty, migrated database.
"""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from articles.adjudication.actions import finish
from articles.assignments.actions import assign
from articles.importing.documents import store_article
from articles.models import Article, Correction, Membership, Segment, Team, Term
from articles.people.actions import make_link
from articles.review import actions
from articles.signoff.actions import sign_off, text_digest
from articles.teams.actions import set_embargo
from articles.text.document import Document as Text

PEOPLE = {
    "reviewer": "Reviewers",
    "second": "Reviewers",
    "approver": "Approvers",
    "chief": "Team admins",
    "reader": "Readers",
}
NAMES = {
    "reviewer": ("Claire", "Martin"),
    "second": ("Zoé", "Lind"),
    "approver": ("Jean-Baptiste", "de la Rochefoucauld"),
}
"""First and last names of some; the others have none."""
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
FERRY = (
    "The ferry sails again. It carries 300 people. Tickets cost 4 euros.",
    "Le ferry reprend la mer. Il transporte 300 personnes. Le billet coûte 4 euros.",
)
MARKET = (
    "The market moves to the square. Stalls open at 7. Parking stays free.",
    "Le marché déménage sur la place. Les étals ouvrent à 7 heures. Se garer reste gratuit.",
)
PAIRED = {
    "tram.en.txt": "A tram returns to the hill.\n\nIt had stood still for two years.",
    "tram.fr.txt": "Un tram revient sur la colline.\n\nIl était arrêté depuis deux ans.",
}
"""Two texts that translate each other, by file name."""
LONELY = {
    "school.en.txt": "The school opens a new library. Pupils chose the books themselves.",
    "weather.fr.txt": "La pluie tombera demain. Le vent faiblira dans la soirée.",
}
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
    blind = make_blind_article(people, "bridge")
    reading = make_blind_article(people, "river", ended=False)
    ready = make_read_article("ferry", FERRY, people)
    signed = make_read_article("market", MARKET, people)
    claimed = make_claimed_article(people)
    make_terms(seed)
    client = Client(SERVER_NAME="localhost")
    client.force_login(people["reviewer"])
    client.post("/imports/", PASTED)
    lonely = [SimpleUploadedFile(name, text.encode()) for name, text in LONELY.items()]
    client.post("/imports/", {"uploads": lonely})
    call_command("worker", batch=True, verbosity=0)
    client.post("/imports/2/start/")
    call_command("worker", batch=True, verbosity=0)
    paired = [SimpleUploadedFile(name, text.encode()) for name, text in PAIRED.items()]
    client.post("/imports/", {"uploads": paired})
    call_command("worker", batch=True, verbosity=0)
    client.post("/imports/3/start/")
    call_command("worker", batch=True, verbosity=0)
    sign_off(signed, by=people["approver"], digest=text_digest(signed))
    set_embargo(signed, timezone.now() + timedelta(days=2), by=people["admin"])
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
        "reading": str(reading.pk),
        "ready": str(ready.pk),
        "signed": str(signed.pk),
        "claimed": str(claimed.pk),
        "unplaced": str(changed.unplaced.values_list("pk", flat=True)[0]),
        "link": make_link(invited, by=people["admin"]),
    }


def make_terms(article: Article) -> None:
    """Make a glossary of two pages, with terms that are long, untranslated or for one article."""
    Term.objects.create(source="board", target="conseil d’administration|directoire")
    Term.objects.create(source="Sora", note="A model of OpenAI, never *le* Sora.")
    Term.objects.create(source="artificial intelligence", target="intelligence artificielle")
    Term.objects.create(source="copyright", target="droit d’auteur", article=article)
    Term.objects.create(source="Streik", target="grève", source_language="de")
    rows = [Term(source=f"term {number:02}", target="mot") for number in range(50)]
    Term.objects.bulk_create(rows)


def make_people() -> dict[str, User]:
    """Make a person of each role, and an admin."""
    people = {"admin": User.objects.create_superuser("admin", password=None)}
    for name, role in PEOPLE.items():
        first, last = NAMES.get(name, ("", ""))
        people[name] = User.objects.create_user(name, first_name=first, last_name=last)
        people[name].groups.add(Group.objects.get(name=role))
    people["newcomer"] = User.objects.create_user("newcomer")
    people["guest"] = User.objects.create_user("guest")
    sports = Team.objects.create(name="Sports")
    roles = {"guest": "Approvers", "chief": "Team admins"}
    for name, role in roles.items():
        group = Group.objects.get(name=role)
        Membership.objects.create(team=sports, person=people[name], role=group)
    return people


def review_seed(article: Article, people: dict[str, User]) -> None:
    """Leave a segment in each status, and give the article to two people."""
    due: dict[str, Any] = {"due": timezone.localdate() + timedelta(days=3), "due_time": time(18)}
    assign(article, by=people["admin"], person=people["reviewer"], role="reviewer", **due)
    assign(article, by=people["admin"], person=people["approver"], role="approver", **due)
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


def make_blind_article(people: dict[str, User], name: str, *, ended: bool = True) -> Article:
    """Make an article that two people review blind; an ended one waits to be compared."""
    texts = Text(f"{name}.en.txt", "en", BLIND[0]), Text(f"{name}.fr.txt", "fr", BLIND[1])
    article = store_article(*texts).article
    Article.objects.filter(pk=article.pk).update(title=f"{name.title()} open again")
    readers = [people["reviewer"], people["second"]]
    for reader in readers:
        assign(article, by=people["admin"], person=reader, role="reviewer")
    article.refresh_from_db()
    article.stage = Article.Stage.READING
    article.save()
    flagged = article.segments.get(position=2)
    values = {"type": "Omission", "severity": "major", "comment": "Whom?", "caret": 15}
    values |= {"source_start": 12, "source_end": 21, "source_quote": "the crews"}
    actions.flag(flagged, by=readers[0], revision=flagged.revision, values=values)
    if ended:
        flagged.refresh_from_db()
        quote = flagged.target_text[:15]
        other = FLAG | {"target_end": 15, "target_quote": quote}
        actions.flag(flagged, by=readers[1], revision=flagged.revision, values=other)
        for reader in readers:
            finish(article, by=reader)
    return article


def make_read_article(name: str, texts: tuple[str, str], people: dict[str, User]) -> Article:
    """Make an article whose segments are all done."""
    english, french = texts
    source, target = Text(f"{name}.en.txt", "en", english), Text(f"{name}.fr.txt", "fr", french)
    article = store_article(source, target).article
    for segment in article.segments.order_by("position"):
        actions.confirm(segment, by=people["reviewer"], revision=segment.revision)
    return article


def make_claimed_article(people: dict[str, User]) -> Article:
    """Make an article with two approvals that a file claims."""
    english, french = FERRY
    texts = (
        Text("boat.en.txt", "en", f"A boat. {english}"),
        Text("boat.fr.txt", "fr", f"Un bateau. {french}"),
    )
    article = store_article(*texts).article
    _submit(article, 2, people["reviewer"], ("reprend", "prend de nouveau"))
    _submit(article, 4, people["reviewer"], ("Le billet", "Un billet"))
    waiting = Correction.objects.filter(segment__article=article)
    waiting.update(
        claim="approved",
        claimed_by="editor",
        claimed_at=timezone.now(),
        claim_file="boat.xlf",
    )
    return article


def _submit(article: Article, position: int, by: User, change: tuple[str, str]) -> Segment:
    """Send a correction of one segment for approval; return the segment as it is then."""
    segment = article.segments.get(position=position)
    text = segment.target_text.replace(*change)
    actions.submit(segment, by=by, revision=segment.revision, text=text)
    return article.segments.get(position=position)
