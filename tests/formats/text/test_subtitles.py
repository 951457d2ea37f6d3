"""Subtitles: the words of each cue are a line; times, tags and notes stay as they are."""

import pytest

from articles.formats import FORMATS
from articles.formats.interchange import Article, BadFile, Correction, Segment
from articles.formats.text import subtitles
from articles.text.document import Span

SRT = (
    "\ufeff1\r\n00:00:01,000 --> 00:00:03,000\r\nLa <i>maire</i> a promis\r\nun chantier court.\r\n\r\n"
    "2\r\n00:00:04,000 --> 00:00:06,000 X1:40\r\n{\\an8}- Vraiment ?\r\n- Vraiment.\r\n"
    "3\r\n00:00:07,000 --> 00:00:08,000\r\n12\r\n\r\n"
)
VTT = (
    "WEBVTT Film\n\nNOTE pour la régie\n\nSTYLE\n::cue { color: lime }\n\nouverture\n00:01.000 --> 00:03.000 align:start\n"
    "<v Anna>Le pont &amp; la <c.bleu>digue</c></v>\nsont fermés.\n\n00:04.000 --> 00:05.000\nPersonne n’a été blessé.\n"
)


def corrected(text: str, data: bytes, old: str, new: str) -> bytes:
    span = Span(text.index(old), text.index(old) + len(old))
    segment = Segment("x", old, target_span=span, corrections=(Correction(old, new, "approved"),))
    return b"".join(
        subtitles.write([Article("t", "en", "fr", target=text, segments=(segment,), page=data)])
    )


def test_the_words_of_each_cue_are_a_line():
    lines = subtitles.read_text(SRT.encode(), name="a.srt").split("\n")
    assert lines == ["La maire a promis un chantier court.", "- Vraiment ?", "- Vraiment.", "12"]
    assert subtitles.left_out(SRT.encode()) == []
    lines = subtitles.read_text(VTT.encode(), name="a.vtt").split("\n")
    assert lines == ["Le pont & la digue sont fermés.", "Personne n’a été blessé."]
    assert subtitles.left_out(VTT.encode()) == [
        "NOTE pour la régie",
        "STYLE",
        "::cue { color: lime }",
        "ouverture",
    ]


def test_corrections_go_back_between_times_and_tags():
    text = subtitles.read_text(SRT.encode(), name="a.srt")
    assert corrected(text, SRT.encode(), "12", "12") == SRT.encode()
    back = corrected(text, SRT.encode(), "maire a promis", "ministre a promis").decode()
    assert back == SRT.replace("maire</i> a promis", "ministre</i> a promis")
    text = subtitles.read_text(VTT.encode(), name="a.vtt")
    back = corrected(
        text, VTT.encode(), "digue sont fermés.", "digue & <le> quai --> sont fermés.\n\nEncore."
    )
    assert (
        subtitles.read_text(back, name="a.vtt").split("\n")[0]
        == "Le pont & la digue & <le> quai → sont fermés. Encore."
    )
    assert back.decode().startswith(VTT.split("Le pont")[0])


def test_subtitles_of_youtube_are_read_and_written():
    data = (
        "0:00:01.000,0:00:03.000\nLe pont[br]est [fermé].\n\n0:00:04.000,0:00:05.000\nVraiment ?\n"
    )
    text = subtitles.read_text(data.encode(), name="a.sbv")
    assert text.split("\n") == ["Le pont est [fermé].", "Vraiment ?"]
    assert subtitles.left_out(data.encode()) == []
    assert (
        corrected(text, data.encode(), "fermé", "rouvert")
        == data.replace("fermé", "rouvert").encode()
    )


def test_a_letter_that_the_old_encoding_lacks_makes_the_file_unicode():
    data = (
        SRT.removeprefix("\ufeff")
        .replace("promis", "promis déjà à l'été la fermeture")
        .encode("cp1252")
    )
    text = subtitles.read_text(data, name="a.srt")
    assert corrected(text, data, "Vraiment.", "Vraiment ↔.").decode("utf-8-sig").count("↔") == 1


def test_what_is_wrong_is_said_and_the_formats_are_known():
    for data in (b"WEBVTT\n\nNOTE x\n", b"1\n2\n", b"00:00:01,000 --> 00:00:02,000\n\n"):
        with pytest.raises(BadFile, match="no subtitles"):
            subtitles.read_text(data, name="a.srt")
    for page in (b"", b"1\n00:00:01,000 --> 00:00:02,000\nAutre\n"):
        with pytest.raises(BadFile):
            list(subtitles.write([Article("t", "en", "fr", target="x", page=page)]))
    assert FORMATS["srt"].read_text is FORMATS["vtt"].read_text is subtitles.read_text
