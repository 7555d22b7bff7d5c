"""Rows of another program's table as records, by a mapping file."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from deskmate.faults import BadContent, BadUsage
from deskmate.model.interaction import Interaction
from deskmate.reports.intake_cells import MOST_COUNTED, Moments, length, number, yes_or_no
from deskmate.reports.intake_check import made_id, moment_problems
from deskmate.reports.intake_file import BadRow, Row, Table
from deskmate.reports.mapping import ANY, LISTED, Shape, fold
from deskmate.text.clean import clean, one_line
from deskmate.text.suggest import sentence

FROM: Final = "imported_from"
"""The key of a stored record that names the program it came from, and its number there."""
_LATE: Final = 10 * 60
"""Seconds between asking and writing down from which an entry is called late, as at the desk."""
_OURS: Final = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\.(\d+))?")
_FLAGS: Final = ("taught", "source_used", "incident")


class MappedRows:
    """Reads one table by one mapping.

    Args:
        table: the other program's table.
        shape: its mapping.
        now: the present moment.

    Raises:
        BadContent: the table lacks the column of the time.
    """

    def __init__(self, table: Table, shape: Shape, now: datetime) -> None:
        self._table = table
        self._shape = shape
        self._now = now
        self._moments = Moments(shape, now)
        heads = {fold(name): place for place, name in reversed(list(enumerate(table.head)))}
        self._at = {
            ours: [heads[fold(name)] for name in theirs if fold(name) in heads]
            for ours, theirs in shape.fields.items()
            if any(fold(name) in heads for name in theirs)
        }
        self._activity_at = {
            place: name
            for place, name in enumerate(table.head)
            if shape.activity_columns and fold(name) in shape.activities
        }
        self._known: dict[tuple[str, str], str] = {}
        self._line = lru_cache(maxsize=4096)(one_line)  # places and initials are few, and written again and again
        self._equal: Counter[tuple[str, ...]] = Counter()
        self.rows_of: Counter[str] = Counter()
        """How many rows each record is made of: a tally of n of ours is n rows in most programs."""
        self.nobody = 0
        """Rows that count nobody, which Suma writes for a round in which nobody came."""
        time = "asked_at" if "asked_at" in shape.fields else "asked_date"
        if time not in self._at:
            wanted = shape.fields[time][0]
            near = sentence(wanted, table.head) or "Name it in [columns] of the mapping file."
            raise BadContent(f'The table has no column "{wanted}" for the time.', near)

    @property
    def ignored(self) -> tuple[str, ...]:
        """The heads of the columns that no field takes."""
        used = {place for places in self._at.values() for place in places} | set(self._activity_at)
        derived = {fold(name) for name in (*self._shape.derived, *self._shape.fixed)}
        return tuple(
            name
            for place, name in enumerate(self._table.head)
            if name and place not in used and fold(name) not in derived
        )

    def read(self) -> Iterator[Interaction | BadRow]:
        """The records, and everything that is wrong with a row."""
        for row in self._table.rows():
            if isinstance(row, BadRow):
                yield row
            elif any(row.cells):
                yield from self._row(row)

    def _row(self, row: Row) -> Iterator[Interaction | BadRow]:
        fields: dict[str, Any] = {}
        wrong: list[BadRow] = []

        for name, places in self._at.items():
            cells = [row.cells[place].strip() for place in places]
            if any(cells):
                try:
                    fields.update(self._field(name, cells))
                except BadUsage as fault:
                    wrong.append(self._bad(row, places[0], fault))
        for place, title in self._activity_at.items():
            if cell := row.cells[place].strip():
                try:
                    fields.update(self._column(cell, title, fields))
                except BadUsage as fault:
                    wrong.append(self._bad(row, place, fault))
        if not wrong and "asked_at" not in fields:
            try:
                fields["asked_at"] = self._time(fields)
            except BadUsage as fault:
                wrong.append(self._bad(row, self._at.get("asked_date", [-1])[0], fault))
        if wrong:
            yield from wrong
        elif fields.get("count") == 0:
            self.nobody += 1
        else:
            yield from self._record(row, fields)

    def _field(self, name: str, cells: list[str]) -> dict[str, Any]:
        """What the cells of one field say.

        Raises:
            BadUsage: they say nothing we know.
        """
        cell = cells[0]
        if name in LISTED:
            word = self._word(name, cell)
            return {name: int(word) if name == "read" else word}
        if name in ("asked_at", "added_at"):
            return {name: self._moments.read(cell)}
        if name == "seconds":
            seconds, uncertain = length(cell, self._shape)
            return {"seconds": seconds, "uncertain": uncertain}
        if name == "count":
            return {name: number(cell, 0, MOST_COUNTED)}
        if name in _FLAGS:
            return {name: yes_or_no(cell)}
        if name == "note":
            return {name: clean("\n".join(filter(None, cells))).strip()}
        if name == "tags":
            parts = (part for each in cells for part in self._parts(each))
            return {name: tuple(dict.fromkeys(filter(None, (one_line(part, 40) for part in parts))))}
        if name == "activities":
            found: dict[str, Any] = {}
            for part in self._parts(cell.strip("[]")):
                self._activity(part.strip("\"' "), found)
            return found
        return {name: self._line(cell)}

    def _word(self, name: str, cell: str) -> str:
        """Our word for one of theirs; our own words are understood everywhere."""
        known = self._known.get((name, cell))
        if known is not None:
            return known
        words, folded = self._shape.words[name], fold(cell)
        word = words.get(folded) or (folded if folded in LISTED[name] else words.get(ANY, ""))
        if not word:
            near = sentence(cell, [*words, *LISTED[name]])
            cure = f"{near} Or add it to [{name}] of the mapping file.".strip()
            raise BadUsage(f'"{one_line(cell, 40)}" stands for no {name}.', cure)
        self._known[name, cell] = word
        return word

    def _activity(self, title: str, into: dict[str, Any]) -> None:
        meanings = self._shape.activities
        if not title:
            return
        meaning = meanings.get(fold(title)) or meanings.get(ANY)
        if meaning is None:
            near = sentence(title, meanings)
            cure = f"{near} Or add it to [activities] of the mapping file.".strip()
            raise BadUsage(f'"{one_line(title, 40)}" is no activity that is known.', cure)
        name, value = meaning
        if name == "tag":
            into["tags"] = (*into.get("tags", ()), value)
        elif name != "ignore":
            into[name] = int(value) if name == "read" else value

    def _column(self, cell: str, title: str, fields: dict[str, Any]) -> dict[str, Any]:
        """An activity that has a column of its own, which holds the count."""
        found = {"count": number(cell, 0, MOST_COUNTED), "tags": fields.get("tags", ())}
        if fields.get("count", found["count"]) != found["count"]:
            raise BadUsage("The counts of this row differ from column to column.", "Mend them in the file.")
        self._activity(title, found)
        return found

    def _time(self, fields: dict[str, Any]) -> datetime:
        if "asked_date" in fields:
            return self._moments.joined(fields["asked_date"], fields.get("asked_time", ""))
        raise BadUsage("There is no time.", "Every row needs the time it was asked.")

    def _bad(self, row: Row, place: int, fault: BadUsage) -> BadRow:
        head = self._table.head[place] if place >= 0 else ""
        return BadRow(row.line, place + 1, head, fault.what, fault.cure)

    def _record(self, row: Row, fields: dict[str, Any]) -> Iterator[Interaction | BadRow]:
        asked = fields["asked_at"]
        theirs = fields.pop("id", "")
        ours = _OURS.fullmatch(theirs)
        if ours:
            fields["id"] = ours[1]
        elif theirs:
            fields["id"] = made_id(asked, self._shape.name, theirs)
            fields["extra"] = {FROM: f"{self._shape.name} {one_line(theirs, 64)}"}
        else:
            content = tuple(row.cells[place] for places in self._at.values() for place in places)
            content += tuple(row.cells[place] for place in self._activity_at)
            self._equal[content] += 1
            fields["id"] = made_id(asked, self._shape.name, *content, str(self._equal[content]))
            fields["extra"] = {FROM: self._shape.name}
        fields.setdefault("added_at", asked)
        if fields.get("count", 1) > 1 or (ours and ours[2]):
            fields["entry"] = "tally"
        elif (fields["added_at"] - asked).total_seconds() > _LATE:
            fields["entry"] = "late"
        if ours and ours[2]:
            self.rows_of[ours[1]] += 1
        known = {
            name: value for name, value in fields.items() if name not in ("asked_date", "asked_time", "activities")
        }
        record = Interaction(**known)
        wrong = [
            BadRow(row.line, self._at.get(name, [-1])[0] + 1, name, what, cure)
            for name, what, cure in moment_problems(record, self._now)
        ]
        yield from wrong
        if not wrong:
            yield record

    def _parts(self, cell: str) -> list[str]:
        between = self._shape.between.strip()
        return cell.split(between) if between else cell.split()
