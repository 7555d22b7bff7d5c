"""Rehearsal: scenes to choose from, and the one that is under way. It is no work: nothing of it is written anywhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from deskmate.faults import BadUsage, NotFound
from deskmate.playbooks.practice import PAUSE, RESUME, begin, playable
from deskmate.playbooks.practice import practise as after
from deskmate.playbooks.practice import show as seen
from deskmate.playbooks.practice_review import debrief
from deskmate.playbooks.practice_state import Debrief, Practice, PracticeView
from deskmate.playbooks.scenes import Scene
from deskmate.playbooks.scenes_shelf import scenes_of
from deskmate.playbooks.walk import Event

if TYPE_CHECKING:
    from deskmate.desk.service import Desk

URGENCIES: Final = ("emergency", "urgent", "routine")
"""The order in which scenes are offered: what is practised least by working comes first."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A scene with what is to be known of its playbook before it is chosen."""

    scene: Scene
    title: str
    family: str
    """The playbook's category."""
    urgency: str

    @property
    def words(self) -> str:
        """What it is found by, in small letters."""
        parts = (self.scene.name, self.title, self.family, self.urgency, self.scene.who, self.scene.channel)
        return " ".join(parts).replace("-", " ").casefold()


class Practices:
    """The scenes of this library and the practice that is under way.

    Args:
        desk: whose playbooks and words are used; its log is never opened here.
    """

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self.current: Practice | None = None
        """The one under way, also while it is set aside; None when there is none."""

    # -- choosing -------------------------------------------------------------------------------------------------

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """Every scene that can be played to its end here: emergencies first, then by family and title."""
        now, values = self._desk.now(), self._desk.settings.variables()
        heads = {head.id: head for head in self._desk.library.heads}
        books = self._desk.library.playbooks
        found = []
        for scene in scenes_of(self._desk.places):
            head = heads.get(scene.playbook)
            if head is not None and _fits_here(scene, books) and playable(scene, books, values, now):
                found.append(Offer(scene, head.title, head.category, head.urgency))
        return tuple(sorted(found, key=lambda each: (URGENCIES.index(each.urgency), each.family, each.title)))

    @property
    def families(self) -> tuple[str, ...]:
        """The families that have scenes, in the order of the offers."""
        return tuple(dict.fromkeys(offer.family for offer in self.offers))

    def find(self, words: str, family: str = "") -> list[Offer]:
        """The offers that have every word, of one family or of all."""
        wanted = words.replace("-", " ").casefold().split()
        offers = (offer for offer in self.offers if family in ("", offer.family))
        return [offer for offer in offers if all(word in offer.words for word in wanted)]

    def named(self, name: str) -> Offer:
        """The offer that a playbook's id, or `playbook/scene`, names.

        Raises:
            NotFound: there is none; the cure names the nearest.
        """
        for offer in self.offers:
            if name in (offer.scene.name, offer.scene.playbook):
                return offer
        from deskmate.text.suggest import sentence

        names = [name for offer in self.offers for name in (offer.scene.playbook, offer.scene.name)]
        raise NotFound(f'There is no scene "{name}".', sentence(name, names) or "See: deskmate practice --list")

    def surprise(self, family: str = "") -> Offer | None:
        """Some scene of a family or of all, another one than the last; None when there is none."""
        offers = self.find("", family)
        last = self.current.scene.name if self.current else ""
        others = [offer for offer in offers if offer.scene.name != last] or offers
        # The second somebody asks in is chance enough, and a test can set it.
        return others[int(self._desk.now().timestamp()) % len(others)] if others else None

    def following(self) -> Offer | None:
        """The next scene in the order of the offers, after the last one the first; None when there are none."""
        last = self.current.scene.name if self.current else ""
        names = [offer.scene.name for offer in self.offers]
        place = names.index(last) + 1 if last in names else 0
        return self.offers[place % len(self.offers)] if self.offers else None

    # -- playing --------------------------------------------------------------------------------------------------

    @property
    def under_way(self) -> bool:
        """One was begun and is not over."""
        return self.current is not None and not self.current.over

    def begin(self, scene: Scene) -> Practice:
        """Begin a scene; what was under way is given up.

        Raises:
            NotFound: its playbook is gone.
        """
        self.current = begin(scene, self._desk.library.playbooks, self._desk.now(), self._desk.settings.variables())
        return self.current

    def act(self, kind: str, value: str = "") -> Practice:
        """One event of the practice under way.

        Raises:
            BadUsage: nothing is practised, or the event does not fit; nothing changed.
        """
        event = Event(kind, self._desk.now(), value)
        self.current = after(self._front(), event, self._desk.library.playbooks, self._desk.settings.variables())
        return self.current

    def pause(self) -> None:
        """Set it aside: its time stands still."""
        if self.under_way:
            self.act(PAUSE)

    def resume(self) -> None:
        """Go on where it was set aside."""
        if self.under_way:
            self.act(RESUME)

    def view(self) -> PracticeView:
        """What is seen of it now.

        Raises:
            BadUsage: nothing is practised.
        """
        values = self._desk.settings.variables()
        books = self._desk.library.playbooks
        return seen(self._front(), self._desk.now(), books, values, region=values.get("region", ""))

    def debrief(self) -> Debrief:
        """What there is to talk over.

        Raises:
            BadUsage: nothing was practised.
        """
        return debrief(self._front(), self._desk.now(), self._desk.library.playbooks, self._desk.settings.variables())

    def _front(self) -> Practice:
        if self.current is None:
            raise BadUsage("Nothing is being practised.", "Choose a scene first.")
        return self.current


def _fits_here(scene: Scene, books: Iterable[str]) -> bool:
    """Whether every playbook the scene plays in is there."""
    known = set(books)
    return all(place.partition("/")[0] in known for place in scene.turns)
