"""What staff typed when they meant a guide: a few thousand real and careless lines that ship with DeskMate.

    holds-pickup: pissed about being 87th on the list
    fact:toilets: where can i pee
    # a comment

The look-up learns from them which words go with which guide; what is learned at a desk counts far more.
"""

from collections.abc import Mapping
from pathlib import Path

_PREFIXES = ("fact:", "directory:")


def read_phrases(path: Path) -> Mapping[str, tuple[str, ...]]:
    """The phrases of each id (`fact:ID` and `directory:ID` for those); none when the file is not there.

    A line that is none is passed over: the file ships with DeskMate and a test reads all of it.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        return {}
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        kind = next((prefix for prefix in _PREFIXES if line.startswith(prefix)), "")
        name, colon, words = line.removeprefix(kind).partition(": ")
        if colon and not line.startswith("#"):
            found.setdefault(kind + name, []).append(words.strip())
    return {name: tuple(lines) for name, lines in found.items()}
