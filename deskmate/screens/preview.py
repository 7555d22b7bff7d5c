"""Beside the list: the first words to say and the first things to do of what is chosen."""

from dataclasses import dataclass

from textual.content import Content

from deskmate.desk.service import Desk
from deskmate.screens.safe import hang, line, lines, text
from deskmate.screens.widgets.rows import Row


@dataclass(frozen=True, slots=True)
class Preview:
    """What the side of a list shows of a row.

    Attributes:
        desk: the desk.
        key: the key that opens the row, as a person reads it.
        width: cells of a line; 0 while the layout has not said it.
        brief: it stands in a few lines below the list, without empty ones between.
        counts: the key counts a fact that was told; over a guide it does not.
    """

    desk: Desk
    key: str
    width: int
    brief: bool = False
    counts: bool = True

    def of(self, row: Row | None) -> Content:
        """The lines for a row; empty when there is nothing to show."""
        return lines([each for each in self._shown(row) if each.plain or not self.brief])

    def _shown(self, row: Row | None) -> list[Content]:
        kind, _, name = row.id.partition(":") if row else ("", "", "")
        if kind == "playbook":
            return self._playbook(name)
        if row and kind in ("fact", "directory"):
            return self._answer(row.id)
        if kind == "live":
            return [line(f"{self.key} brings this person back, at the exact step.", "dim")]
        if row and kind == "promise":
            told = [line(row.text, "bold"), *([line(row.remark, "dim")] if row.remark else [])]
            return [*told, Content(""), line(f"{self.key} opens it among the promises", "dim")]
        return []

    def _playbook(self, playbook_id: str) -> list[Content]:
        """What is broken today, the first sentence, how to say it, and the first three things to do."""
        first = self.desk.live.glance(playbook_id)
        today = Content.styled("▲ ", "$text-warning")
        rows = [
            hang(today, line(f"Today: {told}", "$text-warning"), self.width) for told in self.desk.told_in(playbook_id)
        ]
        rows += [Content("")] if rows else []
        rows.append(line("SAY", "dim"))
        rows += [line(said, "bold") for said in first.say[:1]]
        if first.how:
            rows.append(line(first.how, "dim"))
        if first.items:
            rows += [Content(""), line("DO", "dim")]
            rows += [hang(Content("□ "), line(item.text), self.width) for item in first.items[:3]]
        return [*rows, Content(""), line(f"{self.key} opens the guide", "dim")]

    def _answer(self, row_id: str) -> list[Content]:
        """A fact or a directory line, whole."""
        answer = self.desk.answers.answer(row_id)
        rows = [line(answer.title, "bold"), Content(""), text(answer.text)]
        if answer.example:
            rows += [Content(""), line("An example: put your library's own in its place.", "$text-warning")]
        if self.counts:
            rows += [Content(""), line(f"{self.key} counts it as {answer.kind}", "dim")]
        return rows
