"""A home built through the real service, with a word of its own in every text field of every table."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from deskmate.clock import FixedClock
from deskmate.desk.service import Desk
from deskmate.model.interaction import Interaction
from deskmate.model.shift import Shift

DAY = 24 * 3600


def every_byte(desk: Desk) -> Iterator[tuple[Path, bytes]]:
    """Every file of the home and of this machine's state."""
    for root in (desk.places.home, desk.places.state):
        yield from ((path, path.read_bytes()) for path in sorted(root.rglob("*")) if path.is_file())


def files_with(desk: Desk, needle: str) -> list[Path]:
    """The files that hold a word."""
    return [path for path, data in every_byte(desk) if needle.encode() in data]


def record(desk: Desk, tag: str, *, sensitive: bool = False, owed: bool = False) -> Interaction:
    """A contact with a promise, changed once: two versions, each with words of its own."""
    promise, _ = desk.promises.draft(f"needle{tag}what1", "in 20", contact=f"needle{tag}contact 555-0142")
    given = {
        "kind": "account",
        "channel": "phone",
        "outcome": "declined",
        "note": f"needle{tag}note1",
        "offered": (f"needle{tag}offered1",),
        "authority": f"needle{tag}authority1",
        "referred_to": f"needle{tag}referred1",
    }
    made = desk.entries.log(given)
    made = desk.log.change(made.with_(sensitive=sensitive, strain="tense", extra={"later": f"needle{tag}later1"}))
    made = desk.promises.attach(made, promise)
    made = desk.entries.change(made, {"note": f"needle{tag}note2", "authority": f"needle{tag}authority2"})
    made = desk.promises.wait_for(made, f"needle{tag}waiting")
    if not owed:
        made = desk.promises.done(made)
    return made


def shift(desk: Desk, tag: str) -> Shift:
    """A shift with a hand-over that was accepted."""
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(60)
    desk.shifts.start("mk", "the lead")
    desk.shifts.leave_handover(f"needle{tag}handover")
    ended = desk.shifts.end()  # accepted while it runs, it would go on as somebody else's
    waiting = desk.shifts.waiting()
    assert waiting is not None
    desk.shifts.accept(waiting, "jo", f"needle{tag}readback")
    return ended


def feedback(desk: Desk, tag: str) -> str:
    """A complaint with its answer, written in two steps."""
    first = desk.log.save_feedback({"kind": "complaint", "text": f"needle{tag}complaint"})
    document = next(each for each in desk.log.feedback(desk.now().date(), desk.now().date()) if each["id"] == first)
    return desk.log.save_feedback({**document, "answer": f"needle{tag}answer"})


def traces(desk: Desk, tag: str) -> None:
    """What is made from the log: a roll-up, the snapshot of promises, a printed page, a journal nobody goes on with."""
    today = desk.now().date()
    desk.reporting.range_summary(today, today)
    while desk.log.catch_up():
        continue
    desk.log.close()
    pages = desk.places.home / "reports"
    pages.mkdir(exist_ok=True)
    (pages / f"shift-{tag}.html").write_text(f"<p>needle{tag}authority2</p>", encoding="utf-8")
    journal = desk.journals.open(f"lost-{tag}")
    journal.append({"kind": "nonsense", "value": f"needle{tag}journal"})
    desk.journals.close()


def everything(desk: Desk, tag: str, *, sensitive: bool = False, owed: bool = False) -> Interaction:
    """All of the above."""
    made = record(desk, tag, sensitive=sensitive, owed=owed)
    shift(desk, tag)
    feedback(desk, tag)
    desk.learning.remember(f"needle{tag} phrase", "playbook:angry-patron")
    desk.learning.wish(f"needle{tag} wish")
    traces(desk, tag)
    return made


def again(desk: Desk, **periods: Any) -> Desk:
    """The desk as the next start opens it, with other periods where they are given."""
    desk.close()
    opened = Desk(desk.places, desk.clock, environment={})
    opened.settings = replace(opened.settings, privacy=replace(opened.settings.privacy, **periods))
    return opened


def moved(desk: Desk, days: float) -> Desk:
    """The same desk, opened again so many days later."""
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(days * DAY)
    return again(desk)
