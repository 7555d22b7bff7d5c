"""The sample week: six open days of a busy branch that nobody lived, written through the real log.

It is for looking around (`deskmate --demo`) and for pictures. The same moment gives the same week. It names no patron,
no colleague and no real place.
"""

import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, Final

from deskmate import tomlfile
from deskmate.clock import FixedClock
from deskmate.desk.sample_voice import said
from deskmate.hours import DEFAULT
from deskmate.model.feedback import Feedback
from deskmate.model.interaction import CHANNELS, KINDS, Interaction
from deskmate.model.notice import StaffNotice
from deskmate.model.promise import Promise
from deskmate.model.shift import Shift
from deskmate.places import Places
from deskmate.records.log import Log

DAYS: Final = 6
"""Open days, the present one included."""
SETTINGS: Final = """\
# The settings of the sample library. Nothing of it is a real place.
[library]
name = "Example Library"
branch = "Main"
desk = "Front desk"
phone = "555-0100"
region = "US-MI"

[emergency]
number = "911"
address = "12 Main Street"
cross_street = "Oak Avenue"
aed = "on the wall by the lift"
naloxone = "call only"
exits = "front doors, then the loading door"
meeting_point = "the oak across the street"
code_word = "the blue folder"

[desk]
in_charge = "the person in charge"
extension = "214"

[values]
waive_limit = "$10"
print_price = "10 cents"
colour_price = "50 cents"
wifi_name = "Example-Guest"
"""
PER_HOUR: Final = {9: 5, 10: 7, 11: 8, 12: 6, 13: 5, 14: 6, 15: 9, 16: 10, 17: 7, 18: 5, 19: 3}
"""Contacts in an ordinary hour: a morning peak, lunch, the after-school peak, a quiet evening."""
FINISHED: Final = timedelta(minutes=15)
"""No contact lasts longer: whoever came later than this is still at the desk."""
CHANGE: Final = time(13)
"""When one shift hands over to the next."""


@dataclass(frozen=True, slots=True)
class _Sort:
    """A sort of contact: how often it comes and what it is like."""

    often: int
    seconds: tuple[int, int]
    reads: tuple[int, ...]
    playbooks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    tense: float = 0.0
    """The share that is tense; one in five of these goes red."""


SORTS: Final = {
    "directional": _Sort(32, (20, 60), (1,), notes=("where the meeting room is", "restroom")),
    "policy": _Sort(7, (60, 240), (1, 2), ("say-no-offer-alternative",), ("asked how long a room can be had",), 0.1),
    "known-item": _Sort(9, (90, 300), (2, 2, 3), (), ("on the shelf, one aisle off", "placed a hold")),
    "reference": _Sort(6, (240, 900), (3, 3, 4, 5, 6), ("i-can-find-out",), ("old newspapers of the town",)),
    "readers-advisory": _Sort(4, (180, 480), (3, 4), (), ("more like the last one, but shorter",)),
    "device": _Sort(
        20, (120, 600), (2, 2, 3), ("printing-mobile-print", "wifi-hotspot-help", "device-help"),
        ("mobile print did not arrive, sent again", "forgot the Wi-Fi step with the green button"), 0.05,
    ),
    "account": _Sort(
        14, (90, 360), (1, 2), ("card-pin-trouble", "fines-fees-dispute"),
        ("PIN set again", "charge explained, paid in part"), 0.15,
    ),
    "accommodation": _Sort(
        3, (120, 480), (2, 3), ("blind-low-vision", "mobility-wheelchair", "deaf-hard-of-hearing"),
        ("large print and a quiet seat",),
    ),
    "conduct": _Sort(3, (180, 720), (2, 3), ("angry-patron", "complaint-in-person"), ("asked to lower voices",), 0.9),
    "other": _Sort(2, (30, 180), (1,), (), ("donation bags, sent to the back door",)),
}  # fmt: skip
CHANNEL_WEIGHTS: Final = (70, 18, 4, 4, 2, 1, 1, 1, 1)
"""In the order of `CHANNELS`."""
PLACES_INSIDE: Final = ("Computers", "Computers", "Reading room", "")
STOPS: Final = {
    "printing-mobile-print": ("mobile", "mobile", "release"),
    "wifi-hotspot-help": ("portal",),
    "fines-fees-dispute": ("explain", "bigger"),
    "angry-patron": ("heard", "limit"),
}
"""Playbooks to the steps at which they are now and then ended early."""
OFFERS: Final = ("payment plan", "talk to the manager", "a room tomorrow", "an interlibrary loan", "the quiet floor")
REFERRALS: Final = ("the housing office", "the local history room", "the tax help line")
HANDOVER: Final = (
    "Printer 2 jams with card stock: paper tray 1 only until the technician has been.",
    "The meeting room is booked until closing; the key is in the drawer.",
    "Two laptops are out past their time; both borrowers are on the second floor.",
)


def fill(places: Places, now: datetime) -> None:
    """Write the settings and the week into a home that is empty.

    Args:
        places: where to; the home must hold no log.
        now: the moment the week leads up to, aware: nothing is logged after it.

    Raises:
        NotSaved: the disk refused.
        DeskMateError: the settings could not be written.
    """
    tomlfile.write_new(places.settings, SETTINGS)
    clock = FixedClock(now)
    week = _Week(now)
    with Log(places.log, places.state, clock, durable=False) as log:
        clock.set(week.begun)
        for notice in week.notices():
            log.staff_notices.add(notice, say="The new notice")
        for at, event in week.events():
            clock.set(at)
            if isinstance(event, Shift):
                log.save_shift(event)
                continue
            if isinstance(event, Feedback):
                log.save_feedback(event.to_document())
                continue
            log.add(_with_contact(event, log), say=f"Saved: {event.channel} · {event.kind}")
        log.flush()


class _Week:
    """What happened, as values; the same for the same moment."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._chance = random.Random(now.toordinal())  # noqa: S311 - a sample, not a secret
        self._beside = random.Random(now.toordinal() + 1)  # noqa: S311 - chance for what stands beside the figures
        self._days = list(reversed([day for day in _back(now.date()) if DEFAULT.opening(day)][:DAYS]))
        self._shifts = self._make_shifts()
        # Each list is dealt once before chance takes over, so that every value is in the week.
        self._channels = list(reversed(CHANNELS))
        self._kinds = list(reversed(KINDS))

    def events(self) -> Sequence[tuple[datetime, Interaction | Shift | Feedback]]:
        """Everything in the order it was written down."""
        found: list[tuple[datetime, Interaction | Shift | Feedback]] = [*self._shift_events(), *self._promises()]
        for day in self._days:
            found += ((record.added_at, record) for record in self._contacts(day))
        found += said(self.begun, self._now, self._id)
        return sorted((pair for pair in found if pair[0] <= self._now), key=lambda pair: pair[0])

    # -- shifts ---------------------------------------------------------------------------------------------------

    def _make_shifts(self) -> list[Shift]:
        """Two shifts a day; the one that runs has no end, and one of the future is none."""
        found = []
        for day in self._days:
            span = DEFAULT.week[day.weekday()]
            assert span is not None, "only open days are in the week"
            for begin, end in ((span[0], CHANGE), (CHANGE, span[1])):
                started, ended = self._at(day, begin), self._at(day, end)
                if started < self._now:
                    shift = Shift(
                        id=self._id(started), desk="Front desk", branch="Main", started_at=started, staff="XX",
                        in_charge="the senior clerk", extension="214",
                    )  # fmt: skip
                    found.append(shift if ended > self._now else shift.with_(ended_at=ended))
        return found

    def _shift_events(self) -> Iterator[tuple[datetime, Shift]]:
        """Each shift begins, ends with a hand-over, and has it accepted by the next but for the newest."""
        for number, shift in enumerate(self._shifts):
            yield shift.started_at, shift.with_(ended_at=None)
            if shift.ended_at:
                left = shift.with_(handover=f"What to expect\n  - {HANDOVER[number % len(HANDOVER)]}\n")
                yield shift.ended_at, left
        ended = [shift for shift in self._shifts if shift.ended_at]
        for number, (shift, following) in enumerate(pairwise(ended)):
            at = following.started_at + timedelta(minutes=4)
            left = shift.with_(handover=f"What to expect\n  - {HANDOVER[number % len(HANDOVER)]}\n")
            yield at, left.with_(accepted_by="YY", accepted_at=at, read_back=HANDOVER[number % len(HANDOVER)])

    def _shift_at(self, at: datetime) -> str:
        for shift in self._shifts:
            if shift.started_at <= at and (shift.ended_at is None or at < shift.ended_at):
                return shift.id
        return ""

    # -- contacts -------------------------------------------------------------------------------------------------

    def _contacts(self, day: date) -> Iterator[Interaction]:
        """The contacts of a day, hour by hour while the library is open."""
        for hour, usual in PER_HOUR.items():
            if not DEFAULT.is_open(day, time(hour, 59)):
                continue
            for minute in sorted(self._chance.sample(range(60), usual + self._chance.randint(-2, 2))):
                at = self._at(day, time(hour, minute))
                if at + FINISHED <= self._now:
                    yield self._contact(at)

    def _contact(self, at: datetime) -> Interaction:
        chance = self._chance
        kind = self._kinds.pop() if self._kinds else chance.choices(KINDS, [SORTS[each].often for each in KINDS])[0]
        channel = self._channels.pop() if self._channels else chance.choices(CHANNELS, CHANNEL_WEIGHTS)[0]
        sort = SORTS[kind]
        seconds = chance.randint(*sort.seconds)
        ended = at + timedelta(seconds=seconds)
        base: dict[str, Any] = {"seconds": seconds, "ended_at": ended, "added_at": ended}
        if sort.playbooks and chance.random() < 0.6:
            base["playbook"] = chance.choice(sort.playbooks)
        if sort.notes and chance.random() < 0.12:
            base["note"] = chance.choice(sort.notes)
        if kind == "reference" or chance.random() < 0.5:
            base["read"] = chance.choice(sort.reads)
        if channel == "phone" and chance.random() < 0.3:
            base["hold_seconds"] = chance.randint(15, 130)
        base |= self._outcome(kind, sort)
        base |= self._how_it_was_kept(kind, at)
        base |= self._where(kind, base)
        return self._record(at, channel=channel, kind=kind, **base)

    def _outcome(self, kind: str, sort: _Sort) -> dict[str, Any]:
        """How it went: strain, then refusals with what was offered, referrals, and what was taught."""
        chance = self._chance
        strain = "calm"
        if chance.random() < sort.tense:
            strain = "red" if chance.random() < 0.2 else "tense"
        found: dict[str, Any] = {"strain": strain}
        if strain == "red":
            found |= {"outcome": "escalated", "incident": kind == "conduct"}
        elif kind in ("policy", "account") and chance.random() < 0.15:
            found |= {"outcome": "declined", "offered": (chance.choice(OFFERS),)}
        elif kind == "account" and chance.random() < 0.08:
            found["authority"] = "charge taken off, within the limit"
        elif kind in ("reference", "policy", "other") and chance.random() < 0.2:
            found |= {"outcome": "referred", "referred_to": chance.choice(REFERRALS)}
        elif kind == "conduct" and chance.random() < 0.2:
            found["outcome"] = "left"
        elif kind == "device" and chance.random() < 0.06:
            found["outcome"] = "unresolved"
        found["taught"] = kind == "device" and chance.random() < 0.4
        found["source_used"] = kind in ("reference", "readers-advisory")
        return found

    def _where(self, kind: str, base: dict[str, Any]) -> dict[str, Any]:
        """Where in the building it was, what was pointed out, and the step at which a guide was ended early."""
        chance = self._beside
        found: dict[str, Any] = {"place": chance.choice(PLACES_INSIDE) if kind in ("device", "conduct") else ""}
        if kind == "directional" and base.get("entry", "live") == "live":
            found["tags"] = (
                chance.choices(("fact:toilets", "fact:photocopier", "directory:desk-children"), (4, 2, 1))[0],
            )
        stops = STOPS.get(base.get("playbook", ""), ())
        if stops and chance.random() < 0.4:
            found["stopped"] = f"{base['playbook']}/{chance.choice(stops)}"
        return found

    def _how_it_was_kept(self, kind: str, at: datetime) -> dict[str, Any]:
        """Most contacts are live; directions are often a tally, a few come late, one in a hundred is an estimate."""
        draw = self._chance.random()
        if kind == "directional" and draw < 0.15:
            return {"entry": "tally", "count": self._chance.randint(2, 4), "seconds": None, "ended_at": None}
        if draw > 0.97:
            late = at + timedelta(minutes=self._chance.randint(20, 90))
            return {"entry": "late", "added_at": late, "ended_at": None, "seconds": None}
        if draw > 0.96:
            return {"entry": "estimate", "count": 3, "seconds": None, "ended_at": None}
        return {}

    # -- notices --------------------------------------------------------------------------------------------------

    @property
    def begun(self) -> datetime:
        """When the week begins."""
        return self._at(self._days[0], time(9))

    def notices(self) -> tuple[StaffNotice, ...]:
        """One thing that is broken and one that is new, both beyond the present moment."""
        at, tomorrow = self.begun, self._other_day(1)
        broken = "Printer 2 jams with card stock; send people to printer 1"
        return (
            StaffNotice(id=self._id(at), text=broken, kind="broken", since=at, until=self._at(tomorrow, time(12)),
                        where="by the stairs", guides=("printing-mobile-print",)),
            StaffNotice(id=self._id(at), text="The book sale is in the lobby all week", kind="news", since=at,
                        until=self._at(tomorrow, time(17)) + timedelta(days=3)),
        )  # fmt: skip

    # -- promises -------------------------------------------------------------------------------------------------

    def _promises(self) -> Iterator[tuple[datetime, Interaction]]:
        """Nine of every state: overdue, nearly due, today, tomorrow, later, waiting, kept in time, kept late."""
        now = self._now.replace(second=0, microsecond=0)
        before, tomorrow = self._other_day(-1), self._other_day(1)
        hour, day = timedelta(hours=1), timedelta(days=1)
        made = self._at(before, time(15, 10))
        today = min(now + 2 * hour, self._at(now.date(), time(23, 59)))
        plain: tuple[tuple[str, datetime, datetime, dict[str, Any]], ...] = (
            ("call back about the printer refund", made, made + 2 * hour, {"who": "XX", "contact": "555-0142"}),
            ("say whether the lost scarf was found", made, now - timedelta(minutes=25), {}),
            ("call back: the hold has come", now - hour, now + timedelta(minutes=10), {"contact": "555-0117"}),
            ("copy of the 1962 town map, at the desk", now - hour, today, {"who": "YY"}),
            ("answer about the meeting room", now - hour, self._at(tomorrow, time(10)), {"contact": "555-0163"}),
            ("list of large-print mysteries", made, self._at(tomorrow, time(16)) + 4 * day, {}),
            ("interlibrary loan: is the book coming?", made, self._at(tomorrow, time(12)),
             {"waiting_for": "the lending library", "waiting_since": made + hour}),
            ("send the tax form's link", made, made + 3 * hour,
             {"state": "done", "closed_at": made + hour, "kept": True}),
            ("look for the missing DVD", made - day, made - hour, {"state": "done", "closed_at": made, "kept": False}),
        )  # fmt: skip
        for what, at, due, more in plain:
            promise = Promise(what=what, made_at=at, due=due, **more)
            written = max(at, promise.closed_at or at, promise.waiting_since or at)
            kind = "device" if "printer" in what else "known-item"
            yield written, self._record(at, kind=kind, outcome="promised", added_at=at, promise=promise)

    # -- parts ----------------------------------------------------------------------------------------------------

    def _record(self, at: datetime, **fields: Any) -> Interaction:
        return Interaction(
            id=self._id(at), asked_at=at, branch="Main", desk="Front desk", shift=self._shift_at(at), **fields
        )

    def _other_day(self, step: int) -> date:
        """The open day next to the present one, back or ahead."""
        day = self._now.date() + timedelta(days=step)
        while DEFAULT.opening(day) is None:
            day += timedelta(days=step)
        return day

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self._now.tzinfo)

    def _id(self, at: datetime) -> str:
        """A UUID of version 7 for a moment, by this week's own chance (RFC 9562)."""
        milliseconds = int(at.timestamp() * 1000) & (1 << 48) - 1
        high, low = self._chance.getrandbits(12), self._chance.getrandbits(62)
        return str(uuid.UUID(int=milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low))


def _with_contact(record: Interaction, log: Log) -> Interaction:
    """The record with its promise's contact, if there is one, kept apart as a real one would be."""
    promise = record.promise
    if promise is None or not promise.contact:
        return record
    return record.with_(promise=promise.with_(contact=log.contacts.add(promise.contact)))


def _back(today: date) -> Iterator[date]:
    """A day and those before it, two weeks of them."""
    return (today - timedelta(days=back) for back in range(14))
