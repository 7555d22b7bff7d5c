"""Which READ level fits what happened: a proposal that one key changes, never a verdict.

The levels are those of the READ Scale (Reference Effort Assessment Data) by Bella Karr Gerlich; the rules below are
ours, after how libraries describe them: nothing consulted is 1, a quick look 2, a source or a short lesson 3, several
sources 4, long research help 5; between two the higher. READ tells of the effort of answering. How hard a contact was
on staff is its strain, and does not raise it.
"""

from typing import Final

from deskmate.model.interaction import Interaction

QUICK: Final = frozenset(("directional", "conduct", "other"))
"""Kinds that need no source: level 1 until something was looked up or taught."""
RESEARCH: Final = frozenset(("reference", "readers-advisory"))
"""Kinds that cannot be helped without a source, or knowing one: level 3 from the start."""
LONG: Final = 10 * 60
"""Seconds from which such help has taken several sources or a real lesson: level 4."""
VERY_LONG: Final = 30 * 60
"""Seconds from which it is research help: level 5. Level 6 goes on after the visit; only a person knows that."""


def proposed_read(record: Interaction) -> int:
    """The READ level, 1 to 5, that fits what a record tells.

    Time alone raises nothing: a long talk about a fine is still level 2. Time on hold is not effort, and a clock that
    ran on by itself says nothing.
    """
    helped = record.taught or record.kind in RESEARCH or (record.source_used and record.kind != "known-item")
    if not helped:
        return 1 if record.kind in QUICK else 2
    seconds = 0 if record.uncertain else (record.seconds or 0) - record.hold_seconds
    if seconds >= VERY_LONG:
        return 5
    return 4 if seconds >= LONG else 3


def proposed_strain(record: Interaction) -> str:
    """The strain that fits: what the guide and its answers reached, and red where it became an incident."""
    return "red" if record.incident else record.strain
