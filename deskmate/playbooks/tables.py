"""Tables of thousands of entries as a few long texts: an entry is cut out when it is first asked for.

Reading a table as JSON objects would take 6 ms of the 60 that a whole `deskmate find` may take, and it asks for thirty.
"""

from collections.abc import Mapping

_BEFORE = "|"
_AFTER = "="
"""What stands before each name and after it; no folded word and no number has one of them."""


def pack_table(entries: Mapping[str, str]) -> dict[str, str]:
    """Texts for `Table`, by the first letter of the names."""
    shelves: dict[str, list[str]] = {}
    for name, entry in entries.items():
        shelves.setdefault(name[:1], []).append(f"{_BEFORE}{name}{_AFTER}{entry}")
    return {letter: f"{''.join(found)}{_BEFORE}" for letter, found in shelves.items()}


class Table:
    """What `pack_table` made, to be looked up.

    Args:
        packed: the texts.
    """

    def __init__(self, packed: Mapping[str, str]) -> None:
        self._texts = packed
        self._known: dict[str, str] = {}

    def get(self, name: str) -> str:
        """The entry of a name; empty when there is none."""
        found = self._known.get(name)
        if found is None:
            text = self._texts.get(name[:1], "")
            at = text.find(f"{_BEFORE}{name}{_AFTER}")
            if at < 0:
                return ""  # not remembered: there is no end of what may be typed
            begins = at + len(name) + 2
            found = self._known[name] = text[begins : text.index(_BEFORE, begins)]
        return found
