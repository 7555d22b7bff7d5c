"""The promises by lines: said with their numbers; a letter and a number do something with one."""

import re
from collections.abc import Callable
from typing import Final

from deskmate.model.interaction import Interaction
from deskmate.plain.seat import Seat, place_of
from deskmate.plain.sentences import promise_line
from deskmate.plain.words import ANYWHERE, PROMISES, listed

CALL_BACK_GUIDE: Final = "follow-up-callback"
_SHAPE: Final = re.compile(r"([dshwvyx]?)\s*(\d{1,3})")


def promise_room(seat: Seat) -> None:
    """Say what is owed, overdue first, and take what is to be done with it, until Enter or a guide is opened.

    Raises:
        GoneError: nobody types any more.
        ElsewhereError: somebody is in front now.
    """
    _Room(seat).stay()


class _Room:
    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        self._records: tuple[Interaction, ...] = ()
        self._actions: dict[str, Callable[[Interaction], None]] = {
            "d": self._done,
            "s": self._snooze,
            "h": self._hand_over,
            "w": self._wait,
            "v": self._contact,
            "y": self._accept,
            "x": self._drop,
        }

    def stay(self) -> None:
        """Until somebody leaves."""
        self._say()
        while typed := self._seat.room("Promises: d1 done, s1 snooze, 1 call script, Enter leaves, ?"):
            if typed == "?":
                self._seat.talk.say(*listed(PROMISES, ANYWHERE))
                continue
            if typed.lower() == "t":
                self._new()
                continue
            if typed.lower() == "k":
                told = self._seat.keep(self._seat.desk.reporting.kept_in_time)
                self._seat.talk.say(told or "")
                continue
            match = _SHAPE.fullmatch(typed.lower())
            place = place_of(match[2], len(self._records)) if match else None
            if match is None or place is None:
                self._seat.talk.say(f'"{typed}" means nothing here. ? says what can be typed.')
            elif not match[1]:
                if self._script(self._records[place]):
                    return
            else:
                self._actions[match[1]](self._records[place])

    def _say(self) -> None:
        desk = self._seat.desk
        board, untaken = desk.promises.board(), desk.promises.untaken()
        self._records = board.all
        rows = [f"{number}. {promise_line(desk, record, untaken)}" for number, record in enumerate(self._records, 1)]
        self._seat.talk.say(*(rows or ["Nothing is owed. t makes a promise."]), *board.told_elsewhere)

    def _keep(self, write: Callable[[], object], said: str) -> None:
        """Do it, and say the list again: its numbers have changed."""
        if self._seat.keep(write, said) is not None:
            self._say()

    def _done(self, record: Interaction) -> None:
        self._keep(lambda: self._seat.desk.promises.done(record), "Done. - at the Desk brings it back.")

    def _drop(self, record: Interaction) -> None:
        self._keep(lambda: self._seat.desk.promises.drop(record), "Dropped. - at the Desk brings it back.")

    def _snooze(self, record: Interaction) -> None:
        assert record.promise is not None, "only records with a promise are listed"
        promises = self._seat.desk.promises
        old, usual = promises.clock_of(record.promise.due), promises.offers(record.promise)[0]
        phrase = self._seat.when(f"Until when? It was {old}. Enter: {usual}; - leaves it", usual)
        if phrase:
            self._keep(lambda: self._seat.desk.promises.snooze(record, phrase), "Snoozed.")

    def _hand_over(self, record: Interaction) -> None:
        name = self._seat.ask("Hand over to whom, initials? Enter leaves it")
        if name:
            said = f"Handed over to {name}; said so until it is accepted."
            self._keep(lambda: self._seat.desk.promises.hand_over(record, name), said)

    def _wait(self, record: Interaction) -> None:
        name = self._seat.ask("Waiting for whom? Enter: no longer")
        said = f"Waiting for {name or 'nobody'}."
        self._keep(lambda: self._seat.desk.promises.wait_for(record, name), said)

    def _accept(self, record: Interaction) -> None:
        assert record.promise is not None, "only records with a promise are listed"
        by = record.promise.who if record.promise.handed_at and not record.promise.accepted_at else ""
        by = by or self._seat.ask("Your initials take it over; Enter: the desk")
        self._keep(lambda: self._seat.desk.promises.accept(record, by), f"Accepted by {by or 'the desk'}.")

    def _contact(self, record: Interaction) -> None:
        contact = self._seat.desk.promises.contact(record)
        self._seat.talk.say(contact or "There is no contact, or it was erased.")

    def _new(self) -> None:
        promise = self._seat.promise("get back to them", "in 60 min")
        if promise is not None:
            made = f"Promised for {promise.due:%a %d %b %H:%M}."
            self._keep(lambda: self._seat.desk.promises.make(promise), made)

    def _script(self, record: Interaction) -> bool:
        """The call-back guide; when it ends well, the promise is kept."""
        return self._seat.keep(lambda: self._seat.desk.live.call_back(record, CALL_BACK_GUIDE)) is not None
