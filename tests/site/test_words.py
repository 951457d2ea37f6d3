"""Words on screen: retired phrases stay out of both languages, and the French is typeset."""

import re
from pathlib import Path

import polib
from django.utils.translation import gettext, override

BASE = Path(__file__).resolve().parents[2]
PO = polib.pofile(BASE / "articles/locale/fr/LC_MESSAGES/django.po")

RETIRED = {
    "apart": "blind review",
    "as on": "version as of",
    "be written down|written down": "logged",
    "became of|become of|would become": "result",
    "begun a correction|began a correction": "draft",
    "bring .*back|brought .*back": "restore, import",
    "decide again": "change decision",
    "doubts?": "finding",
    "empty is now": "leave empty for the latest",
    "finds the same pairs": "realigning changes nothing",
    "fine as it is|as fine": "no issues",
    "flag falls|flag stands": "overrule, uphold",
    "flag it": "accept",
    "give out|gave out|given to|give to": "assign",
    "go on|goes on|went on": "continue",
    "hand the article": "close comparison",
    "holds?": "contain",
    "house(?! style)": "own",
    "how bad": "severity",
    "in your words": "your reply",
    "keys": "shortcuts",
    "leave it": "cancel",
    "look at the files?": "preview",
    "made a flag": "accepted",
    "mend|repair|repaired": "correct, fix",
    "only look": "preview",
    "first page": "home",
    "originals?": "source",
    "our fault": "on our side",
    "pairing": "alignment",
    "put them in|put it in": "restore, use suggestion",
    "read apart|reading apart": "blind review",
    "say why": "give a reason",
    "sealed": "hidden",
    "send back|sent back|sent this back": "return",
    "sent? for approval|sent? to approval": "submit for approval",
    "settle": "decide",
    "take away|taken? in|took in|take the article": "export, import",
    "stays? in force|texts? in force": "current text",
    "stands? beside|stands? there|stands? in its": "no source sentence, replaced",
    "take back|taken back|took .* back": "withdraw, undo",
    "text holds": "include",
    "throw away|thrown away": "discard",
    "to say of|says? of": "no findings",
    "waiting for approval|wait for approval|waits for approval": "awaiting approval",
    "waiting for your": "awaiting",
    "what is wrong with|what is wrong$|what people": "issue type, track record",
    "why does it go": "reason for returning",
    "word lost|lost in the translation": "is missing from the …",
    "yours to open": "no access",
}
"""Phrases that no text on screen has, and what is written instead."""

RETIRED_FRENCH = {
    "abîmée?s?": "endommagé",
    "alertes? (?:est |sont )?ouvertes?|signalements? ouverts?": "à traiter",
    "à nouveau": "de nouveau",
    "appariement|apparier": "alignement",
    "bureau de relecture": "page de relecture",
    "codage": "encodage",
    "confier|confié": "attribuer",
    "de notre fait|c’est noté": "consignée",
    "devenu signalement|devenus signalements": "confirmée",
    "(?<!sans )doutes?|douteux": "alerte",
    "emporter|(?<!se )rapporter": "exporter, importer",
    "envoyer pour approbation|envoyée? pour approbation": "soumettre",
    "lecture séparée|lire séparément|séparément": "relecture en aveugle",
    "le réparer|réparation|réparé": "corriger",
    "en vigueur": "actuel",
    "(?:l’|les? |un |d’)originaux|(?:l’|un |l’)original|^original|\\(original\\)": "texte source",
    "fichiers?(?: Word)? propres?": "au propre",
    "modèles? de langue": "modèle de langage",
    "pendant(?= [;.»])|pas de pendant": "guillemet non apparié",
    "pas ouverte": "accès",
    "reprendre la correction": "retirer",
    "scellée?": "masqué",
    "sont pas touchée?s": "relevé",
    "touches$": "raccourcis clavier",
    "vérifications?": "contrôle",
    "votre accord": "à confirmer",
}
"""The same for the French."""


def phrase(text):
    return re.compile(rf"(?<![\w’'-])(?:{text})(?![\w’'-])", re.IGNORECASE)


def retired(texts, phrases):
    """Return (phrase, text) for each text that has a retired phrase."""
    found = []
    for words, instead in phrases.items():
        pattern = phrase(words)
        found += [(words, instead, text) for text in texts if pattern.search(text)]
    return found


def english_texts():
    texts = []
    for entry in PO:
        if not entry.tcomment.startswith("Of "):  # another package's English; the French is ours
            texts += [entry.msgid, entry.msgid_plural]
    return [re.sub(r"%\(\w+\)[sd]", "…", text) for text in texts if text]


def french_texts():
    texts = []
    for entry in PO:
        texts += entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    return texts


def plain_template_texts():
    """Yield what a template says without marking it for translation, and its marked literals."""
    for path in (BASE / "templates").rglob("*.html"):
        text = re.sub(r"{#.*?#}", "", path.read_text())
        yield from re.findall(r'(?:translate |_\()"([^"]+)"', text)
        yield from re.findall(r"%}([^{}<>%]*[a-z][^{}<>%]*){%", text)


def test_retired_phrases_stay_out_of_the_messages():
    assert retired(english_texts(), RETIRED) == []


def test_retired_phrases_stay_out_of_the_templates():
    assert retired(plain_template_texts(), RETIRED) == []


def test_retired_phrases_stay_out_of_the_french():
    assert retired(french_texts(), RETIRED_FRENCH) == []


WRONG_SPACE = re.compile("[ \u00a0](?=[;!?»])|(?<=«)[ \u00a0]|[ \u202f](?=:)|(?<! )[ \u202f](?=%%)")
"""French has U+00A0 before a colon and a per cent sign, U+202F before ; ! ? and inside « »."""
ABOUT_SPACES = "Espaces devant ; : ! ? %"
"""The text that names the marks puts ordinary spaces between them."""


def test_french_spaces_do_not_break_and_are_of_one_kind():
    texts = [text for text in french_texts() if not text.startswith(ABOUT_SPACES)]
    assert [text for text in texts if WRONG_SPACE.search(text)] == []
    assert [text for text in texts if re.search(r"['\"]|\.\.\.", text) and "<" not in text] == []


def test_other_packages_english_has_the_capitals_of_this_site():
    """Only the first word of a title has a capital; the compiled catalogue is that of the file."""
    entries = polib.pofile(BASE / "articles/locale/en/LC_MESSAGES/django.po")
    with override("en"):
        shown = {entry.msgid: gettext(entry.msgid) for entry in entries}
    assert shown == {entry.msgid: entry.msgstr for entry in entries}
    assert [text for text in shown.values() if re.search(r"\w[ -](?!IP)[A-Z]", text)] == []


def test_french_plurals_are_written_out():
    """Where French says the same of one and of many, the count stands before no word of it."""
    same = [
        entry.msgid
        for entry in PO
        if entry.msgid_plural and entry.msgstr_plural[0] == entry.msgstr_plural[1]
    ]
    assert same == []


def test_a_retired_phrase_is_found_as_a_word():
    assert retired(["Throw away the draft"], RETIRED)
    assert retired(["Il reste un doute."], RETIRED_FRENCH)
    assert retired(["The household redoubts"], RETIRED) == []


def test_no_template_sets_a_colon_that_french_spaces_otherwise():
    wrong = []
    for path in (BASE / "templates").rglob("*.html"):
        text = re.sub(r"{% blocktranslate.*?endblocktranslate %}", "", path.read_text(), flags=re.S)
        wrong += [(path.name, found) for found in re.findall(r"}}[:;!?] ?[<{]", text)]
    assert wrong == []


def test_no_french_text_has_another_joined_to_it():
    """A merge of two changes of the catalogue once left two texts in one entry."""
    joined = []
    for entry in PO:
        for text in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            if len(text) > 2 * len(entry.msgid) + 30:
                joined.append((entry.msgid, text))
    assert joined == []
