"""Text that wants to be more than text, in every place where a library, a patron or a colleague can put some."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle
from typing import Any, Final

from hypothesis import strategies as st
from textual.app import App
from textual.events import Paste
from textual.widgets import Input, TextArea

from deskmate.clock import FixedClock
from deskmate.desk.service import Desk
from deskmate.faults import BadUsage
from deskmate.places import Places
from deskmate.screens.app import DeskMateApp
from deskmate.screens.widgets.free_text import FreeText
from deskmate.screens.widgets.lookup_box import OneLine

HOSTILE: Final = [
    "[/",
    "[/]",
    "[/some/path]",
    "[type=x, v={'a[0]'}]",
    "a [b] c",
    "[@click=app.bell]x[/]",
    "\x1b[31mred\x1b[0m \x1b]0;title\x07",
    "\u202ereversed\u202c \u200bzero",
    "=1+2",
    "x" * 5000,
    "日本語の長い名前 👩‍👩‍👧‍👦",
]
PIECES: Final = (
    *HOSTILE[:9], "[bold]", "[/bold]", "[link=https://evil.example]", '[link="https://evil.example"]x[/]',
    "[@click=app.leave]", "[[", "]]", "\\[", "$primary", "$name", "{0}", "%s", "://", "<b>", "&amp;", "word", " ",
    "\x9b31m", "\x1b]8;;https://evil.example\x07", "\x1bPq", "\x00", "\x07", "\r", "\n", "\t", "\u2066", "\u2069",
    "\ufeff", "\u200d", "\u2028", "\ue000", "e\u0301\u0301", "🏳️‍🌈", "한", "עברית", "العربية",
)  # fmt: skip
TEXTS: Final = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), min_size=1, max_size=8).map("".join)
"""Markup, links, escape codes, direction marks, things without a width, and whatever else there is."""
MARK: Final = "Q7"
"""Stands in every hostile text, so that one can see whether a screen shows it at all."""
OURS: Final = re.compile(r"(app|screen|focused)\.[a-z_]+(\([^()\[\]@]*\))?")
INVISIBLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def faults(app: App[None]) -> list[str]:
    """What no screen may show: a link that is not ours, a character that a terminal acts on, one without a width."""
    found = []
    for strip in app.screen._compositor.render_strips(app.screen.size):
        for segment in strip:
            found += [f"character {each!r}" for each in INVISIBLE.findall(segment.text)]
            meta = segment.style.meta if segment.style else {}
            link = meta.get("@click")
            written = link if isinstance(link, str) else ""
            if link is not None and (not OURS.fullmatch(written) or written in ("app.bell", "app.leave")):
                found.append(f"link {link!r}")
            if segment.style and segment.style.link:
                found.append(f"address {segment.style.link!r}")
    return found


def dump(value: object) -> str:
    """A value as YAML, with every character that is not for reading spelt out."""
    told = json.dumps(value, ensure_ascii=False)
    return re.sub(r"[^\x20-\x7e\u00a0-\u1fff\u3000-\ud7ff]", lambda found: f"\\U{ord(found.group()):08x}", told)


def poison_home(places: Places, texts: list[str]) -> None:
    """Put the texts into every file that a library may edit."""
    given: Iterator[str] = cycle(f"{MARK} {text}" for text in texts)

    def some(limit: int = 60) -> str:
        return next(given)[:limit]

    flat = {key: dump(some()) for key in ("name", "branch", "address", "aed", "exits", "who")}
    places.settings.write_text(
        f'[library]\nname = {flat["name"]}\nbranch = {flat["branch"]}\ndesk = {flat["name"]}\nregion = "US-MI"\n'
        f'[emergency]\nnumber = "911"\naddress = {flat["address"]}\naed = {flat["aed"]}\nexits = {flat["exits"]}\n'
        f"[desk]\nin_charge = {flat['who']}\nextension = {flat['who']}\n[screens]\nbell = false\n"
        'pinned = ["q7-book"]\n',
        encoding="utf-8",
    )
    places.facts.write_text(
        f'facts:\n  - {{id: q7-fact, question: {dump(some())}, answer: {dump(some())}, also: ["q7-fact"]}}\n', "utf-8"
    )
    places.directory.write_text(
        f"entries:\n  - {{id: q7-line, name: {dump(some())}, what: {dump(some())}, phone: {dump(some(20))}, "
        'also: ["q7-line"]}\n',
        "utf-8",
    )
    places.notices.write_text(
        f"notices:\n  - {{id: q7-notice, text: {dump(some())}, kind: broken, from: 2026-11-01, until: 2027-01-01, "
        f"where: {dump(some())}, guides: [q7-book]}}\n",
        "utf-8",
    )
    places.pledge.write_text(
        f"pledges:\n  - {{id: ours, title: {dump(some())}, visitors: [{dump(some())}], team: [{dump(some())}]}}\n",
        "utf-8",
    )
    for folder in (places.playbooks, places.cards, places.practice):
        folder.mkdir(exist_ok=True)
    (places.playbooks / "q7-book.yaml").write_text(dump(_book(some)), "utf-8")
    broken = re.sub(r"[/\x00]", "", some())  # its name is told with what is wrong in it
    (places.playbooks / f"{broken}.yaml").write_text('title: "never closed\n', "utf-8")
    answers = {"yes": some(30), "no": some(30)}
    card = {
        "name": some(20),
        "english": "English",
        "reviewed": True,
        "cards": {"q7": {"sentence": some(), "choices": answers}},
    }
    (places.cards / "en.yaml").write_text(dump(card), "utf-8")
    turns = {"open": {"patron": [some()], "answer": "second"}, "second": {"patron": some()}}
    (places.practice / "q7-book.yaml").write_text(dump({"scenes": {"q7": {"who": some(), "turns": turns}}}), "utf-8")


def _book(some: Any) -> dict[str, Any]:
    step = {
        "say": [some(), some()], "how": some(), "do": [some(30), some(31)],
        "avoid": [{"not": some(), "instead": some()}],
        "nudge": {"after": "1 min", "since": "step", "text": some()}, "ask": some(), "offered": [some()],
        "choices": [{"answer": some(30), "go": "second"}, {"answer": some(31), "go": "help"}],
    }  # fmt: skip
    return {
        "title": some(40), "category": "difficult", "form": "full", "urgency": "routine", "mode": "do-confirm",
        "also": ["q7-book"], "why": some(), "authority": some(), "sources": ["LOCAL"],
        "owner": some(), "reviewed": "2026-11-02",
        "escalate": [{"when": some(), "who": some(), "how": some()}], "record": {"kind": "other", "strain": "calm"},
        "start": "open", "steps": {"open": step, "second": {"say": [some()], "do": [some()], "end": "answered"}},
    }  # fmt: skip


def poison_log(desk: Desk, clock: FixedClock, texts: list[str]) -> None:
    """Put the texts into everything that was saved here before."""
    given = cycle(f"{MARK} {text}"[:200] for text in texts)  # longer ones are refused by some
    clock.advance(-3600)
    promise, _ = desk.promises.draft(next(given), "in 20", contact=next(given), who=next(given))
    owed = desk.promises.make(promise)
    promise, _ = desk.promises.draft(next(given), "in 90", contact=next(given))
    desk.promises.wait_for(desk.promises.make(promise), next(given))
    desk.promises.hand_over(owed, next(given))
    desk.shifts.start(next(given), next(given), next(given))
    desk.shifts.leave_handover(next(given))
    desk.shifts.end()
    desk.shifts.start(next(given))
    for strain in ("calm", "red"):
        desk.entries.log(
            {"kind": "other", "note": next(given), "strain": strain, "place": next(given), "tags": (next(given),)}
        )
    with suppress(BadUsage):  # words that say too little
        desk.board.post(next(given), "8pm", where=next(given))
    for kind in ("complaint", "suggestion", "refusal", "kudos"):
        with suppress(BadUsage):
            desk.voice.add(kind, next(given), offered=next(given) if kind == "refusal" else "")
    with suppress(BadUsage):
        desk.learning.wish(next(given))
    begun = desk.incidents.answer(desk.incidents.begin(), "place", next(given)).with_(kind="theft")
    desk.incidents.finish(desk.incidents.answer(begun, "seen", next(given)))
    desk.incidents.save(desk.incidents.answer(desk.incidents.begin(), "seen", next(given)))
    clock.advance(3600)


def fill(app: DeskMateApp, texts: Iterator[str]) -> bool:
    """Put the texts into every line and box of the screen in front; False when it has none."""
    boxes = [*app.screen.query(Input).results(Input), *app.screen.query(TextArea).results(TextArea)]
    for box in boxes:
        if isinstance(box, OneLine):
            box.value = next(texts)
        elif isinstance(box, FreeText) and box.display:
            box.load_text(next(texts))
        elif box is app.focused:  # a box of Textual's own takes what is pasted
            app.post_message(Paste(next(texts)))
    return bool(boxes)
