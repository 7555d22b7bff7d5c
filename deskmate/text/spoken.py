"""The words people use for times and days, one kind at a time; `due` puts them together.

Each reader takes a whole stretch of words in small letters and answers None unless it understood all of it, so that
nothing is left over unseen.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from typing import Final

from deskmate.faults import BadUsage
from deskmate.text.clean import one_line

DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONGEST: Final = 80
"""Characters of a phrase; a longer one is a note in the wrong box."""

WEEKDAY: Final = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
)
_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_WORDS: Final = "a one two three four five six seven eight nine ten eleven twelve"
_NUMBERS: Final = {
    **{word: max(number, 1) for number, word in enumerate(_WORDS.split())},
    **dict.fromkeys(("an",), 1),
    **dict.fromkeys(("a couple of",), 2),
    **dict(zip(("fifteen", "twenty", "thirty", "forty", "forty-five"), (15, 20, 30, 40, 45), strict=True)),
}
_OF: Final = "(?: |(?<=[0-9]))"
"""Between a count and its unit: figures may touch it (`2h`), words may not."""
COUNT: Final = rf"(?:[0-9]{{1,4}}(?:\.[0-9]{{1,2}})?|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as it was said."""

    readings: tuple[time, ...]
    """What it can mean: one time; or two, the likelier at a desk (8:00 to 19:59) first."""
    bare: bool = False
    """A number and nothing else: it could as well be minutes or a day."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day as it was said."""

    date: date
    same_time: bool = False
    """Counted from now (`in 3 days`): without a time it keeps the present time of day."""


def plain(phrase: str) -> str:
    """A phrase in small letters with single spaces, without full stops at the end and without `o'clock`."""
    text = one_line(phrase).casefold().replace("’", "'").rstrip(".!")
    text = re.sub(r"\b([ap])\.m\b\.?", r"\1m", text)
    return " ".join(re.sub(r" ?\bo'?clock\b", "", text).split())


def dated(day: date, today: date) -> str:
    """A day to read back: `Fri 20 Nov`, with the year unless it is this one."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}{year}"


def iso(phrase: str, now: datetime) -> datetime | None:
    """A full ISO date and time, in the zone of `now`; None when the phrase is something else.

    Raises:
        BadUsage: it has the shape, but there is no such day or time.
    """
    text = phrase.strip()
    if not re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(?::|[Zz+-]|$)", text):
        return None
    try:
        moment = datetime.fromisoformat(text.upper())
        return place(moment, now) if moment.tzinfo is None else place(moment.astimezone(now.tzinfo), now, exact=True)
    except (ValueError, OverflowError, OSError):
        raise BadUsage(f'"{text[:LONGEST]}" is no date and time.', "Write it like 2026-11-30 14:00.") from None


def place(wall: datetime, now: datetime, *, exact: bool = False) -> datetime:
    """A time on the wall clock as a moment in the zone of `now`, with the offset of that day.

    A fixed offset says nothing about other days: when it is the one this computer's zone has at `now`, the zone's own
    offset for that day is used. A time that the clock passes twice is the first that is still to come; one that it
    skips comes out after the gap.

    Args:
        wall: date and time without a zone; with `exact`, a moment.
        now: the present moment, aware.
        exact: only move the moment into the zone.
    """
    own = isinstance(now.tzinfo, timezone) and now.astimezone().utcoffset() == now.utcoffset()
    if exact:
        return wall.astimezone() if own else wall.astimezone(now.tzinfo)
    zone = None if own else now.tzinfo
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    chosen = second if first <= now.astimezone(UTC) < second else first
    return chosen.astimezone(zone)


def elapsed(words: str) -> timedelta | None:
    """Minutes and hours: `20 min`, `2h`, `1 h 30`, `half an hour`, `an hour and a half`; a lone number is minutes."""
    match = _elapsed().fullmatch(words)
    if not match:
        return None
    if match["half"]:
        return timedelta(minutes=30)
    if match["quarter"]:
        return timedelta(minutes=15)
    hours = count(match["hours"] or match["one_and"] or match["first"])
    hours += 0.5 if match["and_half"] or match["one_and"] else 0
    return timedelta(minutes=round(hours * 60 + count(match["minutes"] or match["bare"])))


def clock(words: str) -> Clock | None:
    """A time of day: `4:30`, `at 4`, `4pm`, `4.30 pm`, `16:30`, `1630`, `5ish`, `half past 4`, `noon`.

    Written with 0 in front or above 12 it is on the 24-hour clock; below, without am or pm, it has two readings.
    """
    match = _clock().fullmatch(words)
    if not match:
        return None
    if match["noon"]:
        return Clock((time(12),))
    hour, minute, padded = _figures(match)
    half = match["half"]
    if hour > 23 or minute > 59 or (half and not 1 <= hour <= 12):
        return None
    if half:
        return Clock((time(hour % 12 + (12 if half.startswith("p") else 0), minute),))
    bare = not any(match[name] for name in ("at", "minute", "ish", "compact", "part"))
    if padded or not 1 <= hour <= 12:
        return Clock((time(hour, minute),), bare)
    morning, later = time(hour % 12, minute), time(hour % 12 + 12, minute)
    return Clock((morning, later) if 8 <= hour < 12 else (later, morning), bare)


def day(words: str, today: date) -> Day | None:
    """A day: `tomorrow`, `fri`, `next tue`, `the 30th`, `30 nov`, `2026-11-30`, `in 3 days`, `a week from today`.

    `fri` is the first Friday after today, `this fri` may be today, `next fri` is the one of next week (weeks start on
    Monday). A date without a year is the next one to come.

    Raises:
        BadUsage: there is no such day, or it can be read in two ways (`3/4`).
    """
    match = _day().fullmatch(words)
    if not match:
        return None
    if match["slashed"]:
        raise BadUsage(f'"{match["slashed"]}" can be two different days.', _DAY_CURE)
    try:
        found = _date(match, today)
    except (ValueError, OverflowError):
        raise BadUsage(f'There is no day "{words}".', _DAY_CURE) from None
    if abs(found - today) > _FAR:
        raise BadUsage(f'"{words}" is too far away.', _DAY_CURE)
    return Day(found, same_time=bool(match["ahead"]) or match["start"] == "today")


_DAY_CURE: Final = "Write it like 30 nov or 2026-11-30."
_FAR: Final = timedelta(days=3660)
"""Days beyond ten years are slips, and the ends of the calendar have no time zones."""


def _date(match: re.Match[str], today: date) -> date:
    if match["simple"]:
        return today + timedelta(days=_SIMPLE[match["simple"]])
    if match["iso"]:
        return date.fromisoformat(match["iso"])
    if match["ahead"]:
        return _ahead(match["ahead"], match["unit"], today)
    if match["weeks"]:
        start = today + timedelta(days=_SIMPLE[match["start"]]) if match["start"] in _SIMPLE else None
        return _ahead(match["weeks"], "week", start or _weekday(None, match["start"], today))
    if match["weekday"]:
        return _weekday(match["which"], match["weekday"], today)
    return _dated(match, today)


_SIMPLE: Final = {"today": 0, "tomorrow": 1, "tmrw": 1, "tmr": 1, "day after tomorrow": 2}


def _figures(match: re.Match[str]) -> tuple[int, int, bool]:
    """Hour, minute, and whether it was written with 0 in front; an impossible hour for what makes no sense."""
    if match["part"]:
        past = int(match["past"])
        minute = {"half past": 30, "quarter past": 15, "quarter to": 45}[match["part"]]
        if not 1 <= past <= 12:
            return 99, minute, False
        return ((past - 2) % 12 + 1 if minute == 45 else past), minute, False
    if match["compact"]:
        return int(match["compact"][:-2]), int(match["compact"][-2:]), match["compact"].startswith("0")
    return int(match["hour"]), int(match["minute"] or 0), match["hour"].startswith("0")


def count(words: str | None) -> float:
    """What a count says: `2`, `1.5`, `two`, `a couple of`; 0 when there is none."""
    if not words:
        return 0
    return _NUMBERS[words] if words in _NUMBERS else float(words)


def _ahead(words: str, unit: str, start: date) -> date:
    number = count(words)
    if number != int(number):
        raise ValueError(words)
    if unit.startswith("mo"):
        year, month = divmod(start.year * 12 + start.month - 1 + int(number), 12)
        return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
    return start + timedelta(days=int(number) * {"d": 1, "w": 7, "f": 14}[unit[0]])


def _weekday(which: str | None, name: str, today: date) -> date:
    wanted = DAYS.index(name[:3].title())
    if which == "next":
        return today + timedelta(days=7 - today.weekday() + wanted)
    ahead = (wanted - today.weekday()) % 7
    return today + timedelta(days=ahead or (0 if which == "this" else 7))


def _dated(match: re.Match[str], today: date) -> date:
    """`30 nov`, `nov 30 2026`, `fri 20 nov`, `the 30th`: the next such day.

    Raises:
        ValueError: no such day comes within eight years, or it falls on another weekday than was said.
    """
    number = int(match["dom"] or match["dom2"] or match["dom3"] or match["dom4"])
    name = match["month"] or match["month2"]
    given = match["year"] or match["year2"]
    found: date | None = None
    if given:
        found = date(int(given), MONTHS.index(name[:3].title()) + 1, number)
    else:
        month = MONTHS.index(name[:3].title()) + 1 if name else 0
        for ahead in range(97):  # eight years find every 29 February
            year, at = divmod(today.year * 12 + today.month - 1 + ahead, 12)
            if (
                month in (0, at + 1)
                and 1 <= number <= monthrange(year, at + 1)[1]
                and date(year, at + 1, number) >= today
            ):
                found = date(year, at + 1, number)
                break
    said = match["said"]
    if found is None or (said and DAYS[found.weekday()] != said[:3].title()):
        raise ValueError(match[0])
    return found


@cache
def _elapsed() -> re.Pattern[str]:
    hour, minute = "(?:h|hrs?|hours?)", "(?:m|mins?|minutes?)"
    return re.compile(
        r"(?P<half>half (?:an )?hour)|(?P<quarter>(?:a )?quarter (?:of an )?hour)"
        rf"|(?P<one_and>{COUNT}) and a half {hour}|(?P<hours>{COUNT}){_OF}{hour}(?P<and_half> and a half)?"
        rf"|(?:(?P<first>{COUNT}){_OF}{hour}(?: and)? ?)?(?:(?P<minutes>{COUNT}){_OF}{minute}|(?P<bare>[0-9]{{1,3}}))"
    )


@cache
def _clock() -> re.Pattern[str]:
    return re.compile(
        r"(?P<at>(?:at|by|around|about) |@ ?)?(?:(?P<noon>noon|midday)"
        r"|(?P<part>half past|quarter past|quarter to) (?P<past>[0-9]{1,2})"
        r"|(?:(?P<compact>[0-9]{3,4})(?: ?h(?:rs?)?)?|(?P<hour>[0-9]{1,2})(?:[:.h](?P<minute>[0-9]{2}))?)"
        r"(?: ?(?P<half>[ap]m?))?(?P<ish>[ -]?ish)?)"
    )


@cache
def _day() -> re.Pattern[str]:
    number, nth, year = "[0-9]{1,2}", "(?:st|nd|rd|th)", "20[0-9]{2}"
    return re.compile(
        rf"(?:on |by |for )?(?:(?:the )?(?P<simple>{'|'.join(_SIMPLE)})|(?P<iso>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})"
        rf"|(?P<slashed>{number}/{number}(?:/[0-9]{{2,4}})?)|(?:(?P<which>this|next) )?(?P<weekday>{WEEKDAY})"
        rf"|(?:in )?(?P<ahead>{COUNT}){_OF}(?P<unit>d|days?|w|wks?|weeks?|fortnights?|months?)(?: from now)?"
        rf"|(?P<weeks>{COUNT}) weeks? from (?P<start>today|tomorrow|{WEEKDAY})"
        rf"|(?:(?P<said>{WEEKDAY}),? )?(?:"
        rf"(?:the )?(?P<dom>{number}){nth}?(?: of)? (?P<month>{_MONTH})(?:,? (?P<year>{year}))?"
        rf"|(?P<month2>{_MONTH}) (?P<dom2>{number}){nth}?(?:,? (?P<year2>{year}))?"
        rf"|(?:the )?(?P<dom3>{number}){nth}|the (?P<dom4>{number})))"
    )
