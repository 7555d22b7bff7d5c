"""The voice of patrons: what they told the library, what was refused, and the answer given."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from deskmate.clock import Clock
from deskmate.desk.learning import MET
from deskmate.desk.shifts import Shifts
from deskmate.faults import BadUsage, NotFound
from deskmate.model.feedback import KINDS, WISH, Feedback
from deskmate.records.log import Log
from deskmate.settings import Settings
from deskmate.text.clean import one_line
from deskmate.text.guard import NAME, find, mask
from deskmate.text.suggest import begun, sentence

LONGEST: Final = 400
"""Characters of what was said, and of an answer: the issue, not the person's story."""
SHORTEST: Final = 3
_ENDING: Final = 4
"""Letters of an id that are enough to name one."""
_COLLEAGUE: Final = re.compile(
    r"\b(?:staff|colleagues?|co-?workers?|librarians?|clerks?|employees?|managers?|supervisors?|director|volunteers?"
    r"|guards?|security|(?:man|woman|lady|guy|girl|boy|person|someone|somebody|he|she|they) (?:at|on|behind|from) the"
    r" (?:\w+ )?(?:desk|counter|phone|till)|rude|unfriendly)\b",
    re.IGNORECASE,
)


class Voice:
    """Complaints, suggestions, refusals, thanks and wishes of this library, seen from this desk.

    Args:
        log: where they are kept.
        settings: the list of themes.
        clock: the desk's time.
        shifts: who is in charge now: a text with this name is about a colleague.
    """

    def __init__(self, log: Log, settings: Settings, clock: Clock, shifts: Shifts) -> None:
        self._log = log
        self._settings = settings
        self._clock = clock
        self._shifts = shifts

    # -- reading --------------------------------------------------------------------------------------------------

    @property
    def themes(self) -> tuple[str, ...]:
        """What feedback can be about, as the library lists it."""
        return self._settings.library.themes

    def all(self, kind: str = "", first: date = date.min, last: date = date.max) -> list[Feedback]:
        """Feedback of a range of days, both ends included: open ones first, the oldest on top, then the newest answers.

        Args:
            kind: only this kind; empty for all.
            first: the first day.
            last: the last day.
        """
        found = [
            each for each in map(Feedback.from_document, self._log.feedback(first, last)) if kind in ("", each.kind)
        ]
        waiting = [each for each in found if not each.answered]
        done = [each for each in found if each.answered]
        return [*waiting, *sorted(done, key=lambda each: (each.answered_at or each.at).timestamp(), reverse=True)]

    def find(self, typed: str) -> Feedback:
        """The one whose id ends so; four letters or more.

        Raises:
            NotFound: none has it, or several.
        """
        wanted = typed.strip().lower()
        found = [each for each in self.all() if len(wanted) >= _ENDING and each.id.endswith(wanted)]
        if len(found) != 1:
            raise NotFound(f'There is no feedback "{typed}".', "See: deskmate feedback")
        return found[0]

    def is_about_a_colleague(self, kind: str, text: str) -> bool:
        """Whether a text seems to be about a colleague; rather once too often, and all thanks are."""
        if kind == "kudos" or _COLLEAGUE.search(text) or any(found.kind == NAME for found in find(text)):
            return True
        shift = self._shifts.current()
        names = re.findall(r"\w{3,}", shift.in_charge.casefold()) if shift else []
        return any(name in re.findall(r"\w+", text.casefold()) for name in names)

    def theme(self, typed: str) -> str:
        """The theme that was meant: its number in the list, or its beginning; empty stays empty.

        Raises:
            BadUsage: none is meant, or several are.
        """
        word = one_line(typed).casefold()
        if not word:
            return ""
        if word.isascii() and word.isdigit() and 0 < int(word[:4]) <= len(self.themes):
            return self.themes[int(word[:4]) - 1]
        found = [theme for theme in self.themes if theme.casefold() == word]
        found = found or [theme for theme in self.themes if theme.casefold().startswith(word)]
        if len(found) != 1:
            hint = sentence(word, self.themes) or f"Use {', '.join(self.themes)}."
            raise BadUsage(f'There is no theme "{typed}".', hint)
        return found[0]

    # -- writing --------------------------------------------------------------------------------------------------

    def add(
        self,
        kind: str,
        text: str,
        *,
        theme: str = "",
        offered: str = "",
        colleague: bool | None = None,
        about: str = "",
    ) -> Feedback:
        """Write down what somebody said; it can be undone.

        Args:
            kind: complaint, suggestion, refusal or kudos, or its beginning.
            text: the issue in a sentence or two; private data in it is masked.
            theme: what it is about, as `theme` reads it.
            offered: what a refusal offered instead; masked too.
            colleague: whether it is about a colleague; None: told from the words.
            about: the shown id of the contact it came up in.

        Raises:
            BadUsage: the kind or the theme is not known, the words say too little or too much, or something was
                offered where nothing was refused.
            NotSaved: the disk refused.
        """
        chosen = pick_kind(kind)
        if offered.strip() and chosen != "refusal":
            raise BadUsage("Only a refusal offers something instead.", "Leave it out, or make it a refusal.")
        feedback = Feedback(
            id=self._log.new_id(),
            at=self._clock.now().replace(microsecond=0),
            kind=chosen,
            text=_worth(text),
            theme=self.theme(theme),
            offered=mask(one_line(offered, LONGEST)),
            restricted=self.is_about_a_colleague(chosen, one_line(text)) if colleague is None else colleague,
            about=about,
        )
        self._log.save_feedback(feedback.to_document(), say=f"The new {chosen}")
        return feedback

    def answer(self, feedback: Feedback, text: str = "") -> Feedback:
        """Say what was done about it, or say it better; it can be undone.

        Args:
            feedback: what is answered.
            text: what was done; private data in it is masked. A wish may go without: there is a guide now.

        Raises:
            BadUsage: the words say too little or too much.
            NotSaved: the disk refused.
        """
        words = _worth(text or (MET if feedback.kind == WISH else ""))
        done = feedback.with_(answer=words, answered_at=self._clock.now().replace(microsecond=0))
        self._log.save_feedback(done.to_document(), say=f"The answer to a {feedback.kind}")
        return done


def pick_kind(typed: str) -> str:
    """The kind of feedback that was meant, by its beginning.

    Raises:
        BadUsage: none begins so.
    """
    return begun(typed, KINDS, "feedback")


def as_json(each: Feedback, *, hidden: bool) -> dict[str, Any]:
    """Feedback as commands print it.

    Args:
        each: the feedback.
        hidden: leave out the words of one that is about a colleague.
    """
    words = {"text": each.text, "offered": each.offered, "answer": each.answer}
    if hidden and each.restricted:
        words = dict.fromkeys(words, "")
    times = {"at": each.at, "answered_at": each.answered_at}
    return {
        "id": each.id,
        "ref": each.ref,
        "kind": each.kind,
        "status": status(each),
        **words,
        "theme": each.theme,
        "restricted": each.restricted,
        "about": each.about,
        **{name: at.isoformat(timespec="seconds") if at else None for name, at in times.items()},
    }


def status(each: Feedback) -> str:
    """`open` or `answered`."""
    return "answered" if each.answered else "open"


def count(found: Iterable[Feedback]) -> str:
    """How many wait for an answer and how many have one: `3 open · 5 answered`."""
    states = [each.answered for each in found]
    return f"{states.count(False)} open · {states.count(True)} answered"


def _worth(words: str) -> str:
    """Words as they are kept.

    Raises:
        BadUsage: they say too little or too much.
    """
    kept = mask(one_line(words))
    if len(kept) < SHORTEST or not any(letter.isalpha() for letter in kept):
        raise BadUsage("These words say too little.", "Say it in one sentence.")
    if len(kept) > LONGEST:
        raise BadUsage(f"These words are too many: {LONGEST} characters are kept.", "The issue, not the whole story.")
    return kept
