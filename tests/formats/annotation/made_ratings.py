"""Ratings without marks in the formats that nothing here writes, as their tools write them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from articles.formats.annotation import appraise
from articles.formats.interchange import Article, Segment

Pairs = Sequence[tuple[str, str]]
Files = dict[str, bytes]
"""File names and contents: a table of ratings comes with the files that hold its texts."""


def mt_metrics_table(name: str, pairs: Pairs) -> Files:
    """A table of ratings, with a file of the sources and one of the system's targets."""
    sources = "".join(f"{source}\n" for source, _target in pairs)
    targets = "".join(f"{target}\n" for _source, target in pairs)
    rows = f'{name}\t{{"errors": []}}\trater\n' * len(pairs)
    return {
        "en-fr.mqm.merged.seg.rating": rows.encode(),
        "en-fr.txt": sources.encode(),
        f"{name}.txt": targets.encode(),
    }


def bio_mqm_table(name: str, pairs: Pairs) -> Files:
    """A table of tagged words, in which no word is tagged."""
    header = "Seg_ID\tDoc\tSource\tTagged_Source\tTarget\tMT\tTagged_Target\tError_Category\tSeverity\tAnnotator_ID"
    rows = [header]
    for number, (source, target) in enumerate(pairs, start=1):
        rows.append(f"{number}\t{name}\t{source}\t\t{target}\ts\t\t\t\t7")
    return {f"{name}.bio.tsv": "\n".join(rows).encode()}


def anthea(name: str, pairs: Pairs) -> Files:
    """What a rater saved who saw all segments."""
    document = {
        "doc": name,
        "sys": "s",
        "srcSegments": [source for source, _target in pairs],
        "tgtSegments": [target for _source, target in pairs],
    }
    saved = {
        "raterId": "rosa",
        "projectName": "p",
        "templateName": "MQM",
        "template": {},
        "parsedDocSys": [document],
        "results": [{"visited": True, "errors": []}] * len(pairs),
        "srcLang": "en",
        "tgtLang": "fr",
    }
    return {f"{name}.anthea.json": json.dumps(saved).encode()}


def appraise_export(name: str, pairs: Pairs) -> Files:
    """Answers with their texts."""
    rows = []
    for number, (source, target) in enumerate(pairs, start=1):
        row = {
            "annotator": "rosa",
            "source_text": source,
            "target_id": "s",
            "target_text": target,
            "mqm_annotations": "[]",
            "item_id": number,
            "item_type": "TGT",
            "source_language": "eng",
            "target_language": "fra",
            "document_id": f"{name}#s",
        }
        rows.append(json.dumps(row))
    return {f"{name}.appraise.jsonl": "\n".join(rows).encode()}


def appraise_answers(name: str, pairs: Pairs) -> Files:
    """A table of answers, with the batches that hold its texts."""
    segments = [Segment(source, target) for source, target in pairs]
    article = Article(name, "en", "fr", segments=segments, system="s")
    rows = []
    for number in range(1, len(pairs) + 1):
        rows.append(f"rosa,s,{number},TGT,eng,fra,0,{name}#s,False,[],0,60\r\n")
    return {
        f"{name}.appraise.csv": "".join(rows).encode(),
        f"{name}.appraise.json": b"".join(appraise.write_batches([article])),
    }


MAKERS: dict[str, Callable[[str, Pairs], Files]] = {
    "mt-metrics-table": mt_metrics_table,
    "bio-mqm-table": bio_mqm_table,
    "anthea": anthea,
    "appraise-export": appraise_export,
    "appraise-answers": appraise_answers,
}
"""The name of the format and the function that makes its files."""
