"""Logging without a playbook: one contact, a tally, a late entry, a change, and taking the last thing back."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any, Final

from deskmate.clock import Clock
from deskmate.desk.shifts import Shifts
from deskmate.desk.tally import Tally
from deskmate.faults import BadUsage
from deskmate.model.interaction import CHANNELS, KINDS, OUTCOMES, READ_LEVELS, STRAINS, Interaction
from deskmate.records.actions import Action
from deskmate.records.log import Log
from deskmate.settings import Settings
from deskmate.text.clean import clean, one_line
from deskmate.text.guard import mask
from deskmate.text.suggest import sentence

CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "channel": CHANNELS,
    "kind": KINDS,
    "strain": STRAINS,
    "outcome": OUTCOMES,
    "read": tuple(str(level) for level in READ_LEVELS),
}
"""The values of the fields that have a list; a unique beginning of a value is enough when it is typed."""

TYPED: Final = ("place", "authority", "referred_to", "offered", "tags")
"""Fields besides the note that hold what somebody typed: they pass the private-data guard too."""

LATE_AFTER: Final = 10 * 60
"""Seconds between asking and writing down from which an entry is called late."""

TALLIED: Final = ("tally", "estimate")
"""The entries that were counted by letters, or guessed."""

MOST: Final = 999
"""The largest tally that is believed."""


def pick(field: str, typed: str) -> str:
    """The listed value of a field that was meant: the whole word or its unique beginning.

    Raises:
        BadUsage: no value begins so, or several do.
    """
    options = CHOICES[field]
    word = typed.strip().lower()
    if word in options:
        return word
    begins = [option for option in options if word and option.startswith(word)]
    if len(begins) == 1:
        return begins[0]
    if begins:
        raise BadUsage(f"{field.capitalize()} '{typed}' could be {' or '.join(begins)}.", "Type one letter more.")
    hint = sentence(word, options)
    raise BadUsage(f"There is no {field} '{typed}'.", hint or f"Choose from: {', '.join(options)}.")


class Entries:
    """Writes the entries of this desk."""

    def __init__(self, log: Log, settings: Settings, clock: Clock, shifts: Shifts) -> None:
        self._log = log
        self._settings = settings
        self._clock = clock
        self._shifts = shifts

    def blank(self, record_id: str = "") -> Interaction:
        """An empty record of this desk, now: the base every entry starts from."""
        now = self._clock.now()
        shift = self._shifts.current()
        library = self._settings.library
        return Interaction(
            id=record_id or self._log.new_id(),
            asked_at=now,
            added_at=now,
            branch=library.branch,
            desk=library.desk,
            place=library.place,
            shift=shift.id if shift else "",
        )

    def log(self, given: Mapping[str, Any], *, at: datetime | None = None, keep_private: bool = False) -> Interaction:
        """Write one contact.

        Args:
            given: fields by name; text is cleaned, listed values may be shortened.
            at: when it happened; more than ten minutes ago makes the entry `late`.
            keep_private: leave what looks like private data in what was typed.

        Returns:
            The record as stored.

        Raises:
            BadUsage: a value is not one of its list, or the count is none.
            NotSaved: it could not be written; nothing was acknowledged.
        """
        record = self.blank()
        if at is not None:
            late = (record.added_at - at).total_seconds() > LATE_AFTER
            record = record.with_(asked_at=at, entry="late" if late else "live")
        record = record.with_(**self.tidy(given, keep_private=keep_private))
        if record.count > 1 and record.entry == "live":
            record = record.with_(entry="tally")
        return self._log.add(record, say=self.describe(record))

    def tally(
        self,
        kind: str,
        count: int = 1,
        channel: str = "in-person",
        at: datetime | None = None,
        *,
        about: bool = False,
    ) -> Interaction:
        """Count contacts of a kind, without any more words.

        Args:
            kind: one of the kinds, or its beginning.
            count: how many.
            channel: one of the channels, or its beginning.
            at: when it was; now when nobody said.
            about: nobody counted them: they are kept as an estimate, which is never a part of a count.

        Raises:
            BadUsage: an unknown kind or channel, or a count below 1 or above 999.
            NotSaved: it could not be written.
        """
        given = {"kind": kind, "channel": channel, "count": count, "entry": "estimate" if about else "tally"}
        return self.log(given, at=at)

    def nobody_came(self, at: datetime | None = None) -> Interaction:
        """Say that an hour had nobody: a tally of none, so that it is no hour in which nobody logged.

        Raises:
            NotSaved: it could not be written.
        """
        record = self.blank()
        record = record.with_(asked_at=at or record.asked_at, entry="tally", count=0)
        return self._log.add(record, say=self.describe(record))

    def count(self, tally: Tally) -> Interaction:
        """Write down what was tallied by letters.

        Raises:
            BadUsage: it is not whole.
            NotSaved: it could not be written.
        """
        if not tally.whole:
            raise BadUsage("A tally needs a channel and a kind, like =pa.", "0 alone says that nobody came.")
        if tally.nobody:
            return self.nobody_came(tally.at)
        return self.tally(tally.kind, tally.count, tally.channel, tally.at, about=tally.about)

    def again(self) -> tuple[str, str]:
        """The channel and kind that were tallied last at this desk today; empty when nothing was."""
        last = next((each for each in self.newest() if each.entry in TALLIED and each.count), None)
        return (last.channel, last.kind) if last else ("", "")

    def newest(self, most: int | None = None) -> list[Interaction]:
        """What was written down at this desk today and asked today, the newest first.

        Args:
            most: no more than so many; None: all.
        """
        desk = self._settings.library.desk
        today = [each for each in self._log.day(self._clock.now().date()) if each.desk == desk]
        return sorted(today, key=lambda each: (each.added_at, each.id), reverse=True)[:most]

    def change(self, record: Interaction, given: Mapping[str, Any], *, keep_private: bool = False) -> Interaction:
        """Change fields of a stored record; older versions are kept and can be brought back.

        Raises:
            BadUsage: a value is not one of its list.
            NotSaved: it could not be written.
        """
        changed = record.with_(**self.tidy(given, keep_private=keep_private))
        return self._log.change(changed, say=f"Changed: {self.describe(changed)}")

    def drop(self, record: Interaction) -> Interaction:
        """Take a record out of the log (it can be undone).

        Returns:
            The record that was there.

        Raises:
            NotSaved: it could not be written.
        """
        self._log.remove(record, say=f"Not logged: {self.describe(record)}")
        return record

    def undo(self) -> Action | None:
        """Take back this desk's last action; None when there is nothing left to take back.

        Raises:
            BadUsage: somebody changed the record since.
            NotSaved: it could not be written.
        """
        return self._log.undo()

    def tidy(self, given: Mapping[str, Any], *, keep_private: bool = False) -> dict[str, Any]:
        """Fields as they may be stored: listed values completed, text cleaned, private data masked.

        Raises:
            BadUsage: an unknown field, a value not in its list, or a count that is none.
        """
        known = {field.name for field in fields(Interaction)} - {"id", "extra"}
        tidied: dict[str, Any] = {}
        for name, value in given.items():
            if name not in known:
                raise BadUsage(f"A record has no field '{name}'.", sentence(name, sorted(known)))
            if name == "read":
                tidied[name] = int(pick("read", str(value))) if value not in (None, "") else None
            elif name in CHOICES:
                tidied[name] = pick(name, str(value))
            elif name == "note":
                text = clean(str(value)).strip()
                tidied[name] = text if keep_private else mask(text)
            elif name == "count":
                tidied[name] = _count(value)
            elif name in TYPED:
                hide = str if keep_private else mask
                words = [hide(one_line(each)) for each in ([value] if isinstance(value, str) else value)]
                tidied[name] = words[0] if isinstance(value, str) else tuple(words)
            else:
                tidied[name] = one_line(value) if isinstance(value, str) else value
        return tidied

    @staticmethod
    def describe(record: Interaction) -> str:
        """A record in a few words: `phone · account · 4 min`, never its note."""
        if not record.count:
            return f"nobody came, {record.asked_at:%H}-{(record.asked_at.hour + 1) % 24:02}"
        parts = [record.channel, record.kind]
        if record.count > 1 or record.entry == "estimate":
            parts.append(f"{'about ' if record.entry == 'estimate' else 'x'}{record.count}")
        if record.seconds is not None:
            minutes = round(record.seconds / 60)
            parts.append(f"{minutes} min" if minutes else "under a minute")
        return " · ".join(parts)


def _count(value: object) -> int:
    """A tally's number.

    Raises:
        BadUsage: it is no whole number from 1 to 999.
    """
    try:
        count = int(str(value))
    except ValueError:
        count = 0
    if not 1 <= count <= MOST:
        raise BadUsage(f"'{value}' is no count.", f"Give a whole number from 1 to {MOST}.")
    return count
