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
PARTICIPLES = ("ed", "ing")
"""Endings of adjectives that are also verbs: only a word before them tells."""

ADJECTIVES = frozenset(
    "volunteer watery creamy hairy grassy chilly frosty shadowy misty hazy greasy oily "
    "slimy soggy messy shaggy scruffy skinny bony flabby chubby stocky lanky brawny husky "
    "throaty raspy squeaky unruly feisty gutsy plucky nervy jittery edgy moody grumpy "
    "cranky testy snappy sassy cheeky naughty hefty weighty lofty airy cosy cozy comfy "
    "yummy meaty nutty fruity minty peppery starchy fatty crunchy crispy flaky crumbly "
    "grainy lumpy curly wavy frizzy fluffy furry woolly silky satiny shiny glassy pearly "
    "showy flashy gaudy tacky tricky pricey stealthy unhealthy unworthy trustworthy "
    "newsworthy mighty haughty lusty blustery balmy sultry steamy stuffy musty mouldy "
    "moldy grimy sooty ghostly spooky lively disorderly cowardly scholarly motherly "
    "fatherly brotherly worldly heavenly earthly ghastly unsightly unseemly homely "
    "princely bloody gory free main major minor key top chief full empty whole entire half "
    "double single joint common rare strange odd simple plain complex hard soft easy tough "
    "difficult heavy light deep shallow thick thin wide narrow broad long short tall high "
    "low higher lower highest lowest upper inner outer rear front back big bigger biggest "
    "large larger largest small smaller smallest tiny huge vast great greater greatest "
    "little old older oldest new newer newest young younger youngest early earlier late "
    "later latest modern fresh former next last past future first second third good better "
    "best bad worse worst fine poor rich cheap costly dear strong stronger weak weaker "
    "fast faster slow slower quick rapid sharp steep flat smooth rough calm quiet loud "
    "noisy hot cold warm cool dry wet clean dirty dark bright clear black white red blue "
    "green yellow brown grey gray pink orange purple golden silver wooden stone steel "
    "glass urban foreign civil civilian private secret open healthy sick ill dead sore "
    "blind deaf lame lone alone elderly senior junior unknown safe unsafe risky sure "
    "uncertain true false fake genuine wrong right proper correct exact precise severe "
    "mild acute grave deadly happy sad angry proud brave shy kind cruel gentle harsh "
    "strict loose tight firm stiff fair unfair similar separate same other extra spare "
    "daily weekly monthly yearly hourly nightly overnight summer winter spring autumn "
    "morning evening afternoon night holiday weekend inland offshore onshore northern "
    "southern eastern western remote nearby neighbouring neighboring surrounding smiling "
    "leading growing rising falling increasing declining emerging remaining missing "
    "lasting ongoing outgoing incoming working broken burnt stolen lost hidden frozen "
    "liquid solid sole only own mere sheer utter complete absolute perfect worthy unpaid "
    "paid sudden steady brief lengthy wild tame rusty dusty muddy sandy rocky windy stormy "
    "rainy snowy foggy icy sunny cloudy noble humble modest ample scarce sparse dense bare "
    "raw ripe rotten sweet bitter sour salty spicy wealthy needy hungry thirsty busy idle "
    "lazy ready eager keen willing routine round able afraid airborne alert aloof amazing "
    "amusing appalling approaching astonishing awake aware backup baffling barefoot barren "
    "bedridden bleak blond blunt bogus bold booming boring breathtaking brisk brittle "
    "bulky bumpy burning caring catchy challenging charming chilling clever closer closest "
    "clumsy coarse compelling competing confusing contrite convincing crafty craggy crazy "
    "creepy crisp crude cunning cute daring daunting deeper deepest deft demanding "
    "derelict destitute devastating devout dim dire disappointing discreet disturbing "
    "dizzying docile downtown drunk dull dumb earnest east eastbound eerie elder eldest "
    "elite embarrassing enduring entertaining erect escalating evil exciting exhausting "
    "expanding extreme faint fallen fellow fierce fiery filthy firsthand flagship fleeting "
    "flimsy fond foremost forthcoming fragile frail frank freshwater frightening "
    "frustrating funny fussy futile gloomy glossy grassroots greedy grim grueling "
    "gruelling guilty gusty handheld handmade handwritten hardline hasty haunting heavier "
    "heaviest hilly hitherto homegrown homemade hometown hostile humid humiliating illicit "
    "illiterate immense immune impending imposing inappropriate indoor inept inferior "
    "insane intact intense interesting interim intimate intricate invading juicy lagging "
    "leafy lean lengthening lesser lifelong limp lingering longer longest longstanding "
    "longtime lucky luxury maiden makeshift mass matching mature mediocre meek mellow "
    "misleading mobile mock molten murky mute nasty neat nice noteworthy nuclear numb "
    "oblique obscure obsolete one-off one-way outdoor outlying outright outspoken "
    "outstanding overarching overdue overseas overwhelming painstaking pale paramount "
    "passionate pastel pending petty pioneering plump polite postwar pressing pretty "
    "prewar prior profound promising prompt prone puzzling quaint queer random rash "
    "recurring refreshing resounding rewarding rigid roomy rosy rotating rowdy runaway "
    "sane scarlet scathing seaside serene shabby shady shaky shocking shrewd shrinking "
    "sickly silly sincere sleepy slender slick slight slim sloppy smart smelly smoky "
    "soaring sober solemn solid soothing sovereign sparkling speedy splendid squalid "
    "staggering stale standalone stark startling staunch steadfast stellar stern sticky "
    "stray stricken striking stubborn stunning sturdier sturdy sublime subterranean subtle "
    "sunken superb superior surging surprise surprising swift swollen tasty teenage "
    "temperate tender tense tepid thorny thorough thrilling thriving tidy timid torn "
    "touching towering trailing tranquil traveling travelling troubling twin two-way ugly "
    "ultimate unborn unclear underage underground underlying undersea underwater uneasy "
    "uneven unfit unforeseen unhurt uniform unique unknowing unseen unspoken untold "
    "unwilling upbeat upcoming uphill upright upstart vague vain veteran vile virgin vivid "
    "volatile vulgar wandering waning warlike warring wartime wary waterfront watertight "
    "wayward weird whopping widespread winding wintry wise witty worn worrying worsening "
    "yearlong".split()
)
"""Adjectives that neither an ending nor a hyphen tells."""
FREQUENT_NOUNS = frozenset(
    "people time year years day days week times work world life state states house place school "
    "game team family money city night company government group women men business care system "
    "music power water head party police health war car story country course court service "
    "children law film news report home name number part side office food area book hours".split()
)
"""Nouns that are as frequent as grammatical words, and may all the same have an adjective."""
NO_MODIFIERS = frozenset(
    # Adjectives and verbs in -ly.
    "family supply assembly likely unlikely friendly lovely lonely orderly timely "
    # Nouns and verbs with the ending of an adjective.
    "used need feed speed seed indeed hundred student president parent agent moment event percent "
    "accident resident client content document department government movement statement treatment "
    "parliament agreement investment element comment argument management development employment "
    "equipment apartment talent restaurant merchant servant participant applicant assistant "
    "accountant defendant plant grant instant hospital animal goal deal proposal arrival trial "
    "material capital journal signal festival rival terminal withdrawal appeal meal approval "
    "refusal removal professional individual criminal music topic traffic clinic fabric republic "
    "critic mechanic logic panic picnic executive representative relative detective objective "
    "initiative incentive perspective receive drive arrive vegetable enable library salary "
    "secretary boundary anniversary story history factory territory laboratory victory category "
    "memory theory directory inventory british english finish publish establish polish irish "
    "scottish spanish danish turkish finnish swedish united "
    # Words without which a sentence says the same.
    "respective particular specific various variously really actual actually effectively "
    "essentially basically literally individual relevant concerned necessary simply namely merely "
    # Hedges have a check of their own.
    "allegedly alleged reportedly apparently apparent presumably presumed supposedly "
    "supposed seemingly suspected possibly possible probably".split()
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
    if _ADVERB.match(text):
        return ADVERB
    has_ending = _ADJECTIVE.match(text) is not None
    return has_ending * ADJECTIVE
