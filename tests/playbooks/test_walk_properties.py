"""What holds for every walk: over the shipped playbooks, and over playbooks that nobody would write."""

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskmate.faults import BadUsage, NotFound
from deskmate.model.interaction import CHANNELS, OUTCOMES, Interaction
from deskmate.places import shipped_data
from deskmate.playbooks.draft import draft
from deskmate.playbooks.model import HELP, Choice, Item, Line, Nudge, Playbook, Step
from deskmate.playbooks.reader import read
from deskmate.playbooks.view import GuideView, compose_text, first_say, view
from deskmate.playbooks.walk import KINDS, Event, Walk, apply, exact, replay, start
from deskmate.playbooks.walk_place import BACK_CHOICE, shown_choices

AT = datetime.fromisoformat("2026-11-22T10:00:00-05:00")
VALUES: tuple[Mapping[str, str], ...] = (
    {},
    {"region": "US-MI", "naloxone": "staff may give", "address": "12 High Street", "in_charge": "Maria"},
    {"region": "CA-ON", "extension": "204", "aed": "by the lift"},
)
RAW_NAME = re.compile(r"\$[A-Za-z_]")
LOOKS = ("say", "back", "goto", "channel", "help", "park", "unpark", "untick")


# A busy machine is no fault of the walk: no deadlines.
relaxed = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@cache
def shipped() -> Mapping[str, Playbook]:
    """Every shipped playbook that the reader accepts; the checker's tests tell of the others."""
    books = {}
    for file in sorted((shipped_data() / "playbooks").rglob("*.yaml")):
        book, _ = read(file.read_text(encoding="utf-8"), file.name)
        if book is not None:
            books[book.id] = book
    assert {"angry-patron", "medical-emergency", "phone-vs-in-person"} <= books.keys()
    return books


WORDS = st.sampled_from(["Yes", "No", "Ask $in_charge", "At $address", "$aed", "It costs $5", "Read on"])
CONDITIONS = st.sampled_from([(), (), (), (("region", ("US",)),), (("region", ("CA-ON",)), ("naloxone", ("no",)))])
LINES = st.builds(Line, text=WORDS, without=st.sampled_from(["", "Say it plainly"]), when=CONDITIONS, unless=CONDITIONS)
ITEMS = st.builds(Item, LINES, id=st.sampled_from(["", "one", "two"]), time=st.sampled_from(["", "", "called"]))
SINCES = st.sampled_from(["step", "start", "hold", "tick:one", "tick:none"])
NUDGES = st.builds(Nudge, st.integers(1, 4000), SINCES, WORDS, st.booleans())
RECORDS = st.dictionaries(
    st.sampled_from(["strain", "kind", "channel", "outcome", "incident"]), st.just(""), max_size=2
).map(
    lambda names: {
        name: {"strain": "red", "kind": "account", "channel": "phone", "outcome": "referred", "incident": "yes"}[name]
        for name in names
    }
)
BOOKS = ("a", "b", "c")


@st.composite
def answers(draw: st.DrawFn, onward: list[str]) -> Choice:
    """An answer to anywhere: on, round, to another playbook, on a visit, to HELP, to nothing."""
    visit = draw(st.sampled_from(["", "", *BOOKS, "gone"]))
    go = "" if visit else draw(st.sampled_from([*onward, *BOOKS, HELP, "gone"]))
    record, when, unless = draw(RECORDS), draw(CONDITIONS), draw(CONDITIONS)
    return Choice(draw(WORDS), go=go, visit=visit, when=when, unless=unless, record=record)


def numbered(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """The same answers, no two alike: which of two equal ones was meant nobody could tell."""
    return tuple(replace(choice, answer=f"{choice.answer} {n}") for n, choice in enumerate(choices))


@st.composite
def playbooks(draw: st.DrawFn, name: str) -> Playbook:
    """A playbook whose every step has one answer without conditions that leads nearer to its end."""
    count = draw(st.integers(1, 4))
    names = [f"s{number}" for number in range(count)]
    steps = {}
    for number, step_id in enumerate(names):
        last = number == count - 1
        choices = draw(st.lists(answers(names), max_size=3))
        if not last:
            choices.append(Choice("Go on", go=draw(st.sampled_from(names[number + 1 :]))))
        steps[step_id] = Step(
            id=step_id,
            say=tuple(draw(st.lists(LINES, max_size=3))),
            channels=draw(st.dictionaries(st.sampled_from(["phone", "online"]), st.tuples(LINES), max_size=1)),
            do=tuple(draw(st.lists(ITEMS, max_size=4))),
            nudges=tuple(draw(st.lists(NUDGES, max_size=2))),
            ask=draw(WORDS),
            choices=() if last else numbered(draw(st.permutations(choices))),
            offered=tuple(draw(st.lists(WORDS, max_size=2))),
            end="answered" if last else "",
        )
    return Playbook(
        id=name,
        title=name.upper(),
        category="made",
        urgency=draw(st.sampled_from(["routine", "urgent"])),
        mode=draw(st.sampled_from(["do-confirm", "read-do"])),
        sensitive=draw(st.booleans()),
        record=draw(RECORDS),
        start="s0",
        steps=steps,
    )


@st.composite
def shelves(draw: st.DrawFn) -> Mapping[str, Playbook]:
    return {name: draw(playbooks(name)) for name in BOOKS}


SHELVES = st.one_of(shelves(), st.builds(shipped))
ODD = st.sampled_from(["", "0", "99", "1|", "x", "yes", "no", "all", "called", "a payment plan", "1|Go on"])


@st.composite
def events(draw: st.DrawFn, books: Mapping[str, Playbook], kinds: tuple[str, ...] = KINDS) -> list[Event]:
    """Any events whatever, most of them likely to fit, in any order of time."""
    likely = {
        "choose": st.integers(1, 5).map(str),
        "tick": st.integers(1, 4).map(str),
        "untick": st.integers(1, 4).map(str),
        "goto": st.sampled_from(sorted(books)),
        "channel": st.sampled_from(CHANNELS),
        "end": st.sampled_from(("", *OUTCOMES)),
        "helped": st.sampled_from(("yes", "no")),
    }
    # Answers and ways back come more often: a walk that ends at its second event shows little.
    often = tuple(kind for kind in ("choose", "choose", "choose", "tick", "back") if kind in kinds)
    at, made = AT, []
    for kind in draw(st.lists(st.sampled_from((*kinds, *often)), max_size=25)):
        at += timedelta(seconds=draw(st.sampled_from([1, 7, 60, 400, 1900, -30])))
        value = draw(st.one_of(likely.get(kind, st.just("")), likely.get(kind, st.just("")), ODD))
        made.append(Event(kind, at, value))
    return made


@dataclass(frozen=True)
class Scene:
    """Somewhere to walk, and what is tried there."""

    books: Mapping[str, Playbook]
    values: Mapping[str, str]
    first: str
    wanted: list[Event]

    def __repr__(self) -> str:
        # Hypothesis prints a failing example in full by itself; the whole of it here is refused as too large.
        return f"Scene({self.first} of {sorted(self.books)}, {len(self.wanted)} events)"


@st.composite
def scenes(draw: st.DrawFn, kinds: tuple[str, ...] = KINDS) -> Scene:
    books = draw(SHELVES)
    first = draw(st.sampled_from(sorted(books)))
    return Scene(books, draw(st.sampled_from(VALUES)), first, draw(events(books, kinds)))


def walked(scene: Scene) -> Iterator[tuple[Walk, list[Event]]]:
    """Each state on the way, with the events that were accepted so far; a refused event must have changed nothing."""
    books, values = scene.books, scene.values
    walk = start(scene.first, books, AT, values)
    kept = [Event("start", AT, scene.first)]
    yield walk, kept
    for event in scene.wanted:
        before = repr(walk)
        try:
            after = apply(walk, event, books, values)
        except BadUsage:
            assert repr(walk) == before
            continue
        assert repr(walk) == before
        kept.append(exact(walk, event, books, values))
        walk = after
        yield walk, kept


def words_shown(shown: GuideView) -> Iterator[str]:
    yield from (*shown.say, *shown.memory, *shown.offered)
    yield from (shown.how, shown.ask, shown.why, shown.authority, shown.law)
    yield from (item.text for item in shown.items)
    yield from (choice.answer for choice in shown.choices)
    yield from (due.text for due in shown.nudges)
    yield from (answer for _, answer in shown.path)
    yield from (text for sign in shown.escalate for text in (sign.when, sign.who, sign.how))
    yield from (text for one in shown.avoid for text in (one.wrong, one.instead))


@relaxed
@given(scenes())
def test_any_events_are_followed_or_refused_and_every_state_can_be_shown(scene: Scene) -> None:
    books, values = scene.books, scene.values
    for walk, kept in walked(scene):
        shown = view(walk, books, values, kept[-1].at, region=values.get("region", "US"))
        assert [choice.key for choice in shown.choices] == [str(n) for n in range(1, len(shown.choices) + 1)]
        assert sum(item.lit for item in shown.items) <= 1
        for text in words_shown(shown):
            assert not RAW_NAME.search(text)


@relaxed
@given(scenes())
def test_the_kept_events_give_the_same_state_again(scene: Scene) -> None:
    books, values = scene.books, scene.values
    *_, (walk, kept) = walked(scene)
    again = [Event.from_json(event.to_json()) for event in kept]
    assert replay(again, books, values) == walk


@relaxed
@given(scenes())
def test_back_after_an_answer_is_the_position_before_it(scene: Scene) -> None:
    books, values = scene.books, scene.values
    *_, (walk, kept) = walked(scene)
    if walk.ended or walk.parked_since:
        return
    at = kept[-1].at
    for number, choice in enumerate(shown_choices(walk, books, values), 1):
        try:
            answered = apply(walk, Event("choose", at, f"{number}|{choice.answer}"), books, values)
        except NotFound:
            assert "gone" in (choice.go, choice.visit) or {choice.go, choice.visit}.isdisjoint(books)
            continue
        back = apply(answered, Event("back", at), books, values)
        for name in ("spot", "stack", "trail", "channel", "ticks", "settled", "path", "played"):
            assert getattr(back, name) == getattr(walk, name)


@relaxed
@given(scenes())
def test_help_and_the_end_are_open_from_everywhere(scene: Scene) -> None:
    books, values = scene.books, scene.values
    for walk, kept in walked(scene):
        helped = apply(walk, Event("help", kept[-1].at), books, values)
        assert helped.help_opened
        assert (helped.spot, helped.stack, helped.trail, helped.ticks) == (
            walk.spot,
            walk.stack,
            walk.trail,
            walk.ticks,
        )
        if not walk.ended:
            ended = apply(walk, Event("end", kept[-1].at), books, values)
            assert ended.ended in OUTCOMES
            assert apply(ended, Event("reopen", kept[-1].at), books, values).spot == walk.spot


@relaxed
@given(scenes(LOOKS))
def test_looking_is_not_touching(scene: Scene) -> None:
    books, values = scene.books, scene.values
    # The way back from a looked-up card's closing step is looking, too.
    for walk, kept in walked(scene):
        assert not walk.touched
        assert not walk.finished
        shown = shown_choices(walk, books, values)
        if shown and shown[-1] is BACK_CHOICE and walk.parked_since is None:
            returned = apply(walk, Event("choose", kept[-1].at, str(len(shown))), books, values)
            assert not returned.touched
            assert len(returned.stack) == len(walk.stack) - 1


@relaxed
@given(scenes())
def test_any_state_makes_a_record_that_survives_its_stored_form(scene: Scene) -> None:
    books = scene.books
    *_, (walk, kept) = walked(scene)
    record = draft(walk, kept[-1].at, books, Interaction(id="abc123", asked_at=AT, added_at=AT))
    stored = Interaction.from_document(record.to_document())
    assert stored.with_(seconds=stored.seconds or 0) == record
    assert record.outcome in OUTCOMES
    assert "Maria" not in str(record.to_document())
    assert len(record.path) == len(walk.path)


@relaxed
@given(scenes(), st.sets(st.integers(0, 40), max_size=3), st.sampled_from(VALUES))
def test_a_replay_on_other_playbooks_lands_on_a_step_that_is_there(
    scene: Scene, gone: set[int], values: Mapping[str, str]
) -> None:
    *_, (walk, kept) = walked(scene)
    left = {
        name: book
        for number, (name, book) in enumerate(scene.books.items())
        if number not in gone or name == scene.first
    }
    again = replay(kept, left, values)
    assert again.step in left[again.playbook].steps
    assert all(spot.step in left[spot.playbook].steps for spot in again.stack)
    assert again.notice or (again.spot.place, again.stack) == (walk.spot.place, walk.stack)
    assert again.hold_since == walk.hold_since
    assert again.hold_seconds == walk.hold_seconds
    assert again.ended == walk.ended or again.notice
    assert again.touched or not walk.touched
    view(again, left, values, kept[-1].at, region="US")


def distances(books: Mapping[str, Playbook], values: Mapping[str, str]) -> dict[tuple[str, str], int]:
    """How many answers each step is from an end, over answers that hand on (no visits), measured from the ends."""
    before: dict[tuple[str, str], set[tuple[str, str]]] = {}
    found: dict[tuple[str, str], int] = {}
    for book in books.values():
        for step in book.steps.values():
            here = (book.id, step.id)
            if step.end:
                found[here] = 0
            walk = start(book.id, books, AT, values)
            for choice in step.choices:
                if choice in shown_choices(walk_at(walk, book, step), books, values):
                    target = goes_to(choice, book, books)
                    if target:
                        before.setdefault(target, set()).add(here)
    queue = deque(found)
    while queue:
        here = queue.popleft()
        for earlier in before.get(here, ()):
            if earlier not in found:
                found[earlier] = found[here] + 1
                queue.append(earlier)
    return found


def walk_at(walk: Walk, book: Playbook, step: Step) -> Walk:
    return replace(walk, spot=replace(walk.spot, playbook=book.id, step=step.id, end=step.end))


def goes_to(choice: Choice, book: Playbook, books: Mapping[str, Playbook]) -> tuple[str, str] | None:
    if choice.go in book.steps:
        return book.id, choice.go
    if choice.go in books:
        return choice.go, books[choice.go].start
    return None


def steps_to_the_end(books: Mapping[str, Playbook], values: Mapping[str, str], first: str) -> int:
    """Give the answer nearest to an end each time, and count."""
    far = distances(books, values)
    walk = start(first, books, AT, values)
    count = 0
    while not walk.at_end:
        book = books[walk.playbook]
        options = {
            far[target]: number
            for number, choice in enumerate(shown_choices(walk, books, values), 1)
            if (target := goes_to(choice, book, books)) in far and target is not None
        }
        walk = apply(walk, Event("choose", AT, str(options[min(options)])), books, values)
        count += 1
        assert count <= sum(len(book.steps) for book in books.values())
    return count


@relaxed
@given(shelves(), st.sampled_from(VALUES), st.sampled_from(BOOKS))
def test_the_nearest_answers_end_within_the_number_of_steps(
    books: Mapping[str, Playbook], values: Mapping[str, str], first: str
) -> None:
    assert steps_to_the_end(books, values, first) == distances(books, values)[first, books[first].start]


def test_every_shipped_playbook_ends_within_six_answers_from_its_first_step() -> None:
    for values in VALUES:
        for name in shipped():
            assert steps_to_the_end(shipped(), values, name) <= 6, name


def test_every_step_of_every_shipped_playbook_can_be_reached_and_has_an_end_ahead() -> None:
    for values in VALUES:
        far = distances(shipped(), values)
        for book in shipped().values():
            reached = {book.start}
            queue = deque(reached)
            while queue:
                for choice in book.steps[queue.popleft()].choices:
                    if choice.go in book.steps and choice.go not in reached:
                        reached.add(choice.go)
                        queue.append(choice.go)
            assert reached == set(book.steps), book.id
            for step in reached:
                assert (book.id, step) in far, f"{book.id}/{step} has no end ahead"


def test_no_shipped_playbook_ever_shows_a_raw_name_as_text_or_as_a_first_sentence() -> None:
    for values in VALUES:
        for book in shipped().values():
            assert not RAW_NAME.search(compose_text(book, values)), book.id
            for channel in CHANNELS:
                spoken = first_say(book, values, channel)
                assert spoken, book.id
                assert not RAW_NAME.search(spoken)
