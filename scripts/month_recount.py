"""The figures of a month, recounted from the exported CSV in the plainest way. Nothing of DeskMate is used here."""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from statistics import median
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

CHANNELS: Final = ("in-person", "phone", "chat", "email", "sms", "video", "social", "mail", "other")
KINDS: Final = (
    "directional", "policy", "known-item", "reference", "readers-advisory", "device", "account", "accommodation",
    "conduct", "other",
)  # fmt: skip
OUTCOMES: Final = ("answered", "referred", "promised", "declined", "escalated", "unresolved", "left")
ENTRIES: Final = ("live", "late", "tally", "estimate")
STRAINS: Final = ("calm", "tense", "red")
DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SOURCE_KINDS: Final = ("reference", "readers-advisory", "known-item")
Row = dict[str, str]


class Lived(NamedTuple):
    """What is known beside the CSV."""

    zone: ZoneInfo
    now: datetime
    begun: date
    """The log's first day."""
    hours: dict[int, tuple[int, int]]
    """Weekday to opening and closing."""
    shifts: list[tuple[str, str, datetime, datetime]]
    """Branch, desk, begin, end."""
    feedback: list[dict[str, Any]]
    titles: dict[str, str]
    """What signs are about to the words for it."""


class Asked(NamedTuple):
    """Which report."""

    first: date
    last: date
    branch: str = ""
    desk: str = ""


def read(path: Path) -> list[Row]:
    """The rows of the CSV."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def hide(number: int) -> int | str:
    """A small cell."""
    return "<3" if number in (1, 2) else number


class Month:
    """One report, recounted."""

    def __init__(self, rows: list[Row], lived: Lived, asked: Asked) -> None:
        self.lived, self.asked = lived, asked
        self.start = datetime.combine(asked.first, time(), lived.zone)
        self.end = datetime.combine(asked.last + timedelta(days=1), time(), lived.zone)
        self.there = [row for row in rows if self._is_there(row)]
        self.rows = [row for row in self.there if asked.first <= _day(row) <= asked.last]
        self.counted = [row for row in self.rows if row["entry"] != "estimate" and int(row["count"])]
        self.open = [row for row in self.counted if row["sensitive"] == "no"]

    def _is_there(self, row: Row) -> bool:
        wanted = (self.asked.branch, row["branch"]), (self.asked.desk, row["desk"])
        return all(not name or name == found for name, found in wanted)

    @property
    def whole(self) -> bool:
        """Whether it is about the whole library."""
        return not (self.asked.branch or self.asked.desk)

    def figures(self) -> dict[str, Any]:
        """Everything, in the shape of the summary's JSON; the rules' words and the title are not recounted."""
        return {
            "contacts": {
                "total": _sum(self.counted),
                "sensitive": hide(_sum(row for row in self.counted if row["sensitive"] == "yes")),
                "estimated": hide(_sum(self._estimates)),
            },
            "entries": self._table(ENTRIES, "entry", [row for row in self.rows if int(row["count"])]),
            "channels": self._table(CHANNELS, "channel"),
            "kinds": self._table(KINDS, "kind", self.counted),
            "strains": self._table(STRAINS, "strain"),
            "outcomes": self._table(OUTCOMES, "outcome"),
            "read": self._table("123456", "read"),
            "serious": {
                "escalated": hide(_sum(row for row in self.open if row["outcome"] == "escalated")),
                "incidents": hide(_sum(row for row in self.open if row["incident"] == "yes")),
            },
            **self._times(),
            **self._lengths(),
            **self._decisions(),
            "promises": self._promises(),
            "standards": self._standards(),
            **self._voice(),
            "signs": self._signs(),
            "reference": self._reference(),
            "watch": [],
        }

    @property
    def _estimates(self) -> list[Row]:
        return [row for row in self.rows if row["entry"] == "estimate"]

    def _table(self, values: Iterable[str], column: str, rows: list[Row] | None = None) -> dict[str, Any]:
        rows = self.open if rows is None else rows
        return {value: hide(_sum(row for row in rows if row[column] == value)) for value in values}

    def _free(self, column: str) -> dict[str, Any]:
        found: Counter[str] = Counter()
        for row in self.open:
            found[row[column]] += int(row["count"])
        return {value: hide(number) for value, number in found.items() if value}

    # -- when ---------------------------------------------------------------------------------------------------------

    def _times(self) -> dict[str, Any]:
        watched, logged = self._watched(), self._logged()
        silent = [slot for slot in watched if slot not in logged]
        hours: Counter[int] = Counter()
        week: Counter[tuple[int, int]] = Counter()
        for row in self.open:
            at = datetime.fromisoformat(row["asked_at"])
            hours[at.hour] += int(row["count"])
            week[at.weekday(), at.hour] += int(row["count"])
        shown = sorted({hour for _, hour in watched} | set(hours))
        quiet = {hour for _, hour in silent}
        return {
            "hours": {
                f"{hour:02}": "nobody logged" if not hours[hour] and hour in quiet else hide(hours[hour])
                for hour in shown
            },
            "week": {f"{DAYS[day]} {hour:02}": hide(number) for (day, hour), number in week.items()},
            "trend": self._weeks({day for day, _ in watched}),
            "desks": self._desks(),
            "tension": self._tension(),
            "coverage": {"staffed_hours": len(watched), "nobody_logged": len(silent)},
        }

    def _logged(self) -> set[tuple[date, int]]:
        plain = [row for row in self.rows if row["sensitive"] == "no"]
        return {(_day(row), datetime.fromisoformat(row["asked_at"]).hour) for row in plain}

    def _watched(self) -> list[tuple[date, int]]:
        """The hours of which thirty minutes or more were covered, minute by minute."""
        minutes: set[datetime] = set()
        for branch, desk, begin, end in self.lived.shifts:
            if self._is_there({"branch": branch, "desk": desk}):
                minutes |= set(_minutes(begin, end))
        day = max(self.asked.first, self.lived.begun)
        while self.whole and day <= self.asked.last:
            if day.weekday() in self.lived.hours:
                begin, end = (
                    datetime.combine(day, time(hour), self.lived.zone) for hour in self.lived.hours[day.weekday()]
                )
                minutes |= set(_minutes(begin, end))
            day += timedelta(days=1)
        first, last = (moment.astimezone(UTC) for moment in (self.start, min(self.end, self.lived.now)))
        slots: Counter[tuple[date, int]] = Counter()
        for minute in minutes:
            if first <= minute < last:
                wall = minute.astimezone(self.lived.zone)
                slots[wall.date(), wall.hour] += 1
        return [slot for slot, number in slots.items() if number >= 30]

    def _weeks(self, watched: set[date]) -> list[dict[str, Any]]:
        found: dict[date, int | None] = {}
        for day in watched:
            found.setdefault(day - timedelta(days=day.weekday()), None)
        for row in self.rows:
            monday = _day(row) - timedelta(days=_day(row).weekday())
            found[monday] = (found.get(monday) or 0) + (int(row["count"]) if row["entry"] != "estimate" else 0)
        return [
            {
                "unit": "week",
                "from": max(monday, self.asked.first).isoformat(),
                "to": min(monday + timedelta(days=6), self.asked.last).isoformat(),
                "contacts": "nobody logged" if (number := found[monday]) is None else hide(number),
            }
            for monday in sorted(found)
        ]

    def _desks(self) -> list[dict[str, Any]]:
        found: Counter[tuple[str, str]] = Counter()
        for row in self.counted:
            found[row["branch"], row["desk"]] += int(row["count"])
        return [{"branch": pair[0], "desk": pair[1], "contacts": hide(found[pair])} for pair in sorted(found)]

    def _tension(self) -> dict[str, Any]:
        all_: Counter[tuple[int, str]] = Counter()
        red: Counter[tuple[int, str]] = Counter()
        for row in self.open:
            if row["strain"] != "calm":
                cell = datetime.fromisoformat(row["asked_at"]).hour, row["place"] or "Not noted"
                all_[cell] += int(row["count"])
                red[cell] += int(row["count"]) if row["strain"] == "red" else 0
        told: dict[str, Any] = {}
        for (hour, place), number in all_.items():
            reds = red[hour, place]
            shown = str(hide(number)) if number < 3 or not reds else f"{number} ({hide(reds)})"
            told.setdefault(f"{hour:02}", {})[place] = shown
        return told

    # -- how long -----------------------------------------------------------------------------------------------------

    def _lengths(self) -> dict[str, Any]:
        single = [row for row in self.open if row["count"] == "1"]
        timed = [int(row["seconds"]) for row in single if row["seconds"] and row["uncertain"] == "no"]
        holds = [int(row["hold_seconds"]) for row in single if row["hold_seconds"] != "0"]
        if len(timed) < 30 or (self.asked.last - self.asked.first).days + 1 < 28:
            return {"duration": {"withheld": True}, "hold": {"withheld": True}}
        edges = (0, 60, 300, 900, 1800, 10**9)
        names = ("Under a minute", "1 to 5 min", "5 to 15 min", "15 to 30 min", "30 min or more")
        return {
            "duration": {
                "withheld": False,
                "median_seconds": median(timed),
                "longest_seconds": max(timed),
                "total_minutes": round(sum(timed) / 60),
                "measured": hide(len(timed)),
                "uncertain": hide(sum(row["uncertain"] == "yes" for row in single)),
                "bands": {
                    name: hide(sum(edges[place] <= seconds < edges[place + 1] for seconds in timed))
                    for place, name in enumerate(names)
                },
            },
            "hold": {
                "withheld": False,
                "callers": hide(len(holds)),
                "longest_seconds": max(holds, default=0),
                "limit_seconds": 60,
                "over_limit": hide(sum(seconds > 60 for seconds in holds)),
            },
        }

    # -- what was decided ---------------------------------------------------------------------------------------------

    def _decisions(self) -> dict[str, Any]:
        declined = [row for row in self.open if row["outcome"] == "declined"]
        offered: Counter[str] = Counter()
        for row in declined:
            for name in filter(None, row["offered"].split("; ")):
                offered[name] += int(row["count"])
        return {
            "refusals": {
                "declined": hide(_sum(declined)),
                "nothing_offered": hide(_sum(row for row in declined if not row["offered"])),
            },
            "offered": {name: hide(number) for name, number in offered.items()},
            "exceptions": self._free("authority"),
            "referrals": self._free("referred_to"),
            "playbooks": self._free("playbook"),
            "stopped": self._free("stopped"),
        }

    def _in_period(self, moment: str) -> bool:
        return bool(moment) and self.start <= datetime.fromisoformat(moment) < self.end

    def _promises(self) -> dict[str, Any]:
        owed = [row for row in self.there if row["promise_what"]]
        open_ones = [row for row in owed if row["promise_state"] == "open"]
        closed = [row for row in owed if self._in_period(row["promise_closed_at"])]
        done = [row["promise_kept"] for row in closed if row["promise_state"] == "done"]
        late = [row for row in open_ones if datetime.fromisoformat(row["promise_due"]) < self.lived.now]
        numbers = {
            "made": sum(self._in_period(row["promise_made_at"]) for row in owed),
            "kept": done.count("yes"),
            "late": done.count("no"),
            "untimed": done.count(""),
            "dropped": sum(row["promise_state"] == "dropped" for row in closed),
            "open": len(open_ones),
            "waiting": sum(bool(row["promise_waiting_for"]) for row in open_ones),
            "overdue": sum(not row["promise_waiting_for"] for row in late),
        }
        return {name: hide(number) for name, number in numbers.items()}

    def _standards(self) -> dict[str, Any]:
        hold: dict[str, list[str]] = {"met": [], "missed": []}
        for row in self.open:
            if row["count"] == "1" and row["hold_seconds"] != "0":
                hold["met" if int(row["hold_seconds"]) <= 60 else "missed"].append(_ref(row["asked_at"], row["id"]))
        callback: dict[str, list[str]] = {}
        for row in self.there:
            first = json.loads(row["promise_snoozed_from"])[0] if row["promise_snoozed_from"].startswith("[") else ""
            first = first or row["promise_snoozed_from"] or row["promise_due"]
            state = self._call_state(row)
            if self._in_period(first) and state:
                callback.setdefault(state, []).append(_ref(row["asked_at"], row["id"]))
        complaint: dict[str, list[str]] = {}
        for each in self._said("at") if self.whole else ():
            if each["kind"] == "complaint":
                complaint.setdefault(self._complaint_state(each), []).append(_ref(each["at"], each["id"]))
        found = {"hold": hold, "callback": callback, "complaint": complaint}
        return {name: _standard(cases) for name, cases in found.items() if any(cases.values())}

    def _call_state(self, row: Row) -> str:
        if row["promise_state"] == "open":
            first = row["promise_snoozed_from"] or row["promise_due"]
            future = datetime.fromisoformat(first) >= self.lived.now
            return "open" if row["promise_waiting_for"] or future else "missed"
        states = {"yes": "met", "no": "missed", "": "unknown"}
        return states[row["promise_kept"]] if row["promise_state"] == "done" else ""

    def _complaint_state(self, each: dict[str, Any]) -> str:
        last = datetime.fromisoformat(each["at"]).date() + timedelta(days=1)
        while last.weekday() not in self.lived.hours:
            last += timedelta(days=1)
        if each["answered_at"]:
            return "met" if datetime.fromisoformat(each["answered_at"]).date() <= last else "missed"
        return "missed" if self.lived.now.date() > last else "open"

    # -- what was said ------------------------------------------------------------------------------------------------

    def _said(self, name: str) -> list[dict[str, Any]]:
        return sorted(
            (each for each in self.lived.feedback if self._in_period(each[name])), key=lambda each: each["at"]
        )

    def _voice(self) -> dict[str, Any]:
        said, done = (self._said("at"), self._said("answered_at")) if self.whole else ([], [])
        kinds = Counter(each["kind"] for each in said)
        themes: dict[str, Counter[str]] = {}
        for each in said:
            if each["kind"] != "wish":
                themes.setdefault(each["theme"] or "no theme", Counter())[each["at"][:7]] += 1
        lacking = Counter(each["text"].lower() for each in said if each["kind"] == "wish")
        fields: Callable[[dict[str, Any]], dict[str, Any]] = lambda each: {  # noqa: E731 - used twice, right here
            name: each[name] for name in ("kind", "text", "offered", "answer", "theme")
        }
        return {
            "feedback": {
                **{kind: hide(number) for kind, number in kinds.items()},
                "answered": hide(sum(bool(each["answered_at"]) for each in said)),
            },
            "told": [fields(each) for each in said if not each["restricted"]],
            "you_said": [
                {"kind": each["kind"], "text": each["text"], "we_did": each["answer"], "theme": each["theme"]}
                for each in done
                if not each["restricted"] and each["kind"] in ("complaint", "suggestion", "refusal")
            ],
            "themes": {
                theme: {month: hide(number) for month, number in months.items()} for theme, months in themes.items()
            },
            "lacking": {words: hide(number) for words, number in lacking.items()},
        }

    def _signs(self) -> list[dict[str, Any]]:
        found = []
        window = min(30, (self.asked.last - self.asked.first).days + 1)
        for about, title in self.lived.titles.items():
            by_day: Counter[date] = Counter()
            for row in self.open:
                if row["kind"] == "directional" and about in row["tags"].split("; "):
                    by_day[_day(row)] += int(row["count"])
            most = max((sum(by_day[day - timedelta(days=back)] for back in range(30)) for day in by_day), default=0)
            if most >= 10:
                found.append({"about": about, "title": title, "asked": most, "days": window})
        return sorted(found, key=lambda each: (-each["asked"], each["about"]))

    def _reference(self) -> dict[str, Any]:
        rules = {"pls": _pls, "z39.7": _z39_7, "local": lambda row: row["kind"] != "directional"}
        return {
            name: {
                "counted": hide(_sum(filter(counts, self.counted))),
                "estimated": hide(_sum(filter(counts, self._estimates))),
            }
            for name, counts in rules.items()
        }


def _pls(row: Row) -> bool:
    referred = row["outcome"] == "referred" or bool(row["referred_to"])
    return (
        row["source_used"] == "yes"
        or row["kind"] in SOURCE_KINDS
        or (referred and row["kind"] in (*SOURCE_KINDS, "other"))
    )


def _z39_7(row: Row) -> bool:
    return _pls(row) or (row["kind"] == "device" and row["taught"] == "yes")


def _standard(cases: dict[str, list[str]]) -> dict[str, Any]:
    numbers = {state: len(cases.get(state, [])) for state in ("met", "missed", "unknown", "open")}
    known = numbers["met"] + numbers["missed"]
    verdict = "unknown" if not known else "met" if numbers["met"] == known else "missed"
    told = sorted(cases.get("missed", [])) if numbers["missed"] >= 3 else []
    return {"percent": 100, "verdict": verdict, **{s: hide(n) for s, n in numbers.items()}, "missed_cases": told}


def _sum(rows: Iterable[Row]) -> int:
    return sum(int(row["count"]) for row in rows)


def _day(row: Row) -> date:
    return date.fromisoformat(row["asked_at"][:10])


def _ref(moment: str, record_id: str) -> str:
    return f"{moment[:10]}.{record_id[-6:]}"


def _minutes(begin: datetime, end: datetime) -> Iterable[datetime]:
    moment, last = begin.astimezone(UTC), end.astimezone(UTC)
    while moment < last:
        yield moment
        moment += timedelta(minutes=1)
