"""Each screen as a picture. A picture was looked at before it was accepted; `--snapshot-update` takes new ones."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import pytest
from textual.pilot import Pilot

from deskmate.clock import FixedClock
from deskmate.desk.service import Desk
from deskmate.model.interaction import Interaction
from deskmate.places import Places
from deskmate.screens.app import DeskMateApp

Compare = Callable[..., bool]
SIZES: Final = {"60x20": (60, 20), "80x24": (80, 24), "120x40": (120, 40)}
ANGRY: Final = ("enter",)
"""Enter on the empty Desk: the first guide at hand, the angry patron's."""
PRACTISE: Final = ("ctrl+p", *"rehearse a guide", "enter")


def _nothing(desk: Desk, clock: FixedClock) -> None:
    """A desk that has just opened for the first time."""


@dataclass(frozen=True, slots=True)
class Scene:
    """How a picture comes about.

    Attributes:
        script: keys to press together; a number moves the clock by so many seconds and lets the screen look at it.
        before: what happened at this desk before the app starts.
        sizes: the terminals a picture is taken on.
    """

    script: tuple[tuple[str, ...] | int, ...] = ()
    before: Callable[[Desk, FixedClock], None] = _nothing
    sizes: tuple[str, ...] = ("80x24", "120x40")


def a_promise_due(desk: Desk, clock: FixedClock) -> None:
    """One promise is overdue, one is due in a quarter of an hour."""
    _owe(desk, clock, "call back about the printer refund", minutes=-15)
    _owe(desk, clock, "email the room booking form", minutes=15)


def promises_of_four_groups(desk: Desk, clock: FixedClock) -> None:
    """Something in each part of the list: with a contact, handed over, whose, and waiting."""
    a_promise_due(desk, clock)
    _owe(desk, clock, "call back: is the large-print edition in yet", minutes=100, who="MK", contact="Jo 555-0142")
    handed = _owe(desk, clock, "find out who may use the quiet room after closing", minutes=24 * 60)
    desk.promises.hand_over(handed, "AB")
    _owe(desk, clock, "tell them the date of the next book sale", minutes=6 * 24 * 60)
    waiting = _owe(desk, clock, "replacement for a torn interlibrary loan", minutes=48 * 60)
    desk.promises.wait_for(waiting, "the other branch")


def a_handover_with_promises(desk: Desk, clock: FixedClock) -> None:
    """The last shift left its hand-over; three promises are to be taken over, one of them every week."""
    now = clock.now()
    clock.set(now - timedelta(hours=5))
    desk.shifts.start("MK")
    clock.set(now)
    _owe(desk, clock, "call back about the printer refund", minutes=30, who="MK")
    _owe(desk, clock, "email the room booking form", minutes=20 * 60)
    desk.promises.make(desk.promises.draft("send the reading list", "every fri 10:00")[0])
    desk.shifts.leave_handover("All quiet.")
    desk.shifts.end()


def notices_of_three_kinds(desk: Desk, clock: FixedClock) -> None:
    """Two things are broken, one of them named by a guide; something new, a rule for a while, and a hand-over."""
    desk.board.post("Printer 2 is out", "4pm", where="by the stairs", guides=["printing-mobile-print"])
    desk.board.post("The lift is stuck", "tomorrow noon", kind="broken")
    desk.board.post("Author visit at 6 in the meeting room, 80 seats", "8pm")
    desk.board.post("Wet coats may hang in the lobby", "fri 5pm", kind="rule")
    now = clock.now()
    clock.set(now - timedelta(hours=5))
    desk.shifts.start("MK")
    desk.shifts.leave_handover("All quiet.")
    clock.set(now)


def notices_and_a_pledge(desk: Desk, clock: FixedClock) -> None:
    """The same with the library's own pledge."""
    desk.places.pledge.write_text(PLEDGE, encoding="utf-8")
    notices_of_three_kinds(desk, clock)


def a_morning(desk: Desk, clock: FixedClock) -> None:
    """A shift since 9:00 with every sort of entry in its log."""
    now = clock.now()
    clock.set(now.replace(hour=9, minute=0))
    desk.shifts.start("MK", "Dana", "214")
    for hour, minute, given in (
        (9, 5, {"kind": "directional", "count": 4}),
        (9, 20, {"kind": "account", "seconds": 240}),
        (10, 2, {"kind": "device", "channel": "phone", "seconds": 420, "read": "3"}),
        (10, 40, {"kind": "reference", "seconds": 900, "read": "4", "outcome": "referred"}),
        (11, 15, {"kind": "conduct", "seconds": 600, "strain": "red", "playbook": "angry-patron"}),
        (11, 50, {"kind": "account", "strain": "tense", "playbook": "fines-fees-dispute", "outcome": "declined"}),
        (13, 30, {"kind": "policy", "channel": "email"}),
    ):
        clock.set(now.replace(hour=hour, minute=minute))
        desk.entries.log(given)
    clock.set(now)
    desk.entries.log({"kind": "known-item", "channel": "phone"}, at=now - timedelta(minutes=45))
    a_promise_due(desk, clock)


def three_weeks(desk: Desk, clock: FixedClock) -> None:
    """The morning, and three weeks of every sort before it: holds, promises, places, a complaint."""
    now = clock.now()
    for number in range(80):
        at = now - timedelta(days=number % 21 + 1, minutes=number * 7 % 300)
        facts = {
            "kind": ("account", "device", "conduct", "directional")[number % 4],
            "channel": "phone" if number % 3 == 0 else "in-person",
            "hold_seconds": (0, 0, 0, 40, 0, 0, 90)[number % 7] if number % 3 == 0 else 0,
            "strain": ("calm", "calm", "tense", "calm", "red")[number % 5],
            "place": ("", "stairs", "children's room")[number % 3],
            "sensitive": number % 19 == 0,
        }
        # the ids are laid down, since a picture shows their ends
        record_id = f"{number:026x}{number:06x}"
        desk.log.add(desk.entries.blank().with_(id=record_id, asked_at=at, added_at=at, seconds=300, **facts))
    desk.log.save_feedback(
        {"id": "c" * 32, "kind": "complaint", "text": "It is cold", "at": (now - timedelta(days=2)).isoformat()}
    )
    a_morning(desk, clock)


def two_reports(desk: Desk, clock: FixedClock) -> None:
    """A final report and a draft, on two days."""
    incidents = desk.incidents
    for days, final in ((3, True), (0, False)):
        begun = incidents.begin().with_(happened_at=clock.now() - timedelta(days=days), kind="theft", place="stairs")
        told = incidents.answer(begun, "seen", "A bag was gone at 10:15.")
        incidents.finish(told) if final else incidents.save(told)


def a_report_due(desk: Desk, clock: FixedClock) -> None:
    """HELP was needed a moment ago."""
    desk.live.happened()


def four_voices(desk: Desk, clock: FixedClock) -> None:
    """A complaint, thanks that are hidden, a refusal and a wish wait; an idea was answered."""
    idea = desk.voice.add("suggestion", "A bench by the bus stop door", theme="building")
    desk.voice.add("complaint", "The study room was booked twice on Monday", theme="rules")
    desk.voice.add("kudos", "Dana found my ring")
    desk.voice.add("refusal", "A third renewal of a new novel", theme="rules", offered="a hold for the next copy")
    desk.learning.wish("wants a kiln")
    clock.advance(60)
    desk.voice.answer(idea, "Two benches came in November")


FACTS: Final = ("*", "enter", "tab", "tab", "tab", *"He was drunk and shouted. Call 313-555-0142")


def _owe(desk: Desk, clock: FixedClock, what: str, *, minutes: int, who: str = "", contact: str = "") -> Interaction:
    """Promise something an hour ago."""
    now = clock.now()
    clock.set(now - timedelta(hours=1))
    promise, _ = desk.promises.draft(what, "in 60", contact=contact, who=who)
    record = desk.promises.make(promise.with_(due=now + timedelta(minutes=minutes)))
    clock.set(now)
    return record


PLEDGE: Final = """pledges:
  - id: ours
    title: "Our promise"
    visitors:
      - "We look up and greet you."
      - "What we do not know, we find out, and we say by when."
    team:
      - "We help each other before being asked."
"""
WIDE: Final = ("120x40",)
SMALL_TOO: Final = ("60x20", "120x40")
SCENES: Final = {
    "desk-empty": Scene(),
    "desk-results": Scene((tuple("guy yelling fine"),), sizes=SMALL_TOO),
    "desk-waiting": Scene(((*"yell", "enter", "1", "escape"), 130), a_promise_due, WIDE),
    "guide-first-step": Scene((ANGRY,)),
    "guide-nudge": Scene(((*ANGRY, "1", "space"), 150), sizes=WIDE),
    "guide-read-do": Scene((("ctrl+g", "2", "space"), 75), sizes=SMALL_TOO),
    "guide-avoid": Scene(((*ANGRY, "v"),)),
    "guide-why": Scene(((*ANGRY, "i"),)),
    "guide-routine": Scene((("down", "enter", "1"),)),
    "help": Scene((("ctrl+g",),), sizes=tuple(SIZES)),
    "promises-none": Scene((("*", "*"),), sizes=("80x24",)),
    "pad": Scene((("greater_than_sign", *"12pa", "at", *"11:30", "enter", *"~6p"),), sizes=("80x24",)),
    "wrap-up": Scene(((*ANGRY, "1"), 240, ("1", "1", "e"))),
    "promises": Scene((("*",),), promises_of_four_groups, WIDE),
    "notices": Scene((("*",),), notices_and_a_pledge),
    "notice-form": Scene((("*", "a", *"printer 2 is out until 4pm"),), notices_of_three_kinds, ("80x24",)),
    "desk-notices": Scene((("down",),), notices_of_three_kinds),
    "guide-reminder": Scene(((*"printer jam", "enter", "1"), 20 * 60), a_promise_due, ("80x24",)),
    "take-over": Scene((("#", "h", *"jo", "enter", "space", "down"),), a_handover_with_promises, ("80x24",)),
    "snooze": Scene((("*", "s"),), promises_of_four_groups, ("80x24",)),
    "guide-notice": Scene((("*", "enter"),), notices_of_three_kinds, ("80x24",)),
    "shift": Scene((("#",),), a_morning, WIDE),
    # At 120x40 the refs of missed promises come into sight, and a ref is another one each time.
    "shift-summary": Scene((("#", "s"),), a_morning, ("80x24",)),
    "reports": Scene((("#", "r"),), three_weeks),
    "voice": Scene((("#", "f", "down"),), four_voices),
    "voice-whole": Scene((("#", "f", "down", "down", "enter"),), four_voices, ("80x24",)),
    "voice-form": Scene((("#", "f", "a", "r", *"a print, call 313-555-0142"),), four_voices, ("80x24",)),
    "card": Scene(((*ANGRY, "c", "right", *"what do you need", "enter", "down", "enter", "right"),)),
    "card-chooser": Scene(((*ANGRY, "c", "right", "down"),)),
    "card-off": Scene(((*ANGRY, "c", "left", "down", "down"),), sizes=("80x24",)),
    "report-when": Scene((("*", "enter"),), a_report_due, ("80x24",)),
    "report-facts": Scene((FACTS,), a_report_due),
    "private": Scene(((*ANGRY, "ctrl+l"),)),
    "scenes": Scene((PRACTISE,)),
    "practice": Scene(((*PRACTISE, "down", "enter"), 25, ("space", "enter"))),
    "practice-astray": Scene(((*PRACTISE, "down", "enter"), 65, ("2",)), sizes=("80x24",)),
    "rehearsed-help": Scene(((*PRACTISE, "down", "enter", "p"),), sizes=("80x24",)),
    "debrief": Scene(
        ((*PRACTISE, "down", "enter"), 8, ("enter", "space", "space", "1"), 70, ("2", "1", "1", "space", "e"))
    ),
}
COLOURS: Final = (("help", "ansi-dark"), ("help", "calm-light"), ("guide-first-step", "calm-light"))


Picture = Callable[[Scene, tuple[int, int]], bool]


@pytest.fixture
def picture(snap_compare: Compare, app: DeskMateApp, clock: FixedClock) -> Picture:
    """Play a scene and compare the last screen with the accepted picture."""

    def same(scene: Scene, size: tuple[int, int]) -> bool:
        async def play(pilot: Pilot[None]) -> None:
            await pilot.pause()  # the first screen is there, and its line has the focus
            for move in scene.script:
                if isinstance(move, tuple):
                    await pilot.press(*move)
                    continue
                clock.advance(move)
                app.look_at_the_clock()
                if app.place is not None:
                    app.place.follow_clock()
            await app.workers.wait_for_complete()
            await pilot.pause()

        scene.before(app.desk, clock)
        return snap_compare(app, terminal_size=size, run_before=play)

    return same


@pytest.mark.parametrize(("name", "size"), [(name, size) for name, scene in SCENES.items() for size in scene.sizes])
def test_screen(picture: Picture, name: str, size: str) -> None:
    assert picture(SCENES[name], SIZES[size])


@pytest.mark.parametrize(("name", "theme"), COLOURS)
def test_colours(picture: Picture, app: DeskMateApp, name: str, theme: str) -> None:
    app.theme = theme
    assert picture(SCENES[name], SIZES["80x24"])


def test_reports_under_a_code(snap_compare: Compare, app: DeskMateApp, clock: FixedClock) -> None:
    """Days and nothing else, and the dialog that asks for the code."""
    two_reports(app.desk, clock)
    pending = app.desk.incidents.prepare("four seasons in one")
    app.desk.incidents.trust(pending, pending.recovery)
    app.desk.incidents.forget()

    async def play(pilot: Pilot[None]) -> None:
        await pilot.pause()
        app.action_go_incidents()
        await pilot.pause()
        await pilot.press("enter", *"four")
        await app.workers.wait_for_complete()
        await pilot.pause()

    assert snap_compare(app, terminal_size=SIZES["80x24"], run_before=play)


def test_without_colour(
    snap_compare: Compare, places: Places, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NO_COLOR: what is chosen, ticked or urgent is still told by signs and words."""
    monkeypatch.setenv("NO_COLOR", "1")
    app = DeskMateApp(Desk(places, clock, environment={}, durable=False))
    assert snap_compare(app, press=("y", "e", "l", "l"))
