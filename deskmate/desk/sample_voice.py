"""What patrons and staff said in the sample week: something of every kind, answered and open. It names nobody."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from deskmate.model.feedback import WISH, Feedback

SAID: Final[tuple[tuple[str, str, str, dict[str, Any]], ...]] = (
    ("complaint", "The reading room is cold after six in the evening", "building",
     {"answer": "The heating in the reading room now runs until closing"}),
    ("complaint", "Two printers were out on the same afternoon", "technology", {}),
    ("complaint", "Nobody said on the phone that the branch was closed", "hours",
     {"answer": "The closing days are in the greeting of the phone now"}),
    ("suggestion", "A shelf for books that are waiting to go home", "building", {}),
    ("suggestion", "Large print beside the new books, not upstairs", "collection",
     {"answer": "New large print stands by the door from this week on"}),
    ("refusal", "A third renewal of a book with holds on it", "rules", {"offered": "a place on the list of holds"}),
    ("refusal", "A card without any proof of address", "rules", {"offered": "a computer pass for today"}),
    ("refusal", "The meeting room for a sale", "rules", {"offered": "the notice board"}),
    ("kudos", "Thanks for an hour with the tax form", "service", {"restricted": True}),
    (WISH, "printer prints mirrored", "", {}),
    (WISH, "printer prints mirrored", "", {}),
    (WISH, "3d print ran out of filament", "", {"answer": "there is a guide now"}),
)  # fmt: skip
"""Kind, words, theme, and what else is known."""


def said(begun: datetime, now: datetime, new_id: Callable[[datetime], str]) -> list[tuple[datetime, Feedback]]:
    """Each piece with the moment it is written: first without its answer, then, a day later, with it.

    Args:
        begun: when the week begins.
        now: nothing is said after it.
        new_id: makes the id of something said at a moment.
    """
    chance = random.Random(begun.toordinal())  # noqa: S311 - a sample, not a secret
    found = []
    step = (now - begun) / (len(SAID) + 1)
    for number, (kind, text, theme, more) in enumerate(SAID, 1):
        at = (begun + number * step).replace(minute=chance.randrange(60), second=0, microsecond=0)
        at = min(at, now.replace(microsecond=0))
        open_one = Feedback(id=new_id(at), at=at, kind=kind, text=text, theme=theme, **{**more, "answer": ""})
        found.append((at, open_one))
        done = at + timedelta(days=1)
        if more.get("answer") and done <= now:
            found.append((done, open_one.with_(answer=more["answer"], answered_at=done)))
    return found
