"""The Desk by lines: words are looked up, a number opens, a few marks count and lead elsewhere."""

from collections.abc import Callable
from typing import Final

from deskmate.desk.live import Live
from deskmate.desk.tally import CHANNEL_KEYS, KIND_KEYS, parse
from deskmate.faults import DeskMateError
from deskmate.plain.practice_room import practice_room
from deskmate.plain.promise_room import promise_room
from deskmate.plain.seat import Seat, place_of
from deskmate.plain.sentences import person_line, promise_line
from deskmate.plain.shift_room import shift_room
from deskmate.plain.words import ANYWHERE, DESK, listed
from deskmate.playbooks.hit import LAST_RESORT, Hit

RESULTS: Final = 5
"""Lines of a look-up: what is not among five is found by another word, not by listening on."""
NONE: Final = "none:"
"""The line for when nothing in the list is right."""


class DeskRoom:
    """What is typed while nobody is in front.

    Args:
        seat: the desk and the conversation.
    """

    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        self._talk = seat.talk
        self._rows: list[str] = []
        """What the numbers open: `playbook:ID`, `fact:ID`, `directory:ID`, `live:ID` or `none:`."""
        self._words = ""

    def turn(self, typed: str = "") -> None:
        """Take one line, or the words that were typed elsewhere.

        Raises:
            GoneError: nobody types any more.
            ElsewhereError: somebody is in front now.
        """
        self._seat.tell_due()
        if not typed:
            self._take(self._seat.room("Desk: words to look up, a number, or ?"))
        elif not self._seat.elsewhere(typed):
            self._take(typed)

    def welcome(self) -> None:
        """Where one is, what waits, and how the rest is found."""
        desk = self._seat.desk
        library = desk.settings.library
        charge = f" In charge: {desk.live.values.get('in_charge', '')} {desk.live.values.get('extension', '')}"
        place = library.desk or library.name or "DeskMate"
        self._talk.say(f"{place}, {desk.now():%a %H:%M}.{charge.rstrip()}. ? says what can be typed, ! is HELP.")
        self._tell_waiting()

    def _take(self, typed: str) -> None:
        marks: dict[str, Callable[[], None]] = {
            "": self._waiting,
            "?": lambda: self._talk.say(*listed(DESK, ANYWHERE)),
            "+": self._count,
            "-": self._undo,
            "<": self._never_ask,
            "*": lambda: promise_room(self._seat),
            "#": lambda: shift_room(self._seat),
            "practice": lambda: practice_room(self._seat),
            "charge": self._in_charge,
        }
        if typed.lower() in marks:
            marks[typed.lower()]()
        elif typed.startswith("="):
            self._tally(typed)
        elif typed.startswith("@"):
            self._directory(typed[1:].strip())
        elif (place := place_of(typed, len(self._rows))) is not None:
            self._open(self._rows[place])
        elif typed.isdecimal():
            self._talk.say(f"There is no line {typed}. Look something up first.")
        else:
            self._look_up(typed)

    def _count(self) -> None:
        entries = self._seat.desk.entries
        self._seat.keep(lambda: entries.tally("directional"), "Counted: directional. - takes it back.")

    def _undo(self) -> None:
        """Take back the last thing; also told when there is none."""
        undo = self._seat.desk.entries.undo
        self._seat.keep(undo, lambda done: f"Undone: {done.say}" if done else "Nothing to undo.")

    # -- looking up -----------------------------------------------------------------------------------------------

    def _look_up(self, words: str) -> None:
        """The best lines, and the first sentence of the first."""
        desk = self._seat.desk
        hits = desk.answers.find(words, RESULTS)
        shown = [hit for hit in hits if hit.score or not hit.guess]
        if shown[:1] and shown[0].guess:
            self._talk.say("Not sure. The nearest:")
        self._rows, self._words = [*(hit.row for hit in shown), NONE], words
        self._talk.say(*(_hit_line(number, hit) for number, hit in enumerate(shown, 1)))
        self._talk.say(f"{len(shown) + 1}. None of these: say you will find out")
        if shown:
            self._first(shown[0])

    def _first(self, hit: Hit) -> None:
        """What the first line would say, so that it need not be opened."""
        kind, _, name = hit.row.partition(":")
        if kind != "playbook":
            self._talk.say(f"First: {self._seat.desk.answers.answer(hit.row).text}")
            return
        glance = self._seat.desk.live.glance(name)
        self._talk.say(*(f"First, say: {said}" for said in glance.say[:1]))

    def _open(self, row: str) -> None:
        """Open a guide or a person; tell and count a fact or a number."""
        desk = self._seat.desk
        kind, _, name = row.partition(":")
        if kind in ("playbook", "none"):
            self._seat.keep(lambda: desk.live.begin(self._found(kind, row, name)))
        elif kind == "live":
            self._seat.keep(lambda: desk.live.bring(name))
        else:
            answer = desk.answers.answer(row)
            self._talk.say(answer.text)
            said = f"Counted: {answer.title} ({answer.kind}). - takes it back."
            self._seat.keep(lambda: desk.entries.log({"kind": answer.kind, "tags": (row,)}), said)

    def _found(self, kind: str, row: str, name: str) -> str:
        """The playbook that is opened; when nothing was right, the words are kept as a wish."""
        learning = self._seat.desk.learning
        if kind == "playbook":
            learning.typed(self._words, row)
            return name
        learning.typed(self._words)
        self._seat.keep(lambda: learning.wish(self._words), "Kept as a wish for a guide.")
        return LAST_RESORT

    def _directory(self, words: str) -> None:
        entries = self._seat.desk.answers.directory(words)
        self._rows = [f"directory:{entry.id}" for entry in entries]
        self._talk.say(*(f"{number}. {entry.name}, {entry.phone}" for number, entry in enumerate(entries, 1)))
        if not entries:
            self._talk.say("The directory has no such line.")

    # -- counting, and who waits ----------------------------------------------------------------------------------

    def _tally(self, line: str) -> None:
        """Count by letters; the sign alone says which there are."""
        if line == "=":
            for what, keys in (("Channels", CHANNEL_KEYS), ("Kinds", KIND_KEYS)):
                self._talk.say(f"{what}: " + ", ".join(f"{key} {value}" for key, value in keys.items()))
            self._talk.say("Like =pa x7 20m ago: phone, account, seven. =~7 about seven of the same again.")
            return
        desk, entries = self._seat.desk, self._seat.desk.entries
        try:
            tally = parse(line, desk.now(), entries.again())
        except DeskMateError as fault:
            self._talk.say(f"{fault.what} {fault.cure}".strip())
            return
        self._seat.keep(lambda: entries.count(tally), f"Counted: {tally.said}. - takes it back.")

    def _ask_forgotten(self) -> None:
        """Once a shift, when Enter asks who waits and nobody does: an hour that looks forgotten."""
        lull = self._seat.desk.lull
        if self._seat.desk.live.anybody or not lull.may_ask:
            return
        while lull.learn():
            pass
        short = lull.question()
        if short is not None:
            lull.asked()
            at = f"{short.middle:%H:%M}"
            self._talk.say(f"{short.said}. Add a tally? =pa x6 {at} adds six, =0 {at} says nobody came; < never asks.")

    def _never_ask(self) -> None:
        """Never ask about forgotten hours here, or again where that was said already."""
        lull = self._seat.desk.lull
        if lull.wanted:
            lull.never()
            self._talk.say("Forgotten hours are never asked about here again. < allows it.")
        else:
            lull.again()
            self._talk.say("Forgotten hours may be asked about here. < ends it.")

    def _waiting(self) -> None:
        """Who waits and what is owed soon."""
        if not self._tell_waiting():
            self._talk.say("Nobody waits.")
            self._ask_forgotten()

    def _tell_waiting(self) -> bool:
        """Say who waits, numbered, and what else should be known; True when somebody does."""
        desk = self._seat.desk
        people: tuple[Live, ...] = desk.live.others
        self._rows = [f"live:{live.id}" for live in people]
        self._talk.say(*(f"{number}. {person_line(desk, live)}" for number, live in enumerate(people, 1)))
        self._talk.say(*(f"Promised {promise_line(desk, record)}" for record in desk.promises.due_soon()))
        if desk.shifts.waiting() is not None:
            self._talk.say("A hand-over waits: # then h.")
        desk.board.look()
        self._talk.say(*(f"Notice: {notice.text}" for notice in desk.board.today()))
        return bool(people)

    def _in_charge(self) -> None:
        desk = self._seat.desk
        answer = self._seat.ask("Who is in charge now? Name, extension")
        if answer:
            name, _, extension = answer.partition(",")
            self._seat.keep(lambda: desk.shifts.put_in_charge(name, extension), f"In charge: {name}")
            desk.live.values = desk.values()


def _hit_line(number: int, hit: Hit) -> str:
    """`1. Angry or abusive patron, urgent`."""
    urgency = "" if hit.urgency == "routine" or not hit.urgency else f", {hit.urgency}"
    return f"{number}. {hit.title}{urgency}"
