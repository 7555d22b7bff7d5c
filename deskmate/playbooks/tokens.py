"""Words of a line, cut and stemmed the same way for what is typed and for what is searched."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

LONGEST: Final = 200
"""Characters of a query that are read: a pasted page must not hold up the key after it."""

_STOP_WORDS: Final = """
a an the of to is are was were be am been being it its in on at and or for with i im ive id me my we our us you your
u ur r he him his hes she her shes they them their theyre this that these those there theres here do does did done
has have had having will would can could should may might just so if as by from get gets got getting go goes going
then than but about into onto some any also too very really now
"""
STOP: Final = frozenset(_STOP_WORDS.split())
"""Words without a meaning of their own: they count only when a line has no others."""

_WEAK_WORDS: Final = """
no not cant wont dont doesnt didnt isnt wasnt couldnt wouldnt shouldnt without never how what whats where wheres
when who whos which why want need ask say said tell told know let make made keep still back again out up down off
over all one thing says
"""
WEAK: Final = frozenset(_WEAK_WORDS.split())
"""Words that help a match and never carry it."""

_VOWELS: Final = "aeiouy"
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_GAPS: Final = {code: " " for code in range(128) if not chr(code).isalnum()}
_SIGNS: Final = str.maketrans(
    {**dict.fromkeys("'’‘ʼ`´"), "$": " dollar ", "£": " dollar ", "€": " dollar "}  # an apostrophe leaves no gap
)
_SIGN: Final = re.compile(r"['’‘ʼ`´$£€]")
_ACCENTS_ONLY: Final = "Mn"


def fold(text: str) -> str:
    """Lower case, without accents and apostrophes: `Café` is `cafe`, `won't` is `wont`."""
    text = text.lower()
    if _SIGN.search(text):
        text = text.translate(_SIGNS)
    if text.isascii():
        return text
    plain = (letter for letter in unicodedata.normalize("NFKD", text) if unicodedata.category(letter) != _ACCENTS_ONLY)
    return "".join(plain).lower()  # a letter in a circle is a capital inside


def cut(text: str) -> list[str]:
    """The words and numbers of a folded text; `9pm` is two."""
    if text.isascii():
        words = text.translate(_GAPS).split()  # several times as quick as the pattern
        if "".join(words).isalpha():
            return words
    return _WORD.findall(text)


def joined(text: str) -> list[str]:
    """The hyphened words of a folded text written as one: `wi-fi` gives `wifi`."""
    if "-" not in text:
        return []
    return [word for piece in text.split() if "-" in piece.strip("-") for word in cut(piece.replace("-", ""))]


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """The part of a word that its forms share: `crying`, `cries` and `cried` are all `cry`.

    A light stemmer on purpose: on staff queries it ranked as well as Porter's, from which the silent e is taken.
    """
    if len(word) < 4:
        return word
    last = word[-1]
    if last == "s":
        if word.endswith("ies"):
            return _ending(word[:-3] + "y") if len(word) > 4 else word[:-1]
        if word.endswith(("sses", "xes", "shes", "ches")):
            return _ending(word[:-2])
        return word if word[-2] in "us" and word[-2:] != "ss" else _ending(word[:-1])
    if last == "d" and word[-2] == "e" and word[-3] != "e":
        if word[-3] == "i":
            return _ending(word[:-3] + "y") if len(word) > 4 else word[:-1]
        return _ending(_root(word, 2))
    if last == "g" and word.endswith("ing"):
        return _ending(_root(word, 3))
    return _ending(word)


def _root(word: str, cut_off: int) -> str:
    """The root of a form in -ing or -ed; the word itself where that is no ending (`ring`, `bed`)."""
    root = word[:-cut_off]
    if len(root) < 3 or not any(letter in _VOWELS for letter in root):
        return word
    if len(root) == 3 and root[0] not in _VOWELS and root[1] in _VOWELS and root[2] not in "aeiouwxy":
        return root + "e"  # `vaping` is a form of `vape`
    return root


def _ending(word: str) -> str:
    if len(word) <= 3:
        return word
    last = word[-1]
    if last == word[-2] or (last == "e" and len(word) > 4):
        word = word[:-1]
        last = word[-1]
    return word[:-1] + "i" if last == "y" and len(word) > 3 else word
