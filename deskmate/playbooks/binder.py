"""The playbooks as one HTML page that prints as a binder: the guide for a power failure must exist on paper.

Nothing is loaded and nothing runs; what people wrote is never markup. A guide is found by its number, at the corner of
each of its pages: Chromium 156 numbers pages, but a reference to a page number (`target-counter`) is beyond it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from deskmate.playbooks.answers import HelpPage
from deskmate.playbooks.binder_style import PRINT_STYLE, css_text
from deskmate.playbooks.model import HELP, URGENCIES, Choice, Item, Line, Nudge, Playbook, Step
from deskmate.playbooks.variables import ALWAYS_SET, fill, holds, speak, wait_of
from deskmate.playbooks.view import escalations, law_for
from deskmate.playbooks.walk_place import Books, Values, shown_items
from deskmate.text.clean import one_line
from deskmate.text.html_page import page, shown

FIRST_CATEGORY: Final = "emergency"
"""It stands before all others; they follow by name."""
FIRST_PAGE: Final = (
    ("Say this address", "address"),
    ("Nearest cross street", "cross_street"),
    ("Exits, nearest first", "exits"),
    ("Meeting point outside", "meeting_point"),
    ("AED (defibrillator)", "aed"),
    ("Naloxone", "naloxone"),
    ("Code word to a colleague", "code_word"),
    ("In charge", "in_charge"),
    ("Extension", "extension"),
    ("Our own phone number", "phone"),
)
"""What stands on the first page under the number to call: a label, and the name of its value."""
TIME_BLANK: Final = '<span class="time">__ : __</span>'


@dataclass(frozen=True, slots=True)
class _Binder:
    """What every page needs to know."""

    books: Books
    """All of them, those that are not printed too: an answer may lead there."""
    chosen: tuple[Playbook, ...]
    numbers: Mapping[str, int]
    """The number of each printed guide."""
    values: Values

    def words(self, text: str) -> str:
        """A text of a playbook with the library's words in it, harmless in HTML."""
        return shown(fill(text, self.values))

    def number(self, playbook_id: str) -> str:
        """`guide 7` with a link to it, or empty for one that is not printed."""
        number = self.numbers.get(playbook_id)
        return f'<a href="#g{number}">guide {number}</a>' if number else ""

    def guide(self, playbook_id: str) -> str:
        """Where another guide is: its number and title."""
        book = self.books.get(playbook_id)
        title = self.words(book.title) if book else shown(playbook_id)
        number = self.number(playbook_id)
        return f"{number} <small>{title}</small>" if number else f"{title} <small>(not in this binder)</small>"


def compose_binder(
    books: Books, values: Values, *, made: date, help_page: HelpPage | None = None, urgent: bool = False
) -> str:
    """The binder: a first page to fill in, a table of contents, then guide after guide.

    Args:
        books: every playbook, by id.
        values: the library's own words and switches, by variable name; what is unset on the first page is a blank to
            fill in by hand, and `region` chooses the law notes.
        made: the day it is printed.
        help_page: the items and doors of HELP, for the first page.
        urgent: emergency and urgent playbooks only.

    Returns:
        One whole HTML page, with its style in it.
    """
    chosen = in_order(books, urgent=urgent)
    numbers = {book.id: number for number, book in enumerate(chosen, 1)}
    binder = _Binder(books, chosen, numbers, values)
    title = "Urgent guides" if urgent else "All guides"
    place = ", ".join(one_line(values[name]) for name in ("library", "branch") if values.get(name)) or "Our library"
    running = "\n".join(_running_head(book, binder) for book in chosen)
    foot = f"@page {{ @bottom-left {{ content: {css_text(f'{place} · {title} · printed {made.isoformat()}')} }} }}"
    first = _first_page(binder, help_page or HelpPage(), f"{title} for the desk", place, made)
    body = "\n".join([first, _contents(binder), *(_guide(book, binder) for book in chosen)])
    return page(f"{title}, {place}", f"{PRINT_STYLE}{foot}\n{running}\n", body)


def in_order(books: Books, *, urgent: bool = False) -> tuple[Playbook, ...]:
    """The playbooks as the binder has them: by category, emergencies first, the most urgent first in each.

    Args:
        books: every playbook, by id.
        urgent: emergency and urgent ones only.
    """
    wanted = [book for book in books.values() if not urgent or book.urgency != "routine"]

    def place(book: Playbook) -> tuple[bool, str, int, str]:
        return book.category != FIRST_CATEGORY, book.category, URGENCIES.index(book.urgency), book.title.casefold()

    return tuple(sorted(wanted, key=place))


def _running_head(book: Playbook, binder: _Binder) -> str:
    """The rule that puts a guide's title at the top of each of its pages, and its number at the outer corner."""
    number = binder.numbers[book.id]
    title = f"{_category(book.category)} · {fill(book.title, binder.values)}"
    return (
        f"@page g{number} {{ @top-left {{ content: {css_text(title)} }} "
        f"@top-right {{ content: {css_text(f'Guide {number}')} }} }} #g{number} {{ page: g{number} }}"
    )


def _category(name: str) -> str:
    """`phone-queue` as `Phone and queue`."""
    return name.replace("-", " and ").capitalize()


# -- the first page and the contents ---------------------------------------------------------------------------------


def _first_page(binder: _Binder, page: HelpPage, title: str, place: str, made: date) -> str:
    memory = "".join(f"<li>{binder.words(item)}</li>" for item in page.memory)
    doors = "".join(
        f"<li><span>{shown(door.label)}</span> <b>{binder.number(door.open)}</b></li>" for door in page.doors
    )
    rows = "\n".join(f"<tr><th>{label}</th><td>{_filled(name, binder.values)}</td></tr>" for label, name in FIRST_PAGE)
    region = shown(binder.values.get("region") or ALWAYS_SET["region"])
    number = binder.values.get("emergency_number")
    call = f"<b>{shown(number)}</b>" if number else f"{_blank()} <small>outside line first?</small>"
    return f"""<header id="{HELP}">
<p class="place">{shown(place)}</p>
<h1>{title}</h1>
<p class="call">In danger, call {call}</p>
{f'<ol class="memory">{memory}</ol>' if memory else ""}
<table class="here">
{rows}
</table>
{f'<ul class="doors">{doors}</ul>' if doors else ""}
<p class="small">Fill in the blanks by hand, and walk them with a colleague. Staff only: keep this where nobody else
reads it. What a dispatcher says comes first, then your library's own procedure, then these pages; they are no legal or
medical advice. Law notes are those for {region}. Printed {made.isoformat()}: print it again when a guide changes.</p>
</header>"""


def _filled(name: str, values: Values) -> str:
    """The library's words, or a blank to write on; the role that stands in for a name is none."""
    value = values.get(name, "")
    return _blank() if not value or (name, value) == ("in_charge", ALWAYS_SET["in_charge"]) else shown(value)


def _blank() -> str:
    return '<span class="blank"></span>'


def _contents(binder: _Binder) -> str:
    lines: list[str] = []
    category = ""
    for book in binder.chosen:
        if book.category != category:
            lines += ["</ol>" if category else "", f"<h3>{shown(_category(book.category))}</h3>", "<ol>"]
            category = book.category
        mark = "" if book.urgency == "routine" else f" <small>{book.urgency}</small>"
        number = binder.numbers[book.id]
        lines.append(f'<li><a href="#g{number}"><b>{number}</b><span>{binder.words(book.title)}{mark}</span></a></li>')
    listing = "\n".join(line for line in [*lines, "</ol>" if category else ""] if line)
    return f'<nav>\n<h2>What is where</h2>\n<div class="columns">\n{listing}\n</div>\n</nav>'


# -- one guide -------------------------------------------------------------------------------------------------------


def _guide(book: Playbook, binder: _Binder) -> str:
    number = binder.numbers[book.id]
    steps = _steps_here(book, binder.values)
    mark = "" if book.urgency == "routine" else f'<span class="mark">{book.urgency}</span>'
    memory = "".join(f"<li>{binder.words(text)}</li>" for text in book.memory)
    head = [
        f'<h2><span class="number">{number}</span> {binder.words(book.title)} {mark}</h2>',
        f'<ol class="memory">{memory}</ol>' if memory else "",
        _labelled("Why", binder.words(book.why)),
        _labelled("You may", binder.words(book.authority)),
        _labelled("Note", binder.words(book.note)),
        _signs(book, binder),
    ]
    body = ['<div class="steps">', *(_step(book, name, steps, binder) for name in steps), "</div>"]
    lines = "\n".join(line for line in [*head, *body, *_tail(book, binder)] if line)
    # A quick card has one step that matters and short ones to close it: those stand side by side, and it fits a page.
    return f'<article id="g{number}" class="{shown(book.form)}">\n{lines}\n</article>'


def _signs(book: Playbook, binder: _Binder) -> str:
    """When to call whom; before the steps, so that nobody turns a page to find it."""
    signs = "".join(
        f"<tr><td>{shown(sign.when)}</td><td><b>{shown(sign.who)}</b></td><td>{shown(sign.how)}</td></tr>"
        for sign in escalations(book, binder.values)
    )
    if not signs:
        return ""
    head = "<tr><th>Get help when</th><th>Who</th><th>How</th></tr>"
    return f'<table class="ruled"><thead>{head}</thead><tbody>{signs}</tbody></table>'


def _tail(book: Playbook, binder: _Binder) -> Iterator[str]:
    """What holds for the whole guide: the law here, what comes after, and how old it is."""
    region = binder.values.get("region") or ALWAYS_SET["region"]
    yield _labelled(f"Law, {region}", binder.words(law_for(book, region)))
    if book.after:
        yield f'<p class="part"><b class="label">Afterwards</b> {binder.guide(book.after)}</p>'
    facts = (f"reviewed {book.reviewed}" if book.reviewed else "never reviewed", book.owner, f"in DeskMate: {book.id}")
    yield f'<p class="reviewed">{shown(" · ".join(fact for fact in facts if fact))}</p>'


def _steps_here(book: Playbook, values: Values) -> dict[str, int]:
    """The steps that can be reached in this library with their numbers, the first one first.

    A library whose rule is `call only` has no answer that leads to the spray: those steps would only be in the way.
    """
    reached = {book.start}
    waiting = [book.start]
    while waiting:
        step = book.steps.get(waiting.pop())
        fresh = {choice.go for choice in _answers(step, values)} - reached if step else set()
        reached |= fresh
        waiting += fresh
    names = (name for name in dict.fromkeys((book.start, *book.steps)) if name in book.steps and name in reached)
    return {name: number for number, name in enumerate(names, 1)}


def _answers(step: Step, values: Values) -> tuple[Choice, ...]:
    return tuple(choice for choice in step.choices if holds(choice.when, choice.unless, values))


def _step(book: Playbook, name: str, steps: Mapping[str, int], binder: _Binder) -> str:
    step, guide, number = book.steps[name], binder.numbers[book.id], steps[name]
    here = _came_from(book, name, steps, binder)
    left = [*_spoken(step, binder), *_to_do(book, step, binder)]
    right = [*_leads(step, steps, guide, binder), *_beside(book, step, binder)]
    avoid = "".join(
        f"<tr><td>{binder.words(one.wrong)}</td><td>{binder.words(one.instead)}</td></tr>" for one in step.avoid
    )
    avoided = "<thead><tr><th>Avoid</th><th>Do or say instead</th></tr></thead>"
    head = f'<h3><span class="number">{number}</span> {here}</h3>' if len(steps) > 1 else ""
    lines = [
        f'<section class="step" id="g{guide}-s{number}">',
        head,
        f'<div class="sides"><div>{"".join(left)}</div><div class="next">{"".join(right)}</div></div>',
        f'<table class="ruled">{avoided}<tbody>{avoid}</tbody></table>' if avoid else "",
        "</section>",
    ]
    return "\n".join(line for line in lines if line)


def _came_from(book: Playbook, name: str, steps: Mapping[str, int], binder: _Binder) -> str:
    """The heading of a step: the answer that led to it, for somebody who turns the pages."""
    if name == book.start:
        return "Start here"
    came = [
        (number, choice.answer)
        for each, number in steps.items()
        for choice in _answers(book.steps[each], binder.values)
        if choice.go == name
    ]
    numbers = ", ".join(str(number) for number in sorted({number for number, _ in came}))
    return f"{binder.words(came[0][1])} <small>from step {numbers}</small>"


def _spoken(step: Step, binder: _Binder) -> Iterator[str]:
    yield _sentences("Say", step.say, binder)
    if step.how:
        yield f'<p class="how">{binder.words(step.how)}</p>'


def _sentences(label: str, lines: tuple[Line, ...], binder: _Binder) -> str:
    """What is said, each sentence on a line of its own; nothing where no wording is left."""
    said = "".join(f"<li>{text}</li>" for line in lines if (text := _said(line, binder)))
    return f'<p class="label">{shown(label)}</p><ul class="say">{said}</ul>' if said else ""


def _said(line: Line, binder: _Binder) -> str:
    return shown(speak(line, binder.values) or "")


def _to_do(book: Playbook, step: Step, binder: _Binder) -> Iterator[str]:
    items = [item for _, item in shown_items(step, binder.values)]
    if items:
        boxes = "".join(f"<li>{_said(item.line, binder)}{_moment(item)}</li>" for item in items)
        order = " in this order" if book.mode == "read-do" and len(items) > 1 else ""
        yield f'<p class="label">Do{order}</p><ul class="do">{boxes}</ul>'


def _beside(book: Playbook, step: Step, binder: _Binder) -> Iterator[str]:
    """What goes along with the conversation: the words for a channel, the clock, what to offer and to promise."""
    for channel, lines in step.channels.items():
        yield _sentences(f"Say: {channel.replace('-', ' ')}", lines, binder)
    if step.nudges:
        watched = "".join(f"<li>{_nudge(nudge, book, binder)}</li>" for nudge in step.nudges)
        yield f'<p class="label">Clock</p><ul>{watched}</ul>'
    if step.offered:
        yield _labelled("Offer", ", ".join(binder.words(text) for text in step.offered))
    if step.promise:
        yield _labelled("Promise", f"{binder.words(step.promise.ask)} <small>{shown(step.promise.due)}</small>")


def _moment(item: Item) -> str:
    """A blank for the time, where the crew will ask for it."""
    return f" {TIME_BLANK}" if item.time else ""


def _nudge(nudge: Nudge, book: Playbook, binder: _Binder) -> str:
    """A reminder, with what its time counts from: no clock of ours runs on paper."""
    wait = wait_of(nudge, binder.values)
    minutes, seconds = divmod(wait, 60)
    span = f"{wait} s" if seconds else f"{minutes} min"
    kind, _, wanted = nudge.since.partition(":")
    if kind == "tick":
        item = next((each for step in book.steps.values() for each in step.do if each.id == wanted), None)
        since = f"after “{shown(item.time or fill(item.line.text, binder.values))}”" if item else "later"
    else:
        since = {"start": "after the start", "hold": "on hold"}.get(kind, "into this step")
    return f"{binder.words(nudge.text)} <small>({span} {since})</small>"


def _leads(step: Step, steps: Mapping[str, int], guide: int, binder: _Binder) -> Iterator[str]:
    """The answers and where each one leads; or that this is the end."""
    answers = _answers(step, binder.values)
    if answers:
        yield f'<p class="ask">{binder.words(step.ask) or "And then?"}</p>'
        rows = (
            f"<li><span>{binder.words(choice.answer)}</span> {_target(choice, steps, guide, binder)}</li>"
            for choice in answers
        )
        yield f'<ul class="answers">{"".join(rows)}</ul>'
    if step.end:
        yield f'<p class="end">The end. <small>Log it as {shown(step.end)}.</small></p>'


def _target(choice: Choice, steps: Mapping[str, int], guide: int, binder: _Binder) -> str:
    if choice.go == HELP:
        return f'<a href="#{HELP}">first page</a>'
    if choice.go in steps:
        number = steps[choice.go]
        return f'<a href="#g{guide}-s{number}">go to step {number}</a>'
    back = "<small>then back here</small>" if choice.visit else ""
    other = choice.go or choice.visit
    return f"<span>{binder.number(other) or binder.guide(other)} {back}</span>"


def _labelled(label: str, words: str) -> str:
    """A paragraph with its label before it; nothing for no words."""
    return f'<p class="part"><b class="label">{shown(label)}</b> {words}</p>' if words else ""
