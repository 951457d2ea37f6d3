"""Examine files and store what they hold in one pass, without a preview: for commands."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User

from articles.detection.files import IncomingFile
from articles.importing.actions import (
    CancelledWithResults,
    ImportProgress,
    PairedFiles,
    Storing,
    pair_up,
    read_files,
    with_left_out,
)
from articles.importing.bilingual import ImportCancelled
from articles.importing.plan import Choices
from articles.importing.results import FileResult, refuse_pair, refuse_unpaired, sort_by_name
from articles.importing.returned import refuse_exported_here
from articles.models import Team


def import_files(
    files: Iterable[IncomingFile],
    *,
    by: User | None = None,
    progress: ImportProgress | None = None,
    source_language: str = "",
    team: Team | None = None,
) -> list[FileResult]:
    """Examine the files and store what they hold in one pass; return a result for each file.

    Each file is read once. ``source_language`` is that of the originals, "" to find it out;
    ``team`` whose the articles become, None for the first one. Raises CancelledWithResults as
    ``carry_out`` does.
    """
    team = team or Team.objects.first_team()
    storing = Storing(by, progress, team)
    choices = Choices(source_language=source_language)
    try:
        read = read_files(files, storing.store_table, choices)
        storing.results.extend(read.refused)
        paired = pair_up(read, choices)
        storing.results.extend(_refuse_alone(paired, team))
        if not storing.done:  # without files of pairs, all that there is to do is known now
            storing.total = len(paired.pairs)
        for source, target in paired.pairs:
            storing.store_pair(source, target)
    except ImportCancelled as problem:
        raise CancelledWithResults(storing.remove_new()) from problem
    say = with_left_out(read, with_remarks=by is not None)
    return sort_by_name(map(say, storing.results))


def _refuse_alone(paired: PairedFiles, team: Team) -> list[FileResult]:
    """Return the results of the documents without partner, where nobody can be asked."""
    results: list[FileResult] = []
    # Those of a doubtful pair are among the documents alone, too: one result each.
    asked: set[IncomingFile] = set()
    for source, target in paired.doubtful:
        results.extend(refuse_pair(source.document, target.document))
        asked.update((source.file, target.file))
    for each in paired.alone:
        if each.file not in asked:
            exported_here = refuse_exported_here(each.document, team)
            results.append(exported_here or refuse_unpaired(each.document))
    return results
