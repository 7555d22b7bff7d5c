"""A practice as a pure state machine over the walk: a scene and events in, what the patron does and the debrief out.

Nothing here reads a clock or a disk, and nothing of it ever becomes a record: a practice has no journal, and the walk
inside it is never handed to anybody. Rules that are not obvious:

- The patron's next line comes when they were spoken to, or when their patience is over.
- An answer that does not fit what the patron does is counted and moves nothing: the patron is still there. Given before
  they have finished, it only brings their next line.
- HELP is never wrong: asked for too early it is counted as nothing, and the scene goes on.
- What was left before its end goes on with one key, as if it had been set aside: an E comes easily.
- Time stands still while somebody live is served: every moment inside is the desk's time without those gaps.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from deskmate.faults import BadUsage
from deskmate.playbooks.model import HELP, Choice
from deskmate.playbooks.practice_review import seconds_left
from deskmate.playbooks.practice_state import Astray, Practice, PracticeView, World
from deskmate.playbooks.scenes import Scene, fits
from deskmate.playbooks.variables import fill
from deskmate.playbooks.view import view
from deskmate.playbooks.walk import Event, Walk, apply, start
from deskmate.playbooks.walk_place import Books, Values, book_and_step, shown_choices, spoken_lines
from deskmate.playbooks.walk_state import seconds_between

SAID: Final = "said"
"""Besides events of the walk: the sentence in front was said aloud."""
DOOR: Final = "door"
"""A digit of the rehearsed HELP page; its value is the playbook it opens."""
LEAVE_HELP: Final = "leave-help"
PAUSE: Final = "pause"
RESUME: Final = "resume"
MOST_STEPS: Final = 40
"""Steps after which a scene is taken to go round for ever; the longest shipped one has 7."""

_OF_THE_WALK: Final = frozenset({"tick", "untick", "complete", "say", "back", "hold", "unhold"})


def begin(scene: Scene, books: Books, at: datetime, values: Values) -> Practice:
    """Begin a practice.

    Raises:
        NotFound: the scene's playbook is not there.
        BadUsage: the moment has no offset.
    """
    return Practice(scene=scene, walk=start(scene.playbook, books, at, values, scene.channel))


def practise(practice: Practice, event: Event, books: Books, values: Values) -> Practice:
    """The practice after an event.

    Raises:
        BadUsage: the event does not fit where it stands; the practice that was handed in is as good as before.
    """
    if event.kind == PAUSE:
        return practice if practice.over or practice.paused_at else replace(practice, paused_at=event.at)
    if event.kind == RESUME:
        return _resume(practice, event)
    if practice.over:
        if event.kind == "back" and not practice.finished:
            return _go_on(practice, event)
        raise BadUsage("This practice has ended.", "Begin it again, or choose another.")
    if practice.paused_at:
        practice = _resume(practice, event)
    inside = replace(event, at=practice.time(event.at))
    if practice.in_help and event.kind not in (DOOR, LEAVE_HELP):
        raise BadUsage("The rehearsed HELP page is open.", "Give a digit, or leave it.")
    fresh = replace(practice, remark="")
    if event.kind in _OF_THE_WALK:
        walk = apply(practice.walk, inside, books, values)
        if event.kind == "hold":
            fresh = replace(fresh, held=(*practice.held, (practice.place, inside.at)))
        return replace(fresh, walk=walk, prompted=practice.prompted if walk.spot.place == practice.place else 0)
    handler = _HANDLERS.get(event.kind)
    if handler is None:
        raise BadUsage(f"{event.kind!r} cannot happen in a practice.", "Use the keys that are shown.")
    return handler(fresh, inside, World(books, values))


def show(practice: Practice, now: datetime, books: Books, values: Values, *, region: str) -> PracticeView:
    """What is seen of a practice now.

    Args:
        practice: where it stands.
        now: the present moment.
        books: every playbook, by id.
        values: the library's own words and switches, by variable name.
        region: country, or country and part, for the law note.
    """
    at = practice.time(now)
    turn = practice.turn
    return PracticeView(
        guide=view(practice.walk, books, values, at, region=region),
        who=practice.scene.who,
        patron=tuple(fill(line, values) for line in practice.heard(at)),
        elapsed=seconds_between(practice.walk.started, at),
        left=seconds_left(practice, at, World(books, values)),
        said=any(place == practice.place for place, _, _ in practice.said),
        last=turn is None or not turn.answer,
        in_help=practice.in_help,
        remark=practice.remark,
        over=practice.over,
    )


def ways(scene: Scene, books: Books, values: Values, at: datetime) -> Iterator[Practice]:
    """Every way through a scene that its own answers open here, each as the practice at its end.

    Where the library's switches hide all the answers that fit, the way breaks off, and the practice is not over.
    """
    waiting = [begin(scene, books, at, values)]
    for _ in range(MOST_STEPS):
        following = []
        for practice in waiting:
            onward = list(_onward(practice, books, values, at))
            if not onward:
                yield practice
            following += onward
        waiting = following
    yield from waiting


def playable(scene: Scene, books: Books, values: Values, at: datetime) -> bool:
    """Whether some way through a scene comes to its end with this library's playbooks and switches."""
    return scene.playbook in books and any(practice.over for practice in ways(scene, books, values, at))


# -- events -----------------------------------------------------------------------------------------------------------


def _resume(practice: Practice, event: Event) -> Practice:
    if practice.paused_at is None:
        return practice
    gap = max(event.at - practice.paused_at, timedelta())
    return replace(practice, paused_at=None, away=practice.away + gap)


def _go_on(practice: Practice, event: Event) -> Practice:
    """Not left after all: the time since then does not count."""
    ended = practice.over_at or event.at
    return replace(practice, over_at=None, away=max(event.at - ended, practice.away), remark="")


def _choose(practice: Practice, event: Event, world: World) -> Practice:
    before = practice.walk
    walk = apply(before, event, world.books, world.values)
    choice = _given(before, walk, world)
    turn = practice.turn
    leads = choice.go or choice.visit
    fitting = turn is not None and fits(turn, answer=choice.answer, leads=leads)
    if leads == HELP:
        remark = "" if fitting else "HELP is never wrong."
        return replace(practice, in_help=True, helped=True, remark=remark)
    if not fitting and turn is not None and len(practice.heard(event.at)) < len(turn.patron):
        return _prompted(replace(practice, remark="They have not finished."), event)
    if not fitting:
        return _strayed(practice, event, choice.answer, "That is not what they did. Listen once more.")
    return _moved(practice, walk, event)


def _moved(practice: Practice, walk: Walk, event: Event) -> Practice:
    """At another step; where the scene has nothing more, it is over."""
    moved = replace(practice, walk=walk, in_help=False, prompted=0)
    return moved if moved.turn else replace(moved, over_at=event.at)


def _strayed(practice: Practice, event: Event, answer: str, remark: str) -> Practice:
    """An answer did not fit; it is remembered with what they had done until then."""
    one = Astray(practice.place, answer, "".join(practice.heard(event.at)[-1:]))
    return replace(practice, astray=(*practice.astray, one), remark=remark)


def _prompted(practice: Practice, event: Event) -> Practice:
    """They were spoken to: their next line comes now."""
    return replace(practice, prompted=len(practice.heard(event.at)))


def _given(before: Walk, walk: Walk, world: World) -> Choice:
    """The answer that led from one walk to the next."""
    move = walk.trail[-1]
    return next(choice for choice in shown_choices(before, world.books, world.values) if choice.answer == move.answer)


def _said(practice: Practice, event: Event, world: World) -> Practice:
    lines = _lines(practice, world)
    if not lines:
        raise BadUsage("There is nothing to say at this step.", "Go on with what is to be done.")
    turn = practice.walk.spot.wording % len(lines)
    heard = _prompted(replace(practice, said=(*practice.said, (practice.place, lines[turn], event.at))), event)
    if len(lines) < 2:
        return heard
    return replace(heard, walk=apply(practice.walk, replace(event, kind="say"), world.books, world.values))


def _lines(practice: Practice, world: World) -> tuple[str, ...]:
    _, step = book_and_step(practice.walk, world.books)
    return spoken_lines(step, practice.walk.channel, world.values)


def _help(practice: Practice, _event: Event, _world: World) -> Practice:
    return replace(practice, in_help=True, helped=True)


def _leave_help(practice: Practice, _event: Event, _world: World) -> Practice:
    return replace(practice, in_help=False, remark="HELP is never wrong. They are still here.")


def _door(practice: Practice, event: Event, world: World) -> Practice:
    """A digit of HELP: the right one where HELP fits goes on or ends the scene; any other leads back to it."""
    if not practice.in_help:
        raise BadUsage("The rehearsed HELP page is not open.", "Open it first.")
    turn = practice.turn
    closed = replace(practice, in_help=False)
    if turn is None or HELP not in turn.answer:
        return replace(closed, remark="HELP is never wrong. They are still here.")
    if event.value != turn.door:
        opened = world.books[event.value].title if event.value in world.books else event.value
        return _strayed(practice, event, f"HELP: {opened}", "That digit is for something else.")
    return _moved(closed, apply(practice.walk, replace(event, kind="goto"), world.books, world.values), event)


def _end(practice: Practice, event: Event, _world: World) -> Practice:
    return replace(practice, over_at=event.at)


_HANDLERS: Final[Mapping[str, Callable[[Practice, Event, World], Practice]]] = {
    "choose": _choose,
    SAID: _said,
    "help": _help,
    DOOR: _door,
    LEAVE_HELP: _leave_help,
    "end": _end,
}


def _onward(practice: Practice, books: Books, values: Values, at: datetime) -> Iterator[Practice]:
    """Where the answers that fit lead from here; the last turn leads to the end."""
    turn = practice.turn
    if practice.over or turn is None:
        return
    if not turn.answer:
        yield practise(practice, Event("end", at), books, values)
        return
    for number, choice in enumerate(shown_choices(practice.walk, books, values), 1):
        if not fits(turn, answer=choice.answer, leads=choice.go or choice.visit):
            continue
        given = practise(practice, Event("choose", at, str(number)), books, values)
        yield practise(given, Event(DOOR, at, turn.door), books, values) if given.in_help else given
