"""Two months at three desks of two branches that nobody lived, written through the real log; always the same."""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from deskmate.desk.service import Desk
from deskmate.model.feedback import Feedback
from deskmate.model.interaction import CHANNELS, KINDS, OUTCOMES, STRAINS, Interaction
from deskmate.model.promise import Promise
from deskmate.model.shift import Shift

ZONE: Final = ZoneInfo("America/Detroit")
FIRST: Final = date(2026, 10, 1)
LAST: Final = date(2026, 11, 30)
NOW: Final = datetime(2026, 12, 1, 8, 30, tzinfo=ZONE)
DESKS: Final = (("Main", "Front desk"), ("Main", "Children's desk"), ("East", "Front desk"))
HOURS: Final = {0: (9, 20), 1: (9, 20), 2: (9, 20), 3: (9, 20), 4: (9, 18), 5: (9, 17)}
"""Weekday to opening and closing, as the settings of the simulated library say."""
SETTINGS: Final = """
[library]
name = "Example Library"
branch = "Main"
desk = "Front desk"

[hours]
mon = ["09:00", "20:00"]
tue = ["09:00", "20:00"]
wed = ["09:00", "20:00"]
thu = ["09:00", "20:00"]
fri = ["09:00", "18:00"]
sat = ["09:00", "17:00"]
sun = "closed"
"""
PLAYBOOKS: Final = ("printing-mobile-print", "angry-patron", "fines-fees-dispute", "")
STOPS: Final = ("printing-mobile-print/mobile", "angry-patron/limit", "fines-fees-dispute/explain")
EDGES: Final = (59, 60, 299, 300, 899, 900, 1799, 1800)
"""Seconds at the edges of what a report tells together."""
TAGS: Final = ("fact:toilets", "fact:photocopier", "own-tag")


class Months:
    """The simulation.

    Args:
        desk: its home is empty.
        busy: contacts in an hour at a desk, about.
    """

    def __init__(self, desk: Desk, busy: int) -> None:
        self._desk = desk
        self._busy = busy
        self._chance = random.Random(61)
        self.shifts: list[Shift] = []

    def live(self) -> None:
        """Write everything."""
        log = self._desk.log
        for day in _days():
            for shift in self._roster(day):
                self.shifts.append(log.save_shift(shift))
                for record in self._contacts(shift):
                    log.add(record)
        for feedback in self._feedback():
            log.save_feedback(feedback.to_document())
        log.flush()

    def _roster(self, day: date) -> Iterator[Shift]:
        """A shift a desk on every open day; and one that lasts through the night in which the clocks go back."""
        hours = HOURS.get(day.weekday())
        for branch, name in DESKS:
            if hours:
                started, ended = (datetime.combine(day, time(hour), ZONE) for hour in hours)
                if (branch, name) != DESKS[0]:  # the other desks open later
                    started += timedelta(minutes=90)
                yield self._shift(branch, name, started, ended)
        if day == date(2026, 10, 31):
            yield self._shift("East", "Front desk", datetime(2026, 10, 31, 21, tzinfo=ZONE),
                              datetime(2026, 11, 1, 6, 30, tzinfo=ZONE))  # fmt: skip

    def _shift(self, branch: str, name: str, started: datetime, ended: datetime) -> Shift:
        return Shift(
            id=self._desk.log.new_id(), desk=name, branch=branch, started_at=started, ended_at=ended, staff="QZ"
        )

    def _contacts(self, shift: Shift) -> Iterator[Interaction]:
        """Hour by hour; in one hour of eight nobody logs anything, in one of forty somebody notes that nobody came."""
        assert shift.ended_at is not None
        moment = shift.started_at.astimezone(ZoneInfo("UTC"))
        while moment < shift.ended_at:
            draw = self._chance.random()
            if draw < 0.025:
                yield self._contact(shift, moment, entry="tally", count=0, seconds=None)
            elif draw > 0.15:
                for _ in range(self._chance.randint(1, self._busy)):
                    record = self._contact(shift, moment + timedelta(minutes=self._chance.randint(0, 29)))
                    yield record if self._chance.random() > 0.02 else _sensitive(record)
            moment += timedelta(hours=1)

    def _contact(self, shift: Shift, moment: datetime, **fixed: Any) -> Interaction:
        chance, at = self._chance, moment.astimezone(ZONE)
        kind = chance.choice(KINDS)
        entry = chance.choices(("live", "late", "tally", "estimate"), (80, 6, 12, 2))[0]
        outcome = chance.choice(OUTCOMES)
        several = entry in ("tally", "estimate")
        facts: dict[str, Any] = {
            "channel": chance.choice(CHANNELS),
            "kind": kind,
            "entry": entry,
            "count": chance.randint(2, 9) if several else 1,
            "seconds": None if several else chance.choice((None, chance.randint(5, 2_400), chance.choice(EDGES))),
            "uncertain": chance.random() < 0.03,
            "hold_seconds": chance.choice((60, 61, chance.randint(5, 110))) if chance.random() < 0.1 else 0,
            "read": chance.choice((None, 1, 2, 3, 4, 5, 6)),
            "taught": chance.random() < 0.2,
            "source_used": chance.random() < 0.3,
            "strain": chance.choices(STRAINS, (90, 8, 2))[0],
            "outcome": outcome,
            "offered": tuple(chance.sample(("payment plan", "a room tomorrow", "the manager"), chance.randint(0, 2))),
            "authority": chance.choice(("", "", "", "charge taken off")),
            "referred_to": chance.choice(("", "", "", "the tax help line", "the county")),
            "incident": chance.random() < 0.01,
            "place": chance.choice(("", "Computers", "Stairs, east")),
            "playbook": chance.choice(PLAYBOOKS),
            "stopped": chance.choice(STOPS) if chance.random() < 0.05 else "",
            "tags": (chance.choice(TAGS),) if chance.random() < 0.5 else (),
        }
        if not several and chance.random() < 0.06:
            facts["promise"] = self._promise(at)
        facts |= fixed
        return Interaction(
            id=self._desk.log.new_id(), asked_at=at, added_at=at, branch=shift.branch, desk=shift.desk,
            shift=shift.id, staff="QZ", **facts,
        )  # fmt: skip

    def _promise(self, at: datetime) -> Promise:
        chance = self._chance
        due = at + timedelta(hours=chance.randint(1, 90))
        state = chance.choice(("open", "done", "done", "done", "dropped"))
        closed = None if state == "open" else min(at + timedelta(hours=chance.randint(1, 90)), NOW)
        return Promise(
            what="call back",
            due=due + timedelta(hours=30),
            made_at=at,
            state=state,
            snoozed_from=(due.isoformat(timespec="seconds"),) if chance.random() < 0.3 else (),
            waiting_for="the county" if state == "open" and chance.random() < 0.3 else "",
            closed_at=closed,
            kept=chance.choice((True, True, False, None)) if state == "done" else None,
        )

    def _feedback(self) -> Iterator[Feedback]:
        chance = self._chance
        for number in range(90):
            day = FIRST + timedelta(days=chance.randrange((LAST - FIRST).days + 1))
            at = datetime.combine(day, time(9 + chance.randrange(8), chance.randrange(60)), ZONE)
            kind = chance.choice(("complaint", "suggestion", "refusal", "kudos", "wish"))
            answered = at + timedelta(hours=chance.choice((2, 20, 90)))
            done = chance.random() < 0.6 and answered < NOW
            text = (
                chance.choice(("fax from home", "Fax from home", "label maker")) if kind == "wish" else f"Word {number}"
            )
            yield Feedback(
                id=self._desk.log.new_id(),
                at=at,
                kind=kind,
                text=text,
                theme="" if kind == "wish" else chance.choice(("", "rules", "fees", "building")),
                offered="a hold" if kind == "refusal" else "",
                restricted=kind == "kudos" or chance.random() < 0.1,
                answer=f"Done {number}" if done else "",
                answered_at=answered if done else None,
            )


def _sensitive(record: Interaction) -> Interaction:
    """A sensitive contact without weight on staff: while it is kept that is counted, and it is in no CSV."""
    return record.with_(sensitive=True, strain="calm", outcome="answered", incident=False, promise=None)


def _days() -> Iterator[date]:
    return (FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1))
