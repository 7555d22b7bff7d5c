"""When something is due, from the words a person types: `in 20`, `fri morning`, `before closing`.

An own grammar, because the words at a desk mean its hours (`at 4:30` is 16:30, `before closing` is today's closing) and
because a wrong reminder is worse than a refusal: a phrase is taken only when every word of it was understood, and the
answer is read back in full.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Final

from deskmate.faults import BadUsage
from deskmate.hours import Hours
from deskmate.text import spoken
from deskmate.text.moments import NOTES, Desk, Moment, event, named

LATER: Final = timedelta(hours=2)
"""`later today`: in two hours, or a quarter of an hour before closing when that is earlier."""
FARTHEST: Final = timedelta(days=731)
"""Nothing at a desk is promised for later than two years from now: it is a slip of the finger."""
CURE: Final = 'Write it like "in 20 min", "tomorrow 3pm" or "before closing".'
AGO_CURE: Final = 'Write it like "20m ago", "10:15" or "yesterday 4pm".'


@dataclass(frozen=True, slots=True)
class Due:
    """A moment to come, and how it is read back."""

    at: datetime
    """Aware, in the desk's zone, on a full minute."""
    said: str
    """The echo: `Fri 20 Nov 17:45, 15 min before closing` or `today 16:30, in 20 min`."""


def parse(phrase: str, now: datetime, hours: Hours, *, shift_end: datetime | None = None) -> Due:
    """Understand when something is due.

    A time alone that has passed today means the next open day; a phrase that names a day never moves to another.

    Args:
        phrase: what was typed.
        now: the present moment, aware.
        hours: the opening hours of an ordinary week.
        shift_end: when the shift ends, aware; None when nobody said.

    Returns:
        A moment after `now`, and the words to read back, which can be parsed again.

    Raises:
        BadUsage: a part of the phrase was not understood, can be read in two ways, or has passed; says which.
    """
    now = now if now.tzinfo else now.astimezone()
    desk = Desk(now, hours, shift_end)
    words = spoken.plain(phrase)
    found = _exact(phrase, desk) or _read(words, desk)
    if found is None:
        raise _not_understood(words, desk)
    if not desk.ahead(found.at):
        raise BadUsage(f"{_label(found.at, now, 'Today')} {found.at:%H:%M} has passed.", CURE)
    if found.at.astimezone(UTC) - now.astimezone(UTC) > FARTHEST:
        raise BadUsage(f'"{words[: spoken.LONGEST]}" is more than two years away.', CURE)
    return Due(found.at, _said(found, desk))


def ago(phrase: str, now: datetime) -> datetime:
    """Understand when something happened: `20m ago`, `2h ago`, `10:15`, `yesterday 4pm`, an ISO date and time, `now`.

    A time without am or pm is read as 8:00 to 19:59.

    Args:
        phrase: what was typed.
        now: the present moment, aware.

    Returns:
        A moment that is not after `now`.

    Raises:
        BadUsage: a part of the phrase was not understood, or it lies in the future.
    """
    now = now if now.tzinfo else now.astimezone()
    words = spoken.plain(phrase)
    moment = spoken.iso(phrase, now) or _passed(words, now)
    if moment is None:
        raise BadUsage(f'"{words[: spoken.LONGEST]}" was not understood as a time that has passed.', AGO_CURE)
    if moment.astimezone(UTC) > now.astimezone(UTC):
        raise BadUsage(f"{_label(moment, now, 'Today')} {moment:%H:%M} is still to come.", AGO_CURE)
    return moment


def _passed(words: str, now: datetime) -> datetime | None:
    if len(words) > spoken.LONGEST:
        return None
    if words in ("now", "just now"):
        return now
    counted = re.fullmatch(r"(.+?) (?:ago|back)", words)
    if counted:
        span = spoken.elapsed(counted[1])
        return None if span is None else _move(now.replace(second=0, microsecond=0), -span)
    name, _, rest = words.partition(" ")
    days = {"today": 0, "yesterday": 1}
    clock = spoken.clock(rest if name in days else words)
    if clock is None or (clock.bare and name not in days):
        return None
    day = now.date() - timedelta(days=days.get(name, 0))
    return spoken.place(datetime.combine(day, clock.readings[0]), now)


def _move(moment: datetime, span: timedelta) -> datetime:
    """A moment some real minutes away, whatever the wall clock does in between."""
    return spoken.place(moment.astimezone(UTC) + span, moment, exact=True)


def _read(words: str, desk: Desk) -> Moment | None:
    """Every way to read the words, when all of them mean the same moment.

    Raises:
        BadUsage: two readings differ, or the only one cannot be.
    """
    if not words or len(words) > spoken.LONGEST:
        return None
    whole = _echoed(words, desk) or _whole(words, desk)
    if whole:
        return whole
    parts = words.split()
    found: list[Moment] = []
    problems: list[BadUsage] = []
    for cut in range(len(parts), -1, -1):
        left, right = " ".join(parts[:cut]), " ".join(parts[cut:])
        for day, clock in ((left, right), (right, left)):
            try:
                one = _combined(day, clock, desk)
            except BadUsage as problem:
                problems.append(problem)
                continue
            if one and not clock and day.endswith((f"{desk.today:%Y}", f"{desk.today.year + 1}")):
                return one  # `30 nov 2026` is a year, though 20:26 is a time
            if one:
                found.append(one)
    if len({each.at for each in found}) > 1:
        raise BadUsage(f'"{words}" can be read in two ways.', CURE)
    if not found and problems:
        raise problems[0]
    return found[0] if found else None


def _combined(day_words: str, clock_words: str, desk: Desk) -> Moment | None:
    day = spoken.day(day_words, desk.today) if day_words else None
    if day_words and day is None:
        return None
    if not clock_words:
        return _on(day, desk) if day else None
    clock = spoken.clock(clock_words)
    if clock:
        return _at(clock, day, desk)
    return named(clock_words, day, desk)


def _on(day: spoken.Day, desk: Desk) -> Moment:
    """A day without a time."""
    if day.same_time:
        return Moment(desk.at(day.date, desk.minute.time()))
    if day.date == desk.today:
        return event("before closing", day.date, desk)
    return event("morning", day.date, desk)


def _at(clock: spoken.Clock, day: spoken.Day | None, desk: Desk) -> Moment:
    """A time of day, on a day or as the next to come.

    Raises:
        BadUsage: it is only a number, or neither half of the day is in the opening hours.
    """
    if day is None and clock.bare:
        hour = clock.readings[0].hour
        number = hour if len(clock.readings) == 1 else hour % 12 or 12
        raise BadUsage(f'"{number}" alone can be a time or minutes.', f'Write "at {number}" or "in {number} min".')
    if day is not None:
        return Moment(desk.at(day.date, _reading(clock, day.date, desk)))
    if len(clock.readings) == 1:
        moment = desk.at(desk.today, clock.readings[0])
        if not desk.ahead(moment):
            tomorrow = desk.today + timedelta(days=1)
            moment = desk.at(desk.hours.next_open(tomorrow) or tomorrow, clock.readings[0])
        return Moment(moment)
    for ahead in range(9):
        following = desk.today + timedelta(days=ahead)
        for reading in sorted(clock.readings):
            moment = desk.at(following, reading)
            if desk.hours.is_open(following, reading) and desk.ahead(moment):
                return Moment(moment)
    raise _am_or_pm(clock)


def _reading(clock: spoken.Clock, day: date, desk: Desk) -> time:
    """Which reading of a time is meant on a day: the one in the opening hours; on a closed day the usual one."""
    if len(clock.readings) == 1 or desk.hours.closing(day) is None:
        return clock.readings[0]
    fitting = [reading for reading in clock.readings if desk.hours.is_open(day, reading)]
    ahead = [reading for reading in sorted(fitting) if desk.ahead(desk.at(day, reading))]
    if not fitting:
        raise _am_or_pm(clock)
    return ahead[0] if ahead else fitting[0]


def _am_or_pm(clock: spoken.Clock) -> BadUsage:
    first, second = sorted(clock.readings)
    return BadUsage(
        f"Neither {first:%H:%M} nor {second:%H:%M} is in the opening hours.", f"Write {first:%H:%M} or {second:%H:%M}."
    )


def _whole(words: str, desk: Desk) -> Moment | None:
    """Phrases that stand alone: minutes and hours from now, `later today`, `top of the hour`.

    Raises:
        BadUsage: the time from now is none.
    """
    base = desk.minute
    if words in ("later today", "later on today"):
        return Moment(_later(desk))
    if words in ("top of the hour", "at the top of the hour", "on the hour"):
        return Moment(_move(base, timedelta(minutes=60 - base.minute)))
    counted = re.fullmatch(r"(in )?(.+?)( from now)?", words)
    if not counted or (counted[2].isdigit() and not counted[1]):
        return None
    span = spoken.elapsed(counted[2])
    if span is None:
        return None
    if not span:
        raise BadUsage(f'"{words}" is now.', CURE)
    return Moment(_move(base, span))


def _later(desk: Desk) -> datetime:
    limit = desk.before_closing(desk.today)
    moment = _move(desk.minute, LATER)
    if limit and desk.ahead(limit):
        return min(limit, moment)
    if moment.date() != desk.today:
        raise BadUsage("There is no later today: the day is nearly over.", CURE)
    return moment


def _exact(phrase: str, desk: Desk) -> Moment | None:
    moment = spoken.iso(phrase, desk.now)
    return None if moment is None else Moment(moment.replace(second=0, microsecond=0))


def _echoed(words: str, desk: Desk) -> Moment | None:
    """An echo of this module, as a snooze offers it again."""
    match = _echo().fullmatch(words)
    day = spoken.day(match["day"], desk.today) if match else None
    if not match or not day:
        return None
    note = match["note"] if match["note"] in NOTES.values() else ""
    return Moment(desk.at(day.date, time.fromisoformat(match["clock"])), note)


def _not_understood(words: str, desk: Desk) -> BadUsage:
    """The refusal, with the words that were too many where the beginning was understood."""
    if not words:
        return BadUsage("No time was given.", CURE)
    parts = words[: spoken.LONGEST].split()
    for cut in range(len(parts) - 1, 0, -1):
        try:
            understood = _read(" ".join(parts[:cut]), desk)
        except BadUsage:
            continue
        if understood:
            return BadUsage(f'In "{words[: spoken.LONGEST]}", "{" ".join(parts[cut:])}" was not understood.', CURE)
    return BadUsage(f'"{words[: spoken.LONGEST]}" was not understood as a time.', CURE)


def _label(at: datetime, now: datetime, today: str = "today") -> str:
    return today if at.date() == now.date() else spoken.dated(at.date(), now.date())


def _said(found: Moment, desk: Desk) -> str:
    """The echo: day, time, how that was meant or how far it is, and a warning outside the opening hours."""
    at, day = found.at, found.at.date()
    opening, closing = desk.hours.opening(day), desk.hours.closing(day)
    flag = ""
    if opening is None or closing is None:
        flag = " (closed that day)"
    elif not desk.hours.is_open(day, at.time()):
        flag = " (before opening)" if at.time() < opening else " (after closing)"
    return f"{_label(at, desk.now)} {at:%H:%M}, {found.note or _distance(at, desk)}{flag}"


def _distance(at: datetime, desk: Desk) -> str:
    days = (at.date() - desk.today).days
    if days:
        return "tomorrow" if days == 1 else f"in {days} days"
    seconds = (at.astimezone(UTC) - desk.minute.astimezone(UTC)).total_seconds()
    hours, minutes = divmod(round(seconds / 60), 60)
    parts = [f"{count} {unit}" for count, unit in ((hours, "h"), (minutes, "min")) if count]
    return f"in {' '.join(parts)}"


@cache
def _echo() -> re.Pattern[str]:
    days, months = "|".join(spoken.DAYS).lower(), "|".join(spoken.MONTHS).lower()
    return re.compile(
        rf"(?P<day>today|(?:{days}) [0-9]{{1,2}} (?:{months})(?: 20[0-9]{{2}})?) (?P<clock>[0-2][0-9]:[0-5][0-9]), "
        rf"(?P<note>tomorrow|in [0-9]+ (?:h(?: [0-9]+ min)?|min|days)|{'|'.join(NOTES.values())})"
        r"(?: \((?:closed that day|before opening|after closing)\))?"
    )
