"""The shift: its start and end, who is in charge, its summary, and the hand-over that the next person accepts."""

from datetime import datetime, timedelta

from deskmate.clock import Clock
from deskmate.faults import BadUsage
from deskmate.model.shift import Shift
from deskmate.records.log import Log
from deskmate.settings import Settings
from deskmate.text.clean import clean, one_line
from deskmate.text.guard import mask

LONGEST = timedelta(hours=16)
"""A shift open longer than this was forgotten: it no longer counts as the current one."""


class Shifts:
    """The shifts of this desk.

    A shift is never needed: look-up and log work without one.
    """

    def __init__(self, log: Log, settings: Settings, clock: Clock) -> None:
        self._log = log
        self._settings = settings
        self._clock = clock

    def latest(self) -> Shift | None:
        """The newest shift of this desk, open or ended; None when there was none."""
        return self._log.last_shift(self._settings.library.desk)

    def current(self) -> Shift | None:
        """The open shift of this desk, or None."""
        shift = self.latest()
        if shift is None or shift.ended_at is not None:
            return None
        return shift if self._clock.now() - shift.started_at < LONGEST else None

    def forgotten(self) -> Shift | None:
        """A shift that was never ended and is too old to be running, or None."""
        shift = self.latest()
        return shift if shift and shift.ended_at is None and self.current() is None else None

    def start(self, staff: str = "", in_charge: str = "", extension: str = "") -> Shift:
        """Start a shift at this desk; a forgotten one is ended first, at the time of its last record or its start.

        Raises:
            BadUsage: a shift is already running.
            NotSaved: it could not be written.
        """
        running = self.current()
        if running is not None:
            raise BadUsage(
                f"A shift is already running here since {running.started_at:%H:%M}.",
                "End it first: deskmate shift end.",
            )
        forgotten = self.forgotten()
        if forgotten is not None:
            self._log.save_shift(forgotten.with_(ended_at=self._last_moment(forgotten)))
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

    def end(self) -> Shift:
        """End the running shift.

        Raises:
            BadUsage: no shift is running.
            NotSaved: it could not be written.
        """
        return self._log.save_shift(self._running().with_(ended_at=self._clock.now()))

    def put_in_charge(self, name: str, extension: str = "") -> Shift:
        """Say who is in charge from now on; starts a shift when none is running.

        Raises:
            NotSaved: it could not be written.
        """
        shift = self.current() or self.start()
        return self._log.save_shift(shift.with_(in_charge=one_line(name, 60), extension=one_line(extension, 20)))

    def leave_handover(self, text: str) -> Shift:
        """Keep the hand-over's words with the running shift, or with the last one.

        Raises:
            BadUsage: there was no shift yet.
            NotSaved: it could not be written.
        """
        shift = self.current() or self.latest()
        if shift is None:
            raise BadUsage("There is no shift to hand over.", "Start one: deskmate shift start.")
        return self._log.save_shift(shift.with_(handover=clean(text), accepted_by="", accepted_at=None, read_back=""))

    def waiting(self) -> Shift | None:
        """The shift whose hand-over nobody has accepted yet, or None."""
        now = self._clock.now()
        for shift in reversed(self._log.shifts((now - timedelta(days=3)).date(), now.date())):
            if shift.desk == self._settings.library.desk and shift.handover:
                return None if shift.accepted_at else shift
        return None

    def accept(self, shift: Shift, by: str, read_back: str = "") -> Shift:
        """Accept a hand-over: what the next person read back, and their initials (not a signature).

        Raises:
            NotSaved: it could not be written.
        """
        return self._log.save_shift(
            shift.with_(
                accepted_by=one_line(by, 8) or "desk", accepted_at=self._clock.now(), read_back=mask(clean(read_back))
            )
        )

    def _running(self) -> Shift:
        shift = self.current()
        if shift is None:
            raise BadUsage("No shift is running at this desk.", "Start one: deskmate shift start.")
        return shift

    def _last_moment(self, shift: Shift) -> datetime:
        """When the last thing was logged in a shift; its start when nothing was."""
        moments = [record.added_at for record in self._log.day(shift.started_at.date()) if record.shift == shift.id]
        return max(moments, default=shift.started_at)
