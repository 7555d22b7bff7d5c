"""How plain a playbook's words must be: the limits with their sources, the banned phrases, and the measures.

The reading grade and the syllables are counted here and not by textstat, which was considered: it brings a
pronunciation dictionary and hyphenation tables along, for a figure that only warns. Against the CMU pronouncing
dictionary the rules below agree on 97.7 % of the 3,000 most common English words, 95.8 % of 8,900.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final


@dataclass(frozen=True, slots=True)
class Limits:
    """Hard caps of one urgency."""

    say_words: int
    """Words in one spoken line."""
    target: str
    """What to aim at, for the cure."""
    grade: float
    """Flesch-Kincaid grade, pooled over a playbook's spoken lines; on one sentence it is noise."""
    items: int
    """Things to do on one step."""


CALM: Final = Limits(say_words=16, target="6 to 12", grade=5.0, items=9)
"""Routine and urgent. Words: GOV.UK, 14 words are fairly easy to read, 25 difficult. Grade: adults read at about grade
6-7 and drop under stress (STRESSREAD, TEACHBACK). Items: Gawande, a checklist has 5 to 9 and 60 seconds."""
EMERGENCY: Final = Limits(say_words=12, target="4 to 9", grade=4.0, items=5)
"""Emergency. Project BETA: short, concise, repeated; Gawande: five items or fewer under pressure."""

DO_WORDS: Final = 12
"""An imperative that is read in one glance; beyond that it is two items (Gawande)."""
CHOICE_WORDS: Final = 7
"""An answer is matched with what is seen, not read."""
WHY_WORDS: Final = 12
"""A reason comes after the limit, in one breath."""
HOW_WORDS: Final = 12
"""One line beside what is said (CPI: tone, pace, posture)."""
MEMORY_ITEMS: Final = 3
MEMORY_WORDS: Final = 8
"""What is kept in mind with adrenaline: three things, each one glance."""
SAY_LINES: Final = 4
"""On one step; more cannot be held in mind while somebody talks back."""
CHOICES: Final = 6
"""Shown at once, each on its own line of the first screen."""
CHOICE_KEYS: Final = 9
"""Digits on the keyboard; lines with conditions may add up to more than are shown at once."""
AVOID_ITEMS: Final = range(4, 9)
"""In a full playbook, each with its replacement."""
ESCALATIONS: Final = range(2, 6)
"""Signs in a full playbook."""
STEPS: Final = range(5, 13)
"""Five to nine steps of conversation; closing variants come on top."""
EXAMPLES: Final = range(3, 6)
SYNONYMS: Final = 12
"""Measured: top-3 went from 27 % without synonyms to 67 % with six or seven, and on upwards."""
LONG_WORDS: Final = 1
"""Words of four syllables or more in one spoken line."""
LAW_SENTENCES: Final = 2
LAW_ENDING: Final = "check your library's procedure"
REVIEW_MONTHS: Final = 12
GRADE_WORDS: Final = 30
"""Fewer spoken words than these have no grade: on a line or two it jumps by several years of school."""

BANNED: Final[tuple[tuple[str, str], ...]] = (
    (r"calm down|relax|no need to shout", 'Say "I want to sort this out with you."'),
    (
        r"(?:that's|that is|it's|it is) (?:our|the|a) policy|policy says|(?:those|these) are the rules",
        "Give the reason in plain words, then what you can do.",
    ),
    (r"i don't know|i do not know", 'Say "I can find out."'),
    (r"not my department|not my job|wrong (?:desk|department)", 'Say "I\'ll connect you with" and a name.'),
    (r"there's nothing i can do|nothing we can do", 'Say "What I can do is" and then that.'),
    (r"you (?:have|need) to|you must", 'Say "Here\'s the next step" or "Could you".'),
    (r"you should have|you didn't|why didn't you", 'Say "Let\'s see what we can do now."'),
    (r"unfortunately|i'm afraid", "Leave it out."),
    (r"as i said|like i (?:said|told you)|as i told you", "Repeat the line calmly."),
    (r"i (?:understand|know) how you feel", "Name the thing itself: the wait, the charge, the lost book."),
    (r"no one else (?:has )?complained|(?:not|isn't) a big deal", 'Say "Thank you for telling me."'),
    (r"obviously|just|simply|easy", "Leave it out."),
    (r"soon|shortly|bear with me|asap", "Say a clock time."),
    (r"someone will", 'Say "I will", or who will.'),
    (r"over there|that way", "Say where it is: three rows past the window on your left."),
    (r"you people|these people|problem patron", 'Say "this person", or name the behaviour.'),
    (r"what's wrong with you|what happened to you", 'Say "What would work best for you?"'),
    (r"sorry you feel that way|sorry if", 'Say "I\'m sorry that happened."'),
    (r"it's probably|i'd guess|i guess", 'Say "I\'d rather check than guess."'),
    (r"your fine|you owe", 'Say "There\'s a charge on the card."'),
    (r"sir|ma'am|madam|guys|young (?:lady|man)", "Speak to the person without it."),
)
"""Phrases that raise the heat or say nothing, as patterns on lower-case words, each with what to say or do instead.
Trainers name commands to calm down, minimising, absolutes and blame as triggers (CALMDOWN); vague times feel longer
(MAISTER)."""

UNSEEN: Final[tuple[str, ...]] = (
    r"judge?ment",
    r"(?:if|when|as) (?:necessary|needed|appropriate|required)",
    r"seems?",
    r"appears?",
    r"escalates?",
    r"gets? worse",
    r"too (?:much|far|long)",
    r"unreasonabl[ey]",
    r"serious(?:ly)?",
    r"suspicious",
    r"out of control",
    r"problems?",
    r"difficult",
)
"""Words of a trigger that nobody can see or hear (Graham: behaviour, not a guess about the person)."""

_WORD: Final = re.compile(r"[^\s]*[A-Za-z0-9$][^\s]*")
_LETTERS: Final = re.compile(r"[a-z']+")
_SENTENCE: Final = re.compile(r"[.!?]+[\"')\]]*(?=\s|$)")
_SHORT_FORM: Final = re.compile(r"\b(?:a\.m|p\.m|mr|mrs|ms|dr|st|no|vs|e\.g|i\.e)\.", re.IGNORECASE)
_VAGUE: Final = re.compile(rf"\b(?:{'|'.join(UNSEEN)})\b", re.IGNORECASE)
_OPEN: Final = re.compile(r"^(?:and |so )?(?:what|how|which|where|when|who|why|tell me)\b", re.IGNORECASE)
_VOWELS: Final = re.compile(r"[aeiouy]+")


def limits(urgency: str) -> Limits:
    """The caps for an urgency."""
    return EMERGENCY if urgency == "emergency" else CALM


def count_words(text: str) -> int:
    """Words as a person hears them: what holds a letter or a digit; `$name` is one."""
    return len(_WORD.findall(text))


def count_sentences(text: str) -> int:
    """Sentences, at least one; `a.m.` and `Dr.` end none."""
    return max(1, len(_SENTENCE.findall(_SHORT_FORM.sub("", text))))


def banned_in(text: str) -> tuple[tuple[str, str], ...]:
    """Each banned phrase in a text with what to say instead."""
    lowered = text.lower().replace("’", "'")
    return tuple((match[0], cure) for pattern, cure in _banned() for match in pattern.finditer(lowered))


def unseen_in(text: str) -> str:
    """The first word of a trigger that nobody can see or hear, or nothing."""
    match = _VAGUE.search(text)
    return match[0] if match else ""


def is_open_question(text: str) -> bool:
    """Whether a line asks what cannot be answered with yes or no, or invites to tell."""
    return bool(_OPEN.match(text))


@cache
def syllables(word: str) -> int:
    """Syllables of an English word, by rules and a few exceptions; hyphens and digits are not counted."""
    word = "".join(_LETTERS.findall(word.lower().replace("’", "'")))
    if word.endswith("n't"):
        return 2 if word in _TWO_BEATS else 1
    word = word.removesuffix("'s").replace("'", "")
    if word in _EXCEPTIONS:
        return _EXCEPTIONS[word]
    return max(1, len(_VOWELS.findall(word)) + len(_ADD.findall(word)) - len(_DROP.findall(word)))


def long_words(text: str) -> tuple[str, ...]:
    """Words of four syllables or more; names (a capital inside the sentence) are exempt."""
    tokens = re.findall(r"[A-Za-z'’]+", text)
    return tuple(
        token for number, token in enumerate(tokens) if (number == 0 or token.islower()) and syllables(token) >= 4
    )


def grade(lines: Iterable[str]) -> float:
    """Flesch-Kincaid grade of all lines together: 0.39 words per sentence + 11.8 syllables per word - 15.59."""
    words = sentences = sounds = 0
    for line in lines:
        tokens = re.findall(r"[A-Za-z'’]+", line)
        words += len(tokens)
        sounds += sum(syllables(token) for token in tokens)
        sentences += count_sentences(line)
    return 0.39 * words / sentences + 11.8 * sounds / words - 15.59 if words else 0.0


@cache
def _banned() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The patterns, compiled when the first line is checked."""
    return tuple((re.compile(rf"\b(?:{pattern})\b"), cure) for pattern, cure in BANNED)


_ADD: Final = re.compile(
    r"""
    (?<![tcsgxln])i(?=[ao])(?!age)  # ra-di-o, but nation, special
    | (?<=[^qg])u(?=a|e[lnt]|ou)    # us-u-al, but queen
    | (?<=[aeiouy])(?=ing$)         # do-ing
    | (?<=[^aeiouyl])(?=les?$)      # ta-ble; its e is taken away below
    | (?<=cr)e(?=at)                # cre-ate
    | (?<=id)e(?=[ao])              # ide-a
    | (?<=us)e(?=um)                # muse-um
    | (?<=[ao])y(?=er)              # play-er
    | (?<=i)(?=e[nt])(?<![tcr]i)    # qui-et, but patient, friend
    | (?<=[aeiou])(?=is[mt])        # ego-ist
    | (?<=is)(?=ms?$)               # autis-m
    """,
    re.VERBOSE,
)
"""Places where letters that look like one sound are two."""
_DROP: Final = re.compile(
    r"""
    (?<=[^aeiouy])e$                               # phone
    | (?<=[^aeiouytd])ed$                          # called, but waited
    | (?<=[^aeiouysxzcgh])es$ | (?<=th)es$         # phones, but places
    | (?<=g)ue$                                    # colleague
    | (?<=[^aeiouyl])e(?=(?:ly|ty|ments?|ful|fully|less|ness|where|thing|times?|body|day|some)$)
    | (?<=ev)e(?=ry)                               # every
    | (?<=ic)a(?=lly$)                             # basically
    | (?<=bus)i(?=ness)                            # business
    """,
    re.VERBOSE,
)
"""Vowels that are not heard."""
_EXCEPTIONS: Final = {
    "anyone": 3,
    "area": 3,
    "behaviour": 3,
    "beyond": 2,
    "disabled": 3,
    "employee": 3,
    "everyone": 3,
    "evening": 2,
    "hundred": 2,
    "interest": 2,
    "maybe": 2,
    "ok": 2,
    "someone": 2,
    "tired": 2,
    "vegetable": 4,
}
"""Common words at a desk that the rules miss."""
_TWO_BEATS: Final = frozenset(
    ("didn't", "isn't", "wasn't", "couldn't", "wouldn't", "shouldn't", "doesn't", "hasn't", "hadn't", "haven't")
)
