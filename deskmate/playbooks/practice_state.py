"""What a practice is made of: its state, what is seen of it, and what there is to talk over at its end.

Only values live here. `deskmate.playbooks.practice` makes and changes them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from deskmate.playbooks.scenes import Scene, Turn
from deskmate.playbooks.view import GuideView
from deskmate.playbooks.walk import Walk
from deskmate.playbooks.walk_place import Books, Values
from deskmate.playbooks.walk_state import seconds_between


@dataclass(frozen=True, slots=True)
class World:
    """What a practice moves in: the playbooks by id, and the library's own words and switches."""

    books: Books
    values: Values


@dataclass(frozen=True, slots=True)
class Astray:
    """An answer that did not fit what the patron did."""

    place: str
    answer: str
    after: str = ""
    """What the patron had done last, as the scene has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """The whole state of one practice."""

    scene: Scene
    walk: Walk
    said: tuple[tuple[str, str, datetime], ...] = ()
    """(place, sentence, moment) of what was said aloud."""
    astray: tuple[Astray, ...] = ()
    held: tuple[tuple[str, datetime], ...] = ()
    """(place, moment) of each start of the hold clock."""
    in_help: bool = False
    """The rehearsed HELP page is open."""
    helped: bool = False
    """HELP was rehearsed."""
    prompted: int = 0
    """Lines of the patron at this step that came before their time: they were spoken to."""
    remark: str = ""
    """What is to be known of the last key, in a sentence; empty for most."""
    paused_at: datetime | None = None
    away: timedelta = timedelta()
    """How long it was set aside so far."""
    over_at: datetime | None = None
    """When it ended, or None while it lasts."""

    @property
    def place(self) -> str:
        """Where it stands: `playbook/step`."""
        return self.walk.spot.place

    @property
    def turn(self) -> Turn | None:
        """What happens where it stands; None when the scene has nothing more."""
        return self.scene.turns.get(self.place)

    @property
    def over(self) -> bool:
        """It has ended and can be talked over."""
        return self.over_at is not None

    def time(self, now: datetime) -> datetime:
        """A moment without the time it was set aside."""
        return self.over_at or (self.paused_at or now) - self.away

    @property
    def finished(self) -> bool:
        """It was played to the scene's end, and not left before."""
        return self.over and (self.turn is None or not self.turn.answer)

    def heard(self, at: datetime) -> tuple[str, ...]:
        """The patron's lines at this step so far, at a moment without the time it was set aside."""
        if self.turn is None:
            return ()
        waited = seconds_between(self.walk.spot.since, at) // max(self.scene.patience, 1)
        return self.turn.patron[: 1 + max(waited, self.prompted)]

    def reached(self) -> dict[str, datetime]:
        """The places it came to, and when for the first time."""
        found: dict[str, datetime] = {}
        for spot in (*(move.spot for move in self.walk.trail), self.walk.spot):
            found.setdefault(spot.place, spot.since)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeView:
    """Everything a screen shows of a practice at one moment."""

    guide: GuideView
    who: str
    patron: tuple[str, ...]
    """What they said or did since the step was reached, the newest last."""
    elapsed: int
    """Seconds since it began, without the time it was set aside."""
    left: int | None
    """Seconds left of the limit that runs; 0 when it is over; None when none runs."""
    said: bool
    """A sentence of this step was said."""
    last: bool
    """It is the last turn: nothing is to be answered."""
    in_help: bool
    remark: str
    over: bool


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that must not be missed, and what became of it."""

    text: str
    """The playbook's own line, with the library's words in it."""
    why: str
    done: bool
    late: int | None = None
    """Seconds it took, when that was longer than allowed."""
    within: int | None = None
    """Seconds it was allowed."""
    kind: str = "do"
    """`do`, `say` or `answer`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Debrief:
    """What there is to talk over; never a mark, and nobody's name."""

    first_sentence: int | None
    """Seconds until the first sentence was said; None when none was."""
    points: tuple[Point, ...]
    """In the order of the scene, of the steps that were reached."""
    astray: tuple[tuple[str, str], ...]
    """(what the patron had just done, the answer that did not fit it), each once."""
    finished: bool
    """The scene was played to its end."""
    helped: bool
    elapsed: int

    @property
    def kept(self) -> tuple[Point, ...]:
        """What was done, in time."""
        return tuple(point for point in self.points if point.done and point.late is None)

    @property
    def missed(self) -> tuple[Point, ...]:
        """What was not done, or too late."""
        return tuple(point for point in self.points if not point.done or point.late is not None)
