"""Invented newsroom pages, written as the systems of the web write theirs, each with the lines an editor should get."""

from __future__ import annotations

ONE = "La ville a fermé le pont mardi soir, après la découverte de fissures dans deux piliers."
TWO = "Les habitants de la rive gauche devront faire un détour de douze kilomètres jusqu’au printemps."
THREE = "« Nous n’avions pas le choix », a déclaré la maire devant le conseil municipal réuni en urgence."
FOUR = (
    "Les premiers travaux coûteront quatre millions d’euros, selon une estimation du département."
)
LEAD = "Deux piliers fissurés, un détour de douze kilomètres : la rive gauche s’organise."
HEAD = "Le pont restera fermé jusqu’au printemps"
BOX = "Recevez chaque matin l’essentiel de l’actualité de votre région, gratuitement, dans votre boîte aux lettres."
LINKS = '<li><a href="/1">La piscine rouvre ses portes en mai</a></li><li><a href="/2">Le budget a été voté</a></li>'
MENU = f'<nav><ul><li><a href="/">Accueil</a></li><li><a href="/s">Sport</a></li></ul></nav><ul class="x">{LINKS}</ul>'
CORE = [ONE, TWO, THREE, FOUR]

PAGES: dict[str, tuple[str, list[str]]] = {
    "a block theme": (
        f"""<!DOCTYPE html><html lang="fr-FR"><head><meta charset="UTF-8"><title>{HEAD} – Le Courrier</title></head>
<body class="post-template-default single single-post postid-12 category-social has-ads">
<div class="wp-site-blocks"><header class="wp-block-template-part"><p class="wp-block-site-title"><a href="/">Le
 Courrier</a></p><nav class="wp-block-navigation"><ul><li><a href="/">Accueil</a></li></ul></nav></header>
<main class="wp-block-group" id="wp--skip-link--target"><h1 class="wp-block-post-title">{HEAD}</h1>
<div class="wp-block-group post-meta"><div class="wp-block-post-date"><time datetime="2026-01-02">2 janvier 2026</time>
</div><div class="wp-block-post-author-name"><a href="/a">Jeanne Modèle</a></div></div>
<div class="entry-content wp-block-post-content is-layout-constrained"><p>{ONE}</p>
<figure class="wp-block-image size-large"><img src="a.jpg" alt="Pont"/><figcaption class="wp-element-caption">Le pont,
 vu de la rive gauche. <span class="credit">Photo Agence X</span></figcaption></figure>
<p class="has-drop-cap">{TWO}</p>
<figure class="wp-block-pullquote"><blockquote><p>Nous n’avions pas le choix</p><cite>La maire</cite></blockquote>
</figure><p>{THREE}</p><h2 class="wp-block-heading">Les travaux</h2>
<ul class="wp-block-list"><li>Deux piliers à renforcer</li><li>Un tablier à reprendre, <em>en partie</em></li></ul>
<p>{FOUR}</p><div class="wp-block-buttons"><div class="wp-block-button"><a class="wp-block-button__link" href="/s">
S’abonner</a></div></div>
<div class="sharedaddy sd-sharing-enabled"><h3>Partager :</h3><ul><li><a href="#">Facebook</a></li></ul></div>
<div id="jp-relatedposts"><h3>Articles similaires</h3><p>{BOX}</p></div></div>
<div class="wp-block-comments"><h2>2 réponses</h2><ol><li><p>{BOX} {ONE}</p></li><li><p>{TWO}</p></li></ol></div></main>
<footer class="wp-block-template-part"><p>{BOX}</p></footer></div></body></html>""",
        [HEAD, ONE, "Le pont, vu de la rive gauche.", TWO, "Nous n’avions pas le choix", "La maire", THREE,
         "Les travaux", "Deux piliers à renforcer", "Un tablier à reprendre, en partie", FOUR],
    ),
    "a blog with cards": (
        f"""<html lang=fr><head><title>{HEAD}</title><meta property="og:title" content="{HEAD}"></head><body
 class="post-template"><div class="viewport"><header id="gh-head" class="gh-head outer">{MENU}</header><main
 id="site-main" class="site-main"><article class="article post"><header class="article-header gh-canvas"><div
 class="article-tag post-card-tags"><a href="/t">Politique</a></div><h1 class="article-title">{HEAD}</h1><p
 class="article-excerpt">{LEAD}</p><div class="article-byline content"><ul class="author-list"><li>Jeanne Modèle</li></ul>
<span class="byline-meta-date">2 janv. 2026 • 4 min de lecture</span></div><figure class="article-image"><img src=x>
<figcaption><span style="white-space: pre-wrap;">Le pont en 1932</span></figcaption></figure></header><section
 class="gh-content gh-canvas"><p>{ONE}</p><div class="kg-card kg-callout-card"><div class="kg-callout-text">Circulation
 interdite <b>aux piétons</b> aussi.</div></div><p>{TWO}</p><div class="kg-card kg-signup-card"><form><h2>La lettre</h2>
<p>{BOX}</p><input type=email><button>OK</button></form></div><blockquote>{THREE}</blockquote><p>{FOUR}</p></section>
</article><aside class="read-more-wrap outer"><div class="read-more inner"><article class="post-card post"><a href="/2">
<h2 class="post-card-title">Le budget a été voté par le conseil municipal</h2><div class="post-card-excerpt">{BOX}</div>
</a></article></div></aside></main></div></body></html>""",
        [HEAD, LEAD, "Le pont en 1932", ONE, "Circulation interdite aux piétons aussi.", *CORE[1:]],
    ),
    "nested divs without names": (
        f"""<html><head><title>{HEAD} | Le Courrier</title><script type="application/ld+json">{{"@type":"NewsArticle",
"headline":"{HEAD}"}}</script></head><body><div id="__next"><div class="css-1a"><div class="css-2b"><a href="/">Le
 Courrier</a><span>Région</span></div></div><div class="css-3c"><div><div class="css-h">{HEAD}</div><div class="css-4d">
{LEAD}</div><div class="css-5e"><span>Par Jeanne Modèle</span></div></div><div class="css-6f"><div><div><div
 class="css-7g"><p>{ONE}</p></div><div class="css-7g"><p>{TWO}</p></div><div id="ad-slot-1"><div>Publicité</div></div><div
 class="css-7g"><p>{THREE}</p></div><div class="css-7g"><p>{FOUR}</p></div></div></div></div></div><div class="css-9z">
<div><h3>À la une</h3>{MENU}</div></div></div></body></html>""",
        [HEAD, LEAD, *CORE],
    ),
    "fields in fields": (
        f"""<html lang="fr" dir="ltr"><body class="path-node page-node-type-article"><div id="block-cookies"
 class="eu-cookie-compliance"><p>{BOX}</p><button>Accepter</button></div><div class="dialog-off-canvas-main-canvas"><div
 role="banner">{MENU}</div><div class="region region-content"><div id="block-title"><h1><span
 class="field field--name-title">{HEAD}</span></h1></div><div id="block-content"><div role="article"
 class="node node--type-article"><div class="node__meta">Soumis par jmodele le ven 02/01/2026</div><div
 class="node__content"><div class="field field--name-field-chapo"><div class="field__item"><p>{LEAD}</p></div></div><div
 class="field field--name-body"><div class="field__item"><p>{ONE}</p><p>{TWO}</p><p>&nbsp;</p><p>{THREE}</p>
<table><tbody><tr><td>Piliers</td><td>Deux</td></tr></tbody></table><p>{FOUR}</p></div></div><div
 class="field field--name-field-tags"><div class="field__label">Mots-clés</div><div><a href="/p">ponts</a></div></div>
</div></div></div></div><aside class="layout-sidebar"><div class="views-element-container"><p>{BOX}</p></div></aside>
</div></body></html>""",
        [HEAD, LEAD, ONE, TWO, THREE, "Piliers", "Deux", FOUR],
    ),
    "an accelerated page": (
        f"""<!doctype html><html ⚡ lang="fr"><head><meta charset="utf-8"></head><body><amp-sidebar id="s"
 layout="nodisplay">{MENU}</amp-sidebar><header class="amp-wp-header"><a href="/">Le Courrier</a></header><article
 class="amp-wp-article"><header class="amp-wp-article-header"><h1 class="amp-wp-title">{HEAD}</h1><div
 class="amp-wp-meta amp-wp-byline">Jeanne Modèle</div></header><div class="amp-wp-article-content"><amp-img src="a.jpg"
 layout="responsive"><noscript><img src="a.jpg"></noscript></amp-img><p>{ONE}</p><amp-ad width=300 type="x"><div
 placeholder>Publicité</div></amp-ad><p>{TWO}</p><amp-social-share type="email"></amp-social-share><p>{THREE}</p><p>
{FOUR}</p></div><footer class="amp-wp-article-footer"><p>{BOX}</p></footer></article><amp-consent><div><p>{BOX}</p></div>
</amp-consent></body></html>""",
        [HEAD, *CORE],
    ),
    "a letter to subscribers": (
        f"""<html><body><div class="single-post-container"><div class="container"><div class="single-post"><article
 class="typography newsletter-post post"><div class="post-header"><h1 class="post-title published">{HEAD}</h1><h3
 class="subtitle">{LEAD}</h3><div class="pencraft byline-wrapper"><a href="/@j">Jeanne Modèle</a><div>2 janv.</div></div>
</div><div class="available-content"><div dir="auto" class="body markup"><p><span>{ONE}</span></p><div
 class="subscription-widget-wrap"><div class="subscription-widget show-subscribe"><p>{BOX}</p><form><input></form></div>
</div><p><span>{TWO[:34]}</span><em>{TWO[34:51]}</em><span>{TWO[51:]}</span></p><h2 class="header-anchor-post">Et après
 ?<div class="header-anchor-parent"><div class="header-anchor"><div class="icon"></div></div></div></h2><ol><li><p>
{THREE}</p></li><li><p>{FOUR}<a class="footnote-anchor" href="#footnote-1">1</a></p></li></ol><p class="button-wrapper"><a
 class="button primary" href="/s"><span>Partager</span></a></p></div></div></article></div></div><div
 class="comments-page"><h4>Discussion</h4><div class="comment"><p>{ONE} {BOX}</p></div></div></div></body></html>""",
        [HEAD, LEAD, ONE, TWO, "Et après ?", THREE, FOUR],
    ),
    "boxes in the story": (
        f"""<html><body><main><article class="story"><h1>{HEAD}</h1><p class="story__standfirst">{LEAD}</p><p>{ONE}</p>
<p><strong>À lire aussi :</strong> <a href="/1">La piscine rouvre ses portes en mai</a></p><p>{TWO}</p><div
 class="Related_list__x3Yz"><h3>Sur le même sujet</h3><ul>{LINKS}</ul></div><h2>Sur le même sujet</h2><ul>{LINKS}</ul>
<p>{THREE}</p><aside class="factbox"><h3>Repères</h3><p>Le pont a été construit en 1932 par une entreprise de la région,
 puis élargi.</p></aside><aside class="newsletter-box"><p>{BOX}</p></aside><p>{FOUR}</p><p>Lire le
 <a href="/r">rapport complet</a>.</p><div class="article__share-tools"><span>Partager</span></div><div
 class="author-bio"><p>{BOX}</p></div></article></main></body></html>""",
        [HEAD, LEAD, ONE, TWO, THREE, "Repères",
         "Le pont a été construit en 1932 par une entreprise de la région, puis élargi.", FOUR, "Lire le rapport complet."],
    ),
    "breaks for paragraphs": (
        f"""<HTML><BODY BGCOLOR=white><TABLE WIDTH=700><TR><TD><A HREF=1>Accueil</A><BR><A HREF=2>Sport</A></TD><TD>
<FONT SIZE=5><B>{HEAD}</B></FONT><BR><BR>{ONE}<BR><BR>
{TWO}<BR>&nbsp;<BR>{THREE}<P>{FOUR}<P><FONT SIZE=1><A HREF=3>Retour</A></FONT></TD></TR></TABLE></BODY></HTML>""",
        [HEAD, *CORE],
    ),
    "a live page": (
        f"""<html><head><meta property="og:title" content="{HEAD}"></head><body><header><h1>{HEAD}</h1><p
 class="chapo">{LEAD}</p></header><main><section class="live-feed"><article class="live-entry tag-social" id="e3"><time
 datetime="x">18:04</time><h2><a href="#e3">Le conseil est réuni</a></h2><p>{THREE}</p></article><article
 class="live-entry"><time>17:40</time><p>{TWO}</p></article><article class="live-entry"><time>16:02</time><h2><a
 href="#e1">Première alerte</a></h2><p>{ONE}</p><p>{FOUR}</p><div class="social-share"><a href="x">Partager</a></div>
</article></section></main><aside class="trending"><ol>{LINKS}</ol></aside></body></html>""",
        [HEAD, LEAD, "Le conseil est réuni", THREE, TWO, "Première alerte", ONE, FOUR],
    ),
    "headline outside": (
        f"""<html><head><title>Le Courrier : {HEAD}</title></head><body><header><h1 class="logo"><a href="/">Le
 Courrier</a></h1>{MENU}</header><div class="hero"><h1>{HEAD}</h1><p class="dek">{LEAD}</p><p>Par Jeanne Modèle</p></div>
<article><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p><p>{FOUR}</p></article><section id="comments"><article
 class="comment-body"><p>{ONE} {TWO} {THREE} {BOX}</p></article></section></body></html>""",
        [HEAD, LEAD, *CORE],
    ),
    "words with marks in them": (
        f"""<article><h1>Le 1<sup>er</sup> pont&nbsp;: <em>fermé</em></h1><p>{ONE[:40]}<a href="/x"
 title="a>b">{ONE[40:]}</a><sup id="r1"><a href="#n1">[1]</a></sup></p><p>12&#8239;000&nbsp;m<sup>2</sup> &amp; plus,
 d&eacute;j&agrave;<span class="sr-only">(nouvelle fenêtre)</span> <b>dit</b>-<i>on</i>.</p><p><span
 class="dropcap">{TWO[0]}</span>{TWO[1:]}</p><p style="display: none">{THREE}</p><p hidden>{FOUR}</p></article>""",
        ["Le 1er pont\xa0: fermé", ONE, "12\u202f000\xa0m2 & plus, déjà dit-on.", TWO],
    ),
    "tags left open": (
        f"""<body><div class=content><h1>{HEAD}</h2><p>{ONE}<p><b>{TWO[:20]}<i>{TWO[20:40]}</b>{TWO[40:]}</i>
<ul><li>Un pilier<li>Deux piliers</ul><p>{THREE}</div></p></span><p>5 < 6 & 7 > 6, {FOUR}</p><!-- <p>non</p> ---->
<script>document.write("<p>non</p>")</script><noscript><p>Activez JavaScript</p></noscript><p>Fin</br>du texte.""",
        [HEAD, ONE, TWO, "Un pilier", "Deux piliers", THREE, f"5 < 6 & 7 > 6, {FOUR}", "Fin du texte."],
    ),
    "one form around all": (
        f"""<html><body><form id="aspnetForm" action="/x"><input type="hidden" name="v"><div class="topmenu">{MENU}</div>
<div id="ctl00_main"><h1>{HEAD}</h1><div class="date">02.01.2026</div><div class="articleText"><div>{ONE}</div><div>{TWO}
</div><div>{THREE}</div><div>{FOUR}</div></div></div><div class="bottom"><a href="/m">Mentions légales</a></div></form>
</body></html>""",
        [HEAD, *CORE],
    ),
    "a fragment": (f"<h2>{HEAD}</h2>\n<p>{ONE}</p>\n<p>{TWO}", [HEAD, ONE, TWO]),
}  # fmt: skip

A = "The council voted on Tuesday to close the old swimming pool for a year of repairs."
B = "Parents had gathered outside the town hall since early morning, holding hand-made signs."
C = "“We were told about this by text message,” said one of them, who teaches at the school."
D = "The cost of the repairs is put at £2.4m, of which the county will pay a third."
H = "Council closes town’s only pool for a year"
S = "Swimmers must travel 20 miles as repairs begin in March"
X = "Sign up for our morning briefing and get the stories that matter delivered to your inbox every day."

PAGES |= {
    "data blocks": (
        f"""<!DOCTYPE html><html lang="en-GB"><head><title>{H} - News</title><meta property="og:title" content="{H}"/>
</head><body><div id="main-wrapper"><header data-component="masthead"><nav><a href="/">Home</a></nav></header>
<main id="main-content"><article class="ssrcss-pv1rh6-ArticleWrapper">
<div data-component="headline-block" class="c1"><h1>{H}</h1></div><div data-component="byline-block"><div><div>
<span>Jo Model</span></div><div>Local reporter</div></div></div><div data-component="image-block"><figure><div>
<span><img></span></div><figcaption>The pool opened in 1961</figcaption><div class="copyright">Agency</div>
</figure></div><div data-component="text-block"><p><b>{A}</b></p></div><div data-component="text-block">
<p>{B}</p></div><div data-component="subheadline-block"><h2>'Text message'</h2></div>
<div data-component="text-block"><p>{C}</p></div><div data-component="unordered-list-block"><ul>
<li>Pool closes on 1 March</li><li>Gym stays open</li></ul></div><div data-component="text-block"><p>{D}</p>
</div><section data-component="tag-list"><h2>Related Topics</h2><ul><li><a href="/t">Swimming</a></li></ul>
</section><section data-component="links-block"><h2>More on this story</h2><ul><li>
<a href="/1">Pool repairs to cost millions</a></li></ul></section></article></main><section><h2>Top stories</h2>
<div><p><a href="/2">A very long headline about another matter altogether in another town</a></p></div>
</section></div></body></html>""",
        [H, "The pool opened in 1961", A, B, "'Text message'", C, "Pool closes on 1 March", "Gym stays open", D],
    ),
    "custom elements": (
        f"""<html lang=en><body><gu-island name="Header">menu</gu-island><section><aside><a href=/>News</a></aside>
</section><main><div data-gu-name="headline"><h1 class="dcr-u0h1qy">{H}</h1></div>
<div data-gu-name="standfirst"><div class="dcr-1y"><p>{S}</p></div></div><div data-gu-name="meta">
<address aria-label="Contributor info"><a rel="author" href="/p">Jo Model</a></address><details>
<summary>Tue 6 Jan 2026 06.00 GMT</summary>First published on Mon 5 Jan 2026</details>
<div data-print-layout="hide"><a href="mailto:">Share</a></div></div><div data-gu-name="body">
<div id="maincontent" class="article-body-commercial-selector"><p>{A}</p><p>{B}</p>
<figure class="element-rich-link"><gu-island name="RichLink"><div>
<a href="/r">Related: Why pools close across the country every winter</a></div></gu-island></figure>
<blockquote class="quoted"><p>{C}</p></blockquote><aside class="pullquote">
<blockquote>We were told by text</blockquote><footer>A teacher</footer></aside><p>{D}</p><ul><li><p>
<em>Do you have an opinion? <a href="mailto:x">Click here</a> to send us a letter.</em></p></li></ul></div>
</div></main></body></html>""",
        [H, S, A, B, C, "We were told by text", D, "Do you have an opinion? Click here to send us a letter."],
    ),
    "arc": (
        f"""<html><head><meta property="og:title" content="{H}"></head><body id="fusion-app">
<div class="b-header-nav-chain"><a href="/">Paper</a></div><section role="main" class="b-right-rail__main">
<div class="b-single-chain"><a href="/news">News</a></div><h1 class="b-headline">{H}</h1>
<h2 class="b-subheadline">{S}</h2><div class="b-byline"><span>By </span><a href="/a">Jo Model</a></div>
<time class="b-date">January 6, 2026</time><div class="ts-share-bar"><button>Share</button></div>
<div class="c-lead-art"><figure><img><figcaption class="c-media-item__fig-caption">
<span>The pool on Monday</span><span class="c-media-item__credit">(Jo Model/Paper)</span></figcaption></figure>
</div><article class="b-article-body"><p class="c-paragraph">{A}</p><p class="c-paragraph">
<a href="/1">[ More: the pool’s history in pictures ]</a></p><p class="c-paragraph">{B}</p>
<div class="arcad-feature-custom"><div>Advertisement</div></div><p class="c-paragraph">{C}</p><hr>
<p class="c-paragraph">{D}</p></article><div class="b-results-list"><article><p>{X}</p></article></div>
</section><aside class="b-right-rail__rail"><p>{X}</p></aside></body></html>""",
        [H, S, "The pool on Monday", A, B, C, D],
    ),
    "hand-made": (
        f"""<html><head><meta http-equiv="Content-Type" content="text/html"></head><body><center><table><tr><td colspan=2>
<img src=logo.gif></td></tr><tr><td width=120><a href=a>Home</a><br><a href=b>Archive</a><br></td><td>
<h2>{H}</h2><i>{S}</i><p>{A}<p>{B}<p>{C}<p>{D}<p><a href=c>Back to the front page</a></td></tr></table>
<hr>Copyright the Paper</center></body></html>""",
        [H, S, A, B, C, D],
    ),
    "long page, short story": (
        f"""<html><head><script type="application/ld+json">{{"headline":"{H}"}}</script></head><body><div class="Layout">
<div class="StoryHeader"><span class="Kicker">Local</span><h1>{H}</h1></div><div class="StoryBody"><p>{A}</p>
<div class="InlineNewsletter"><h4>The briefing</h4><p>{X}</p></div><p>{B}</p><p>{D}</p></div><div class="Feed">
<div class="Card"><h3><a href="/1">Other story one is here</a></h3><p>{X}</p></div><div class="Card"><h3>
<a href="/2">Other story two is here</a></h3><p>{X} {X}</p></div></div></div></body></html>""",
        [H, A, B, D],
    ),
}  # fmt: skip
