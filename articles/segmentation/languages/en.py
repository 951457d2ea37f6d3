"""English."""

from articles.segmentation.languages.rules import Rules, phrases, words

RULES = Rules(
    code="en",
    titles=words(
        "mr mrs ms dr prof rev hon sen rep gov gen brig lt col capt cmdr sgt maj adm cpl pvt "
        "messrs mme mlle supt pres cf vs v viz e.g i.e"
    ),
    numbered=words(
        "no nos art ch sec fig figs vol p pp par ed jan feb mar apr jun jul "
        "aug sep sept oct nov dec"
    ),
    abbreviations=words(
        "inc co corp ltd bros plc llc etc jr sr st mt ft al eds ca u.s u.k u.n e.u d.c l.a "
        "n.y u.s.a a.m p.m ph.d b.a m.a m.d jan feb mar apr jun jul aug sep sept oct nov dec "
        "mon tue tues wed thu thurs fri sat sun dept est approx ave blvd rd oz lb lbs sq mi "
        "hr hrs min mins dist temp max tsp tbsp"
    ),
    starters=words(
        "the a an this that these those it its he she they we you i his her their our my your "
        "there here but and or so yet nor if when while as since although though because after "
        "before until unless in on at by for from with without under over during among "
        "according despite however moreover meanwhile what who why how where which whether one "
        "some many most more all both each every no not nothing nobody everyone everybody someone "
        "then now today yesterday tomorrow also instead still even only just once soon "
        "later such other others another"
    ),
    common=words(
        "the of to and in is was for that with on as at by from it are be has have had his "
        "her not he she they this will said who a an"
    ),
    numbers={
        "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
        "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13",
        "fourteen": "14", "fifteen": "15", "sixteen": "16", "twenty": "20", "thirty": "30",
        "forty": "40", "fifty": "50", "sixty": "60", "hundred": "100", "thousand": "1000",
    },
    boilerplate=phrases(
        alone=r"""
            (?:advertisement|advertising|sponsored(?: content)?|promoted)
            (?:story|article) continues (?:below|after)(?: (?:the )?(?:advertisement|ad))?
            (?:share|print)(?: this| the)?(?: (?:article|story|page|post))?(?: (?:on|via|by) \w+)?
            save(?: this| the)?(?: (?:article|story|page|post))?(?: (?:on|via|by) \w+)?
            (?:e-?mail|send)(?: this| the)?(?: (?:article|story|page|post))?(?: (?:on|via|by) \w+)?
            copy (?:the )?link(?: to (?:the )?(?:article|story|page|clipboard))?
            (?:reading time\W*)?\d+[ -]min(?:ute)?s?(?: read)?
            reading time\W+\d+ min(?:ute)?s?
            (?:\d+|no|leave a|post a|add a|view) comments?
            (?:click|tap) here
            (?:sign up|log in|sign in|register|subscribe)(?: now| today| here)?
            all rights reserved
        """,
        leading=r"""
            (?:read|see|watch|listen)(?: more| also| next| on| further)?\s?:
            (?:also|more|related)(?: on| in| from)?(?: \w+){0,2}\s?:
            related (?:articles?|stor(?:y|ies)|content|topics?)
            (?:file|stock|illustrative) (?:photo|image|picture)
            (?:photo|image|picture)(?: credits?| by)?\s?:
            (?:©|copyright)
            (?:sign up|subscribe|register) (?:to|for) (?:our|the|your)
            (?:follow|join|like|contact) us (?:on|at)
            (?:published|posted)(?: on| at)?\b(?=.{0,60}\d)
            (?:updated|last (?:updated|modified)|first published)(?: on| at)?\b(?=.{0,60}\d)
            by (?:[\w.’'-]+ ){1,4}?[\w.’'-]+, (?:our|correspondent|reporter|staff)
            (?:by|from) (?:our|staff) (?:\w+ )?(?:correspondent|reporter|writers?|staff)
            this (?:article|content|page|text) (?:was|has been) (?:machine|automatically) translated
            (?:we use|this site uses) cookies
        """,
    ),
)  # fmt: skip
