"""The shift: its start and end, who is in charge, its summary, and the hand-over that the next person accepts."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from deskmate.clock import Clock
from deskmate.faults import BadUsage
from deskmate.model.interaction import Interaction
from deskmate.model.shift import Shift
from deskmate.records.log import Log
from deskmate.settings import Settings
from deskmate.text.clean import clean, one_line
from deskmate.text.due import ago
from deskmate.text.guard import mask
from deskmate.text.spoken import place

LONGEST: Final = timedelta(hours=16)
"""A shift open longer than this was forgotten: it no longer counts as the current one."""
LOOKED_BACK: Final = 62
"""Days in which a shift that nobody ended is still found."""
WAITS: Final = 3
"""Days that a hand-over waits to be accepted."""


class Shifts:
    """The shifts of this desk, under the name it has and those it had.

    A shift is never needed: look-up and log work without one.
    """

    def __init__(self, log: Log, settings: Settings, clock: Clock) -> None:
        self._log = log
        self._settings = settings
        self._clock = clock

    def latest(self) -> Shift | None:
        """The newest shift of this desk, open or ended; None when there was none."""
        library = self._settings.library
        found = map(self._log.last_shift, (library.desk, *library.formerly))
        return max((shift for shift in found if shift), key=_began, default=None)

    def current(self) -> Shift | None:
        """The open shift of this desk, or None; of several, as two computers can begin them, the newest."""
        shift = self.latest()
        if shift is not None and shift.ended_at is None and self._may_run(shift):
            return shift
        # The newest one that ended, or one of a clock that ran ahead, must not hide the one that runs.
        return max(filter(self._may_run, self._open(1)), key=_began, default=None)

    def forgotten(self) -> list[Shift]:
        """The shifts of every desk that were never ended and cannot be running, oldest first."""
        current = self.current()
        return [
            shift
            for shift in self._open(LOOKED_BACK, everywhere=True)
            if not self._may_run(shift) or (current and self._is_here(shift) and shift.id != current.id)
        ]

    def start(self, staff: str = "", in_charge: str = "", extension: str = "") -> Shift:
        """Start a shift at this desk; forgotten ones of this desk are ended first, at the time of their last record.

        Raises:
            BadUsage: a shift is already running.
            NotSaved: it could not be written.
        """
        running = self.current()
        if running is not None:
            raise BadUsage(
                f"A shift is already running here since {self.wall(running.started_at):%H:%M}.",
                "End it first: deskmate shift end.",
            )
        for forgotten in filter(self._is_here, self.forgotten()):
            self._log.save_shift(forgotten.with_(ended_at=self.last_moment(forgotten)))
        now = self._clock.now()
        library = self._settings.library
        return self._log.save_shift(
            Shift(
                id=self._log.new_id(),
                desk=library.desk,
                branch=library.branch,
                started_at=now,
                staff=one_line(staff, 8),
                in_charge=one_line(in_charge, 60),
                extension=one_line(extension, 20),
            )
        )

    def end(self, shift: Shift | None = None, when: str = "") -> Shift:
        """End the running shift, or one that was forgotten, of any desk.

        Args:
            shift: the one that is ended; None for the running one.
            when: at which time that has passed; empty for now, or for the last record of one that was forgotten.

        Raises:
            BadUsage: no shift is running, it was ended already, or the time is none, or before its start.
            NotSaved: it could not be written.
        """
        ended = shift or self._running()
        if ended.ended_at is not None and not when:
            raise BadUsage("That shift was ended already.", "Give another time with --at.")
        now = self._clock.now()
        if when:
            at = ago(when, now)
            if at.timestamp() < _began(ended):
                raise BadUsage(f"It began later, on {self.when(ended.started_at)}.", "Give a time after its start.")
        else:
            at = now if self._may_run(ended) else self.last_moment(ended)
        # A clock that was set back: no shift ends before it began.
        return self._log.save_shift(ended.with_(ended_at=max(at, ended.started_at, key=datetime.timestamp)))

    def put_in_charge(self, name: str, extension: str = "") -> Shift:
        """Say who is in charge from now on; starts a shift when none is running.

        Raises:
            NotSaved: it could not be written.
        """
        shift = self.current() or self.start()
        return self._log.save_shift(shift.with_(in_charge=one_line(name, 60), extension=one_line(extension, 20)))

    def leave_handover(self, text: str) -> Shift:
        """Keep the hand-over's words with the running shift, or with the last one, and which promises are open.

        Raises:
            BadUsage: there was no shift yet.
            NotSaved: it could not be written.
        """
        shift = self.current() or self.latest()
        if shift is None:
            raise BadUsage("There is no shift to hand over.", "Start one: deskmate shift start.")
        owed = tuple(
            record.ref for record in self._log.open_promises() if record.promise and not record.promise.private
        )
        left = shift.with_(handover=clean(text), handed_at=self._clock.now(), owed=owed)
        return self._log.save_shift(left.with_(accepted_by="", accepted_at=None, read_back=""))

    def waiting(self) -> Shift | None:
        """The shift whose hand-over nobody has accepted yet, or None."""
        shift = self.handed()
        return None if shift is None or shift.accepted_at else shift

    def handed(self) -> Shift | None:
        """The shift of this desk with the newest hand-over of the last three days, or None."""
        now = self._clock.now()
        for shift in reversed(self._log.shifts((now - timedelta(days=WAITS)).date(), now.date())):
            if self._is_here(shift) and shift.handover:
                return shift
        return None

    def untaken(self, promises: Iterable[Interaction]) -> list[Interaction]:
        """Which of some promises the newest hand-over named and nobody has taken over since."""
        shift = self.handed()
        if shift is None or shift.handed_at is None:
            return []
        since, owed = shift.handed_at.timestamp(), frozenset(shift.owed)

        def is_open(record: Interaction) -> bool:
            taken = record.promise.accepted_at if record.promise else None
            return record.ref in owed and (taken is None or taken.timestamp() < since)

        return [record for record in promises if record.promise and is_open(record)]

    def accept(self, shift: Shift, by: str, read_back: str = "") -> Shift:
        """Accept a hand-over: what the next person read back, and their initials (not a signature).

        Its promises are taken over one by one, or stay visible as not taken. In the middle of a shift the desk changes
        hands: that shift ends, and one of the next person begins with the same person in charge.

        Raises:
            BadUsage: it was accepted meanwhile, or written anew.
            NotSaved: it could not be written.
        """
        shift = self.still_waiting(shift)
        now, running = self._clock.now(), self.current()
        changes = running is not None and running.id == shift.id
        accepted = self._log.save_shift(
            shift.with_(
                accepted_by=one_line(by, 8) or "desk",
                accepted_at=now,
                read_back=mask(clean(read_back)),
                ended_at=now if changes else shift.ended_at,
            )
        )
        if changes:
            self.start(by, shift.in_charge, shift.extension)
        return accepted

    def still_waiting(self, shift: Shift) -> Shift:
        """A shift as it is stored now, whose hand-over was read: another program may have changed it since.

        Raises:
            BadUsage: the hand-over was accepted meanwhile, or written anew.
        """
        stored = self._log.shift(shift.id) or shift
        if stored.accepted_at is not None:
            raise BadUsage("This hand-over was accepted already.", "Look at the promises: what is not taken is marked.")
        if stored.handover != shift.handover:
            raise BadUsage("This hand-over was written anew meanwhile.", "Read it again.")
        return stored

    def last_moment(self, shift: Shift) -> datetime:
        """When the last thing was logged in a shift, also after midnight; its start when nothing was."""
        first = shift.started_at.date()
        records = self._log.between(first, (shift.started_at + LONGEST).date())
        moments = (record.added_at for record in records if record.shift == shift.id)
        return max(moments, key=datetime.timestamp, default=shift.started_at)

    def wall(self, moment: datetime) -> datetime:
        """A moment on the clock of this desk, whatever offset it was stored with."""
        return place(moment, self._clock.now(), exact=True)

    def when(self, moment: datetime) -> str:
        """A moment on the clock of this desk, in words: `Wed 18 Nov 14:20`."""
        return f"{self.wall(moment):%a %d %b %H:%M}"

    def _open(self, days: int, *, everywhere: bool = False) -> list[Shift]:
        """The shifts of the last days that nobody ended, in order; tomorrow counts, as clocks may differ."""
        today = self._clock.now().date()
        found = self._log.shifts(today - timedelta(days=days), today + timedelta(days=1))
        return [shift for shift in found if shift.ended_at is None and (everywhere or self._is_here(shift))]

    def _may_run(self, shift: Shift) -> bool:
        """Whether a shift is young enough to be running; one from the future is when it begins soon."""
        return abs(self._clock.now().timestamp() - _began(shift)) < LONGEST.total_seconds()

    def _is_here(self, shift: Shift) -> bool:
        return self._settings.library.is_here(shift.desk)

    def _running(self) -> Shift:
        shift = self.current()
        if shift is None:
            raise BadUsage("No shift is running at this desk.", "Start one: deskmate shift start.")
        return shift


def _began(shift: Shift) -> float:
    """When a shift began, in seconds since 1970."""
    return shift.started_at.timestamp()
