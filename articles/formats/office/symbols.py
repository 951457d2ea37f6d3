"""Characters of the fonts Symbol and Wingdings, which give their own meaning to character codes."""

from __future__ import annotations

PRIVATE_AREA = 0xF000
"""Word puts the codes of such fonts into the private area from here on."""
# The Symbol encoding, as Adobe publishes it, from code 0x20 and from 0xA0.
_LOW = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?"
    "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
    "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
)
_HIGH = (
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵"
    "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"
    "◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\ufffd〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
)
_SYMBOL = {
    **{PRIVATE_AREA + code: character for code, character in enumerate(_LOW, start=0x20)},
    **{PRIVATE_AREA + code: character for code, character in enumerate(_HIGH, start=0xA0)},
}
_WINGDINGS = {
    0xF04A: "☺", 0xF04C: "☹", 0xF06C: "●", 0xF06E: "■", 0xF06F: "□", 0xF071: "❑", 0xF076: "❖",
    0xF09F: "•", 0xF0A7: "▪", 0xF0A8: "◻", 0xF0D8: "➢", 0xF0DF: "←", 0xF0E0: "→", 0xF0E1: "↑",
    0xF0E2: "↓", 0xF0E8: "➔", 0xF0F0: "⇨", 0xF0FB: "✗", 0xF0FC: "✓", 0xF0FD: "☒", 0xF0FE: "☑",
}  # fmt: skip
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}


def symbol_text(text: str, font: str) -> str:
    """Return the text of a run in this font; a character that is not known stays as it is."""
    table = _FONTS.get(font.lower())
    if table is None:
        return text
    return text.translate(table)
