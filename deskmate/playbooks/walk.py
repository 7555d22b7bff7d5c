"""Walking a playbook, as a pure state machine: a walk and an event in, a walk out.

Nothing here reads a clock or a disk: every event carries its moment, and the playbooks and the library's own values
are handed in. So a walk can be resumed after a crash, parked, handed to a colleague and replayed in practice, always by
applying the same events again.

Three rules that are not obvious:

- The trail is the path that counts. Going back takes the last answer off again with everything it settled; what was
  ticked, timed or offered did happen, and stays.
- A visit ends at its closing step with one more answer, `BACK_CHOICE`, so that the closing words can still be read.
- HELP is open from everywhere, in every state.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from deskmate.faults import BadUsage, NotFound
from deskmate.model.interaction import CHANNELS, OUTCOMES
from deskmate.playbooks.model import HELP, Choice, Item
from deskmate.playbooks.walk_place import (
    BACK_CHOICE,
    Books,
    Due,
    Values,
    book_and_step,
    book_of,
    candidates,
    due_nudges,
    outcome,
    shown_choices,
    shown_items,
    spoken_lines,
)
from deskmate.playbooks.walk_state import IDLE_SECONDS, KINDS, Event, Move, Spot, Walk, seconds_between

__all__ = ["KINDS", "Due", "Event", "Walk", "apply", "due_nudges", "exact", "replay", "start"]

_POSITIONAL: Final = frozenset({"choose", "tick", "untick", "complete", "say", "back", "goto", "offer"})
"""What means something only at the step it was done at."""
_TOUCHING: Final = frozenset({"choose", "tick", "complete", "hold", "offer"})
"""What was done with somebody, even where it has no place any more."""
_WHILE_PARKED: Final = frozenset({"unpark", "end", "help", "helped", "time", "channel"})
_AFTER_END: Final = frozenset({"reopen", "help", "helped", "offer"})


@dataclass(frozen=True, slots=True)
class _World:
    """What a walk moves in."""

    books: Books
    values: Values


def start(playbook_id: str, books: Books, at: datetime, values: Values, channel: str = CHANNELS[0]) -> Walk:
    """Begin a walk.

    Args:
        playbook_id: where it begins.
        books: every playbook, by id.
        at: the moment, with its offset.
        values: the library's own words and switches, by variable name.
        channel: how the person came; at the plain default the playbook's own channel is taken.

    Raises:
        NotFound: the playbook is not there, or has no first step.
        BadUsage: the channel is none, or the moment has no offset.
    """
    _refuse_naive(at)
    if channel not in CHANNELS:
        raise BadUsage(f"{channel!r} is not a channel.", f"Choose one of: {', '.join(CHANNELS)}.")
    spot = _opening(playbook_id, _World(books, values), at)
    if channel == CHANNELS[0]:
        channel = books[playbook_id].record.get("channel", channel)
    return Walk(first=playbook_id, started=at, last_at=at, spot=spot, channel=channel)


def apply(walk: Walk, event: Event, books: Books, values: Values) -> Walk:
    """The walk after an event.

    Raises:
        BadUsage: the event does not fit where the walk stands (answer 9 of 3, an item already ticked, a playbook that
            is not there); the walk that was handed in is as good as before.
    """
    _refuse_naive(event.at)
    handler = _HANDLERS.get(event.kind)
    if handler is None:
        raise BadUsage(f"{event.kind!r} cannot happen in a guide that is open.", "Use the keys that are shown.")
    if walk.ended and event.kind not in _AFTER_END:
        raise BadUsage("This conversation has ended.", "Open it again to change it.")
    if walk.parked_since is not None and event.kind not in _WHILE_PARKED:
        raise BadUsage("This person is parked.", "Go back to them first.")
    moved = handler(walk, event, _World(books, values))
    # The clock stands still only while a walk is ended and stays so; one that is opened again has the gap in it.
    running = not (walk.ended and moved.ended)
    idle = walk.idle or (running and seconds_between(walk.last_at, event.at) >= IDLE_SECONDS)
    return replace(moved, last_at=event.at, idle=idle, notice="")


def exact(walk: Walk, event: Event, books: Books, values: Values) -> Event:
    """The event as a journal should keep it: a bare number gets the text of the answer or item it stands for.

    So a replay finds the same answer after the playbook was edited or the library's switches were changed.

    Args:
        walk: the walk before the event.
        event: an event that fits it.
        books: every playbook, by id.
        values: the library's own words and switches, by variable name.

    Raises:
        BadUsage: there is no such answer or item.
    """
    if event.kind == "choose":
        texts = [choice.answer for choice in shown_choices(walk, books, values)]
    elif event.kind in ("tick", "untick"):
        _, step = book_and_step(walk, books)
        texts = [item.line.text for _, item in shown_items(step, values)]
    else:
        return event
    place = _pick(texts, event.value, "answer or item")
    return replace(event, value=f"{place + 1}|{texts[place]}")


def replay(events: Iterable[Event], books: Books, values: Values) -> Walk:
    """The walk that these events made, as far as today's playbooks still allow.

    Where an answer, a step or a playbook is gone, the walk stays at the nearest step before it that is still there, and
    `notice` says so. What does not depend on the step (hold, parking, named moments, HELP, the end) is followed on.

    Args:
        events: the events that `apply` accepted, in order; the first is `start`, its value the playbook's id or
            `id|channel`.
        books: every playbook, by id.
        values: the library's own words and switches, by variable name.

    Raises:
        BadUsage: the first event is not a start.
        NotFound: the playbook it began with is gone.
    """
    queue = iter(events)
    first = next(queue, None)
    if first is None or first.kind != "start":
        raise BadUsage("The kept conversation has no beginning.", "Start the guide again.")
    playbook_id, _, channel = first.value.partition("|")
    walk = start(playbook_id, books, first.at, values, channel or CHANNELS[0])
    lost = stuck = False
    for event in queue:
        if not (stuck and event.kind in _POSITIONAL):
            try:
                walk = apply(walk, event, books, values)
                continue
            except BadUsage:
                stuck = stuck or event.kind in _POSITIONAL
        lost = True
        walk = replace(walk, last_at=event.at, touched=walk.touched or event.kind in _TOUCHING)
    if lost:
        return replace(walk, notice="The playbook was changed meanwhile: this is the nearest step that is still there.")
    return walk


def _refuse_naive(at: datetime) -> None:
    if at.tzinfo is None:
        raise BadUsage("A moment without a time zone cannot be placed.", "Set the computer's time zone.")


def _opening(playbook_id: str, world: _World, at: datetime) -> Spot:
    """The first step of a playbook."""
    book = book_of(playbook_id, world.books)
    step = book.steps.get(book.start)
    if step is None:
        raise NotFound(f"The playbook {playbook_id!r} has no first step.", "Run `deskmate playbooks check`.")
    return Spot(playbook_id, book.start, opened=at, since=at, end=step.end)


def _pick(options: Sequence[str], value: str, what: str) -> int:
    """The place, from 0, of what `2` or `2|text` names among these options.

    Raises:
        BadUsage: none of them is meant.
    """
    number, _, text = value.partition("|")
    # Three digits are plenty on one screen, and int() refuses thousands of them with another error.
    place = int(number) - 1 if number.isascii() and number.isdecimal() and len(number) <= 3 else -1
    if 0 <= place < len(options) and text in ("", options[place]):
        return place
    if text and text in options:
        return options.index(text)
    shown = f"there are {len(options)}" if options else "there are none"
    raise BadUsage(f"There is no {what} {text or number!r} at this step; {shown}.", "Use a number that is shown.")


def _away(walk: Walk, choice: Choice | None = None) -> tuple[Move, ...]:
    """The trail with one more move, away from where the walk stands."""
    move = Move(walk.spot, walk.stack, walk.channel)
    if choice is not None:
        move = replace(move, answer=choice.answer, record=choice.record)
    return (*walk.trail, move)


def _choose(walk: Walk, event: Event, world: _World) -> Walk:
    choices = shown_choices(walk, world.books, world.values)
    choice = choices[_pick([choice.answer for choice in choices], event.value, "answer")]
    if choice is BACK_CHOICE:
        spot = replace(walk.stack[-1], since=event.at)
        back = replace(walk, trail=_away(walk), spot=spot, stack=walk.stack[:-1])
        book_and_step(back, world.books)
        return back
    channel = choice.record.get("channel", walk.channel)
    answered = replace(walk, trail=_away(walk, choice), channel=channel, touched=True)
    if HELP in (choice.go, choice.visit):
        return replace(answered, help_wanted=True)
    if choice.visit:
        return replace(answered, spot=_opening(choice.visit, world, event.at), stack=(*walk.stack, walk.spot))
    step = book_of(walk.playbook, world.books).steps.get(choice.go)
    if step is None:
        return replace(answered, spot=_opening(choice.go, world, event.at))
    return replace(answered, spot=replace(walk.spot, step=choice.go, since=event.at, end=step.end, wording=0))


def _goto(walk: Walk, event: Event, world: _World) -> Walk:
    spot = _opening(event.value, world, event.at)
    return replace(walk, trail=_away(walk), spot=spot, stack=(*walk.stack, walk.spot))


def _back(walk: Walk, _event: Event, world: _World) -> Walk:
    if not walk.trail:
        raise BadUsage("This is where it began.", "Go on with the guide, or leave it.")
    move = walk.trail[-1]
    channel = move.channel if "channel" in move.record else walk.channel
    moved = replace(walk, spot=move.spot, stack=move.stack, trail=walk.trail[:-1], channel=channel, help_wanted=False)
    book_and_step(moved, world.books)
    return moved


def _item(walk: Walk, event: Event, world: _World) -> tuple[str, Item]:
    """The item an event names, with the key of its tick."""
    _, step = book_and_step(walk, world.books)
    items = shown_items(step, world.values)
    number, item = items[_pick([item.line.text for _, item in items], event.value, "item")]
    return f"{walk.spot.place}/{number}", item


def _tick(walk: Walk, event: Event, world: _World) -> Walk:
    key, item = _item(walk, event, world)
    if key in walk.ticks:
        raise BadUsage("This item is ticked already.", "Go on with the next one.")
    times = (*walk.times, (item.time, event.at)) if item.time else walk.times
    return replace(walk, ticks={**walk.ticks, key: event.at}, times=times, touched=True)


def _untick(walk: Walk, event: Event, world: _World) -> Walk:
    key, item = _item(walk, event, world)
    if key not in walk.ticks:
        raise BadUsage("This item is not ticked.", "Choose one that is.")
    stamp = (item.time, walk.ticks[key])
    return replace(
        walk,
        ticks={other: at for other, at in walk.ticks.items() if other != key},
        times=tuple(named for named in walk.times if named != stamp),
        completed=tuple(place for place in walk.completed if place != walk.spot.place),
    )


def _complete(walk: Walk, event: Event, world: _World) -> Walk:
    book, step = book_and_step(walk, world.books)
    keys = [f"{walk.spot.place}/{number}" for number, _ in shown_items(step, world.values)]
    left = [key for key in keys if key not in walk.ticks]
    if not keys or walk.spot.place in walk.completed or event.value not in ("", "all"):
        raise BadUsage("There is no list to confirm at this step.", "Go on with an answer.")
    if left and book.mode == "read-do" and event.value != "all":
        raise BadUsage(f"{len(left)} of the items are not ticked yet.", "Tick them one by one, as you do them.")
    # A list confirmed as a whole stamps no named moments: nobody knows when each thing was done.
    ticks = {**walk.ticks, **dict.fromkeys(left, event.at)}
    return replace(walk, ticks=ticks, completed=(*walk.completed, walk.spot.place), touched=True)


def _say(walk: Walk, _event: Event, world: _World) -> Walk:
    _, step = book_and_step(walk, world.books)
    count = len(spoken_lines(step, walk.channel, world.values))
    if count < 2:
        raise BadUsage("There is no other wording at this step.", "Say it in your own words.")
    return replace(walk, spot=replace(walk.spot, wording=(walk.spot.wording + 1) % count))


def _channel(walk: Walk, event: Event, _world: _World) -> Walk:
    if event.value not in CHANNELS:
        raise BadUsage(f"{event.value!r} is not a channel.", f"Choose one of: {', '.join(CHANNELS)}.")
    return replace(walk, channel=event.value, spot=replace(walk.spot, wording=0))


def _hold(walk: Walk, event: Event, _world: _World) -> Walk:
    if walk.hold_since is not None:
        raise BadUsage("The caller is on hold already.", "Take them off hold first.")
    return replace(walk, hold_since=event.at, touched=True)


def _unhold(walk: Walk, event: Event, _world: _World) -> Walk:
    if walk.hold_since is None:
        raise BadUsage("Nobody is on hold.", "Put the caller on hold first.")
    return replace(walk, hold_since=None, hold_seconds=walk.hold_total(event.at))


def _park(walk: Walk, event: Event, _world: _World) -> Walk:
    return replace(walk, parked_since=event.at)


def _unpark(walk: Walk, event: Event, _world: _World) -> Walk:
    if walk.parked_since is None:
        raise BadUsage("This person is not parked.", "Go on with the guide.")
    return replace(walk, parked_since=None, parked_seconds=walk.parked_total(event.at))


def _help(walk: Walk, _event: Event, _world: _World) -> Walk:
    return replace(walk, help_opened=True, help_wanted=False)


def _helped(walk: Walk, event: Event, _world: _World) -> Walk:
    if event.value not in ("yes", "no") or not (walk.help_opened or walk.help_wanted):
        raise BadUsage("HELP was not opened, or the answer is neither yes nor no.", "Open HELP first.")
    # Once it happened it happened, whatever a later look at HELP is answered with.
    helped = "yes" if walk.helped == "yes" else event.value
    return replace(walk, helped=helped, help_wanted=False, touched=walk.touched or helped == "yes")


def _time(walk: Walk, event: Event, _world: _World) -> Walk:
    name = event.value.strip()
    if not name:
        raise BadUsage("A moment needs a name.", "Say what happened in a word or two.")
    return replace(walk, times=(*walk.times, (name, event.at)), touched=True)


def _offer(walk: Walk, event: Event, world: _World) -> Walk:
    if event.value not in candidates(walk, world.books) or event.value in walk.offers:
        raise BadUsage("No step on this path offers that, or it is noted already.", "Choose one that is shown.")
    return replace(walk, offers=(*walk.offers, event.value), touched=True)


def _end(walk: Walk, event: Event, world: _World) -> Walk:
    if event.value and event.value not in OUTCOMES:
        raise BadUsage(f"{event.value!r} is not an outcome.", f"Choose one of: {', '.join(OUTCOMES)}.")
    return replace(
        walk,
        ended=event.value or outcome(walk, world.books),
        ended_at=event.at,
        hold_since=None,
        hold_seconds=walk.hold_total(event.at),
        parked_since=None,
        parked_seconds=walk.parked_total(event.at),
    )


def _reopen(walk: Walk, _event: Event, _world: _World) -> Walk:
    if not walk.ended:
        raise BadUsage("This conversation has not ended.", "Go on with the guide.")
    return replace(walk, ended="", ended_at=None)


_HANDLERS: Final[Mapping[str, Callable[[Walk, Event, _World], Walk]]] = {
    "channel": _channel,
    "choose": _choose,
    "tick": _tick,
    "untick": _untick,
    "complete": _complete,
    "say": _say,
    "back": _back,
    "hold": _hold,
    "unhold": _unhold,
    "park": _park,
    "unpark": _unpark,
    "goto": _goto,
    "help": _help,
    "helped": _helped,
    "time": _time,
    "offer": _offer,
    "end": _end,
    "reopen": _reopen,
}
