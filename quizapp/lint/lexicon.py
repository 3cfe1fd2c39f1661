"""The words that rules look for, language by language. A language is one `Lexicon` and a line in `LEXICONS`;
how words are cut and numbers read stands in `words.py` and `numbers.py`."""

from dataclasses import dataclass

NOWHERE = r"(?!)"
"""A pattern that matches nothing: what a language without a list of its own has."""
_VOWEL_SOUND = r"(?:(?!eu|onc?e\b|uni(?![mn])|us(?:e|ua)|uran|ut[aeio])[aeiou]|hour|honest|honou?r|heir)"
"""How a word begins that follows “an”; a letter is not a sound (a European, an hour)."""
_PREPOSITION = (
    r"(?:in|on|at|by|for|from|with|without|after|before|under|over|because of|through|among|near|during|until|against"
    r"|within|across|towards?)\b"
)
_PLURAL = r"(?:two|three|four|five|several|many|both|these|those|some|few)\b"
_FINITE = (
    r"(?:was|were|is|are|had|has|have|did|does|would|could|will|can|\w{2,}ed|went|came|became|gave|took|made|began|won"
    r"|lost|held|sent|left|met|fell|rose|broke|kept|built|fought|stood)"
)


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True)
class Lexicon:
    """Word lists, in lower case, and patterns for text in lower case (verbose mode is not used).

    An empty lexicon makes every rule that needs words silent.
    """

    function_words: frozenset[str] = frozenset()
    """Words that carry no content of their own."""
    attribution: str = NOWHERE
    """Words by which a stem says that it asks what a text claims."""
    negative: str = NOWHERE
    """Words that turn a question round."""
    negation: str = NOWHERE
    """Words that deny what a statement says."""
    negative_option: str = NOWHERE
    """How an option begins, or what it holds, that is a negative."""
    negators: frozenset[str] = frozenset()
    """Words that make of a text its opposite."""
    auxiliaries: frozenset[str] = frozenset()
    """Words that come and go with a negator."""
    absolute: str = NOWHERE
    vague: str = NOWHERE
    all_of_the_above: str = NOWHERE
    none_of_the_above: str = NOWHERE
    combination: str = NOWHERE
    """An option that only combines others, such as “A and B only”."""
    imperatives: frozenset[str] = frozenset()
    """First words of a stem that tell what to do."""
    second_clause: str = NOWHERE
    """What joins a second statement to a first."""
    opposites: tuple[tuple[str, str], ...] = ()
    first_word_classes: tuple[tuple[str, str], ...] = ()
    """Name and pattern of the classes of words that options begin with; the first that matches is the word's class."""
    fits_after: tuple[tuple[str, str], ...] = ()
    """Words that a stem may end in, and how an option must begin to fit after them."""
    peoples: str = NOWHERE
    """Names of peoples and of believers, as adjectives or nouns."""
    contempt: str = NOWHERE
    """Adjectives that condemn whom they are put beside."""
    dehumanising: str = NOWHERE
    contested_label: str = NOWHERE
    """A label that belongs to whoever gives it."""
    labelled_by: str = NOWHERE
    """Words by which a sentence says who gives a label."""


ENGLISH = Lexicon(
    function_words=_listed(
        """
        a about above after again against all also although among an and any are as at be became because become been
        before being between both but by can could did do does during each either else even ever every few first for
        from further had has have having he her here hers him his how however i if in into is it its itself just last
        later like made make many may me more most much must my near neither never next no nor not of off on once one
        only onto or other our out over own per rather said same say says she should since so some still such than that
        the their them then there these they this those though through to too toward towards under until up upon us very
        was we were what when where whether which while who whom whose why will with within without would yet you your
        according account accounts argue argued argues author authors claim claims describe describes essay essays
        explain explains gave give given gives kind name named names passage record show shown shows state statement
        statements tell tells text thing things view way writer writes year years
        """
    ),
    attribution=(
        r"\b(?:according to|essays?|authors?|writers?|texts?|passages?|articles?(?! \d)|letters?|speech(?:es)?"
        r"|chapters?|books?|poems?|documents?|sources?|narrators?|reports? (?:it|he|she|the))\b"
    ),
    negative=r"\b(?:(?<!or )not(?! only\b)|except|(?<!at )least|never|false|cannot)\b|n[’']t\b",
    negation=r"\b(?:(?<!or )not(?! only\b)|never|cannot|no|false)\b|n[’']t\b",
    negative_option=r"^(?:not|no|none|never|nothing|nobody)\b|n[’']t\b",
    negators=_listed("not no never cannot"),
    auxiliaries=_listed("do does did can"),
    absolute=(
        r"\b(?:always|(?<!has )(?<!had )(?<!have )never|(?<!not )(?<!the )only"
        r"|(?<!at )(?<!above )(?<!after )all(?! over\b|-)|none|completely|entirely|totally|every|everyone|nobody)\b"
    ),
    vague=(
        r"\b(?:usually|often|(?<!\d )(?<!in )may(?= (?!and\b|or\b|of\b|to\b)[a-z])|(?<!military )might|sometimes"
        r"|generally|frequently|rarely|seldom|occasionally|possibly)\b"
    ),
    all_of_the_above=(
        r"\b(?:all|both|each|any)(?: of)? the above\b"
        r"|^(?:all|both|each|any) of (?:these|them|the options|the others)(?: (?:are|is) (?:true|correct|right))?\.?$"
        r"|^(?:all|both)(?: (?:are|is))? (?:true|correct|right)\.?$|^both\.?$"
    ),
    none_of_the_above=(
        r"\b(?:none|neither)(?: of)? the above\b"
        r"|^(?:none|neither) of (?:these|them|the options|the others)(?: (?:are|is) (?:true|correct|right))?\.?$"
        r"|^(?:none|neither)(?: (?:are|is))? (?:true|correct|right)\.?$|^neither\.?$"
    ),
    combination=(
        r"^(?:both |either )?(?:options? |answers? )?\(?(?:[a-e]|[1-9]|i{1,3}|iv)\)?"
        r"(?:, ?\(?(?:[a-e]|[1-9]|i{1,3}|iv)\)?)*"
        r"(?:,? ?(?:and|or|&) ?\(?(?:[a-e]|[1-9]|i{1,3}|iv)\)?| only)(?: only)?\.?$|^[1-9](?:, ?[1-9])+$"
    ),
    imperatives=_listed(
        """
        arrange assign choose classify complete decide explain fill find give identify list mark match name order pick
        place put rank read select sort state tick type write
        """
    ),
    second_clause=(
        r";|,? and (?:then |so |therefore )?(?:it|he|she|they|we|this|that|there)\b"
        rf"|\b{_FINITE}\b[^,;]*,? and (?:\w+ ){{1,4}}(?:was|were|is|are|had|has|have|did|does|would|could|will)\b"
    ),
    opposites=(
        ("more", "less"), ("rose", "fell"), ("increase", "decrease"), ("increased", "decreased"), ("won", "lost"),
        ("before", "after"), ("earlier", "later"), ("true", "false"), ("strong", "weak"), ("stronger", "weaker"),
        ("higher", "lower"), ("better", "worse"), ("supported", "opposed"), ("support", "oppose"), ("for", "against"),
        ("accepted", "refused"), ("possible", "impossible"), ("present", "absent"), ("began", "ended"),
    ),
    first_word_classes=(
        ("to and a verb", r"to\b"),
        ("an article", r"(?:a|an|the)\b"),
        ("a pronoun", r"(?:i|it|its|he|his|she|her|they|their|we|our|this|that|these|those)\b"),
        ("a preposition", _PREPOSITION),
        ("a conjunction", r"(?:because|that|if|when|while|although|since)\b"),
        ("a number", r"[\d$£€]"),
        ("a verb in -ing", r"[a-z]{2,}ing\b"),
    ),
    fits_after=(
        ("a", rf"(?!{_VOWEL_SOUND})"),
        ("an", _VOWEL_SOUND),
        ("is", rf"(?!{_PLURAL})"),
        ("was", rf"(?!{_PLURAL})"),
        ("are", r"(?!(?:a|an|one|this|that|each)\b)"),
        ("were", r"(?!(?:a|an|one|this|that|each)\b)"),
    ),
    peoples=(
        r"(?:pakistani|american|indian|afghan|british|russian|soviet|chinese|arab|muslim|hindu|sikh|christian|jew(?:ish)?"
        r"|pashtun|punjabi|bengali|kashmiri|iranian|israeli|french|german)s?"
    ),
    contempt=(
        r"(?:treacherous|corrupt|backward|primitive|fanatical|deceitful|dishonest|lazy|violent|brutal|savage|evil|cunning"
        r"|ignorant|uncivili[sz]ed|barbaric|cowardly|greedy|hypocritical|ruthless|untrustworthy|duplicitous)"
    ),
    dehumanising=r"\b(?:savages|barbarians|infidels|heathens|fanatics|hordes|vermin|scum|subhumans?|primitives|thugs)\b",
    contested_label=r"(?<![\w-])terrorists?\b",
    labelled_by=(
        r"\b(?:according to|call(?:s|ed)?|label(?:s|led)?|designat\w+|list(?:s|ed)?|described? as|says?|said|named?"
        r"|accus\w+|report\w*|institute|index|department|commission|quot\w+|words?|term)\b"
    ),
)  # fmt: skip

SILENT = Lexicon()
LEXICONS = {"en": ENGLISH}


def lexicon_for(language: str) -> Lexicon:
    """The lexicon of a BCP 47 tag's language; a silent one where there is none yet."""
    return LEXICONS.get(language.split("-")[0], SILENT)
