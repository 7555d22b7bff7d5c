"""A file from another program: its bytes as text, and its text as a table whose every row knows its line."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from typing import Final

from deskmate.faults import BadContent
from deskmate.text.clean import formula_back, one_line

_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS: Final = ",;\t|"
_LONGEST_CELL: Final = 64 * 1024 * 1024
"""Characters of one cell; csv's own limit of 131,072 refuses a long note."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """Something in a file that cannot be taken in."""

    line: int
    """The line in the file, from 1."""
    column: int
    """The column, from 1; for JSON the character in the line. 0: the row as a whole."""
    name: str
    """The column's head, or the field's name; may be empty."""
    what: str
    cure: str

    def __str__(self) -> str:
        place = f", column {self.column}" if self.column else ""
        named = f" ({self.name})" if self.name else ""
        return f"Line {self.line}{place}{named}: {self.what} {self.cure}".rstrip()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    line: int
    """The line it begins on."""
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head."""

    text: str
    head: tuple[str, ...]
    delimiter: str
    start: int
    """The line after which the head begins: 0, or 1 when a spreadsheet named its delimiter first."""

    def rows(self) -> Iterator[Row | BadRow]:
        """The rows under the head, each as wide as it; empty ones are passed over, a wrong one is told.

        A quote that is never closed, or stands in the middle of a cell, ends the reading: nothing after it is sure.
        """
        import csv

        lines = StringIO(self.text, newline="")  # a line ends at \n, \r or both, and stays as it is
        for _ in range(self.start):
            next(lines)
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        begin = self.start + 1
        width = len(self.head)
        seen_head = False
        with _long_cells():
            while True:
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as fault:
                    cure = "Look for a quotation mark that is not closed, or not doubled."
                    yield BadRow(begin, 0, "", f"The quoting is broken from here on ({fault}).", cure)
                    return
                line, begin = begin, self.start + reader.line_num + 1
                if not seen_head:
                    seen_head = True
                elif len(cells) == width:
                    yield Row(line, tuple([_plain(cell) for cell in cells]))
                elif any(cells):
                    what = f"This row has {len(cells)} cells; the head has {width}."
                    yield BadRow(line, 0, "", what, "Look for a comma or a quotation mark that is too much.")


def decoded(data: bytes) -> tuple[str, str]:
    """The text of a file, and what it was read as when that was not plain UTF-8.

    A byte-order mark decides; without one it is UTF-8, and when it is not, Windows-1252, which spreadsheets write.

    Raises:
        BadContent: it is neither.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), "" if encoding == "utf-8-sig" else "UTF-16"
            except UnicodeDecodeError as fault:
                raise BadContent(
                    f"The file is not the {encoding} text it says it is ({fault.reason}).", _AGAIN
                ) from None
    try:
        return data.decode(), ""
    except UnicodeDecodeError as not_utf8:
        try:
            return data.decode("cp1252"), "Windows-1252"
        except UnicodeDecodeError:
            line = data.count(b"\n", 0, not_utf8.start) + 1
            raise BadContent(f"Line {line} is neither UTF-8 nor Windows-1252 text.", _AGAIN) from None


_AGAIN: Final = "Save it again as CSV UTF-8."


def table(text: str) -> Table:
    """The head of a table, and what stands between its cells.

    Raises:
        BadContent: there is no head.
    """
    import csv

    start, named = 0, re.match(r"sep=(.)\r?\n", text)
    if named:
        start, text_of_head = 1, text[named.end() :]
    else:
        text_of_head = text
    first = text_of_head.partition("\n")[0]
    bare = re.sub(r'"[^"]*"', "", first)
    delimiter = named[1] if named else max(_DELIMITERS, key=bare.count)
    try:
        with _long_cells():
            head = next(csv.reader(StringIO(text_of_head, newline=""), delimiter=delimiter), [])
    except csv.Error as fault:
        raise BadContent(f"The head of the table cannot be read ({fault}).", _AGAIN) from fault
    names = tuple(one_line(formula_back(name)) for name in head)
    if not any(names):
        raise BadContent("The file has no head: its first line must name the columns.", "Add that line.")
    return Table(text, names, delimiter, start)


def _plain(cell: str) -> str:
    """A cell without the apostrophe that kept a spreadsheet from computing it."""
    return formula_back(cell) if cell[:1] == "'" else cell


@contextmanager
def _long_cells() -> Iterator[None]:
    """Let csv read cells of any sane length meanwhile; its limit is the whole process's."""
    import csv

    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)
