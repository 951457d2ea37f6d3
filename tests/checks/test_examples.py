"""Every example on a check's page is what the check really says."""

from articles.checks.registry import CHECKS, Check, Pair, load_all, run_checks
from tests.cases import for_each

load_all()
EXAMPLES = [(check, *example) for check in CHECKS.values() for example in check.examples]


@for_each(("check", "source", "target", "expected"), EXAMPLES)
def test_an_example_says_what_the_page_promises(
    check: Check, source: str, target: str, expected: str
) -> None:
    language = check.languages[0][1] if check.languages else "fr"
    pair = Pair(source, target, target_language=language or "fr")
    assert [each.text for each in run_checks(pair, only=[check.id])] == (
        [expected] if expected else []
    )


@for_each(("check", "source", "target", "expected"), EXAMPLES)
def test_what_a_check_says_is_one_short_line(
    check: Check, source: str, target: str, expected: str
) -> None:
    assert len(expected) <= 100
    assert not expected.endswith(".")
    assert "possib" not in expected.lower()


@for_each(("check", "source", "target", "expected"), EXAMPLES)
def test_letters_that_only_the_case_makes_equal_do_not_crash(
    check: Check, source: str, target: str, expected: str
) -> None:
    # A pattern that ignores the case finds "s" in the long one, "i" in that without or with a dot.
    for letters in ("\u017f\u0131\u212a", "\u017f\u0130\u212a"):
        other = str.maketrans("sik", letters)
        for pair in (Pair(source.translate(other), target), Pair(source, target.translate(other))):
            for finding in run_checks(pair, only=[check.id], unlikely=True):
                assert 0 <= finding.score <= 1


@for_each("check", CHECKS)
def test_other_languages_and_odd_texts_do_not_crash(check: str) -> None:
    odd = [
        "",
        "?",
        "İİ 12 İ",
        "\u202f",
        "«",
        "12,",
        "“",
        "1" * 60,
        "a " * 50,
        "\ud800",
        "…",
        "'",
        "3 a. m. 99:99 25 h",
    ]
    for languages in (("en", "fr"), ("fr", "en"), ("de", "xx"), ("en", "es"), ("zh", "fr")):
        for source, target in zip(odd, [*reversed(odd[1:]), ""], strict=True):
            pair = Pair(source, target, source_language=languages[0], target_language=languages[1])
            for finding in run_checks(pair, only=[check], unlikely=True):
                assert 0 <= finding.score <= 1
                assert all(
                    0 <= span.start <= span.end <= len(target) for span in finding.target_spans
                )
                assert finding.text
