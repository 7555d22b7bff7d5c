"""Live people whose program is killed: each key survives, parked people too, and nobody else's program takes them."""

import json
import os
import random
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from torture_common import Dose, check, scratch
from torture_kills import killed

from deskmate.desk.live_person import NOTE, PROMISE, Live
from deskmate.desk.service import Desk
from deskmate.faults import BadUsage
from deskmate.places import Places, find_places
from deskmate.playbooks.library import Library, load
from deskmate.playbooks.walk import Event, replay
from deskmate.records.line import unseal

GUIDES: Final = ("angry-patron", "printing-mobile-print", "phone-call", "fines-fees-dispute")
Known = dict[str, list[Any]]
"""What was acknowledged of each person: lines in the journal, the walk as text, the note."""


class WorldClock:
    """Real time, in a zone that reads the same when it comes back from a journal."""

    def now(self) -> datetime:
        """The present moment."""
        return datetime.now(UTC)


def open_desk(places: Places, library: Library) -> Desk:
    """A desk as the screens open it; the playbooks are read once for all of them."""
    desk = Desk(places, WorldClock(), environment={}, durable=False)
    desk.library = library
    return desk


def one_key(desk: Desk, chance: random.Random, guides: list[str]) -> None:
    """Something the person at the desk might do."""
    board = desk.live
    if board.current is None or chance.random() < 0.08:
        board.begin(chance.choice(guides))
    elif chance.random() < 0.08:
        board.phone_rings()
    elif board.others and chance.random() < 0.15:
        board.bring(chance.choice(board.others).id)
    elif chance.random() < 0.2:
        board.note(f"note {chance.randrange(1000)}")
    else:
        board.act(*chance.choice((("choose", "1"), ("choose", "2"), ("tick", "1"), ("back", ""), ("hold", ""))))


def known(live: Live, path: Path) -> list[Any]:
    """What a person's journal holds and what it stands for."""
    return [path.read_bytes().count(b"\n"), repr(live.walk), live.note]


def help_people(places: Places, library: Library, seed: int, pipe: int) -> None:
    """The child: keys until it is killed, each acknowledged with what it left; nobody is let go."""
    chance = random.Random(seed)
    desk = open_desk(places, library)
    desk.journals.start_syncing()
    desk.live.restore()
    desk.live.front_again()
    guides = [guide for guide in GUIDES if guide in library.playbooks]
    while True:
        try:
            one_key(desk, chance, guides)
        except BadUsage:
            continue  # this step has no such answer
        people = [*desk.live.others, *([desk.live.current] if desk.live.current else [])]
        files = {path.stem: path for path in places.live.glob("*/*.jsonl")}
        said = {live.id: known(live, files[live.id]) for live in people}
        os.write(pipe, json.dumps([said]).encode() + b"\n")


def journaled(places: Places) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """Every journal's events, read the simplest way."""
    for path in places.live.glob("*/*.jsonl"):
        bodies = map(unseal, path.read_bytes().split(b"\n"))
        yield path.stem, [body["event"] for body in bodies if body is not None]


def stands_for(events: list[Mapping[str, Any]], desk: Desk) -> tuple[str, str]:
    """The walk that some events make, as text, and the note."""
    steps = [Event.from_json(event) for event in events if event["kind"] not in (NOTE, PROMISE)]
    notes = [str(event["value"]) for event in events if event["kind"] == NOTE]
    return repr(replay(steps, desk.library.playbooks, desk.live.values)), notes[-1] if notes else ""


def walks(dose: Dose) -> str:
    """Everybody is there after the kill, as the last acknowledged key left them."""
    chance = random.Random(5)
    keys = people = 0
    with scratch() as name:
        shared = find_places({"DESKMATE_STATE": f"{name}/shared"}, home=f"{name}/none")
        library = load(shared)
        places = shared
        for turn in range(dose.walks):
            if turn % 5 == 0:  # every fifth time a fresh home; else the people of the last kill are helped on
                places = find_places({"DESKMATE_STATE": f"{name}/{turn}/state"}, home=f"{name}/{turn}/home")
            said = killed(
                partial(help_people, places, library, turn), chance, meanwhile=partial(_steal, places, library)
            )
            if not said:
                continue
            keys += len(said)
            people += _judge(said[-1][0], places, library, turn)
    return f"{dose.walks} kills, {keys} keys, {people} people found again as their last key left them"


def _steal(places: Places, library: Library) -> None:
    """A second program on the same home, while the first one runs."""
    second = open_desk(places, library)
    check(second.live.restore() == [], "a second program took the people of one that runs")
    second.close()


def _judge(last: Known, places: Places, library: Library, turn: int) -> int:
    heir = open_desk(places, library)
    journals = dict(journaled(places))
    for live_id, (lines, walk, note) in last.items():
        events = journals.get(live_id, [])
        check(len(events) >= lines, f"kill {turn}: {len(events)} keys of {lines}")
        check(stands_for(events[:lines], heir) == (walk, note), f"kill {turn}: the keys stand for something else")
    found = {live.id: (repr(live.walk), live.note) for live in heir.live.restore()}
    expected = {live_id: stands_for(events, heir) for live_id, events in journals.items() if events}
    check(found == expected, f"kill {turn}: {len(found)} people came back of {len(expected)}")
    heir.close()
    return len(found)
