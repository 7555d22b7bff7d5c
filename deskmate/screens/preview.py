"""Beside the list: the first words to say and the first things to do of what is chosen."""

from textual.content import Content

from deskmate.screens.app import DeskMateApp
from deskmate.screens.safe import line, lines, text
from deskmate.screens.widgets.rows import Row


def preview(app: DeskMateApp, row: Row | None, *, brief: bool = False) -> Content:
    """What the side of the Desk shows of a row; empty when there is nothing to show.

    Args:
        app: the app, which knows the desk and its keys.
        row: what is chosen.
        brief: it stands in a few lines below the list, without empty ones between.
    """
    shown = _shown(app, row)
    return lines([each for each in shown if each.plain or not brief])


def _shown(app: DeskMateApp, row: Row | None) -> list[Content]:
    kind, _, name = row.id.partition(":") if row else ("", "", "")
    if kind == "playbook":
        return _playbook(app, name)
    if row and kind in ("fact", "directory"):
        return _answer(app, row.id)
    if kind == "live":
        return [line(f"{app.key('open')} brings this person back, at the exact step.", "dim")]
    if row and kind == "promise":
        told = [line(row.text, "bold"), *([line(row.remark, "dim")] if row.remark else [])]
        return [*told, Content(""), line(f"{app.key('open')} opens it among the promises", "dim")]
    return []


def _playbook(app: DeskMateApp, playbook_id: str) -> list[Content]:
    """What is broken today, the first sentence, how to say it, and the first three things to do."""
    first = app.desk.live.glance(playbook_id)
    rows = [line(f"▲ Today: {told}", "$text-warning") for told in app.desk.told_in(playbook_id)]
    rows += [Content("")] if rows else []
    rows.append(line("SAY", "dim"))
    rows += [line(said, "bold") for said in first.say[:1]]
    if first.how:
        rows.append(line(first.how, "dim"))
    if first.items:
        rows += [Content(""), line("DO", "dim")]
        rows += [line(f"□ {item.text}") for item in first.items[:3]]
    rows += [Content(""), line(f"{app.key('open')} opens the guide", "dim")]
    return rows


def _answer(app: DeskMateApp, row_id: str) -> list[Content]:
    """A fact or a directory line, whole."""
    answer = app.desk.answers.answer(row_id)
    rows = [line(answer.title, "bold"), Content(""), text(answer.text)]
    if answer.example:
        rows += [Content(""), line("An example: put your library's own in its place.", "$text-warning")]
    rows += [Content(""), line(f"{app.key('open')} counts it as {answer.kind}", "dim")]
    return rows
