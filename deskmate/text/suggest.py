"""The word that was probably meant."""

from collections.abc import Collection, Iterable
from typing import Final

from deskmate.faults import BadUsage

_LONGEST: Final = 64
"""Characters compared: an id is shorter, and the comparison's time grows with the square."""
_CLOSE: Final = 0.6
"""The share of letters two words must have in common (difflib's own default)."""


def did_you_mean(word: str, options: Iterable[str], n: int = 1) -> tuple[str, ...]:
    """The options nearest to a word, whatever the case; the nearest first.

    An option that starts with the word counts as near too: half-typed ids are the most common slip.

    Args:
        word: what was typed.
        options: what could have been meant.
        n: the most options to return.

    Returns:
        At most `n` options, each once; empty when nothing is near.
    """
    import difflib  # 6 ms, and only ever needed after a slip

    typed = word.strip().casefold()[:_LONGEST]
    if not typed or n < 1:
        return ()
    names: dict[str, str] = {}
    for option in options:
        names.setdefault(option.casefold()[:_LONGEST], option)
    near = difflib.get_close_matches(typed, names, n=n, cutoff=_CLOSE)
    started = [name for name in names if name.startswith(typed) and name not in near]
    return tuple(names[name] for name in (*near, *started)[:n])


def sentence(word: str, options: Iterable[str]) -> str:
    """`Did you mean "x"?`, or an empty text when nothing is near."""
    near = did_you_mean(word, options)
    return f'Did you mean "{near[0]}"?' if near else ""


def begun(typed: str, kinds: Collection[str], what: str) -> str:
    """The kind that was meant, by its beginning.

    Args:
        typed: what was typed.
        kinds: all there are; the first that fits is meant.
        what: what they are kinds of.

    Raises:
        BadUsage: none begins so.
    """
    word = typed.strip().lower()
    for kind in kinds:
        if word and kind.startswith(word):
            return kind
    raise BadUsage(f'There is no kind of {what} "{typed}".', sentence(word, kinds) or f"Use {', '.join(kinds)}.")
