"""Homes to measure on: a log of any size, written straight in the store's own lines, and any number of playbooks."""

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from deskmate.clock import SystemClock
from deskmate.desk.service import Desk
from deskmate.model.interaction import CHANNELS, KINDS, OUTCOMES, STRAINS, Interaction
from deskmate.model.promise import Promise
from deskmate.model.shift import Shift
from deskmate.places import Places, find_places
from deskmate.records.disk import Disk
from deskmate.records.layout import shifts_table, write_format
from deskmate.records.line import seal
from deskmate.records.log import Log

DESK: Final = "Front desk"
SETTINGS: Final = f"""
[library]
name = "Example Library"
desk = "{DESK}"

[emergency]
number = "911"
address = "12 Main Street"

[screens]
bell = false
"""
A_DAY: Final = 274
"""Records a day: 100,000 in a year."""
OPEN_PROMISE_EVERY: Final = 1_000
KEPT_PROMISE_EVERY: Final = 20
"""A promise that was kept is two lines: the record, and the record with its promise done."""
WRITER: Final = "bench-1"
DAYS_AT_ONCE: Final = 2_000
"""Days the store catches up on in one call while a home is warmed."""


@dataclass(frozen=True, slots=True)
class Home:
    """A library's home and its machine's state, ready to be opened."""

    places: Places
    records: int
    days: int

    @property
    def environment(self) -> dict[str, str]:
        """The process's variables for a program that opens it.

        Python may keep its compiled modules, as it does on a user's machine: a build server often forbids it, and each
        start would then compile DeskMate again but not the installed Textual beside it.
        """
        forbidden = ("DESKMATE_", "PYTHONDONTWRITEBYTECODE")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(forbidden)}
        return {**kept, "DESKMATE_HOME": str(self.places.home), "DESKMATE_STATE": str(self.places.state)}


class Stock:
    """The homes of one run, each made when it is first asked for and used by every part that needs it.

    Args:
        folder: an empty folder that is removed after the run.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._homes: dict[str, Home] = {}

    def home(self, records: int) -> Home:
        """A home with the shipped playbooks and so many records."""
        name = f"records-{records}"
        if name not in self._homes:
            self._homes[name] = make_home(self.folder / name, records)
        return self._homes[name]

    def with_playbooks(self, number: int) -> Home:
        """A home without records and with so many playbooks."""
        name = f"playbooks-{number}"
        if name not in self._homes:
            home = make_home(self.folder / name, 0, warm=False)
            add_playbooks(home.places, number)
            warm_up(home)
            self._homes[name] = home
        return self._homes[name]


def make_home(folder: Path, records: int, *, warm: bool = True) -> Home:
    """Make a home whose log holds some records up to this moment.

    Args:
        folder: an empty or missing folder.
        records: how many records, 274 a day.
        warm: also let the store make what it keeps beside the truth (open promises, roll-ups), and the playbooks'
            cache, as they are after the first day of use.
    """
    places = find_places({"DESKMATE_STATE": str(folder / "state")}, home=str(folder / "home"))
    places.home.mkdir(parents=True)
    places.settings.write_text(SETTINGS, encoding="utf-8")
    days = -(-records // A_DAY)
    if records:
        _write_log(places.log, records, days)
    home = Home(places, records, days)
    if warm:
        warm_up(home)
    return home


def warm_up(home: Home) -> None:
    """Make the caches of a home."""
    clock = SystemClock()
    desk = Desk(home.places, clock, environment={})
    _ = desk.answers
    desk.close()
    if not home.records:
        return
    today = clock.now().date()
    with Log(home.places.log, home.places.state, clock) as log:
        while log.catch_up(DAYS_AT_ONCE):
            pass
    desk = Desk(home.places, clock, environment={})
    desk.reporting.range_summary(today - timedelta(days=home.days - 1), today)
    desk.close()


def add_playbooks(places: Places, until: int) -> None:
    """Put quick cards of the library's own into a home, until it has so many playbooks with the shipped ones.

    Every other word of their titles, synonyms and examples is one of the shipped playbooks', the rest are compounds
    that no other playbook is likely to hold: the words of a collection grow about as fast as the square root of its
    texts (Heaps), so a thousand playbooks made of the words of a few would be denser than any real ones.
    """
    from deskmate.playbooks.library import load

    chance = random.Random(7)
    heads = load(places).heads
    phrases_known = (phrase for head in heads for phrase in (head.title, *head.also))
    words = sorted({word for phrase in phrases_known for word in phrase.split() if word.isalpha()})
    folder = places.playbooks / "everyday"
    folder.mkdir(parents=True)
    for number in range(until - len(heads)):
        phrases = [_phrase(chance, words) for _ in range(26)]
        (folder / f"bench-{number}.yaml").write_text(_card(number, phrases), encoding="utf-8")


def _phrase(chance: random.Random, words: list[str]) -> str:
    known = chance.choices(words, k=chance.randint(1, 2))
    return " ".join([*known, *("".join(chance.choices(words, k=2)) for _ in known)])


def _card(number: int, phrases: list[str]) -> str:
    also = "\n".join(f'  - "{phrase}"' for phrase in phrases[:20])
    examples = "\n".join(f'  - "{phrase}"' for phrase in phrases[20:25])
    return f"""title: "Card {number} {phrases[25]}"
category: everyday
form: quick
urgency: routine
mode: do-confirm
also:
{also}
examples:
{examples}
why: "A card to measure with."
sources: [BENCH]
owner: "Nobody"
reviewed: 2026-11-22
record: {{kind: other, strain: calm}}
start: open
steps:
  open:
    say:
      - "Let's look at that together."
    do:
      - "Look at it together"
    end: answered
"""


def _write_log(root: Path, records: int, days: int) -> None:
    write_format(root, Disk())
    now = SystemClock().now()
    chance = random.Random(11)
    pool = _pool(now)
    left = records
    months: dict[str, list[bytes]] = {}
    for back in range(days - 1, -1, -1):
        day = now.date() - timedelta(days=back)
        count = min(A_DAY, left) if back else left
        left -= count
        folder = root / day.isoformat()
        folder.mkdir(mode=0o700)
        shift, moments = _day(now, back, count)
        lines = b"".join(_lines(chance, pool, moments, shift.id, now))
        (folder / f"{WRITER}.jsonl").write_bytes(lines)
        revision = _revision(shift.started_at, 0)
        months.setdefault(shifts_table(day), []).append(seal({"rev": revision, "put": {shift.id: shift.to_document()}}))
    for table, found in months.items():
        (root / table).mkdir(mode=0o700)
        (root / table / f"{WRITER}.jsonl").write_bytes(b"".join(found))


def _day(now: datetime, back: int, count: int) -> tuple[Shift, list[datetime]]:
    """The shift of a day, and when each of its records was asked: nine to nine, or today from midnight to now."""
    day = now.date() - timedelta(days=back)
    start = datetime.combine(day, time(9 if back else 0), now.tzinfo)
    end = datetime.combine(day, time(21), now.tzinfo) if back else now
    step = (end - start) / (count + 1)
    moments = [start + step * (place + 1) for place in range(count)]
    shift_id = _record_id(start, day.toordinal())
    return Shift(id=shift_id, desk=DESK, started_at=start, ended_at=end if back else None), moments


def _lines(
    chance: random.Random, pool: list[dict[str, Any]], moments: list[datetime], shift: str, now: datetime
) -> Iterator[bytes]:
    """The lines of one day's file."""
    for place, moment in enumerate(moments):
        record_id = _record_id(moment, chance.getrandbits(62))
        said = moment.isoformat(timespec="seconds")
        document = {**pool[chance.randrange(len(pool))], "id": record_id, "asked_at": said, "added_at": said}
        document["shift"] = shift
        promised = chance.randrange(OPEN_PROMISE_EVERY)
        if promised == 0:
            due = now + timedelta(days=1 + chance.randrange(30))
            promise = Promise(what="call back about the refund", due=due, made_at=moment)
            document["promise"] = promise.to_document()
        yield seal({"rev": _revision(moment, place), "put": {record_id: document}})
        if 0 < promised <= OPEN_PROMISE_EVERY // KEPT_PROMISE_EVERY:
            later = moment + timedelta(hours=1)
            promise = Promise(
                what="find the title", due=later, made_at=moment, closed_at=later, state="done", kept=True
            )
            document["promise"] = promise.to_document()
            yield seal({"rev": _revision(later, place), "put": {record_id: document}})


def _pool(now: datetime) -> list[dict[str, Any]]:
    """Documents of all sorts without id and time, as the program stores them."""
    chance = random.Random(5)
    found = []
    for number in range(400):
        tally = number % 4 == 0
        record = Interaction(
            id="-",
            asked_at=now,
            added_at=now,
            seconds=None if tally else chance.randint(20, 900),
            branch="Main",
            desk=DESK,
            channel=chance.choice(CHANNELS[:4]),
            kind=chance.choice(KINDS),
            read=None if tally else chance.randint(1, 5),
            strain=chance.choices(STRAINS, (90, 8, 2))[0],
            outcome=chance.choices(OUTCOMES, (70, 8, 8, 6, 3, 3, 2))[0],
            playbook="" if tally else "printing-mobile-print",
            path=()
            if tally
            else (("printing-mobile-print/open", "It does not print"), ("printing-mobile-print/a", "Sent")),
            ticks=() if tally else ("printing-mobile-print/open/0", "printing-mobile-print/open/1"),
            count=chance.randint(1, 4) if tally else 1,
            entry="tally" if tally else "live",
            note="" if number % 5 else "the colour page was stuck; released it again",
        )
        document = record.to_document()
        for name in ("id", "asked_at", "added_at"):
            del document[name]
        found.append(document)
    return found


def _record_id(moment: datetime, chance: int) -> str:
    value = (int(moment.timestamp() * 1000) << 80) | (0x7 << 76) | (0b10 << 62) | chance
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _revision(moment: datetime, counter: int) -> str:
    return f"{(int(moment.timestamp() * 1000) << 16) + counter:016x}.{WRITER}"
