"""Names of keys: as a person writes them, as Textual calls them, as the screen shows them."""

import re
from typing import Final

MARKS: Final = {
    "!": "exclamation_mark", '"': "quotation_mark", "#": "number_sign", "$": "dollar_sign", "%": "percent_sign",
    "&": "ampersand", "'": "apostrophe", "(": "left_parenthesis", ")": "right_parenthesis", "*": "asterisk",
    "+": "plus", ",": "comma", "-": "minus", ".": "full_stop", "/": "slash", ":": "colon", ";": "semicolon",
    "<": "less_than_sign", "=": "equals_sign", ">": "greater_than_sign", "?": "question_mark", "@": "at",
    "[": "left_square_bracket", "\\": "backslash", "]": "right_square_bracket", "^": "circumflex_accent",
    "_": "underscore", "`": "grave_accent", "{": "left_curly_bracket", "|": "vertical_line",
    "}": "right_curly_bracket", "~": "tilde",
}  # fmt: skip
"""The marks of a keyboard by what they print, and Textual's names for them."""
_NAMED: Final = {
    "escape": "Esc", "enter": "Enter", "space": "Space", "backspace": "Bksp", "tab": "Tab", "up": "Up", "down": "Down",
    "left": "Left", "right": "Right", "pageup": "PgUp", "pagedown": "PgDn", "home": "Home", "end": "End",
    "insert": "Ins", "delete": "Del",
}  # fmt: skip
"""The keys that have a name of their own, and how it is shown."""
_SHOWN: Final = _NAMED | {name: mark for mark, name in MARKS.items()}


def shown(key: str) -> str:
    """A Textual key name as a person reads it."""
    modifiers, _, last = key.rpartition("+")
    name = _SHOWN.get(last, last.upper() if modifiers or (last[:1] == "f" and last[1:].isdigit()) else last)
    return "+".join([*(part.capitalize() for part in modifiers.split("+") if part), name])


def named(written: str) -> str:
    """Textual's name of a key as a person wrote it (`Ctrl+K`, `?`, `F7`, `q`); empty when there is no such key."""
    if written in MARKS:
        return MARKS[written]
    name = written.strip().lower().replace("ctrl-", "ctrl+")
    known = name in _NAMED or name in MARKS.values() or re.fullmatch(r"[a-z0-9]|ctrl\+[a-z]|f([1-9]|1[0-2])", name)
    return name if known else ""


def prints(key: str) -> bool:
    """Whether a key writes something where text is typed."""
    return len(key) == 1 or key == "space" or key in MARKS.values()
