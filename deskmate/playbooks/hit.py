"""One answer of the look-up.

The modules that only search hold named tuples, not dataclasses: importing `dataclasses` and making six of them is 14 of
the 60 ms that a whole `deskmate find` may take.
"""

from typing import Final, NamedTuple

LAST_RESORT: Final = "i-can-find-out"
"""The playbook that ends a list in which nothing fits well: there is always something to say."""


class Hit(NamedTuple):
    """One answer of the look-up."""

    id: str
    kind: str
    """`playbook`, `card` (a quick playbook), `fact` or `directory`."""
    title: str
    category: str = ""
    """A playbook's category; else the kind."""
    urgency: str = "routine"
    score: float = 0.0
    """Comparable within one list only."""
    matched: tuple[str, ...] = ()
    """Why: words of the query, `kid = child` by the lexicon, `priner ~ printer` by repair; best first."""
    confident: bool = False
    """The first by far, and it explains most of what was typed."""
    guess: bool = False
    """Little of what was typed is explained by it: the nearest there is, and perhaps nothing fits."""
    say: str = ""
    """The first words to say; of a fact or a directory line all of it."""

    @property
    def row(self) -> str:
        """What is opened: `playbook:ID`, `fact:ID` or `directory:ID`."""
        return f"playbook:{self.id}" if self.kind in ("playbook", "card") else self.id
