"""What a walk through a playbook is made of: the events that go in and the state that comes out.

Only values live here. `deskmate.playbooks.walk` makes and changes them; nothing else should.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from deskmate.faults import BadUsage
from deskmate.model.interaction import STRAINS

KINDS: Final = (
    "start",
    "channel",
    "choose",
    "tick",
    "untick",
    "complete",
    "say",
    "back",
    "hold",
    "unhold",
    "park",
    "unpark",
    "goto",
    "help",
    "helped",
    "time",
    "offer",
    "end",
    "reopen",
)
"""Every kind of event; what each one's value holds is told at `Event.value`."""

IDLE_SECONDS: Final = 30 * 60
"""A clock that ran this long without a key is uncertain (design, "Walking a playbook")."""


def seconds_between(earlier: datetime, later: datetime) -> int:
    """Whole seconds from one moment to another, never below 0: a clock that was set back measures nothing.

    Timestamps are compared, because two moments in one named zone would be subtracted by the wall clock, which is an
    hour off in the night the clocks change.
    """
    return max(0, int(later.timestamp() - earlier.timestamp()))


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that staff did during a walk."""

    kind: str
    at: datetime
    """The moment, with its offset."""
    value: str = ""
    """What the kind needs:

    - `start`: a playbook's id, or `id|channel`; `goto`: a playbook's id;
    - `channel`: a channel;
    - `choose`, `tick`, `untick`: the number among what is shown, from 1, or `2|the text in the file`, which finds its
      answer or item again after the playbook was edited;
    - `complete`: empty, or `all` to confirm a list with items not yet ticked;
    - `helped`: `yes` or `no`; `time`: the name of the moment; `offer`: an alternative a refusal offered;
    - `end`: an outcome, or empty to take it from the walk.
    """

    def to_json(self) -> dict[str, str]:
        """The plain object that a journal keeps."""
        document = {"kind": self.kind, "at": self.at.isoformat()}
        if self.value:
            document["value"] = self.value
        return document

    @classmethod
    def from_json(cls, document: Mapping[str, object]) -> "Event":
        """Read what `to_json` made; unknown keys are of no concern here.

        Raises:
            BadUsage: it has no kind, or its moment is missing, is none, or has no offset.
        """
        kind = document.get("kind")
        if not isinstance(kind, str) or not kind:
            raise BadUsage("A kept event does not say what it is.", "Leave it out and check the rest.")
        try:
            at = datetime.fromisoformat(str(document.get("at")))
        except ValueError:
            raise BadUsage(f"A kept event ({kind}) has no time.", "Leave it out and check the rest.") from None
        if at.tzinfo is None:
            raise BadUsage(f"A kept event ({kind}) does not say its time zone.", "Leave it out and check the rest.")
        return cls(kind, at, str(document.get("value", "")))


@dataclass(frozen=True, slots=True)
class Spot:
    """A position: one step of one playbook, and since when."""

    playbook: str
    step: str
    opened: datetime
    """When this playbook was opened: what a nudge `since: start` counts from."""
    since: datetime
    """When this step was reached."""
    end: str = ""
    """The outcome with which this step closes its playbook, or empty."""
    wording: int = 0
    """Which of the spoken lines comes first, from 0."""

    @property
    def place(self) -> str:
        """`playbook/step`."""
        return f"{self.playbook}/{self.step}"


@dataclass(frozen=True, slots=True)
class Move:
    """A move away from a position; taking it off again leads back."""

    spot: Spot
    """The position that was left."""
    stack: tuple[Spot, ...]
    channel: str
    answer: str = ""
    """The answer that was given, as the file has it; empty for a look-up and for the way back from a visit."""
    record: Mapping[str, str] = field(default_factory=dict)
    """What the answer settles in the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """The whole state of one walk. Equal events give equal states."""

    first: str
    """The playbook it began with."""
    started: datetime
    last_at: datetime
    """The moment of the last event."""
    spot: Spot
    stack: tuple[Spot, ...] = ()
    """The positions that the visits under way return to, the outermost first."""
    trail: tuple[Move, ...] = ()
    channel: str
    ticks: Mapping[str, datetime] = field(default_factory=dict)
    """What is ticked, as `playbook/step/number in the file`, in the order of ticking; kept when going back."""
    times: tuple[tuple[str, datetime], ...] = ()
    """Moments to read out, by name."""
    completed: tuple[str, ...] = ()
    """The places whose list was confirmed as a whole."""
    offers: tuple[str, ...] = ()
    """The alternatives that were offered."""
    hold_since: datetime | None = None
    hold_seconds: int = 0
    """Time on hold before the hold that is running now."""
    parked_since: datetime | None = None
    parked_seconds: int = 0
    """Time parked before the parking that is running now."""
    idle: bool = False
    """Once, 30 minutes passed without an event."""
    touched: bool = False
    """Something was answered, ticked, held, timed or offered: a walk without it was only looked at."""
    help_opened: bool = False
    help_wanted: bool = False
    """An answer led to HELP and the screen has not opened it yet."""
    helped: str = ""
    """Whether what HELP is for happened: `yes`, `no`, or empty while nobody said."""
    ended: str = ""
    """The outcome it was ended with, or empty while it lives."""
    ended_at: datetime | None = None
    notice: str = ""
    """What a replay could not follow, for the person at the desk."""

    @property
    def playbook(self) -> str:
        """The id of the playbook it stands in."""
        return self.spot.playbook

    @property
    def step(self) -> str:
        """The id of the step it stands at."""
        return self.spot.step

    @property
    def at_end(self) -> bool:
        """It stands at a step that closes the whole interaction. The end of a visit does not."""
        return bool(self.spot.end) and not self.stack

    @property
    def finished(self) -> bool:
        """It is time to save: it was ended, or it stands at a closing step and was more than looked at.

        A quick card whose only step closes it is therefore not saved by opening it.
        """
        return bool(self.ended) or (self.at_end and self.touched)

    @property
    def path(self) -> tuple[tuple[str, str], ...]:
        """Each step left by an answer: (`playbook/step`, the answer as the file has it)."""
        return tuple((move.spot.place, move.answer) for move in self.trail if move.answer)

    @property
    def settled(self) -> dict[str, str]:
        """The record's fields that answers settled: the later answer wins, but strain stays at its highest."""
        fields: dict[str, str] = {}
        for move in self.trail:
            strain = higher_strain(fields.get("strain", ""), move.record.get("strain", ""))
            fields.update(move.record)
            if strain:
                fields["strain"] = strain
        return fields

    @property
    def played(self) -> tuple[str, ...]:
        """The playbooks that count for the record, in order.

        The first one, those an answer led to, and those where something was answered or ticked. One that was only
        looked up on the way does not count.
        """
        acted = dict.fromkeys(move.spot.playbook for move in self.trail if move.answer)
        acted.update(dict.fromkeys(place.partition("/")[0] for place in self.ticks))
        arrivals = (*(move.spot for move in self.trail[1:]), self.spot)
        led = (arrival.playbook for move, arrival in zip(self.trail, arrivals, strict=False) if move.answer)
        return tuple(dict.fromkeys((self.first, *led, *acted)))

    def elapsed(self, now: datetime) -> int:
        """Seconds from the start to now, or to the end; parked time and hold time are in it."""
        return seconds_between(self.started, self.ended_at or now)

    def hold_for(self, now: datetime) -> int | None:
        """Seconds of the hold that is running, or None."""
        return None if self.hold_since is None else seconds_between(self.hold_since, now)

    def hold_total(self, now: datetime) -> int:
        """Seconds on hold in all."""
        return self.hold_seconds + (self.hold_for(now) or 0)

    def parked_for(self, now: datetime) -> int | None:
        """Seconds of the parking that is running, or None."""
        return None if self.parked_since is None else seconds_between(self.parked_since, now)

    def parked_total(self, now: datetime) -> int:
        """Seconds parked in all."""
        return self.parked_seconds + (self.parked_for(now) or 0)

    def uncertain(self, now: datetime) -> bool:
        """Whether the clock ran 30 minutes without an event, so that the duration says little."""
        return self.idle or (not self.ended and seconds_between(self.last_at, now) >= IDLE_SECONDS)


def higher_strain(one: str, other: str) -> str:
    """The harder of two strains; a word that is none counts as nothing."""
    known = [strain for strain in (one, other) if strain in STRAINS]
    return max(known, key=STRAINS.index, default="")
