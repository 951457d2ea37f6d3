"""Adjectives and adverbs, by their endings and by lists: words that a translation loses unnoticed.

English alone has lists. A word that may also be a noun or a verb stands in ``NO_MODIFIERS``.
"""

from __future__ import annotations

import re

from simplemma import is_known

from articles.text.tokens import Token

ADVERB = "adverb"
ADJECTIVE = "adjective"

_LOWER_CASE = re.compile(r"[a-z]+(?:-[a-z]+)*$")
_ADVERB = re.compile(r"\w{4,}ly$")
_ADJECTIVE = re.compile(
    r"\w{2,}(?:al|ous|ive|ic|able|ible|ful|less|ary|ory|ent|ant|ish|ular|ised|ized|ated|ed|some)$"
)
_HYPHENATED = re.compile(
    r"(?!(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty"
    r"|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million)-)"
    r"[^\W\d_]{2,}(?:-[^\W\d_]+)+\Z",
    re.I,
)
"""Any other word with a hyphen before a noun: "state-of-the-art", "Data-Driven". One that begins
with a number is told with that number: "a three-room flat"."""
_COMPOUND = re.compile(
    r"[a-z]+-(?:making|selling|winning|growing|earning|paying|lasting|standing|serving|ranking"
    r"|threatening|breaking|saving|killing|running|owned|run|hit|torn|stricken|ridden|strapped"
    r"|prone|bound|rich|wide|profile|risk|scale|speed|quality|security|income|skilled|educated"
    r"|respected|established|publicised|publicized|travelled|armed|equipped|trained)$"
)
"""Adjectives of two words: "loss-making", "family-run", "high-risk"."""
PARTICIPLES = ("ed", "ing")
"""Endings of adjectives that are also verbs: only a word before them tells."""

ADJECTIVES = frozenset(
    "volunteer "
    "watery creamy hairy grassy chilly frosty shadowy misty hazy greasy oily slimy soggy messy "
    "shaggy scruffy skinny bony flabby chubby stocky lanky brawny husky throaty raspy squeaky "
    "unruly feisty gutsy plucky nervy jittery edgy moody grumpy cranky testy snappy sassy "
    "cheeky naughty hefty weighty lofty airy cosy cozy comfy yummy meaty nutty fruity minty "
    "peppery sugary starchy fatty crunchy crispy flaky crumbly grainy lumpy curly wavy frizzy "
    "fluffy furry woolly silky satiny shiny glassy pearly showy flashy gaudy tacky tricky "
    "pricey stealthy unhealthy unworthy trustworthy newsworthy mighty haughty lusty blustery "
    "balmy sultry steamy stuffy musty mouldy moldy grimy sooty ghostly spooky scary lively "
    "disorderly cowardly scholarly motherly fatherly brotherly worldly heavenly earthly ghastly "
    "unsightly unseemly homely princely bloody gory "
    "free main major minor key top chief full empty whole entire half double single joint mutual "
    "common rare usual unusual normal strange odd simple plain complex hard soft easy tough "
    "difficult heavy light deep shallow thick thin wide narrow broad long short tall high low "
    "higher lower highest lowest upper inner outer rear front back big bigger biggest large larger "
    "largest small smaller smallest tiny huge vast giant great greater greatest little old older "
    "oldest new newer newest young younger youngest early earlier late later latest recent modern "
    "ancient fresh former current previous next last past future final first second third initial "
    "original good better best bad worse worst fine poor rich cheap expensive costly dear strong "
    "stronger weak weaker fast faster slow slower quick rapid sharp steep flat smooth rough calm "
    "quiet loud silent noisy hot cold warm cool dry wet clean dirty dark bright clear black white "
    "red blue green yellow brown grey gray pink orange purple golden silver wooden stone steel "
    "metal plastic glass rural urban local regional national federal global foreign domestic "
    "native civil civilian military naval private public secret open closed healthy sick ill dead "
    "alive injured wounded sore pregnant blind deaf lame lone alone elderly retired senior junior "
    "married famous unknown anonymous popular beloved safe unsafe dangerous risky sure certain "
    "uncertain true false real fake genuine wrong right proper correct exact precise serious "
    "severe mild acute chronic grave fatal deadly lethal happy sad angry proud brave shy kind "
    "cruel gentle harsh strict loose tight firm stiff fair unfair equal unequal similar "
    "different separate same other various several further additional extra spare daily weekly "
    "monthly yearly annual hourly nightly overnight summer winter spring autumn morning evening "
    "afternoon night holiday weekend repeated trained skilled experienced qualified independent "
    "neutral magnetic electric electronic digital compulsory mandatory voluntary inland coastal "
    "offshore onshore northern southern eastern western remote distant nearby neighbouring "
    "neighboring surrounding adjacent smiling leading growing rising falling increasing declining "
    "emerging existing remaining missing lasting ongoing outgoing incoming working broken damaged "
    "burnt stolen lost hidden frozen armed unarmed crowded packed abandoned political social "
    "liquid solid gaseous "
    "economic financial legal medical physical mental official formal informal sole only own very "
    "mere sheer utter total complete partial absolute perfect ideal worthy unpaid paid part-time "
    "full-time long-term short-term so-called well-known sudden gradual steady constant permanent "
    "temporary brief lengthy endless wild tame rusty dusty muddy sandy rocky windy stormy rainy "
    "snowy foggy icy sunny cloudy loyal royal noble humble modest ample scarce sparse dense bare "
    "raw ripe rotten sweet bitter sour salty spicy wealthy needy hungry thirsty tired busy idle "
    "lazy ready eager keen willing reluctant routine round "
    "able afraid airborne alcoholic alert allied aloof amazing amusing appalling approaching "
    "astonishing awake aware awful back-up backup baffling ballistic barefoot barren bedridden "
    "belated belligerent blatant bleak blond blunt bogus bold booming boring bountiful "
    "breathtaking brisk brittle bulky bumpy burning caring catchy caustic cautious challenging "
    "charming charred cheerful chilling circular clever closer closest clumsy coarse cohesive "
    "colorful colourful compelling competing confusing contrite convincing crafty craggy cramped "
    "crazy creepy crisp crooked crude cunning curious cute cutting-edge daring daunting deceased "
    "decent deeper deepest defective defiant deft demanding derelict destitute devastating devout "
    "dim dire disappointing discreet disturbing dizzying docile doomed double-decker downtown "
    "dramatic dreary drunk dual dull dumb durable earnest east eastbound edible eerie elder "
    "eldest elite embarrassing eminent enduring entertaining erect escalating evil exciting "
    "exhausting exotic expanding extreme faint faithful fallen far-reaching fellow fierce fiery "
    "filthy first-class first-time firsthand flagrant flagship fleeting flimsy flooded fond "
    "foolish foremost forged forthcoming fragile frail frank frantic frequent freshwater friendly "
    "frightening fruitless frustrating fugitive full-scale funny furious fussy futile gifted "
    "glamorous gloomy glossy graceful grassroots grateful greedy grim grueling gruelling guilty "
    "gusty hand-held handheld handmade handsome handwritten hard-line hard-won hardline hasty "
    "hateful haunting headless heavier heaviest heavy-duty hectic high-level high-profile "
    "high-quality high-ranking high-risk high-speed high-tech hilarious hilly historic hitherto "
    "homegrown homemade hometown horrific hostile humid humiliating idyllic illegal illicit "
    "illiterate immense imminent immune impending imposing inappropriate indoor inept infamous "
    "inferior inner-city innocent inquisitive insane insufficient intact intense interesting "
    "interim intermittent intimate intricate invading jagged jealous jobless joyful juicy lagging "
    "laid-back landlocked large-scale last-ditch last-minute lavish leafy lean lengthening lesser "
    "lesser-known life-saving life-threatening lifelong limp lingering little-known loaded "
    "long-awaited long-distance long-running long-serving long-standing long-time longer longest "
    "longstanding longtime lopsided low-cost low-income low-key low-level lower-level lucky "
    "lucrative luxury maiden makeshift masked mass massive matching mature meaningful mediocre "
    "meek mellow mid-sized middle-aged middle-class misleading mixed mobile mock molten moored "
    "murky mute mysterious nameless nasty neat nervous nice noteworthy notorious nuclear numb "
    "oblique obscure obsolete occasional old-fashioned on-site one-off one-way orderly outdated "
    "outdoor outlandish outlying outright outspoken outstanding oval overarching overdue overseas "
    "overwhelming painful painstaking pale paramount parched passionate pastel peaceful pending "
    "perilous petty piecemeal pioneering pitiful plausible playful plentiful plump poignant "
    "pointless poisonous polite pompous portable post-war postwar powerful pre-war pressing "
    "prestigious pretty prewar priceless prior private-sector prized profound prolific prominent "
    "promising prompt prone prosperous protracted provincial prudent puzzling quaint queer ragged "
    "random rank-and-file rash ravaged reckless recurrent recurring refreshing regretful "
    "relentless remarkable remorseful renowned repressive resounding resurgent rewarding rigid "
    "risk-free rival roomy rosy rotating rowdy rugged ruined runaway rushed sacred sane scarlet "
    "scathing scattered scenic seaside seasoned secluded seismic self-employed selfish sensitive "
    "serene shabby shady shaky shallow-water shared sheltered shocking short-lived short-range "
    "shrewd shrinking sickly signed silly sincere single-storey skilful skillful sleepy slender "
    "slick slight slim sloppy sluggish smart smelly smoky soaring sober solemn solid soothing "
    "sophisticated sovereign spacious sparkling speedy splendid spontaneous squalid staggering "
    "stale standalone stark startling state-owned state-run staunch steadfast stellar stern "
    "sticky strategic stray stricken striking stringent stubborn stunning sturdier sturdy subdued "
    "sublime subterranean subtle successive sunken superb superior surging surprise surprising "
    "sustained swift swollen symbolic tasty tedious teenage temperate tender tense tepid terrible "
    "terrific thorny thorough thrilling thriving tidal tidy timely timid tiresome top-level "
    "top-ranking torn torrential touching towering toxic tragic trailing tranquil traveling "
    "travelling treacherous tremendous troubling turbulent twin two-way typical ugly ultimate "
    "unborn unclear underage underground underlying undersea underwater uneasy uneven unfit "
    "unforeseen unfounded unhurt uniform unique unknowing unmanned unprecedented unrelated unseen "
    "unspoken untold unveiled unwilling up-to-date upbeat upcoming uphill upright upstart urgent "
    "vacant vague vain vehement vengeful verbal veteran vibrant vigorous vile violent viral "
    "virgin vivid volatile vulgar wandering waning warlike warring wartime wary waterfront "
    "watertight wayward weary weird well-paid western-style white-collar whopping wicked "
    "widespread winding wintry wireless wise witty wooded worn worn-out worrying worsening "
    "wrecked wretched year-long year-round yearlong youthful zealous".split()
)
FREQUENT_NOUNS = frozenset(
    "people time year years day days week times work world life state states house place school "
    "game team family money city night company government group women men business care system "
    "music power water head party police health war car story country course court service "
    "children law film news report home name number part side office food area book hours".split()
)
"""Nouns that are as frequent as grammatical words, and may all the same have an adjective."""
NO_MODIFIERS = frozenset(
    # Adjectives and verbs in -ly.
    "family supply reply apply assembly italy july likely unlikely friendly lovely lonely orderly "
    "timely "
    # Nouns and verbs with the ending of an adjective.
    "said told used need feed speed seed indeed hundred student president parent agent moment "
    "event percent accident resident client content document department government movement "
    "statement treatment parliament agreement investment element comment argument management "
    "development employment equipment apartment talent restaurant merchant servant participant "
    "applicant assistant accountant defendant plant grant want instant hospital animal goal deal "
    "proposal arrival trial material capital journal signal festival rival terminal withdrawal "
    "appeal meal approval refusal removal professional individual criminal music topic traffic "
    "clinic fabric republic critic mechanic logic panic picnic executive representative relative "
    "detective objective initiative incentive perspective live five give receive drive arrive "
    "leave table cable vegetable enable trouble people library salary secretary boundary "
    "anniversary century story history factory territory laboratory victory category memory theory "
    "directory inventory british english finish publish establish polish fish wish irish scottish "
    "spanish danish turkish finnish swedish united "
    # Words without which a sentence says the same.
    "respective particular specific various variously certain very really actual actually given "
    "effectively essentially basically literally individual overall relevant concerned existing "
    "necessary appropriate corresponding simply namely merely further "
    # Hedges have a check of their own.
    "allegedly alleged reportedly apparently apparent presumably presumed supposedly supposed "
    "seemingly suspected possibly possible probably".split()
)
BEFORE_PARTICIPLES = frozenset(
    "a an the of with by and or for from in on at to as no any some his her its their my our your "
    "this that these those two three four five six both more most less many few several other very "
    "into between than under after before without including ’s 's but about all such".split()
)
"""Words after which a form in -ed or -ing may be an adjective."""
ORDINALS = frozenset("second third fourth fifth sixth seventh eighth ninth tenth".split())
"""French says "the second largest bank" with an ordinal alone."""
ONE_THING = frozenset(
    "local_residents local_resident "
    "common_sense last_straw sick_leave old_age young_people young_man young_men old_man "
    "old_men old_woman little_girl little_boy human_being human_beings real_estate mobile_phone "
    "mobile_phones cell_phone cell_phones light_bulb civil_servant civil_servants short_story "
    "short_stories front_page black_market public_prosecutor chief_executive living_room "
    "dining_room waiting_room washing_machine driving_licence parking_lot running_mate "
    "last_night great_deal good_deal large_number large_numbers wide_range general_public "
    "previous_evening previous_week following_week "
    "public_gallery previous_day previous_night following_day next_day other_day public_tender "
    "public_tenders public_school public_schools high_school high_schools old_people "
    "older_people physical_therapy physical_therapist physical_therapists vice_president "
    "chief_executives general_election public_transport postal_service prime_minister "
    "solar_panels light_bulbs broken_ground front_line front_lines public_purse public_holiday "
    "public_holidays criminal_record armed_forces armed_robbery local_authority "
    "local_authorities military_coup residential_area clinical_trial clinical_trials "
    "early_hours good_reason red_flag global_warming personal_computer personal_computers "
    "elderly_people young_woman young_women next_door very_best".split()
)
"""Two words for one thing: French may have one word for them."""


def modifier_kind(word: Token, *, is_first: bool = False) -> str:
    """Return whether an English word is an ADJECTIVE or an ADVERB, "" for all others.

    A word with a capital is none, unless it begins the sentence (``is_first``) or is a compound
    that ends in a word of the language: "Data-Driven", not "Rolls-Royce".
    """
    text = word.text
    if _HYPHENATED.match(text):
        last = text.rpartition("-")[2]
        return ADJECTIVE if text.islower() or is_known(last.lower(), "en") else ""
    if is_first:
        text = text[:1].lower() + text[1:]
    is_left_out = text in NO_MODIFIERS or not _LOWER_CASE.match(text)
    if is_left_out:
        return ""
    if text in ADJECTIVES:
        return ADJECTIVE
    if _COMPOUND.match(text):
        return ADJECTIVE
    if _ADVERB.match(text):
        return ADVERB
    has_ending = _ADJECTIVE.match(text) is not None
    return has_ending * ADJECTIVE
