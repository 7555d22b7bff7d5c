"""Words of a line, cut and stemmed the same way for what is typed and for what is searched."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

LONGEST: Final = 200
"""Characters of a query that are read: a pasted page must not hold up the key after it."""

STOP: Final = frozenset(
    "a an the of to is are was were be am been being it its in on at and or for with i im ive id me my we our us you "
    "your u ur r he him his hes she her shes they them their theyre this that these those there theres here do does "
    "did done has have had having will would can could should may might just so if as by from get gets got getting "
    "go goes going then than but about into onto some any also too very really now".split()
)
"""Words without a meaning of their own: they count only when a line has no others."""

WEAK: Final = frozenset(
    "no not cant wont dont doesnt didnt isnt wasnt couldnt wouldnt shouldnt without never how what whats where wheres "
    "when who whos which why want need ask say said tell told know let make made keep still back again out up down "
    "off over all one thing says".split()
)
"""Words that help a match and never carry it."""

_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_HYPHENED: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_APOSTROPHES: Final = str.maketrans("", "", "'’‘ʼ`´")
_SIGNS: Final = str.maketrans({"$": " dollar ", "£": " dollar ", "€": " dollar "})


def fold(text: str) -> str:
    """Lower case, without accents and apostrophes: `Café` is `cafe`, `won't` is `wont`."""
    text = text[:LONGEST].lower().translate(_APOSTROPHES).translate(_SIGNS)
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not unicodedata.combining(part))


def cut(text: str) -> list[str]:
    """The words and numbers of a folded text; `9pm` is two."""
    return _WORD.findall(text)


def joined(text: str) -> list[str]:
    """The hyphened words of a folded text written as one: `wi-fi` gives `wifi`."""
    if "-" not in text:
        return []
    return [word.replace("-", "") for word in _HYPHENED.findall(text)]


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """The part of a word that its forms share: `crying`, `cries` and `cried` are all `cri`.

    A light stemmer on purpose: on staff queries it ranked as well as Porter's.
    """
    if len(word) < 4:
        return word
    if word.endswith("ies") or word.endswith("ied"):
        word = word[:-2] if len(word) > 4 else word[:-1]
    elif word.endswith("ing") and len(word) > 5 and _has_vowel(word[:-3]):
        word = word[:-3]
    elif word.endswith("ed") and len(word) > 4 and _has_vowel(word[:-2]):
        word = word[:-2]
    elif word.endswith("es") and word[-3] in "sxz":
        word = word[:-2]
    elif word.endswith("s") and word[-2] not in "us":
        word = word[:-1]
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    if len(word) > 3 and word[-1] == "e":
        word = word[:-1]
    return word[:-1] + "i" if word[-1] == "y" and len(word) > 3 else word


def _has_vowel(text: str) -> bool:
    return any(letter in "aeiouy" for letter in text)
