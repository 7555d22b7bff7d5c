"""What a guide, a promise or a person is by lines: each line says what it is before it says it."""

from collections.abc import Collection

from deskmate.desk.beside_guide import ELSEWHERE
from deskmate.desk.live_person import Live
from deskmate.desk.service import Desk
from deskmate.model.interaction import Interaction
from deskmate.playbooks.view import GuideView, Item


def clock_words(seconds: float) -> str:
    """A duration as it is read aloud: `under a minute`, `4 min`."""
    minutes = int(seconds) // 60
    return f"{minutes} min" if minutes else "under a minute"


def guide_lines(guide: GuideView) -> list[str]:
    """A step of a guide from the top: what to say first, the answers last."""
    rows = [f"Guide {guide.name}."]
    rows += [f"Look out: {guide.notice}"] if guide.notice else []
    if guide.memory and not guide.path:  # once, at the beginning: it is repeated by nobody's wish
        rows.append(f"Remember: {' · '.join(guide.memory)}")
    rows += nudge_lines(guide)
    rows += [f"Promised: {', '.join(guide.owed)}. k says the contact."] if guide.owed else []
    rows += say_lines(guide)
    rows += [f"Today: {told}" for told in guide.today]
    rows += [f"Your library: {guide.note}"] if guide.note else []
    rows += [item_line(number, item) for number, item in enumerate(guide.items, 1)]
    return rows + answer_lines(guide)


def say_lines(guide: GuideView) -> list[str]:
    """What to say, how, and what to say then."""
    rows = [f"Say: {said}" for said in guide.say[:1]]
    rows += [f"How: {guide.how}"] if guide.how else []
    return rows + [f"Then say: {said}" for said in guide.say[1:]]


def numbers(count: int) -> str:
    """Which answers can be given, for a prompt: `1 to 5, `, `1 or 2, `, `1, ` or nothing."""
    words = {0: "", 1: "1, ", 2: "1 or 2, "}
    return words.get(count, f"1 to {count}, ")


def nudge_lines(guide: GuideView) -> list[str]:
    """What is due now, and how long somebody has been on hold."""
    rows = [f"Now: {nudge.text}{' (other)' if nudge.since == ELSEWHERE else ''}" for nudge in guide.nudges[:2]]
    return rows + ([f"On hold: {clock_words(guide.hold)}"] if guide.hold is not None else [])


def item_line(number: int, item: Item) -> str:
    """`d1 Do: Step back`, or `d1 Done 10:02: Step back`."""
    return f"d{number} Done {item.ticked:%H:%M}: {item.text}" if item.ticked else f"d{number} Do: {item.text}"


def answer_lines(guide: GuideView) -> list[str]:
    """The question and its answers, or that this is the end."""
    promise = [f"To promise: {guide.promise.ask} t writes it down."] if guide.promise and not guide.promised else []
    if guide.end:
        kept = " The promise is kept with it." if guide.keeps else ""
        return [f"This is the end: e keeps it and goes on.{kept}", *promise]
    rows = [f"Question: {guide.ask}"] if guide.ask and guide.choices else []
    rows += [
        f"{choice.key}. {choice.answer}" + (f". Leads to {choice.leads_to}." if choice.leads_to else "")
        for choice in guide.choices
    ]
    return rows + promise


def avoid_lines(guide: GuideView) -> list[str]:
    """What not to say, each with what to say instead."""
    rows = [f"Avoid: {item.wrong}. Instead: {item.instead}" for item in guide.avoid]
    return rows or ["Nothing special to avoid here."]


def why_lines(guide: GuideView) -> list[str]:
    """The reason, what staff may decide alone, the law, when to call whom."""
    named = (("Why", guide.why), ("You may", guide.authority), ("Law", guide.law))
    rows = [f"{name}: {words}" for name, words in named if words]
    rows += [f"Call when: {sign.when}. {sign.who}. {sign.how}" for sign in guide.escalate]
    return [*rows, f"Reviewed {guide.reviewed}. Sources: {', '.join(guide.sources)}"]


def person_line(desk: Desk, live: Live) -> str:
    """Somebody who waits, with how long."""
    now, walk = desk.now(), live.walk
    name = desk.live.view(live).name
    if walk.hold_since is not None:
        held = (now - walk.hold_since).total_seconds()
        late = " TOO LONG" if desk.too_long(live) else ""
        return f"{name}, on hold {clock_words(held)}{late}"
    if walk.parked_since is not None:
        return f"{name}, parked {clock_words((now - walk.parked_since).total_seconds())}"
    return f"{name}, live"


def promise_line(desk: Desk, record: Interaction, untaken: Collection[str] = ()) -> str:
    """One promise: when, what, and who moves next; never the contact."""
    promise = record.promise
    assert promise is not None, "only records with a promise come here"
    now = desk.now()
    when = desk.promises.clock_of(promise.due)
    if promise.waiting_for:
        when = f"due {when}"
    elif promise.due.timestamp() <= now.timestamp():
        when = f"OVERDUE {when}"
    return ", ".join([f"{when}: {promise.what}", *desk.promises.remarks(record, untaken)])
