"""Looking back at a practice: what must not be missed at each step that was reached, and what became of it."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from deskmate.playbooks.model import Line, Step
from deskmate.playbooks.practice_state import Debrief, Point, Practice, World
from deskmate.playbooks.scenes import ANY, Must, Turn, fits
from deskmate.playbooks.variables import fill, speak
from deskmate.playbooks.walk_place import Books, Values, book_and_step, shown_items, spoken_lines
from deskmate.playbooks.walk_state import seconds_between


def debrief(practice: Practice, now: datetime, books: Books, values: Values) -> Debrief:
    """What there is to talk over, at the end or where it was left."""
    world = World(books, values)
    reached = practice.reached()
    judged = {place: since for place, since in reached.items() if practice.finished or place != practice.place}
    points = [point for place, since in judged.items() for point in _points(practice, place, since, world)]
    first = min((at for _, _, at in practice.said), default=None)
    return Debrief(
        first_sentence=None if first is None else seconds_between(practice.walk.started, first),
        points=tuple(points),
        astray=tuple(dict.fromkeys((fill(one.after, values), fill(one.answer, values)) for one in practice.astray)),
        finished=practice.finished,
        helped=practice.helped,
        elapsed=seconds_between(practice.walk.started, practice.time(now)),
    )


def _points(practice: Practice, place: str, since: datetime, world: World) -> Iterator[Point]:
    """What must not be missed at a place, and what became of it; nothing of what this library's switches hide."""
    turn = practice.scene.turns.get(place)
    if turn is None:
        return
    playbook, _, step_id = place.partition("/")
    step = world.books[playbook].steps[step_id]
    for must in turn.must:
        found = _moment(practice, place, step, must, world)
        if found is None:
            continue
        text, at = found
        took = None if at is None else seconds_between(since, at)
        late = took if took is not None and must.within is not None and took > must.within else None
        yield Point(text, must.why, at is not None, late, must.within, "say" if must.say else "do")
    if turn.critical:
        right = not any(one.place == place for one in practice.astray)
        yield Point(_right_answer(step, turn, world), turn.critical, right, kind="answer")


def _moment(practice: Practice, place: str, step: Step, must: Must, world: World) -> tuple[str, datetime | None] | None:
    """The words of what must not be missed and when it was done; None when it does not apply here."""
    if must.tick:
        number = next((n for n, item in shown_items(step, world.values) if item.line.text == must.tick), None)
        if number is None:
            return None
        text = speak(step.do[number - 1].line, world.values) or ""
        ticked = practice.walk.ticks.get(f"{place}/{number}")
        held = (at for where, at in practice.held if where == place and must.hold)
        return text, min((at for at in (ticked, *held) if at is not None), default=None)
    spoken = spoken_lines(step, practice.walk.channel, world.values)
    wanted = spoken if must.say == ANY else _wanted(step, must.say, spoken, world.values)
    if not wanted:
        return None
    moments = (at for where, line, at in practice.said if where == place and line in wanted)
    return wanted[0], min(moments, default=None)


def _wanted(step: Step, text: str, spoken: Iterable[str], values: Values) -> tuple[str, ...]:
    """A sentence of a step as it is said here; empty when it is not said here, or not in this channel."""
    lines: tuple[Line, ...] = (*step.say, *(line for other in step.channels.values() for line in other))
    said = {speak(line, values) for line in lines if line.text == text}
    return tuple(line for line in spoken if line in said)


def _right_answer(step: Step, turn: Turn, world: World) -> str:
    """The first answer that fits a turn, in the playbook's words."""
    right = (c.answer for c in step.choices if fits(turn, answer=c.answer, leads=c.go or c.visit))
    return fill(next(right, turn.answer[0]), world.values)


def seconds_left(practice: Practice, at: datetime, world: World) -> int | None:
    """Seconds left of the shortest limit that still runs where the practice stands."""
    turn = practice.turn
    if turn is None or practice.over:
        return None
    _, step = book_and_step(practice.walk, world.books)
    since = practice.reached()[practice.place]
    running = []
    for must in turn.must:
        found = _moment(practice, practice.place, step, must, world) if must.within is not None else None
        if found is not None and found[1] is None and must.within is not None:
            running.append(max(must.within - seconds_between(since, at), 0))
    return min(running, default=None)
