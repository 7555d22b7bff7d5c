"""What staff should know today: the library's notices, and those typed at a desk."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from deskmate.clock import Clock
from deskmate.desk.answers import Answers
from deskmate.desk.promises import closing_today
from deskmate.faults import BadUsage, NotFound
from deskmate.hours import Hours
from deskmate.model.notice import KINDS, StaffNotice
from deskmate.playbooks.answers import Posted
from deskmate.playbooks.library import Library
from deskmate.records.log import Log
from deskmate.text.clean import one_line
from deskmate.text.due import Due, parse
from deskmate.text.guard import mask
from deskmate.text.spoken import place
from deskmate.text.suggest import begun

LONGEST: Final = 160
"""Characters of a typed notice: one sentence of some 25 words."""
SHORTEST: Final = 3
_TAIL: Final = re.compile(r"(?P<text>.*\S),? +(?:until|till) +(?P<phrase>\S.*)", re.IGNORECASE)
_BROKEN: Final = re.compile(
    r"\b(out|out of order|broken|down|jam|jammed|jams|leak|leaks|leaking|offline|stuck|dead|not working|does not work"
    r"|doesn.t work|closed|no (?=heat|water|power|wi-?fi|internet|light))\b",
    re.IGNORECASE,
)
_FILLING: Final = re.compile(r"\b(?:the|is|are|a|an|of|order|[0-9]+)\b", re.IGNORECASE)


class NoticeBoard:
    """The notices of this library, seen from this desk.

    Args:
        library: the notices of the files.
        log: where typed notices are kept.
        hours: the opening hours, for `until closing`.
        clock: the desk's time.
    """

    def __init__(self, library: Library, log: Log, hours: Hours, clock: Clock) -> None:
        self._library = library
        self._log = log
        self._hours = hours
        self._clock = clock
        self._known: tuple[StaffNotice, ...] | None = None

    # -- reading --------------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Read again what was typed, here or at another desk that shares the log."""
        now = self._clock.now()
        table = self._log.staff_notices
        ended = table.ended()
        own = (_at_desk(each, now) for each in self._library.posted if not each.example)
        self._known = (*table.all(), *(each for each in own if (each.id, each.text) not in ended))

    def today(self) -> tuple[StaffNotice, ...]:
        """The notices that hold now, broken things first, then those that run out first; looks once by itself."""
        if self._known is None:
            self.look()
        return self._holding()

    def in_guide(self, playbook_id: str) -> tuple[str, ...]:
        """What a guide shows: the notices that hold now and name it, as of the last look.

        A guide is painted every second: it reads no disk, and before the first look there is nothing.
        """
        now = self._clock.now()
        return tuple(told(each, now) for each in self._holding() if playbook_id in each.guides)

    def broken(self) -> tuple[str, ...]:
        """What does not work now, each as one line with its end."""
        now = self._clock.now()
        return tuple(told(each, now) for each in self.today() if each.kind == "broken")

    def find(self, typed: str) -> StaffNotice:
        """The notice of today with an id; for a typed one its end of four letters or more is enough.

        Raises:
            NotFound: none has it, or several.
        """
        wanted = typed.strip().lower()
        today = self.today()
        found = [each for each in today if each.id == wanted]
        if not found and len(wanted) >= 4:
            found = [each for each in today if each.typed and each.id.endswith(wanted)]
        if len(found) != 1:
            raise NotFound(f'There is no notice "{typed}" today.', "See: deskmate notices")
        return found[0]

    # -- writing --------------------------------------------------------------------------------------------------

    def when(self, phrase: str) -> Due:
        """Read until when a notice holds.

        Raises:
            BadUsage: it is not understood, or has passed.
        """
        now = self._clock.now()
        return parse(phrase, now, self._hours, shift_end=closing_today(self._hours, now))

    def usual_end(self) -> str:
        """Until when a notice holds if nobody says: closing, or the next open day's closing when that has passed."""
        now = self._clock.now()
        if closing_today(self._hours, now) is not None:
            return "closing"
        following = self._hours.next_open(now.date() + timedelta(days=1))
        return f"{following:%a} closing".lower() if following else "in 24 h"

    def split(self, words: str) -> tuple[str, str]:
        """Tell the sentence from its end: `printer 2 is out until 3pm` is (`printer 2 is out`, `3pm`).

        Returns:
            The sentence, and the phrase after `until` when it is understood as a time; else all words and nothing.
        """
        match = _TAIL.fullmatch(one_line(words))
        if match is None:
            return one_line(words), ""
        try:
            self.when(match["phrase"])
        except BadUsage:
            return one_line(words), ""
        return match["text"], match["phrase"]

    def post(
        self, text: str, phrase: str = "", *, kind: str = "", where: str = "", guides: Iterable[str] = ()
    ) -> StaffNotice:
        """Tell every desk something until a time; it can be undone.

        Args:
            text: one sentence; private data in it is masked. It may hold its own `until ...`.
            phrase: until when; empty: what the text says, else the usual end.
            kind: `broken`, `news` or `rule`, or its beginning; empty is told from the words.
            where: where in the building.
            guides: ids of the playbooks that show it.

        Raises:
            BadUsage: the words say too little or too much, or the time or the kind is not understood.
            NotFound: there is no such playbook.
            NotSaved: the disk refused.
        """
        words, tail = self.split(text)
        if phrase and tail and phrase != tail:
            words = one_line(text)
        kept = mask(words)
        if len(kept) < SHORTEST or not any(letter.isalpha() for letter in kept):
            raise BadUsage("These words say too little for a notice.", "Say it in one short sentence.")
        if len(kept) > LONGEST:
            raise BadUsage(f"A notice has at most {LONGEST} characters.", "Say it in one short sentence.")
        chosen = tuple(self._library.playbook(guide).id for guide in guides)
        notice = StaffNotice(
            id=self._log.new_id(),
            text=kept,
            kind=pick_kind(kind) if kind else guess_kind(kept),
            since=self._clock.now().replace(microsecond=0),
            until=self.when(phrase or tail or self.usual_end()).at,
            where=mask(one_line(where, 60)),
            guides=chosen,
        )
        self._log.staff_notices.add(notice, say="The new notice")
        self.look()
        return notice

    def end(self, notice: StaffNotice) -> StaffNotice:
        """It is mended, or nobody needs it any more; it can be undone.

        Returns:
            The notice that held until now.

        Raises:
            NotSaved: the disk refused.
        """
        self._log.staff_notices.end(notice, say="The end of a notice")
        self.look()
        return notice

    def _holding(self) -> tuple[StaffNotice, ...]:
        now = self._clock.now()
        holding = [each for each in self._known or () if each.holds(now)]
        return tuple(sorted(holding, key=lambda each: (KINDS.index(each.kind), _end(each))))


def pick_kind(typed: str) -> str:
    """The kind of notice that was meant, by its beginning.

    Raises:
        BadUsage: none begins so.
    """
    return begun(typed, KINDS, "notice")


def guess_kind(text: str) -> str:
    """`broken` when the words say that something does not work, else `news`."""
    return "broken" if _BROKEN.search(text) else "news"


def guess_guide(answers: Answers, text: str) -> str:
    """The guide whose patrons a broken thing meets: `printer 2 is out` is for those who print.

    Looked up by the thing alone, then by the whole words; a guess that the look-up is not sure of is none, and an
    urgent guide shows nothing that nobody asked it to.

    Returns:
        A playbook's id, or empty.
    """
    thing = _FILLING.sub(" ", _BROKEN.sub(" ", text))
    for words in (thing, text):
        found = answers.find(words, 1) if words.strip() else []
        best = found[0] if found and found[0].confident else None
        if best is not None and best.kind in ("playbook", "card") and best.urgency == "routine":
            return best.id
    return ""


def told(notice: StaffNotice, now: datetime) -> str:
    """A notice as one line: what, where, and until when."""
    where = f", {notice.where}" if notice.where else ""
    end = until(notice, now)
    return f"{notice.text.rstrip('.')}{where}{f' ({end})' if end else ''}"


def until(notice: StaffNotice, now: datetime) -> str:
    """Until when it holds, in words: `until 15:00`, `until Thu 03 Dec`, `all day`; empty when it never runs out."""
    if notice.until is None:
        return ""
    at = notice.until.astimezone(now.tzinfo)
    if at.time() == time():  # a last day in whole
        last = at.date() - timedelta(days=1)
        return "all day" if last == now.date() else f"until {last:%a %d %b}"
    return f"until {at:%H:%M}" if at.date() == now.date() else f"until {at:%a %d %b %H:%M}"


def as_json(notice: StaffNotice) -> dict[str, Any]:
    """A notice as commands print it."""
    moments = {"from": notice.since, "until": notice.until}
    plain = {"id": notice.id, "text": notice.text, "kind": notice.kind, "where": notice.where}
    times = {name: at.isoformat(timespec="seconds") if at else None for name, at in moments.items()}
    return {**plain, **times, "guides": list(notice.guides), "typed": notice.typed}


def _at_desk(posted: Posted, now: datetime) -> StaffNotice:
    """A notice of the file with its times in the desk's zone."""
    return StaffNotice(
        id=posted.id,
        text=posted.text,
        kind=posted.kind,
        since=_moment(posted.since, now),
        until=_moment(posted.until, now, last_day=True),
        where=posted.where,
        guides=posted.guides,
        typed=False,
    )


def _moment(written: str, now: datetime, *, last_day: bool = False) -> datetime | None:
    """A moment of the file in the desk's zone; a date alone is its midnight, or as a last day the midnight after."""
    if not written:
        return None
    if len(written) > len("2026-11-22"):
        return place(datetime.fromisoformat(written), now)
    day = date.fromisoformat(written) + timedelta(days=last_day)
    return place(datetime.combine(day, time()), now)


def _end(notice: StaffNotice) -> float:
    return notice.until.timestamp() if notice.until else float("inf")
