"""Where somebody sits who works by lines: the desk, the conversation, and HELP from every prompt."""

from collections.abc import Callable
from functools import partial
from typing import Final, TypeVar

from deskmate.desk.live_person import Live
from deskmate.desk.owed import due_at
from deskmate.desk.service import Desk
from deskmate.faults import DeskMateError, NotSaved
from deskmate.model.promise import Promise
from deskmate.plain.sentences import person_line
from deskmate.plain.talk import ElsewhereError, GoneError, Talk
from deskmate.text.due import Due
from deskmate.text.guard import find, mask
from deskmate.text.guarded import kinds

Result = TypeVar("Result")
HELP_WORDS: Final = ("!", "help")
"""What opens HELP at every question: nobody's note is this one word."""


class Seat:
    """One desk worked by lines.

    Args:
        desk: the desk; every write of it is on the disk when its call returns.
        talk: the conversation.
    """

    def __init__(self, desk: Desk, talk: Talk) -> None:
        self.desk = desk
        self.talk = talk
        self._told: frozenset[tuple[str, float]] = frozenset()
        """What was due and was told: the record and its time, so that a snooze is told again."""
        desk.live.when_over = self.call_ended

    # -- asking ---------------------------------------------------------------------------------------------------

    def ask(self, question: str) -> str:
        """Ask for a line; `!` or the word `help` opens HELP, then the question is asked again.

        Raises:
            GoneError: nobody types any more.
            ElsewhereError: HELP led to another guide.
        """
        while (typed := self.talk.ask(question)).lower() in HELP_WORDS:
            self.open_help()
        return typed

    def room(self, question: str) -> str:
        """Ask for a line where a few whole words lead elsewhere: `phone`, `other`, `quit`.

        Raises:
            GoneError: nobody types any more, or `quit` was typed.
            ElsewhereError: somebody else is in front now.
        """
        while self.elsewhere(typed := self.ask(question)):
            pass
        return typed

    def elsewhere(self, typed: str) -> bool:
        """Do what a whole word stands for; True when it was one and nobody else came to the front.

        Raises:
            GoneError: it was `quit`.
            ElsewhereError: somebody else is in front now.
        """
        word = typed.lower()
        if word == "quit":
            raise GoneError
        if word == "phone":
            if self.keep(self.desk.live.phone_rings) is not None:
                raise ElsewhereError
        elif word == "other":
            self._other()
        return word in ("phone", "other")

    def _other(self) -> None:
        """Go to the other person; with several waiting, choose."""
        others = self.desk.live.others
        if not others:
            self.talk.say("Nobody is parked or on hold.")
            return
        place: int | None = 0
        if len(others) > 1:
            place = self.choose("Who?", [person_line(self.desk, live) for live in others])
        if place is not None and self.keep(lambda: self.desk.live.bring(others[place].id)) is not None:
            raise ElsewhereError

    def yes(self, question: str) -> bool:
        """Ask what is answered with y or n; anything else is asked again.

        Raises:
            GoneError: nobody types any more.
            ElsewhereError: HELP led to another guide.
        """
        while (typed := self.ask(f"{question} y or n").lower()) not in ("y", "yes", "n", "no"):
            self.talk.say("Type y or n.")
        return typed.startswith("y")

    def choose(self, question: str, options: list[str]) -> int | None:
        """Say some numbered lines and ask for one of them.

        Returns:
            The place, from 0; None for an empty line.

        Raises:
            GoneError: nobody types any more.
            ElsewhereError: HELP led to another guide.
        """
        self.talk.say(*(f"{number}. {option}" for number, option in enumerate(options, 1)))
        while typed := self.ask(f"{question} A number, or Enter for none"):
            place = place_of(typed, len(options))
            if place is not None:
                return place
            self.talk.say(f"There is no {typed}: 1 to {len(options)}.")
        return None

    # -- keeping --------------------------------------------------------------------------------------------------

    def keep(self, write: Callable[[], Result], words: Callable[[Result], str] | str = "") -> Result | None:
        """Do something that writes, and say what became of it.

        Returns:
            What the call returned; None when it failed, which is then said.
        """
        try:
            result = write()
        except NotSaved as fault:
            self.talk.say(f"NOT SAVED. {fault.what} {fault.cure}")
            return None
        except DeskMateError as fault:
            self.talk.say(f"{fault.what} {fault.cure}".strip())
            return None
        said = words(result) if callable(words) else words
        if said:
            self.talk.say(said)
        return result

    def call_ended(self, live: Live) -> None:
        """A guide has ended: a call back has kept its promise. One that did not reach its end may have: it is asked."""
        record = self.desk.live.kept_by(live)
        if record is not None and (live.walk.at_end or self.yes("Is the promise kept?")):
            self.keep(lambda: self.desk.promises.done(record), "The promise is kept.")

    def note(self, so_far: str) -> tuple[str, bool] | None:
        """Ask for a note; what looks private is told, and masked unless it is kept on purpose.

        Returns:
            The whole note and whether private data in it is kept; None when nothing was typed.

        Raises:
            GoneError: nobody types any more.
            ElsewhereError: HELP led to another guide.
        """
        if so_far:
            self.talk.say(f"The note so far: {so_far}")
        typed = self.ask("Note: facts, no names, one line. Enter alone leaves it as it is")
        if not typed:
            return None
        found, kept = find(typed), False
        masked, suspected = kinds(found, certain=True), kinds(found, certain=False)
        if suspected:
            self.talk.say(f"{suspected} stays as typed.")
        if masked:
            self.talk.say(f"PRIVATE: {masked}. It is masked: {mask(typed)}")
            kept = self.ask("Enter masks it, k keeps it as typed").lower() == "k"
        whole = typed if kept else mask(typed)
        return (f"{so_far}\n{whole}" if so_far else whole), kept

    def promise(self, what: str, due: str) -> Promise | None:
        """Ask for a promise, its time until it is understood.

        Args:
            what: what is promised when nothing is typed, without a name.
            due: the phrase when nothing is typed.

        Returns:
            The promise, its contact stored apart; None when it was given up or could not be kept.

        Raises:
            GoneError: nobody types any more.
            ElsewhereError: HELP led to another guide.
        """
        promises = self.desk.promises
        what = self.ask(f"Promise what, without a name? Enter: {what}") or what
        phrase = self.when(f"By when? Enter: {due}; - for no promise", due, again=True)
        if not phrase:
            return None
        contact = self.ask("Name and number, kept apart and erased later. Enter: none")
        who = self.ask("Whose, initials? Enter: anyone's")
        drafted = self.keep(lambda: promises.draft(what, phrase, contact=contact, who=who))
        return drafted[0] if drafted else None

    def when(self, question: str, usual: str, *, again: bool = False) -> str:
        """Ask for a due phrase and say how it is understood; empty when `-` gives it up.

        Args:
            question: what is asked.
            usual: the phrase when nothing is typed.
            again: it may come again, like `every fri 10:00`.

        Raises:
            GoneError: nobody types any more.
            ElsewhereError: HELP led to another guide.
        """
        promises = self.desk.promises

        def read(phrase: str) -> Due:
            return promises.when_again(phrase)[0] if again else promises.when(phrase)

        while True:
            phrase = self.ask(question) or usual
            if phrase == "-":
                return ""
            if self.keep(partial(read, phrase), lambda when: when.said) is not None:
                return phrase

    # -- HELP -----------------------------------------------------------------------------------------------------

    def open_help(self) -> None:
        """HELP: the number and the address first.

        Raises:
            GoneError: nobody types any more.
            ElsewhereError: a digit opened a guide.
        """
        from deskmate.plain.help_page import help_page

        if help_page(self):
            raise ElsewhereError

    def tell_due(self) -> None:
        """Say how many promises are due when there is one more than was told; never what was promised."""
        due = frozenset((record.id, due_at(record)) for record in self.desk.promises.due_now())
        if due - self._told:
            told = f"{len(due)} promise{'' if len(due) == 1 else 's'} due: * says them"
            self.talk.say(f"{told}." if self.desk.live.current is None else f"{told} at the Desk.")
        self._told = due

    def tell_trouble(self) -> None:
        """Say that a guide is not written down while it lasts, when that is so."""
        trouble = self.desk.live.trouble
        if trouble is not None:
            self.talk.say(f"Not written down while it lasts: {trouble.what} {trouble.cure}")


def place_of(typed: str, count: int) -> int | None:
    """The place, from 0, that a typed number means among so many; None when it means none."""
    # int() refuses thousands of digits with another error, and no list is longer than two digits.
    if typed.isascii() and typed.isdecimal() and len(typed) <= 3 and 1 <= int(typed) <= count:
        return int(typed) - 1
    return None
