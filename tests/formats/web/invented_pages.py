"""Sixty invented pages as twenty systems of the web write theirs, with the sentences an editor should get and others.

Each system is a function of the page's number: it takes its sentences from a pool that no other page repeats, so
that every sentence is known to be the article's or not. The names and boxes are those that such systems use.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import NamedTuple

_WHO = {
    "fr": ["La maire", "Le préfet", "L’exploitant du port", "Une habitante", "Le conseil départemental", "La capitaine",
           "Le directeur de l’école", "Un pêcheur", "La ministre", "Le syndicat", "Une ingénieure", "Le tribunal"],
    "en": ["The mayor", "The harbour master", "A resident", "The county council", "The union", "An engineer",
           "The head teacher", "A fisherman", "The minister", "The court", "The operator", "A spokeswoman"],
}  # fmt: skip
_DID = {
    "fr": ["a annoncé lundi que la digue serait renforcée avant l’hiver", "estime que les travaux dureront neuf mois",
           "refuse de dire combien coûtera le nouveau pont", "demande que la route reste ouverte pendant le chantier",
           "a rappelé que le rapport avertissait déjà du danger", "promet que personne ne sera relogé de force",
           "n’a pas voulu commenter la décision du conseil municipal"],
    "en": ["said on Monday that the sea wall would be raised before winter", "expects the work to take nine months",
           "would not say how much the new bridge is going to cost", "wants the road to stay open during the work",
           "pointed out that the report had warned of the risk", "promised that nobody would be moved against their will",
           "declined to comment on the decision of the town council"],
}  # fmt: skip
_WHEN = {
    "fr": [
        "après la tempête",
        "devant la presse",
        "selon un courrier",
        "pour la troisième fois",
        "à huis clos",
    ],
    "en": [
        "after the storm",
        "at a news conference",
        "in a letter",
        "for the third time",
        "behind closed doors",
    ],
}
_OTHER = {
    "fr": ["La piscine municipale rouvrira ses portes au mois de mai", "Le budget du club de football a été voté",
           "Un nouveau café s’installe dans l’ancienne gare du bourg", "Les vendanges commencent avec deux semaines d’avance"],
    "en": ["The swimming pool is going to open again in the month of May", "The budget of the football club has been passed",
           "A new café moves into the old railway station of the village", "The grape harvest begins two weeks early"],
}  # fmt: skip
_CALL = {
    "fr": "Recevez chaque matin l’essentiel de l’actualité de votre région dans votre boîte aux lettres.",
    "en": "Sign up for our morning briefing and get the stories that matter delivered to your inbox.",
}
_COOKIES = {
    "fr": "Nous utilisons des cookies pour mesurer l’audience de ce site et vous proposer des publicités.",
    "en": "We use cookies to measure the audience of this site and to show you advertisements.",
}
_BIO = {
    "fr": "Jeanne Modèle suit les transports et la mer pour la rédaction depuis 2011, après dix ans à la radio.",
    "en": "Jo Model has covered transport and the sea for this paper since 2011, after ten years in radio.",
}


class Made(NamedTuple):
    """A page, and the sentences that are the article's."""

    system: str
    html: str
    sentences: list[str]


class Writer:
    """Gives out sentences for one page: ``say`` those of the article, ``other`` headlines of other articles."""

    def __init__(self, number: int) -> None:
        self.language = ("fr", "en")[number % 2]
        self.variant = number // 20
        self.said: list[str] = []
        self.numbers = count(number * 7)
        self.others = count(number)

    def say(self, many: int = 1) -> str:
        made = []
        for _each in range(many):
            at = next(self.numbers)
            who, did, when = _WHO[self.language], _DID[self.language], _WHEN[self.language]
            words = f"{who[at % len(who)]} {did[at % len(did)]} {when[at % len(when)]}"
            if words + "." in self.said:
                words += f" ({at})"
            self.said.append(words + ".")
            made.append(words + ".")
        return " ".join(made)

    def line(self, french: str, english: str) -> str:
        """A heading or caption of the article."""
        words = french if self.language == "fr" else english
        self.said.append(words)
        return words

    def paragraphs(self, many: int, opening: str = "<p>", closing: str = "</p>") -> str:
        return "\n".join(f"{opening}{self.say(1 + number % 3)}{closing}" for number in range(many))

    def other(self) -> str:
        return _OTHER[self.language][next(self.others) % 4]

    def pick(self, *variants: str) -> str:
        return variants[self.variant % len(variants)]

    def head(self) -> str:
        return self.line(
            "La digue sera renforcée avant l’hiver", "Sea wall to be raised before winter"
        )

    @property
    def call(self) -> str:
        return _CALL[self.language]

    @property
    def cookies(self) -> str:
        return _COOKIES[self.language]

    @property
    def bio(self) -> str:
        return _BIO[self.language]

    def menu(self) -> str:
        return '<nav class="menu"><ul><li><a href="/">Accueil</a></li><li><a href="/s">Sport</a></li></ul></nav>'

    def cards(self, name: str) -> str:
        return "".join(
            f'<div class="{name}"><h3><a href="/{number}">{self.other()}</a></h3><p>{self.other()}, en bref.</p></div>'
            for number in range(4)
        )


def _block_theme(w: Writer) -> str:
    return f"""<!DOCTYPE html><html><body class="single has-sidebar comments-open"><div class="wp-site-blocks">
<header class="wp-block-template-part">{w.menu()}</header><main class="wp-block-group"><h1 class="wp-block-post-title">{w.head()}
</h1><div class="wp-block-post-excerpt"><p class="wp-block-post-excerpt__excerpt">{w.say()}</p></div>
<div class="entry-content wp-block-post-content">{w.paragraphs(2)}<div class="wp-block-media-text"><div
 class="wp-block-media-text__content">{w.paragraphs(1)}</div></div><div class="wp-block-columns"><div class="wp-block-column
 {w.pick("is-card", "card", "sidebar-column")}">{w.paragraphs(2)}</div><div class="wp-block-column">{w.paragraphs(1)}</div></div>
<details class="wp-block-details"><summary>{w.line("Que dit le rapport ?", "What does the report say?")}</summary>
{w.paragraphs(2)}</details><div class="wp-block-cover {w.pick("promo-cover", "related-cover", "teaser")}"><div
 class="wp-block-cover__inner-container">{w.paragraphs(1)}</div></div><figure class="wp-block-gallery"><figure class="wp-block-image">
<img src=a><figcaption>{w.line("Le port vu du phare.", "The harbour, seen from the lighthouse.")}</figcaption></figure></figure></div>
<div class="wp-block-jetpack-subscriptions"><p>{w.call}</p><form><input type="email"><button>OK</button></form></div>
<div class="wp-block-query related">{w.cards("wp-block-post")}</div></main><footer><p>{w.cookies}</p></footer></div></body></html>"""


def _classic_theme(w: Writer) -> str:
    return f"""<html><body><div id="page" class="site"><header id="masthead">{
        w.menu()
    }</header><div id="primary"><main id="main">
<article id="post-12" class="post-12 post type-post category-social tag-share"><header class="entry-header"><h1
 class="entry-title">{
        w.head()
    }</h1><div class="entry-meta">2 janvier 2026</div></header><div class="entry-content">
{w.paragraphs(4)}<div class="{w.pick("su-box", "wp-caption-card", "promo-box")}"><p>{
        w.say(2)
    }</p></div><h2 id="{w.pick("share-the-cost", "subscribe-to-the-plan", "related-works")}">{
        w.line("Qui va payer ?", "Who is going to pay?")
    }</h2>
{
        w.paragraphs(3)
    }<div class="addtoany_share_save_container"><a class="a2a_button" href="https://x.example/s">Partager</a></div>
<div class="mc4wp-form newsletter-signup"><p>{
        w.call
    }</p><input type="email"></div></div><footer class="entry-footer"><span
 class="tags-links"><a href="/t">mer</a></span></footer></article><div class="author-box"><p>{
        w.bio
    }</p></div><div id="comments"
 class="comments-area"><ol><li class="comment"><p>{
        w.other()
    } et c’est tant mieux pour tout le monde ici.</p></li><li
 class="comment"><p>{
        w.other()
    }, je n’y crois pas une seconde, dit Paul.</p></li></ol></div></main></div><aside id="secondary"
 class="widget-area"><section class="widget widget_text"><p>{
        w.call
    }</p></section></aside></div></body></html>"""


def _drupal(w: Writer) -> str:
    name = w.pick(
        "paragraph--type--card", "paragraph--type--text-teaser", "paragraph--type--promoted-text"
    )
    return f"""<html><body class="path-node"><div role="banner">{
        w.menu()
    }</div><div class="region region-content"><h1>{w.head()}
</h1><article role="article" class="node node--type-article node--promoted"><div class="node__content"><div
 class="field field--name-field-teaser-text field__item"><p>{
        w.say(2)
    }</p></div><div class="field field--name-field-paragraphs">
<div class="field__item"><div class="paragraph {name}">{
        w.paragraphs(2)
    }</div></div><div class="field__item"><div
 class="paragraph {name}">{
        w.paragraphs(2)
    }</div></div><div class="field__item"><div class="paragraph paragraph--type--quote">
<blockquote>{w.say()}</blockquote></div></div><div class="field__item"><div class="paragraph {
        name
    }"><h2>{w.line("Et après ?", "What next?")}</h2>{
        w.paragraphs(2)
    }</div></div></div><ul class="links inline"><li><a href="/print">Imprimer</a></li></ul>
</div></article><div class="views-element-container block-related"><h2>Lire aussi</h2>{
        w.cards("views-row node--view-mode-teaser")
    }
</div></div><div class="eu-cookie-compliance-banner"><p>{
        w.cookies
    }</p><button>OK</button></div></body></html>"""


def _arc(w: Writer) -> str:
    return f"""<html><body id="fusion-app"><section role="main" class="b-article"><h1 class="b-headline">{w.head()}</h1><h2
 class="b-subheadline">{w.say()}</h2><div class="b-byline">Par Jeanne Modèle</div><article class="b-article-body">
{w.paragraphs(2, '<p class="c-paragraph">')}<p class="c-paragraph"><a href="/1">[ {w.other()} ]</a></p>
{w.paragraphs(2, '<p class="c-paragraph">')}<div class="c-interstitial promo"><a href="/2">{w.other()}</a></div><div
 class="{w.pick("b-card", "c-stack promo-block", "social-story")}">{w.paragraphs(2, '<p class="c-paragraph">')}</div><div
 class="c-gallery"><figure><img><figcaption>{w.line("Une grue devant la digue.", "A crane beside the sea wall.")}<span
 class="c-media-item__credit">(Agence X)</span></figcaption></figure></div></article><div class="b-results-list">
{w.cards("b-results-list__item")}</div><div class="b-author-bio"><p>{w.bio}</p></div></section></body></html>"""


def _amp(w: Writer) -> str:
    return f"""<!doctype html><html ⚡><head><meta charset="utf-8"></head><body><amp-sidebar id="s">{w.menu()}</amp-sidebar><article>
<h1>{w.head()}</h1><section subscriptions-section="content">{w.paragraphs(3)}<amp-ad width=300><div placeholder>Publicité</div></amp-ad>
<amp-accordion><section><h4>{w.line("Combien de temps ?", "How long will it take?")}</h4><div>{w.paragraphs(1)}</div></section>
<section><h4>{w.line("Quelles routes ?", "Which roads?")}</h4><div>{w.paragraphs(1)}</div></section></amp-accordion>
<amp-carousel><div class="slide"><amp-img></amp-img><div class="caption">{w.line("Le phare, dimanche.", "The lighthouse on Sunday.")}
</div></div></amp-carousel><amp-fit-text>{w.say()}</amp-fit-text>{w.paragraphs(2)}</section><section
 subscriptions-section="content-not-granted"><amp-iframe></amp-iframe></section></article><amp-consent id="c"><div><p>{w.cookies}</p>
</div></amp-consent><amp-next-page><p>{w.other()}</p></amp-next-page></body></html>"""


def _liveblog(w: Writer) -> str:
    entries = []
    for number in range(6):
        heading = w.line(f"Entrée {number}, le vent tourne", f"Entry {number}, the wind turns")
        link = w.pick(f"/live/digue#e{number}", f"#e{number}", f"/live/digue/e{number}")
        entries.append(
            f'<article class="{w.pick("live-entry card", "update", "post updated")}" id="e{number}"><time>1{number}:05</time>'
            f'<h2><a href="{link}">{heading}</a></h2>{w.paragraphs(1 + number % 2)}<div class="share"><a href="https://x.example/'
            f'">Partager</a></div></article>'
        )
    return f"""<html><body><header>{w.menu()}</header><main class="live"><h1>{w.head()}</h1><p class="chapo">{w.say()}</p><div
 class="live-feed">{"".join(entries)}</div></main><aside class="most-read"><ol><li><a href="/1">{w.other()}</a></li></ol></aside>
</body></html>"""


def _faq(w: Writer) -> str:
    def question(number: int) -> str:
        return w.line(f"Question {number} : qui décide ?", f"Question {number}: who decides?")

    button = '<h2 class="accordion-header"><button class="accordion-button" data-bs-target="#c{0}" aria-controls="c{0}">{1}</button></h2>'
    panel = '<div id="c{0}" class="accordion-collapse collapse" {2}><div class="accordion-body">{1}</div></div>'
    hidden = w.pick('aria-hidden="true"', 'style="display:none"', "hidden")
    items = ""
    for number in range(4):
        items += f'<div class="accordion-item card">{button.format(number, question(number))}'
        items += panel.format(number, w.paragraphs(1 + number % 2), hidden) + "</div>"
    terms = "".join(f"<dt>{question(number)}</dt><dd>{w.say(2)}</dd>" for number in range(4, 6))
    return f"""<html><body>{w.menu()}<div class="page"><h1>{w.head()}</h1><p class="teaser">{
        w.say()
    }</p><div class="accordion"
 role="tablist">{items}</div><dl class="faq">{
        terms
    }</dl><div class="css-acc"><input type="checkbox" id="q"><label for="q">{
        question(6)
    }</label><div class="panel">{w.paragraphs(1)}</div></div></div><div class="newsletter"><p>{
        w.call
    }</p></div></body></html>"""


def _read_more(w: Writer) -> str:
    rest = w.pick(
        '<div id="read-more"><a href="#" class="toggle">Lire la suite</a><div id="read-more-content">{0}</div></div>',
        '<button aria-controls="rest">Lire la suite</button><div id="rest" class="is-collapsed" style="display: none">{0}</div>',
        '<div class="read-more-wrapper">{0}</div><a href="javascript:void(0)" class="read-more">Lire la suite</a>',
    )
    return f"""<html><body><div class="top">{w.menu()}</div><div id="story"><h1>{w.head()}</h1><div class="story-body">
{w.paragraphs(3)}{rest.format(w.paragraphs(3))}</div><div class="read-next"><h3>{"À lire aussi"}</h3>{w.cards("teaser")}</div></div>
<div class="cookie-banner"><p>{w.cookies}</p></div></body></html>"""


def _paywall(w: Writer) -> str:
    name = w.pick("paywall", "subscription-content", "premium-only")
    return f"""<html><head><script type="application/ld+json">{{"@type":"NewsArticle","isAccessibleForFree":false,"hasPart":
{{"@type":"WebPageElement","isAccessibleForFree":false,"cssSelector":".{name}"}}}}</script></head><body>{w.menu()}<article
 class="article"><h1>{w.head()}</h1><div class="free-intro">{w.paragraphs(2)}</div><div class="{name}" {w.pick("", "", "hidden")}>
{w.paragraphs(4)}</div><div class="paywall-prompt subscribe"><h3>Abonnez-vous</h3><p>{w.call}</p><a href="/abo">S’abonner</a></div>
</article><section class="recommendations">{w.cards("card")}</section></body></html>"""


def _quiz(w: Writer) -> str:
    questions = ""
    for number in range(4):
        asked = w.line(
            f"En quelle année le port {number} a-t-il ouvert ?",
            f"In which year did harbour {number} open?",
        )
        answers = "".join(
            f'<label><input type="radio" name="q{number}">{w.line(f"En 19{number}{answer}", f"It was 19{number}{answer}")}</label><br>'
            for answer in range(3)
        )
        told = f'<div class="reveal" hidden><p>{w.say()}</p></div>'
        questions += (
            f'<fieldset class="question"><legend>{asked}</legend>{answers}</fieldset>{told}'
        )
    return f"""<html><body><header>{w.menu()}</header><main><h1>{w.head()}</h1>{w.paragraphs(2)}<form class="quiz">{questions}
<button>Valider</button></form>{w.paragraphs(1)}<form class="newsletter"><p>{w.call}</p><input type="email"></form></main></body></html>"""


def _gallery(w: Writer) -> str:
    slides = ""
    for number in range(5):
        caption = (
            w.say()
            if number % 2
            else w.line(f"Photo {number} : la jetée.", f"Photo {number}: the pier.")
        )
        slides += w.pick(
            f'<figure class="gallery-card"><img><figcaption class="caption">{caption}<span class="credit">Agence X</span>'
            "</figcaption></figure>",
            f'<li class="slide" aria-hidden="{"true" if number else "false"}"><img><p class="caption">{caption}</p></li>',
            f'<div class="card gallery-item"><img><div class="card-text">{caption}</div></div>',
        )
    return f"""<html><body>{w.menu()}<div class="gallery-page"><h1>{w.head()}</h1><p class="intro">{w.say(2)}</p><ul class="slides">
{slides}</ul><p>{w.say(2)}</p></div><div class="more-galleries"><h2>Autres</h2><ul><li><a href="/1">{w.other()}</a></li><li><a
 href="/2">{w.other()}</a></li></ul></div></body></html>"""


def _hashed(w: Writer) -> str:
    box = w.pick("RelatedBox_root__9z", "Teaser_root__1a", "Promo_root__x")
    return f"""<html><head><meta property="og:title" content="{w.head()}"></head><body><div id="__next"><div class="Header_a1">
<a href="/">Journal</a></div><div class="Grid_b2"><div class="Col_c3"><div class="Title_t">{w.said[-1]}</div><div
 class="Lead_l">{w.say()}</div><div class="Body_d4">{w.paragraphs(2, '<div class="Text_p">', "</div>")}<div class="Ad_e5"><span>
Publicité</span></div>{w.paragraphs(3, '<div class="Text_p">', "</div>")}</div><div class="Body_d4">
{w.paragraphs(2, '<div class="Text_p">', "</div>")}</div></div><div class="Col_c9"><div class="{box}">{w.cards("Card_k")}</div></div></div>
<div class="Footer_f"><div>© 2026 Journal, tous droits réservés, reproduction interdite sans accord</div></div></div></body></html>"""


def _typo3(w: Writer) -> str:
    return f"""<html><body><div class="container">{
        w.menu()
    }<div class="news news-single"><div class="article" itemscope><h1
 itemprop="headline">{w.head()}</h1><div class="{
        w.pick("teaser-text", "lead teaser", "news-teaser")
    }" itemprop="description"><p>{
        w.say(2)
    }</p></div><div class="news-text-wrap" itemprop="articleBody">{
        w.paragraphs(5)
    }</div><div class="news-related-wrap">
<div class="news-related news-related-news"><h4>Voir aussi</h4><ul><li><a href="/1">{
        w.other()
    }</a></li></ul></div></div></div></div>
<div class="footer">© Journal, tous droits réservés.</div></div></body></html>"""


def _opinion(w: Writer) -> str:
    name = w.pick("comment-piece", "comment__body", "article comment")
    replies = "".join(
        f'<li class="comment"><div class="comment-author">Paul</div><div class="comment-body"><p>{w.other()}, mais qui va payer'
        f" {number} fois le prix de ce chantier sans fin ?</p></div></li>"
        for number in range(9)
    )
    return f"""<html><body>{w.menu()}<h1>{w.head()}</h1><div class="{name}">{w.paragraphs(6)}</div><section id="comments"><h2>Réactions
</h2><ol class="{w.pick("comment-list", "commentlist", "comments")}">{replies}</ol></section></body></html>"""


def _card_stack(w: Writer) -> str:
    name = w.pick("card", "story-card", "sharing-card")
    stack = "".join(
        f'<div class="{name} collection-item"><h2>{w.line(f"Carte {number}", f"Card {number}")}</h2><div class="{name}-content">'
        f"{w.paragraphs(1 + number % 2)}</div></div>"
        for number in range(5)
    )
    return f"""<html><body>{w.menu()}<div id="root"><h1>{w.head()}</h1><section class="content-well"><div class="collection">{stack}
</div><figure><img><figcaption>{w.say()}</figcaption></figure></section></div><div class="more-from">{w.cards("card")}</div></body></html>"""


def _sponsored(w: Writer) -> str:
    name = w.pick("sponsored-content", "advertorial promo", "partner-promoted")
    return f"""<html><body>{w.menu()}<main><div class="{name}"><h1>{w.head()}</h1></div><div class="{name}">{w.paragraphs(2)}</div>
<div class="{name}">{w.paragraphs(3)}</div><div class="ad-slot ads"><a href="https://x.example">{w.other()}</a></div></main>
<div class="sidebar"><div class="widget"><p>{w.call}</p></div>{w.cards("widget")}</div></body></html>"""


def _newsletter_page(w: Writer) -> str:
    return f"""<html><body><div class="newsletter-header"><a href="/">Lettre</a></div><div class="newsletter-edition"><h1>{w.head()}</h1>
<div class="newsletter-block">{w.paragraphs(2)}</div><div class="newsletter-block">{w.paragraphs(2)}</div><div
 class="newsletter-block">{w.paragraphs(1)}</div></div><div class="{w.pick("signup", "subscribe-box", "newsletter-cta")}"><p>{w.call}
</p><form><input type="email"></form></div></body></html>"""


def _journal(w: Writer) -> str:
    sections = ""
    for slug in (
        "sharing-the-bill",
        "related-damage-along-the-coast",
        "comments-on-the-plan",
        "social-housing",
        "author-s-note",
    ):
        heading = w.line(f"Partie {slug}", f"Part {slug}")
        sections += (
            f'<section id="{slug}"><h2>{heading}</h2>{w.paragraphs(1 + len(slug) % 2)}</section>'
        )
    note = '<sup><a href="#r1">1</a></sup>'
    return f"""<html><body>{w.menu()}<main><h1>{w.head()}</h1><p>{w.say()}{note}</p>{
        sections
    }<aside class="box"><h3>{w.line("Repères", "Key facts")}</h3><p>{w.say()}</p><p>{
        w.say()
    }</p></aside></main><footer><p>{w.cookies}</p></footer></body></html>"""


def _custom_elements(w: Writer) -> str:
    return f"""<html><body><site-header>{w.menu()}</site-header><main><x-article><x-headline><h1>{
        w.head()
    }</h1></x-headline><x-lead>{w.say()}</x-lead><x-body>{w.paragraphs(2)}<p>{
        w.say()
    } (<x-tooltip>1</x-tooltip>) {w.say()}</p><x-quote><blockquote>{w.say()}</blockquote>
</x-quote><x-card class="{w.pick("card", "teaser", "related-info")}"><p>{w.say(2)}</p></x-card>{
        w.paragraphs(2)
    }</x-body></x-article>
<x-related>{w.cards("x")}</x-related></main></body></html>"""


def _tables(w: Writer) -> str:
    return f"""<HTML><HEAD><TITLE>x</TITLE><BODY><TABLE><TR><TD WIDTH=120><A HREF=a>Home</A><BR><A HREF=b>Archives</A></TD><TD><H2>{
        w.head()
    }</H2>{w.paragraphs(4, "<P>", "")}<TABLE><TR><TD>{
        w.line("Piliers à refaire", "Piers to be rebuilt")
    }</TD><TD>{w.line("Deux piliers", "Two piers")}</TD></TR></TABLE>{
        w.paragraphs(2, "<P>", "")
    }</TD></TR></TABLE><HR><CENTER>© 2026 Journal
</CENTER></BODY></HTML>"""


SYSTEMS: list[Callable[[Writer], str]] = [
    _block_theme, _classic_theme, _drupal, _arc, _amp, _liveblog, _faq, _read_more, _paywall, _quiz, _gallery, _hashed, _typo3,
    _opinion, _card_stack, _sponsored, _newsletter_page, _journal, _custom_elements, _tables,
]  # fmt: skip


def pages() -> list[Made]:
    """Return the sixty pages: each system three times, with other names and in both languages."""
    made = []
    for variant in range(3):
        for number, system in enumerate(SYSTEMS):
            writer = Writer(variant * len(SYSTEMS) + (number + variant) % len(SYSTEMS))
            writer.variant = variant
            html = system(writer)
            made.append(
                Made(f"{system.__name__[1:]} {variant}", html, list(dict.fromkeys(writer.said)))
            )
    return made
