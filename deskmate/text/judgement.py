"""Words that judge instead of telling what was seen: pointed out while a report is written, never refused.

A report that says "drunk" is a diagnosis by somebody who cannot make one; "smelled of alcohol, could not stand" is what
was there. What stands in quotes was said by somebody, and is a fact however rude. The list and its replacements are
this program's own, after the advice to write facts, times and exact words (staff-debrief guide, source DEBRIEF).
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final


@dataclass(frozen=True, slots=True)
class Judgement:
    """A word that judges, where it stands, and what to write instead."""

    start: int
    """Index of its first character."""
    end: int
    """Index after its last character."""
    word: str
    """As it was typed."""
    instead: str
    """What a fact would look like, for the person who writes."""


_ALCOHOL: Final = 'what you noticed: "smelled of alcohol", "could not stand without holding the shelf"'
_DRUGS: Final = 'what you noticed: "eyes closed, no answer to a loud voice", "held a small foil"'
_MIND: Final = 'what was done or said: "spoke to somebody I could not see", "shouted: ..."'
_ANGER: Final = 'the voice, words and moves: "shouted: ...", "struck the desk with a fist", "stood an arm away"'
_HOME: Final = 'leave it out, or what mattered: "had two large bags and a sleeping bag"'
_LOOKS: Final = 'what you saw, if it mattered: "wore a torn grey coat"'
_INTENT: Final = 'what was done: you cannot see a reason. "knocked the screen over with an arm"'
_OFTEN: Final = 'dates or a number: "also on 3 and 10 November"'
_NOISE: Final = 'how it sounded, and the words: "could be heard at the entrance, said: ..."'
_SURE: Final = "only what you saw; write who told you the rest"

_WORDS: Final[tuple[tuple[str, str], ...]] = (
    ("drunk(?:en|ard)?|intoxicated|wasted|tipsy|hammered|alcoholic", _ALCOHOL),
    ("on drugs|high as a kite|was high|drugged|junkie|addict|druggie|stoned|strung out|tweaking|overdosed", _DRUGS),
    ("crazy|insane|mental(?:ly ill)?|psycho(?:tic)?|deranged|nuts|unstable|bipolar|schizophrenic", _MIND),
    ("paranoid|delusional|off (?:his|her|their) meds|manic|hysterical|autistic", _MIND),
    ("aggressive(?:ly)?|violent(?:ly)?|hostile|belligerent|threatening|abusive|angr(?:y|ily)|furious", _ANGER),
    ("out of control|agitated|menacing|intimidating|rude(?:ly)?|disrespectful|unreasonable|attitude", _ANGER),
    ("disruptive|combative", _ANGER),
    ("homeless|vagrant|bum|transient|tramp|street person", _HOME),
    ("suspicious(?:-looking)?|shady|sketchy|creepy|weird|strange|dirty|scruffy|thug|gang(?:ster)?|dodgy", _LOOKS),
    ("deliberate(?:ly)?|on purpose|intentional(?:ly)?|tried to scare|wanted to|meant to", _INTENT),
    ("lied|lying|pretend(?:ed|ing)", _INTENT),
    ("always|again and again|constantly|as usual|never (?:listens|stops)|(?:known )?troublemaker", _OFTEN),
    ("regular problem|frequent flyer", _OFTEN),
    ("ranting|raving|went off|lost it|freaked out|melt(?:down|ed down)|made a scene|act(?:ing|ed) out", _NOISE),
    ("obviously|clearly|apparently|must have been|probably|no doubt|everyone knows", _SURE),
)


def judgements(text: str) -> tuple[Judgement, ...]:
    """The judging words of a text outside quotes, in order, in time proportional to its length."""
    quotes = _quotes().finditer(text)
    quote = next(quotes, None)
    found = []
    for match in _pattern().finditer(text):
        while quote is not None and quote.end() <= match.start():
            quote = next(quotes, None)
        if quote is None or match.start() < quote.start():
            instead = _WORDS[int(str(match.lastgroup)[1:])][1]
            found.append(Judgement(match.start(), match.end(), match[0], instead))
    return tuple(found)


@cache
def _pattern() -> re.Pattern[str]:
    groups = (f"(?P<w{index}>{words})" for index, (words, _) in enumerate(_WORDS))
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})(?!\w)", re.IGNORECASE)


@cache
def _quotes() -> re.Pattern[str]:
    return re.compile('"[^"\n]*"|“[^”\n]*”|«[^»\n]*»|„[^“”\n]*[“”]')
