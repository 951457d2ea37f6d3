"""English sentences with their French, made of parts: as many as a measurement needs."""

from __future__ import annotations

import random

SUBJECTS = [
    ("The mayor", "Le maire"), ("The council", "Le conseil"), ("The ministry", "Le ministère"),
    ("A fisherman", "Un pêcheur"), ("The harbour", "Le port"), ("The museum", "Le musée"),
    ("The hospital", "L’hôpital"), ("The school", "L’école"), ("Her lawyer", "Son avocat"),
    ("The company", "L’entreprise"), ("The union", "Le syndicat"), ("The weekly", "L’hebdomadaire"),
]  # fmt: skip
ACTS = [
    ("announced", "a annoncé"), ("refused", "a refusé"), ("asked for", "a demandé"),
    ("published", "a publié"), ("postponed", "a reporté"), ("paid for", "a payé"),
    ("welcomed", "a salué"), ("criticised", "a critiqué"), ("signed", "a signé"),
]  # fmt: skip
OBJECTS = [
    ("the plan", "le projet"), ("a new timetable", "un nouvel horaire"),
    ("the repairs of the bridge", "les réparations du pont"), ("the report", "le rapport"),
    ("the agreement", "l’accord"), ("a list of names", "une liste de noms"),
    ("the closure of the road", "la fermeture de la route"), ("the results", "les résultats"),
]  # fmt: skip
ENDS = [
    ("on Tuesday", "mardi"), ("after nine years", "après neuf ans"),
    ("without further comment", "sans autre commentaire"), ("in Lyon", "à Lyon"),
    ("for the second time", "pour la deuxième fois"), ("last spring", "au printemps dernier"),
]  # fmt: skip


def pairs(count: int, *, seed: int) -> list[tuple[str, str]]:
    """Return sentences with their translations; no two are the same, also of other seeds."""
    rng = random.Random(seed)
    made = []
    for number in range(count):
        chosen = [rng.choice(parts) for parts in (SUBJECTS, ACTS, OBJECTS, ENDS)]
        # Each number once: every sentence differs, and checks of numbers have something to do.
        figure = seed * 10_000 + number + 1
        english = " ".join(part[0] for part in chosen)
        french = " ".join(part[1] for part in chosen)
        made.append((f"{english}, file {figure}.", f"{french}, dossier {figure}."))
    return made
