"""A list of texts in one cell, and taken apart again exactly."""

import json
from typing import Final

BETWEEN: Final = "; "
"""What stands between the values of a list in one cell."""


def listed(values: tuple[str, ...]) -> str:
    """A list as one cell: its values joined, or a JSON list when a join could not be taken apart again."""
    joined = BETWEEN.join(values)
    return joined if unlisted(joined) == values else json.dumps(values, ensure_ascii=False)


def unlisted(cell: str) -> tuple[str, ...]:
    """The values of a list in one cell."""
    if not cell:
        return ()
    if cell.startswith("["):
        try:
            found = json.loads(cell)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, list) and all(isinstance(each, str) for each in found):
            return tuple(found)
    return tuple(cell.split(BETWEEN))
