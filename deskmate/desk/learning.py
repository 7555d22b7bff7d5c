"""What the look-up learns at this desk: words that meant a guide, and words for which there is no guide yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from deskmate.clock import Clock
from deskmate.faults import BadUsage
from deskmate.model.feedback import WISH
from deskmate.records.log import Log
from deskmate.text.clean import one_line
from deskmate.text.guard import mask

MET: Final = "there is a guide now"
"""The answer that closes a wish."""
LONGEST: Final = 80
"""Characters of typed words that are kept: more is a pasted text and no question."""
SHORTEST: Final = 3
"""Letters below which words say nothing."""
RECENT: Final = timedelta(minutes=3)
"""How long words that led elsewhere are offered as what the next opened guide was meant by."""
REMEMBERED: Final = 8
"""Typed lines that are held in memory."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Words that were typed into the look-up line."""

    words: str
    at: datetime
    row: str = ""
    """What they opened (`playbook:ID`); empty when they were cleared away."""


class Learning:
    """Keeps phrases and wishes; nothing is kept unless somebody says so, and all of it passes the private-data guard.

    Args:
        log: where phrases and wishes are kept.
        clock: the desk's time.
    """

    def __init__(self, log: Log, clock: Clock) -> None:
        self._log = log
        self._clock = clock
        self._asked: list[Asked] = []

    # -- what was typed -------------------------------------------------------------------------------------------

    def typed(self, words: str, row: str = "") -> None:
        """Note, in memory only, that words opened something, or were cleared away (`row` empty)."""
        words = _kept(words)
        if len(words) < SHORTEST:
            return
        others = [one for one in self._asked if one.words != words]
        self._asked = [*others, Asked(words, self._clock.now(), row)][-REMEMBERED:]

    def meant_by(self, row: str) -> tuple[str, ...]:
        """The words that may be remembered for what is open, the likeliest first.

        Those that opened it, then those that were typed just before and led elsewhere or nowhere.

        Args:
            row: `playbook:ID`, `fact:ID` or `directory:ID`.
        """
        now = self._clock.now()
        newest = self._asked[::-1]
        opened = [one.words for one in newest if one.row == row]
        return tuple(dict.fromkeys([*opened, *(one.words for one in newest if now - one.at <= RECENT)]))

    # -- phrases --------------------------------------------------------------------------------------------------

    def remember(self, words: str, row: str) -> str:
        """Remember that words meant this; the look-up finds it by them from now on.

        Args:
            words: as typed; private data in them is masked.
            row: what was meant: `playbook:ID`, `fact:ID` or `directory:ID`.

        Returns:
            The words as they are kept.

        Raises:
            BadUsage: the words say nothing.
            NotSaved: the disk refused.
        """
        words = _worth(words)
        self._log.save_phrase(words, row.removeprefix("playbook:"), self._clock.now())
        return words

    def phrases(self) -> Mapping[str, tuple[str, ...]]:
        """What was remembered: id (`fact:ID`, `directory:ID`) to its phrases; the last word on a phrase holds."""
        latest = {phrase.text: phrase.playbook for phrase in self._log.phrases()}
        found: dict[str, list[str]] = {}
        for text, meant in latest.items():
            if meant:
                found.setdefault(meant, []).append(text)
        return {meant: tuple(texts) for meant, texts in found.items()}

    def forget(self, words: str) -> str:
        """Let a phrase mean nothing again.

        Raises:
            BadUsage: no such phrase is remembered.
            NotSaved: the disk refused.
        """
        words = _kept(words)
        if all(words not in texts for texts in self.phrases().values()):
            raise BadUsage(f'"{words}" is not remembered.', "See: deskmate playbooks phrases")
        self._log.save_phrase(words, "", self._clock.now())
        return words

    # -- wishes ---------------------------------------------------------------------------------------------------

    def wish(self, words: str) -> str:
        """Keep words for which nothing fits: a wish for a guide, that whoever owns the guides sees.

        Returns:
            The words as they are kept.

        Raises:
            BadUsage: the words say nothing.
            NotSaved: the disk refused.
        """
        words = _worth(words)
        self._log.save_feedback({"kind": WISH, "text": words})
        return words

    def wishes(self) -> list[tuple[datetime, str]]:
        """Every wish that has no answer yet, the oldest first."""
        return [
            (datetime.fromisoformat(str(document["at"])), str(document.get("text", ""))) for document in self._open()
        ]

    def meet(self, words: str) -> bool:
        """Close the open wishes with these words: there is a guide for them now.

        Returns:
            Whether there was one.

        Raises:
            NotSaved: the disk refused.
        """
        met = [document for document in self._open() if document.get("text") == words]
        for document in met:
            self._log.save_feedback({**document, "answer": MET})
        return bool(met)

    def _open(self) -> list[dict[str, Any]]:
        wished = self._log.feedback(date.min, date.max)
        return [document for document in wished if document.get("kind") == WISH and not document.get("answer")]


def _kept(words: str) -> str:
    return mask(one_line(words))[:LONGEST].strip()


def _worth(words: str) -> str:
    kept = _kept(words)
    if len(kept) < SHORTEST or not any(letter.isalpha() for letter in kept):
        raise BadUsage("These words say too little to be remembered.", "Use three letters or more.")
    return kept
