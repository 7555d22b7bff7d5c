"""A practice by lines: every line of it begins with PRACTICE or with who speaks, and nothing of it is kept."""

from deskmate.faults import DeskMateError
from deskmate.plain.seat import Seat, place_of
from deskmate.plain.sentences import answer_lines, avoid_lines, item_line, nudge_lines, numbers, say_lines, why_lines
from deskmate.plain.words import ANYWHERE, PRACTICE, listed
from deskmate.playbooks.practice import SAID
from deskmate.playbooks.practice_state import PracticeView


def practice_room(seat: Seat) -> None:
    """Choose a scene, or go on with the one that waits, and play it until it ends or is set aside.

    Raises:
        GoneError: nobody types any more.
        ElsewhereError: somebody live is in front now; the practice waits.
    """
    practices = seat.desk.practices
    if practices.under_way:
        practices.resume()
    elif not _choose(seat):
        return
    try:
        _play(seat)
    finally:
        practices.pause()


def _choose(seat: Seat) -> bool:
    """Choose by words; an empty line is a surprise."""
    practices = seat.desk.practices
    words = seat.ask("PRACTICE. Which guide? Words, or Enter for a surprise")
    if not words:
        offer = practices.surprise()
        found = [offer] if offer else []
    else:
        found = practices.find(words)[:9]
    if not found:
        seat.talk.say("No scene has these words.")
        return False
    place: int | None = 0
    if words:
        place = seat.choose("PRACTICE. Which scene?", [f"{each.title}: {each.scene.who}" for each in found])
    if place is None:
        seat.talk.say("No scene was begun.")
        return False
    practices.begin(found[place].scene)
    return True


def _play(seat: Seat) -> None:
    practices, talk = seat.desk.practices, seat.talk
    told = ""
    heard: tuple[str, ...] = ()
    while practices.under_way:
        seen = practices.view()
        step = f"{seen.guide.playbook}/{seen.guide.step}"
        if step != told:
            told, heard = step, ()
            talk.say("", f"PRACTICE. {seen.who}.", *_patron(seen, heard), *_step(seen))
        else:
            talk.say(*_patron(seen, heard), *_remark(seen.remark))
        heard = seen.patron
        left = "" if seen.left is None else f" {_seconds(seen.left)} left." if seen.left else " The time is up."
        answers = numbers(len(seen.guide.choices))
        typed = seat.room(f"PRACTICE.{left} {answers}s said, d ticks, e ends, ? for all")
        if typed == "?":
            talk.say(*listed(PRACTICE, ANYWHERE))
        elif typed == "":
            told = ""
        elif typed.lower() == "q":
            talk.say("PRACTICE is set aside. practice goes on with it.")
            return
        else:
            _take(seat, typed.lower(), seen)
    talk.say(*debrief_lines(seat))


def _patron(seen: PracticeView, heard: tuple[str, ...]) -> list[str]:
    """What they said or did since it was last told."""
    return [f"Patron: {line}" for line in seen.patron[len(heard) :]]


def _remark(remark: str) -> list[str]:
    """What is to be known of the last key."""
    return [f"PRACTICE. {remark}"] if remark else []


def _step(seen: PracticeView) -> list[str]:
    """The guide's step, the answers last."""
    guide = seen.guide
    items = [item_line(number, item) for number, item in enumerate(guide.items, 1)]
    end = ["This is the end: e ends the practice."] if guide.end else answer_lines(guide)
    return [*nudge_lines(guide), *say_lines(guide), *items, *end]


def _take(seat: Seat, typed: str, seen: PracticeView) -> None:
    """One key of the practice."""
    guide = seen.guide
    place = place_of(typed, len(guide.choices))
    if place is not None:
        _act(seat, "choose", guide.choices[place].value)
    elif typed.startswith("d") and (typed == "d" or typed[1:].strip().isdecimal()):
        _tick(seat, typed[1:].strip(), seen)
    elif typed == "s":
        _act(seat, SAID)
    elif typed == "w":
        _act(seat, "say")
        seat.talk.say(*say_lines(seat.desk.practices.view().guide)[:1])
    elif typed in ("v", "i"):
        seat.talk.say(*(avoid_lines(guide) if typed == "v" else why_lines(guide)))
    elif typed == "p":
        _act(seat, "help")
    elif typed in ("b", "e"):
        _act(seat, {"b": "back", "e": "end"}[typed])
    else:
        seat.talk.say(f'"{typed}" means nothing here. ? says what can be typed.')


def _act(seat: Seat, kind: str, value: str = "") -> None:
    """One event; where it leads to HELP, its rehearsal follows at once."""
    try:
        practice = seat.desk.practices.act(kind, value)
    except DeskMateError as fault:
        seat.talk.say(f"{fault.what} {fault.cure}".strip())
        return
    if practice.in_help:
        seat.talk.say(*_remark(practice.remark))
        _rehearse_help(seat)


def _rehearse_help(seat: Seat) -> None:
    from deskmate.plain.help_page import help_lines

    seat.talk.say("", *(f"PRACTICE. {line}" for line in help_lines(seat)))
    doors = {door.key: door.open for door in seat.desk.library.help.doors}
    typed = seat.ask("PRACTICE of HELP: say the number and the address aloud, then a digit; Enter leaves")
    if typed in doors:
        _act(seat, "door", doors[typed])
    else:
        _act(seat, "leave-help")


def _tick(seat: Seat, which: str, seen: PracticeView) -> None:
    items = seen.guide.items
    following = next((place for place, item in enumerate(items) if not item.ticked), None)
    place = place_of(which, len(items)) if which else following
    if place is None:
        seat.talk.say("There is no such thing to do." if which else "Everything is ticked.")
        return
    _act(seat, "untick" if items[place].ticked else "tick", items[place].value)
    seat.talk.say(item_line(place + 1, seat.desk.practices.view().guide.items[place]))


def debrief_lines(seat: Seat) -> list[str]:
    """What there is to talk over, what went well first."""
    told = seat.desk.practices.debrief()
    rows = ["", "PRACTICE is over."]
    if told.first_sentence is not None:
        rows.append(f"Went well: the first sentence came after {_seconds(told.first_sentence)}.")
    rows += [f"Went well: {point.text}" for point in told.kept]
    rows += ["Went well: every answer fitted."] if told.finished and not told.astray else []
    rows += ["Went well: HELP was asked for. It is never wrong."] if told.helped else []
    for point in told.missed:
        late = f", done after {_seconds(point.late)}, not within {point.within}" if point.late is not None else ""
        rows.append(f"To look at: {point.text.rstrip('.')}{late}. {point.why}")
    rows += [f"Did not fit: {answer}. They: {did}" for did, answer in told.astray]
    rows += [] if told.finished else ["It was left before its end."]
    return [*rows, "Nothing of this is kept."]


def _seconds(count: int) -> str:
    """`1 second`, `20 seconds`."""
    return f"{count} second{'' if count == 1 else 's'}"
