"""Language tags: the language alone, and one spelling for a language with its region."""

from articles.text.language_tags import language_of, regional_tag


def test_a_tag_has_a_language_and_perhaps_a_region() -> None:
    for tag, language, regional in [
        ("fr", "fr", ""),
        ("FR-ca", "fr", "fr-CA"),
        ("pt_BR", "pt", "pt-BR"),
        ("es-419", "es", "es-419"),
        ("zh-hant-tw", "zh", "zh-Hant-TW"),
        ("de-CH-1901", "de", "de-CH"),
        ("und", "", ""),
        ("*all*", "", ""),
        ("", "", ""),
        ("und-FR", "", ""),
    ]:
        assert (language_of(tag), regional_tag(tag)) == (language, regional), tag
