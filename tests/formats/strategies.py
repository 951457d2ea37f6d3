"""Articles as hypothesis makes them: with everything in a text that has ever broken a format."""

from datetime import UTC, datetime

from hypothesis import settings
from hypothesis import strategies as st

from articles.formats.interchange import Article, Correction, Event, Finding, Flag, Segment
from articles.scoring.mqm import SEVERITIES, TYPES
from articles.text.document import Span

quick = settings(max_examples=12, deadline=None)
"""For the tests that make whole articles: they take long to make."""

NASTY = [
    "👩\u200d💻", "e\u0301té", "12\u202f000", "שלום", "\u200fعربي", "a\tb", "one\ntwo", "three\r\nfour", "x\ry", "<b>", "&amp;", "]]>",
    '"', "''", "=cmd()", "+1", "-2", "@x", "'=x", "\u2028", "\u00a0", "  two  ", "<v>", "[missing]", "\\n", "{}", "«", "…", "\ufeff", "_x0041_",
    "**bold**", "# x", ";", ",", "Ωμέγα", "\U0001f1eb\U0001f1f7",
]  # fmt: skip
words = st.sampled_from(["Le", "chat", "dort", "l’", "été", ".", "Omission"]) | st.sampled_from(
    NASTY
)
texts = st.lists(words, max_size=6).map(" ".join)
filled = (
    st.lists(words, min_size=1, max_size=6).map(" ".join).filter(lambda text: text.strip() != "")
)
names = st.sampled_from(["Rosa", "Édith", "O’Neil <x@y.example>", "אורי"])
times = st.integers(0, 2_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
plain_names = st.sampled_from(["Rosa", "Edith"])


@st.composite
def spans(draw, text):
    if not text:
        return None
    start = draw(st.integers(0, len(text) - 1))
    return Span(start, draw(st.integers(start + 1, len(text))))


@st.composite
def flags(draw, source, target):
    source_span, target_span = draw(st.none() | spans(source)), draw(st.none() | spans(target))
    return Flag(
        type=draw(st.sampled_from(TYPES)),
        severity=draw(st.sampled_from(list(SEVERITIES))),
        source_span=source_span,
        target_span=target_span,
        caret=None if target_span else draw(st.none() | st.integers(0, len(target))),
        comment=draw(texts),
        author=draw(names),
        time=draw(times),
        status=draw(st.sampled_from(["open", "closed"])),
    )


@st.composite
def corrections(draw, target, statuses=("draft", "submitted", "approved", "rejected")):
    status = draw(st.sampled_from(statuses))
    decided = status in ("approved", "rejected")
    return Correction(
        before=target,
        after=draw(texts),
        status=status,
        author=draw(names),
        submitted=draw(times) if status != "draft" else None,
        decided_by=draw(names) if decided else "",
        decided=draw(times) if decided else None,
        reason=draw(texts) if decided else "",
    )


@st.composite
def segments(draw, number=1):
    source, target = draw(st.tuples(texts, texts).filter(lambda both: any(both)))
    return Segment(
        source=source,
        target=target,
        id=f"s{number}",
        score=draw(st.sampled_from([0.0, 0.25, 1.0])),
        status=draw(st.sampled_from(["to_review", "flagged", "waiting", "done"])),
        flags=tuple(draw(st.lists(flags(source, target), max_size=2))),
        corrections=tuple(draw(st.lists(corrections(target), max_size=2))),
        findings=tuple(
            draw(
                st.lists(
                    st.builds(
                        Finding,
                        st.just("dropped"),
                        st.just("Omission"),
                        st.just("major"),
                        st.just(0.5),
                        texts,
                        st.just((Span(0, 1),)),
                    ),
                    max_size=1,
                )
            )
        ),
        events=tuple(
            draw(
                st.lists(
                    st.builds(Event, st.just("flag"), names, times, st.just({"type": "Omission"})),
                    max_size=1,
                )
            )
        ),
    )


@st.composite
def articles(draw):
    """An article whose segments stand in its documents, with blanks between them."""
    documents, made = ["", ""], []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        segment = draw(segments(number))
        places = []
        for side, text in enumerate((segment.source, segment.target)):
            gap = (
                draw(st.sampled_from([" ", "\n", "\r\n\r\n", "\n\t"]))
                if documents[side] and text
                else ""
            )
            documents[side] += gap
            places.append(Span(len(documents[side]), len(documents[side]) + len(text)))
            documents[side] += text
        made.append(
            Segment(
                **{
                    key: getattr(segment, key)
                    for key in Segment.__slots__
                    if not key.endswith("_span")
                },
                source_span=places[0],
                target_span=places[1],
            )
        )
    return Article(
        draw(filled),
        "en",
        "fr",
        documents[0],
        documents[1],
        tuple(made),
        "a.txt",
        "b.txt",
        held="everything",
    )


def plain_pairs(articles):
    """(title, source, target) of every segment."""
    return [
        (article.title, segment.source, segment.target)
        for article in articles
        for segment in article.segments
    ]
