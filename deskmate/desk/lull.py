"""Logging that is not forgotten: in a lull, once a shift, one question about an hour that looks forgotten.

A busy desk logs last what it did most. What is usual is learned from this desk's own days, one of them at a time, so
that no key ever waits for it; before eight weeks are known, nothing is asked.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from deskmate.clock import Clock
from deskmate.desk.shifts import Shifts
from deskmate.records.disk import Disk
from deskmate.records.log import Log
from deskmate.reports.normal import WEEKS, Short, by_hour, fallen_short, usual, whole_hours
from deskmate.settings import Settings
from deskmate.text.spoken import place

FARTHEST: Final = 26
"""Weeks that are looked back at: half a year holds a normal, a whole one holds two."""
STANDS: Final = timedelta(hours=1)
"""A question that nobody answered goes away after so long: by then another hour is fresher in mind."""


class Lull:
    """Knows when to ask, and about which hour.

    Args:
        log: the log.
        settings: the desk's name and hours, and whether the library wants to be asked at all.
        clock: the time.
        shifts: a question belongs to a shift; without one, to the day.
        memory: a file of this machine that remembers what was asked, and "never again".
    """

    def __init__(self, log: Log, settings: Settings, clock: Clock, shifts: Shifts, memory: Path) -> None:
        self._log = log
        self._settings = settings
        self._clock = clock
        self._shifts = shifts
        self._file = memory
        self._kept: dict[str, Any] | None = None
        self._day: date | None = None
        self._left: list[date] = []
        self._read: list[dict[int, int]] = []

    # -- whether to ask -------------------------------------------------------------------------------------------

    @property
    def wanted(self) -> bool:
        """Whether this desk is to be asked at all: the library's setting, and nobody here said never."""
        return self._settings.desk.ask_forgotten and not self._memory.get("never")

    @property
    def may_ask(self) -> bool:
        """Whether a question is still free in this shift."""
        return self.wanted and self._memory.get("asked") != self._turn and not self._log.db.storage.takes_nothing

    @property
    def _turn(self) -> str:
        """What may be asked about once: this shift, or today at this desk."""
        shift = self._shifts.current()
        return shift.id if shift else f"{self._clock.now():%Y-%m-%d} {self._settings.library.desk}"

    def asked(self) -> None:
        """The question was shown: there is none more in this shift."""
        self._remember({"asked": self._turn})

    def never(self) -> None:
        """Nothing is asked at this desk any more, until `again`."""
        self._remember({"never": True})

    def again(self) -> None:
        """Questions are welcome again, also in this shift."""
        self._remember({"never": False, "asked": ""})

    # -- what to ask ----------------------------------------------------------------------------------------------

    def learn(self) -> bool:
        """Read one earlier day of this weekday.

        Returns:
            Whether there is more to read; False from the moment on in which `question` can be asked.
        """
        today = self._clock.now().date()
        if self._day != today:
            self._day, self._read = today, []
            self._left = self._earlier(today)
        if self._left:
            self._read.append(self._hours_of(self._left.pop(0)))
        hours = {hour.hour for hour in self._open_hours()}
        if hours and hours <= usual(self._read).keys():
            self._left = []
        return bool(self._left)

    def question(self) -> Short | None:
        """The hour of this shift that looks forgotten, by what was learned; None when none does."""
        return fallen_short(self._hours_of(self._clock.now().date()), usual(self._read), self._open_hours())

    def as_it_is(self, short: Short) -> Short:
        """The same hour with what is logged in it by now."""
        return replace(short, logged=self._hours_of(short.start.date()).get(short.start.hour))

    @property
    def known(self) -> Mapping[int, int]:
        """What was learned: the usual contacts of each hour of this weekday that eight weeks or more are known of."""
        return usual(self._read)

    def _earlier(self, today: date) -> list[date]:
        """The days of this weekday that have a record, the newest first; none where they are too few to learn from."""
        logged = set(self._log.days())
        days = (date.fromordinal(max(today.toordinal() - 7 * back, 1)) for back in range(1, FARTHEST + 1))
        found = [day for day in days if day in logged]
        return found if len(found) >= WEEKS else []

    def _hours_of(self, day: date) -> dict[int, int]:
        """Contacts per hour of one day at this desk."""
        desk = self._settings.library.desk
        return by_hour(record for record in self._log.day(day) if record.desk == desk)

    def _open_hours(self) -> list[datetime]:
        """The hours of today that were open and that this shift saw from beginning to end."""
        now = self._clock.now()
        span = self._settings.hours.week[now.date().weekday()]
        if span is None:
            return []
        opening, closing = (place(datetime.combine(now.date(), each), now) for each in span)
        shift = self._shifts.current()
        begun = max(opening, shift.started_at.astimezone(now.tzinfo)) if shift else opening
        return [hour for hour in whole_hours(begun, now) if hour < closing]

    # -- what is remembered ---------------------------------------------------------------------------------------

    @property
    def _memory(self) -> dict[str, Any]:
        if self._kept is None:
            try:
                found = json.loads(self._file.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                found = {}
            self._kept = found if isinstance(found, dict) else {}
        return self._kept

    def _remember(self, changes: Mapping[str, Any]) -> None:
        """Keep it for the next start too; a folder that takes nothing costs one more question then."""
        kept = {**self._memory, **changes}
        self._kept = kept
        disk = Disk()
        try:
            disk.make_folder(self._file.parent)
            disk.replace(self._file, json.dumps(kept).encode(), durable=False)
        except OSError:
            return
