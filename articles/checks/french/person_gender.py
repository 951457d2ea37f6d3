"""A masculine word before a woman's profession, or the other way round: *ce comptable, Denise*.

Only professions that are the same for both are looked at, beside a first name that is one of women
or of men in the languages of Europe; names that are both (Andrea, Camille) are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.text.document import Span

WOMEN = frozenset(
    "Abigail Adriana Agnes Agnès Agnieszka Aisha Alejandra Alessandra Alexandra Alice Alicia "
    "Alina Amanda Amelia Amélie Amina Ana Anastasia Angela Angèle Anita Anja Anna Annalena Anne "
    "Annie Antonella Arianna Astrid Aurélie Barbara Beata Béatrice Beatriz Belinda Benedetta "
    "Birgit Brenda Bridget Brigitte Carla Carmen Carol Caroline Catalina Catherine Cecilia "
    "Cécile Céline Chantal Charlotte Chiara Chloé Christina Christine Claire Clara Claudia "
    "Claudine Colette Concepción Corinne Cristina Daniela Deborah Delphine Denise Diana Diane "
    "Dolores Donna Dorothy Edith Elena Eleanor Elin Elisa Elisabeth Elizabeth Élise Élisabeth "
    "Ella Ellen Elsa Emilia Emily Emma Erika Estelle Esther Eva Eve Eveline Fatima Federica "
    "Fiona Florence Francesca Françoise Frida Gabriela Gemma Georgina Geneviève Giorgia Giulia "
    "Gloria Greta Gudrun Hanna Hannah Heather Heidi Helen Helena Hélène Henrietta Hilary Hilde "
    "Imelda Ingrid Irena Irene Irina Isabel Isabella Isabelle Ivana Jacqueline Jane Janet "
    "Jeanne Jelena Jennifer Jessica Joanna Johanna Josephine Joyce Judith Julia Juliana Julie "
    "Karin Katarina Katarzyna Kate Katerina Katherine Kathleen Katja Kristina Lara Laura "
    "Laurence Lena Leticia Liliana Linda Lisa Liv Lucia Lucie Lucy Ludmila Luisa Lydia "
    "Madeleine Magda Magdalena Manuela Margaret Margarita Margot Margrethe Maria María Marianne "
    "Marie Marina Marine Marta Martha Martine Mary Mathilde Matilda Maureen Megan Mercedes Mia "
    "Michelle Miriam Mireille Monica Monika Nadia Nadine Nancy Naomi Natalia Natalie Nathalie "
    "Niamh Nicole Nina Nora Norma Odile Olga Olivia Orla Pamela Patricia Paula Pauline Penelope "
    "Petra Phyllis Pilar Priscilla Rachel Raquel Rebecca Regina Renata Renée Rita Roberta Rosa "
    "Rosalie Rosario Rose Ruth Sabine Sabrina Samantha Sandra Sara Sarah Sheila Shirley Siobhan "
    "Sigrid Silvia Simona Sofia Sonia Sophie Soledad Stella Stéphanie Susan Susanne Svetlana "
    "Sylvia Sylvie Tamara Tanja Tatiana Teresa Thérèse Tiffany Ulrike Ursula Valentina Valérie "
    "Vanessa Vera Veronica Véronique Victoria Viktoria Violeta Virginia Virginie Vivian Viviane "
    "Wendy Yolanda Yvette Yvonne Zofia Zoe Zoé Zuzana".split()
)
MEN = frozenset(
    "Aaron Adam Adrian Ahmed Alan Alain Albert Alberto Alejandro Alessandro Alexander Alexandre "
    "Alexei Alfred Alfredo Álvaro Anders Andrew Andrei André Andrés Anthony Antoine Anton "
    "Antonio Armin Arnaud Arthur Bart Benjamin Bernard Boris Brian Bruno Carl Carlos Charles "
    "Christian Christophe Colin Craig Cyril Daniel David Denis Dennis Derek Diego Dieter "
    "Dimitri Donald Douglas Duncan Edgar Edward Édouard Emmanuel Enrico Enrique Eric Éric Erik "
    "Ernst Ernesto Esteban Étienne Eugene Fabio Felipe Félix Ferdinand Fernando Filip Francis "
    "Francisco Franck François Frank Franz Fred Frederick Frédéric Friedrich Gareth Gary Gaston "
    "Geoffrey Georg George Georges Gérard Gerard Giacomo Giorgio Giovanni Giuseppe Gordon "
    "Grégory Guillaume Gunnar Gustav Hamza Hans Harald Harold Harry Hassan Heinrich Helmut "
    "Henri Henrik Henry Herbert Hermann Hugh Hugo Ian Igor Ibrahim Isaac Ivan Jack Jacob "
    "Jacques Jakob James Jason Javier Jeffrey Jens Jérôme Jim Joe Johann John Jonas Jonathan "
    "Jorge Jorgen José Josef Joseph Joshua Juan Juha Jules Julian Julien Justin Jürgen Karl "
    "Keith Kenneth Kevin Klaus Konrad Kurt Lars Laurent Leo Leon Leonardo Liam Lorenzo Louis "
    "Luc Luca Lucas Luigi Luis Lukas Magnus Manuel Marc Marco Marcos Marcus Mario Mark Markus "
    "Martin Mateo Mathieu Matthew Matthias Matteo Maurice Max Maximilian Michael Michał Miguel "
    "Mikael Mikhail Mohamed Mohammed Mustafa Nicholas Nicolas Nigel Niklas Norbert Olaf Oleg "
    "Oliver Olivier Omar Oscar Oskar Otto Pablo Padraig Paolo Pascal Patrick Paul Pavel Pedro "
    "Peter Philip Philippe Pierre Pietro Piotr Quentin Rafael Rainer Ralph Ramón Raúl Raymond "
    "Raymundo Reginald Richard Robert Roberto Roger Roland Rolf Ronald Ruben Rudolf Rupert "
    "Salvatore Samuel Sean Seán Sebastian Sébastien Serge Sergei Sergio Simon Stanislas Stefan "
    "Stephen Steven Stuart Sven Tariq Théo Thierry Thomas Tim Timothy Tom Tomás Tomasz Tommaso "
    "Trevor Tristan Umberto Urs Valentin Victor Viktor Vincent Vincenzo Vladimir Walter Wendell "
    "Werner Wilhelm William Wolfgang Xavier Yann Youssef Yves Yuri Zoltan".split()
)
EPICENE = (
    "comptable|ministre|juge|maire|journaliste|porte-parole|secrétaire|architecte|artiste"
    "|analyste|économiste|spécialiste|responsable|pilote|propriétaire|locataire|athlète"
    "|capitaine|peintre|poète|biologiste|géologue|psychologue|sociologue|archéologue|virologue"
    "|épidémiologiste|chimiste|pianiste|violoniste|cycliste|gymnaste|bénévole|collègue|élève"
    "|libraire|dentiste|vétérinaire|notaire|gendarme|commissaire|diplomate|scientifique|cinéaste"
    "|scénariste|styliste|fleuriste|urbaniste|juriste|pénaliste|syndicaliste"
    "|interprète|volcanologue|climatologue|glaciologue|hydrologue|stagiaire|bibliothécaire"
    "|fonctionnaire|gestionnaire|actionnaire|milliardaire|arbitre"
)
_PHRASE = re.compile(
    r"\b(?P<word>[Ll]e|[Uu]n|[Cc]et?|[Dd]u|[Aa]u|(?:(?:[Dd]e|[Àà])\s)?[Ll]a|[Uu]ne|[Cc]ette)\s"
    rf"(?P<noun>(?:jeune\s|célèbre\s|autre\s)?(?:{EPICENE})\b)"
    r"(?P<more>|[^,.;:«»()]{1,40}?)(?P<end>,?\s)"
    r"(?P<name>[A-ZÀ-Ý][a-zà-ÿ]+)(?=\s[A-ZÀ-Ý])"
)
_OTHERS = re.compile(
    r"\b(?:et|ou|que|qui|dont|où|à|par|avec|pour|contre|chez)\b|[dq]u?[’'][A-ZÀ-Ý]"
)
"""Words behind a profession after which a name may be somebody else's."""
_END_OF_NAME = re.compile(
    r"(?:\s(?:[A-ZÀ-Ý][\w’'-]*|d[eiu]|del|la|le|van|von|der|den)(?![\w’'-])){1,5}"
    r"(?:[.)]|,(?!\s(?:et|ou|[A-ZÀ-Ý])))"
)
"""The rest of a name that is told of a profession before it, and no subject or item of a list."""
_CLAUSE = re.compile(r"[.,;:!?«»()\n]")
_CLAUSE_REACH = 120
"""Letters before a profession in which its clause begins."""
_LEADING = frozenset(
    "selon devant d’après pour avec contre sans chez par sur sous envers après avant dès depuis "
    "pendant durant malgré face grâce quant quand lorsque lorsqu’il lorsqu’elle comme si en dans "
    "d’avec hormis sauf outre suivant vers parmi à de".split()
)
"""Words that begin what stands before a subject: *Devant le juge, Marie Dupont, 34 ans, …*."""
_PARTICIPLE = re.compile(r"\w{2,}(?:ant|ée?s?|[iu]e?s?|i[st]e?s?|[aeo]inte?s?|erte?s?)")
"""A word that may be a participle, which begins such a clause, too: *Accusant le maire, …*."""
_NO_PARTICIPLES = frozenset(
    "lundi mardi mercredi jeudi vendredi samedi aujourd’hui puis mais jamais depuis".split()
)
_OF = frozenset(("du", "de la"))
FEMININE = {"le": "la", "un": "une", "ce": "cette", "cet": "cette", "du": "de la", "au": "à la"}
MASCULINE = {"la": "le", "une": "un", "cette": "ce", "de la": "du", "à la": "au"}
_VOWELS = tuple("aeiouyhàâéèêëîïôöûü")


def other_gender(target: str) -> Iterator[tuple[Span, Span, str]]:
    """Yield the words before a profession that have the other gender than its person, the person,
    and the right words."""
    for phrase in _PHRASE.finditer(target):
        right = _right_word(phrase)
        if right and _is_of_person(phrase):
            span = Span(*phrase.span("word"))
            person = Span(phrase.start("noun"), phrase.end("name"))
            is_capital = target[span.start].isupper()
            yield span, person, right.capitalize() if is_capital else right


def _right_word(phrase: re.Match[str]) -> str | None:
    """Return the word that has the gender of the first name, None where that stands there."""
    word = phrase["word"].lower()
    word = " ".join(word.split())
    if phrase["name"] in WOMEN:
        return FEMININE.get(word)
    if phrase["name"] not in MEN:
        return None
    right = MASCULINE.get(word)
    is_before_vowel = phrase["noun"].startswith(_VOWELS)
    return "cet" if right == "ce" and is_before_vowel else right


def _is_of_person(phrase: re.Match[str]) -> bool:
    """Return whether the name is that of whom the profession is told.

    Right behind it it is; behind a comma only where the name is closed by a mark and nothing says
    that it begins the sentence or is the next item of a list.
    """
    if "," not in phrase["end"]:
        return not phrase["more"]
    if phrase["word"].lower() in _OF or _OTHERS.search(phrase["more"]):
        return False
    is_closed = _END_OF_NAME.match(phrase.string, phrase.end())
    return bool(is_closed) and not _is_led(phrase)


def _is_led(phrase: re.Match[str]) -> bool:
    """Return whether the profession stands behind a preposition, or in a clause that begins with
    one or with a participle; also where the clause is so long that its beginning is not known."""
    end = phrase.start()
    start = max(0, end - _CLAUSE_REACH)
    parts = _CLAUSE.split(phrase.string[start:end])
    if start and len(parts) == 1:
        return True
    words = parts[-1].lower().replace("'", "’").split()
    if not words:
        return False
    return not _LEADING.isdisjoint((words[0], words[-1])) or _is_participle(words[0])


def _is_participle(word: str) -> bool:
    """Return whether the word, in lower case, may be a participle, by its ending."""
    if word in _NO_PARTICIPLES or word.title() in WOMEN | MEN:
        return False
    return bool(_PARTICIPLE.fullmatch(word))
