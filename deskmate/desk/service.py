"""The desk: what the screens and the command line ask for, over parts that are opened when they are first needed.

Each part is imported where it is made: `deskmate find` then loads the look-up and nothing of the log or the reports.
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from deskmate.clock import Clock
from deskmate.faults import Notice
from deskmate.places import Places
from deskmate.settings import Settings
from deskmate.settingsfile import load as load_settings

if TYPE_CHECKING:
    from deskmate.desk.answers import Answers
    from deskmate.desk.cards import Cards
    from deskmate.desk.copies import Copies
    from deskmate.desk.entries import Entries
    from deskmate.desk.exchange import Exchange
    from deskmate.desk.feedback import Voice
    from deskmate.desk.incidents import Incidents
    from deskmate.desk.kept import Inventory
    from deskmate.desk.learning import Learning
    from deskmate.desk.live import LiveBoard
    from deskmate.desk.live_person import Live
    from deskmate.desk.lull import Lull
    from deskmate.desk.notices import NoticeBoard
    from deskmate.desk.pledges import Pledges
    from deskmate.desk.practice import Practices
    from deskmate.desk.privacy import Privacy
    from deskmate.desk.promises import Promises
    from deskmate.desk.reporting import Reporting
    from deskmate.desk.shifts import Shifts
    from deskmate.desk.surveys import Surveys
    from deskmate.playbooks.library import Library
    from deskmate.playbooks.view import GuideView
    from deskmate.records.contacts import Contacts
    from deskmate.records.live import Journals
    from deskmate.records.log import Log

NO_ADDRESS: Final = "The [emergency] block is empty: HELP cannot show this building's address."


class Desk:
    """One desk with its clock, places, settings, playbooks and log.

    Args:
        places: where everything lives.
        clock: the desk's time.
        environment: the process's variables, for `DESKMATE_...` settings.
        durable: False when the caller syncs itself (`log.flush` in a thread), as the screens do.
    """

    def __init__(
        self, places: Places, clock: Clock, *, environment: Mapping[str, str] | None = None, durable: bool = True
    ) -> None:
        self.places = places
        self.clock = clock
        self.environment: Mapping[str, str] = os.environ if environment is None else environment
        self._durable = durable
        self.finished: list[Notice] = []
        """What was done about an import that a crash had cut off."""
        self.settings: Settings
        self.settings, self.settings_notices = load_settings(places.settings, self.environment)
        if self.settings.screens.desktop_notices:
            self._check_desktop()

    def _check_desktop(self) -> None:
        """A notice on the desktop was asked for: say it where no program here can give one."""
        import sys

        from deskmate.desk.reminders import desktop_command

        if desktop_command(sys.platform, self.environment, "") is None:
            what = "desktop_notices is on, but nothing here can tell on the desktop."
            cure = "Install notify-send (libnotify) and work in a desktop session, or set desktop_notices = false."
            self.settings_notices.append(Notice(what, cure, str(self.places.settings)))

    @cached_property
    def library(self) -> "Library":
        """The playbooks, facts and directory, from the cache when nothing changed on disk."""
        from deskmate.playbooks.library import load

        return load(self.places)

    @cached_property
    def answers(self) -> "Answers":
        """The look-up over everything the box answers."""
        from deskmate.desk.answers import Answers

        return Answers(self.library, self.now().date(), self.settings.variables(), self.places, _Kept(self))

    @cached_property
    def learning(self) -> "Learning":
        """What the look-up learns here: phrases that meant a guide, and wishes for one."""
        from deskmate.desk.learning import Learning

        return Learning(self.log, self.clock)

    @cached_property
    def log(self) -> "Log":
        """The record of this library, with every import in it that was committed."""
        from deskmate.records.layout import WAITING
        from deskmate.records.log import Log

        log = Log(self.places.log, self.places.state, self.clock, durable=self._durable)
        if (self.places.log / WAITING).is_dir() and not log.read_only:
            from deskmate.records.importing import finish

            self.finished = finish(self.places.log, log.db.storage.disk)
        return log

    @cached_property
    def contacts(self) -> "Contacts":
        """Names and numbers of promises, kept apart."""
        from deskmate.records.contacts import Contacts

        return Contacts(self.places.log / "contacts", self.clock)

    @cached_property
    def journals(self) -> "Journals":
        """What is written down of live interactions while they last, on this machine."""
        from deskmate.records.live import Journals

        return Journals(self.places.live, self.clock)

    @cached_property
    def shifts(self) -> "Shifts":
        """The shift and its hand-over."""
        from deskmate.desk.shifts import Shifts

        return Shifts(self.log, self.settings, self.clock)

    @cached_property
    def entries(self) -> "Entries":
        """Logging, tallying, changing and undoing."""
        from deskmate.desk.entries import Entries

        return Entries(self.log, self.settings, self.clock, self.shifts)

    @cached_property
    def lull(self) -> "Lull":
        """The question about an hour that looks forgotten."""
        from deskmate.desk.lull import Lull

        return Lull(self.log, self.settings, self.clock, self.shifts, self.places.lull)

    @cached_property
    def exchange(self) -> "Exchange":
        """Records in from other programs, and out to them."""
        from deskmate.desk.exchange import Exchange

        return Exchange(self.places, self.log, self.settings, self.clock)

    @cached_property
    def promises(self) -> "Promises":
        """What is owed."""
        from deskmate.desk.promises import Promises

        return Promises(self.log, self.contacts, self.settings, self.clock, self.shifts, self.entries)

    @cached_property
    def board(self) -> "NoticeBoard":
        """What staff should know today."""
        from deskmate.desk.notices import NoticeBoard

        return NoticeBoard(self.library, self.log, self.settings.hours, self.clock)

    @cached_property
    def voice(self) -> "Voice":
        """What patrons and staff told the library."""
        from deskmate.desk.feedback import Voice

        return Voice(self.log, self.settings, self.clock, self.shifts)

    @cached_property
    def pledges(self) -> "Pledges":
        """What visitors can count on."""
        from deskmate.desk.pledges import Pledges

        return Pledges(self.places, self.library)

    @cached_property
    def incidents(self) -> "Incidents":
        """The reports of serious events."""
        from deskmate.desk.incidents import Incidents

        return Incidents(self.log, self.settings, self.clock, self.shifts, self.promises, self.entries)

    @cached_property
    def privacy(self) -> "Privacy":
        """What must not stay."""
        from deskmate.desk.privacy import Privacy

        return Privacy(self.log, self.contacts, self.settings, self.places, self.clock)

    @cached_property
    def copies(self) -> "Copies":
        """The back-ups that this machine made."""
        from deskmate.desk.copies import Copies

        return Copies(self.log, self.settings, self.places, self.clock)

    @cached_property
    def inventory(self) -> "Inventory":
        """What is kept about whom."""
        from deskmate.desk.kept import Inventory

        return Inventory(self.log, self.contacts, self.settings, self.privacy, self.incidents, self.clock)

    @cached_property
    def reporting(self) -> "Reporting":
        """Summaries and hand-overs."""
        from deskmate.desk.reporting import Reporting

        return Reporting(self.log, self.library, self.settings, self.clock, self.board.broken)

    @cached_property
    def surveys(self) -> "Surveys":
        """What surveys ask once a year."""
        from deskmate.desk.surveys import Surveys

        return Surveys(self.log, self.settings, self.clock)

    @cached_property
    def live(self) -> "LiveBoard":
        """The people at the desk and on the phone right now."""
        from deskmate.desk.live import LiveBoard

        books = self.library.playbooks
        return LiveBoard(books, self.values(), self.journals, self.log, self.entries, self.clock, self.settings.hours)

    @cached_property
    def cards(self) -> "Cards":
        """What is turned to the patron."""
        from deskmate.desk.cards import Cards

        return Cards(self.places, self.settings.cards, self.clock)

    @cached_property
    def practices(self) -> "Practices":
        """What is rehearsed; never a part of the log."""
        from deskmate.desk.practice import Practices

        return Practices(self)

    @property
    def rehearsing(self) -> bool:
        """A practice is set aside and can be gone back to; nothing is opened to tell."""
        practices: Practices | None = self.__dict__.get("practices")
        return practices is not None and practices.under_way

    def guide_view(self, live: "Live") -> "GuideView":
        """What the guide shows of a live interaction now: also notices, what is owed, and who is on hold too long."""
        from deskmate.desk.beside_guide import beside

        return beside(self, live, replace(self.live.view(live), today=self.told_in(live.walk.playbook)))

    def too_long(self, live: "Live") -> bool:
        """Whether somebody is on hold for as long as the library allows, or longer."""
        held = live.walk.hold_for(self.now())
        return held is not None and held >= self.settings.desk.hold_seconds

    def told_in(self, playbook_id: str) -> tuple[str, ...]:
        """The notices of today that name a playbook; none before somebody has looked at the board."""
        board: NoticeBoard | None = self.__dict__.get("board")  # the first screen opens nothing for it
        return board.in_guide(playbook_id) if board else ()

    def now(self) -> datetime:
        """The desk's time."""
        return self.clock.now()

    def values(self) -> dict[str, str]:
        """What a playbook's `$names` stand for: the settings, then who is in charge on this shift."""
        values = self.settings.variables()
        shift = self.shifts.current()
        if shift and shift.in_charge:
            values["in_charge"] = shift.in_charge
        if shift and shift.extension:
            values["extension"] = shift.extension
        return values

    def help_memory(self) -> tuple[str, ...]:
        """The items of the HELP page with this library's words in them."""
        from deskmate.playbooks.variables import fill

        return tuple(fill(item, self.live.values) for item in self.library.help.memory)

    def help_number(self) -> str:
        """The number to call: the library's own, or the one that a line of a playbook has while none is set."""
        from deskmate.playbooks.variables import fill

        return fill("$emergency_number", self.live.values)

    def help_address(self) -> str:
        """The address as it is told to a dispatcher, or what to do while it is not set."""
        emergency = self.settings.emergency
        if not emergency.address:
            return "the address on the door (not set yet: [emergency] in the settings)"
        near = f", near {emergency.cross_street}" if emergency.cross_street else ""
        return f"{emergency.address}{near}"

    def notices(self) -> list[Notice]:
        """Everything that is wrong and served around: settings, playbooks, lexicon, log, journals."""
        trouble = [self.journals.trouble] if self.journals.trouble else []
        found = [*self.settings_notices, *self.library.notices, *self.answers.notices, *self.log.notices, *trouble]
        found += self.finished
        if self.settings.emergency_is_empty:
            found.append(Notice(NO_ADDRESS, "Fill it in.", str(self.places.settings)))
        return found

    def forget_code(self) -> None:
        """The screen is covered, or nobody is here: the code of the incident reports is forgotten."""
        incidents = self.__dict__.get("incidents")
        if incidents is not None:
            incidents.forget()

    def close(self) -> None:
        """Close what was opened; live journals stay for the next start."""
        try:
            if "live" in self.__dict__:
                self.log.flush()
                self.live.settle()
        finally:
            for name in ("journals", "log"):
                part = self.__dict__.get(name)
                if part is not None:
                    part.close()


class _Kept:
    """The look-up's texts in the cache of this machine."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def read(self) -> Mapping[str, Any] | None:
        from deskmate.playbooks.prepared import read

        return read(self._desk.places.cache, self._mark())

    def write(self, packed: Mapping[str, Any]) -> None:
        from deskmate.playbooks.prepared import write

        desk = self._desk
        wrong = len(desk.settings_notices) + len(desk.library.notices)
        write(desk.places.cache, self._mark(), {**packed, "wrong": wrong})

    def learned(self) -> Mapping[str, tuple[str, ...]]:
        # Most commands that ask need nothing of the log: it is opened only where something was learned.
        return self._desk.learning.phrases() if self._desk.places.learned.exists() else {}

    def _mark(self) -> str:
        from deskmate.playbooks.prepared import mark

        return mark(self._desk.places, self._desk.environment)
