"""A guide by lines: what to say, what to do, the answers; then what was saved."""

from collections.abc import Callable
from typing import Final

from deskmate.desk.live_person import Live
from deskmate.faults import DeskMateError
from deskmate.model.interaction import READ_LEVELS, STRAINS, Interaction
from deskmate.plain.seat import Seat, place_of
from deskmate.plain.sentences import (
    answer_lines,
    avoid_lines,
    guide_lines,
    item_line,
    nudge_lines,
    numbers,
    say_lines,
    why_lines,
)
from deskmate.plain.words import ANYWHERE, GUIDE, SAVED, listed
from deskmate.playbooks.view import GuideView, times_read_out

READ: Final = frozenset(f"r{level}" for level in READ_LEVELS)
"""What is typed to judge the effort of what was saved."""
LOOKED: Final = 5
"""Lines of a look-up over a guide: more are not listened to with somebody waiting."""


class GuideRoom:
    """The guide of whoever is in front.

    Args:
        seat: the desk and the conversation.
    """

    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        self._talk = seat.talk
        self._told: tuple[str, str, str] | None = None
        self._reminded: frozenset[str] = frozenset()
        """What is due and was said already."""

    @property
    def _live(self) -> Live:
        live = self._seat.desk.live.current
        assert live is not None, "the guide's room is entered with somebody in front only"
        return live

    @property
    def _guide(self) -> GuideView:
        return self._seat.desk.guide_view(self._live)

    # -- one turn -------------------------------------------------------------------------------------------------

    def turn(self) -> str:
        """Say the step when it is another one, what is due, and take one line.

        Returns:
            Words that were typed after the end as the next look-up, or empty.

        Raises:
            GoneError: nobody types any more.
            ElsewhereError: somebody else is in front now.
        """
        guide = self._guide
        here = (self._live.id, guide.playbook, guide.step)
        if here == self._told:
            self._talk.say(*(line for line in nudge_lines(guide) if line not in self._reminded))
        else:
            self._told = here
            self._talk.say("", *guide_lines(guide))
            self._seat.tell_trouble()
        self._reminded = frozenset(nudge_lines(guide))
        if guide.urgency == "routine":  # an emergency is not interrupted; the Desk says it right after
            self._seat.tell_due()
        typed = self._seat.room(f"{guide.name}: {numbers(len(guide.choices))}d ticks, e ends, ? for all")
        return self._take(typed, guide)

    def again(self) -> None:
        """The step is said at the next turn, even when it is the same."""
        self._told = None

    def _take(self, typed: str, guide: GuideView) -> str:
        place = place_of(typed, len(guide.choices))
        letter = typed.lower()
        if place is not None:
            self._answer(guide.choices[place].value)
        elif not typed:
            self.again()
        elif typed == "?":
            self._talk.say(*listed(GUIDE, ANYWHERE))
        elif typed.startswith("/"):
            self._look_up(typed[1:].strip())
        elif letter.startswith("d") and (letter[1:].strip() in ("", "all") or letter[1:].strip().isdecimal()):
            self._tick(letter[1:].strip(), guide)
        elif letter == "e":
            return self._end()
        elif letter in self._letters:
            self._letters[letter]()
        else:
            self._talk.say(f'"{typed}" means nothing here. /{typed} looks it up; ? says what can be typed.')
        return ""

    @property
    def _letters(self) -> dict[str, Callable[[], None]]:
        return {
            "w": self._wording,
            "v": self._avoid,
            "i": self._why,
            "b": self._back,
            "n": self._note,
            "t": self._promise,
            "o": self._offered,
            "h": self._hold,
            "r": self._times,
            "k": self._contact,
            "p": self._park,
            "x": self._leave,
        }

    # -- the walk -------------------------------------------------------------------------------------------------

    def _act(self, kind: str, value: str = "") -> bool:
        try:
            self._seat.desk.live.act(kind, value)
        except DeskMateError as fault:
            self._talk.say(f"{fault.what} {fault.cure}".strip())
            return False
        return True

    def _answer(self, value: str) -> None:
        if not self._act("choose", value):
            return
        walk = self._live.walk
        if walk.help_wanted:
            self._seat.open_help()
        elif walk.at_end:
            self._seat.keep(self._seat.desk.live.save, self._saved)

    def _tick(self, which: str, guide: GuideView) -> None:
        """Tick the next item or a certain one; ticked again, a certain one is taken back."""
        if which == "all":
            if self._act("complete", "all"):
                self._talk.say("List complete.")
            return
        place = place_of(which, len(guide.items)) if which else self._following(guide)
        if place is None:
            said = "There is no such thing to do." if which else "Everything is ticked."
            self._talk.say(said, *answer_lines(guide))
            return
        item = guide.items[place]
        if not self._act("untick" if item.ticked else "tick", item.value):
            return
        after = self._guide
        following = self._following(after)
        rows = [item_line(place + 1, after.items[place])]
        rows += [item_line(following + 1, after.items[following])] if following is not None else answer_lines(after)
        self._talk.say(*rows)

    @staticmethod
    def _following(guide: GuideView) -> int | None:
        return next((place for place, item in enumerate(guide.items) if not item.ticked), None)

    def _wording(self) -> None:
        if self._act("say"):
            self._talk.say(*say_lines(self._guide)[:1])

    def _avoid(self) -> None:
        self._talk.say(*avoid_lines(self._guide))

    def _why(self) -> None:
        self._talk.say(*why_lines(self._guide))

    def _back(self) -> None:
        self._act("back")

    def _times(self) -> None:
        self._talk.say(times_read_out(self._live.walk) or "No times noted yet: tick an item as it is done.")

    def _contact(self) -> None:
        """Of a call back: the name and number."""
        owed = self._live.owed
        contact = self._seat.desk.promises.contact_of(owed) if owed else ""
        self._talk.say(contact or "There is no contact here, or it was erased.")

    def _hold(self) -> None:
        off = self._live.walk.hold_since is not None
        if self._act("unhold" if off else "hold"):
            self._talk.say("Off hold." if off else "On hold; the clock runs. h takes them off hold.")
            self._reminded = frozenset(nudge_lines(self._guide))  # that they are on hold was just said

    def _offered(self) -> None:
        offered = self._guide.offered
        if not offered:
            self._talk.say("No step so far offers an alternative.")
            return
        place = self._seat.choose("What did you offer instead?", list(offered))
        if place is not None and self._act("offer", offered[place]):
            self._talk.say("Noted.")

    def _look_up(self, words: str) -> None:
        """Look something up; a guide is gone to and comes back here, a fact is told."""
        if not words:
            self._talk.say("Type the words behind the stroke: /fine dispute")
            return
        answers = self._seat.desk.answers
        hits = [hit for hit in answers.find(words, LOOKED) if hit.score or not hit.guess]
        place = self._seat.choose("Open which?", [hit.title for hit in hits]) if hits else None
        if not hits:
            self._talk.say("Nothing was found.")
        elif place is not None:
            kind, _, name = hits[place].row.partition(":")
            if kind == "playbook":
                self._act("goto", name)
            else:
                self._talk.say(answers.answer(hits[place].row).text)

    # -- note and promise -----------------------------------------------------------------------------------------

    def _note(self) -> None:
        board = self._seat.desk.live
        written = self._seat.note(self._live.note)
        if written is not None:
            board.note(written[0], keep_private=written[1])
            self._talk.say("The note is kept.")

    def _promise(self) -> None:
        guide, board = self._guide, self._seat.desk.live
        what = "call back" if self._live.on_phone else "get back to them"
        due = guide.promise.due if guide.promise else "tomorrow 10:00"
        promise = self._seat.promise(what if guide.discreet else f"{what}: {guide.title}", due)
        if promise is not None:
            board.promise(promise)
            self._talk.say(f"Promised for {promise.due:%a %d %b %H:%M}.")
            if self._live.saved is not None:
                self._seat.keep(board.save)

    # -- leaving --------------------------------------------------------------------------------------------------

    def _park(self) -> None:
        name = self._guide.name
        aside = self._seat.desk.live.set_aside()
        if aside is None:
            self._talk.say(f"{name} was at its end and is saved: nobody waits.")
        else:
            self._talk.say(f"{name} is {'on hold' if aside.held else 'parked'}. other goes back.")

    def _leave(self) -> None:
        """Leave without a record; what happened can be brought back."""
        board, live = self._seat.desk.live, self._live
        if live.walk.help_opened and not live.walk.helped and self._seat.yes("Did this happen?"):
            self._act("helped", "yes")
            self._end()
            return
        dropped = self._seat.keep(lambda: (board.drop(),))
        if dropped is not None:
            board.leave()
            self._talk.say("Not logged. - brings it back." if dropped[0] else "Left; nothing is logged.")

    def _judge(self, given: dict[str, str]) -> None:
        """Another READ level or strain than the proposed one."""
        self._seat.keep(
            lambda: self._seat.desk.live.judge(given),
            lambda kept: f"READ effort {kept.read}, strain {kept.strain}." if kept else "",
        )

    def _saved(self, record: Interaction | None) -> str:
        if record is None:
            return ""
        judged = f"READ effort {record.read}, strain {record.strain}."
        return f"Saved: {self._seat.desk.entries.describe(record)}\n{judged}"

    def _end(self) -> str:
        """End and save, then ask what one may still want; the words of the next look-up are returned."""
        board, live = self._seat.desk.live, self._live
        try:
            record = board.end()
        except DeskMateError as fault:
            self._talk.say(f"NOT SAVED. {fault.what} {fault.cure}")
            return ""
        if record is None:
            board.leave()
            self._talk.say("Nothing happened: not logged.")
            return ""
        self._talk.say(self._saved(record))
        self._seat.call_ended(live)
        return self._afterwards(live)

    def _afterwards(self, live: Live) -> str:
        """After the saving: a note, a promise, not to log it, back into the guide, or the next look-up."""
        board = self._seat.desk.live
        after = self._guide.after
        if after:
            title = self._seat.desk.library.playbooks[after].title
            self._talk.say(f"For you, afterwards: {title}. d opens it.")
        while True:
            typed = self._seat.ask("Saved: n note, t promise, r3 effort, + strain, x do not log, u undo, words")
            if typed == "?":
                self._talk.say(*listed(SAVED, ANYWHERE))
            elif typed.lower() == "n":
                self._note()
                self._seat.keep(board.save, self._saved)
            elif typed.lower() == "t":
                self._promise()
            elif typed.lower() in READ:
                self._judge({"read": typed[1:]})
            elif typed == "+":
                self._judge({"strain": STRAINS[(STRAINS.index(live.saved.strain) + 1) % 3] if live.saved else "calm"})
            elif typed.lower() == "u":
                self._seat.keep(board.reopen, "Not saved yet: the guide is open again.")
                self.again()
                return ""
            elif typed.lower() == "x":
                self._seat.keep(board.drop, "Not logged. - brings it back.")
                if live.saved is None:
                    board.leave()
                    return ""
            elif typed.lower() == "d" and after:
                board.leave()
                self._seat.keep(lambda: board.begin(after))
                return ""
            else:
                board.leave()
                return typed
