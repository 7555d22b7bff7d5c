"""The look-up's texts, kept between two starts: a command that asks once reads them instead of making them.

Measured with 101 playbooks: making takes 45 ms and needs the library, reading 5 ms and nothing but JSON.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from deskmate.places import NOT_SETTINGS, Places
from deskmate.playbooks.files import scan, stamps

VERSION: Final = 3
"""Raise it when the texts are made differently from the same files."""
NAME: Final = "look-up.json"
KEYS: Final = frozenset(
    ("candidates", "lexicon", "norms", "held", "lines", "firsts", "told", "masses", "words", "directions", "wrong")
)
"""What the texts are called: what `pack` made, and how many things were wrong and served around."""


def mark(places: Places, environment: Mapping[str, str]) -> str:
    """What the texts are made from, as it is now: while it stays equal, they hold.

    Args:
        places: where the content, the settings and the learned phrases are.
        environment: the process's variables: `DESKMATE_...` ones are settings.
    """
    ours = {
        name: value for name, value in environment.items() if name.startswith("DESKMATE_") and name not in NOT_SETTINGS
    }
    files = {
        **scan(places).manifest,
        **stamps(places.phrases),
        **stamps(places.meanings),
        **stamps(places.settings),
        **stamps(places.learned),
    }
    return json.dumps([VERSION, sorted(ours.items()), list(files.items())])


def read(cache: Path, wanted: str) -> Mapping[str, Any] | None:
    """The texts in the cache, or None when they were made from something else or cannot be read."""
    try:
        with (cache / NAME).open("rb") as file:
            if file.readline().rstrip(b"\n").decode() != wanted:
                return None
            packed = json.loads(file.read())
    except (OSError, ValueError):
        return None
    return packed if isinstance(packed, dict) and packed.keys() == KEYS else None


def write(cache: Path, made_from: str, packed: Mapping[str, Any]) -> None:
    """Put the texts into the cache, whole or not at all; one that cannot be written costs making them again."""
    draft = cache / f"{NAME}.{os.getpid()}"
    body = f"{made_from}\n{json.dumps(packed, ensure_ascii=False, separators=(',', ':'))}"
    try:
        cache.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(body)
        draft.replace(cache / NAME)
    except OSError:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
