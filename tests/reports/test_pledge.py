"""The pledge on paper."""

from html.parser import HTMLParser

from deskmate.reports.pledge import TEAM, VISITORS, html, text
from deskmate.text.clean import cells

HOSTILE = '<script>alert(1)</script> \x1b[31m & \u202e "quotes"'


class Reader(HTMLParser):
    """Gathers the elements and the words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_sheet_has_both_lists_and_nothing_that_loads_or_runs() -> None:
    reader = Reader()
    reader.feed(html(HOSTILE, HOSTILE, ["We greet you.", HOSTILE], ["We help each other."]))
    assert not reader.tags & {"script", "link", "img", "iframe"}
    words = "".join(reader.words)
    assert VISITORS in words
    assert TEAM in words
    assert words.count("<script>alert(1)</script>") == 4  # the title twice, the library, the sentence: as text
    assert "\x1b" not in words
    assert "\u202e" not in words


def test_an_empty_part_has_no_heading() -> None:
    assert TEAM not in html("Ours", "", ["We greet you."], [])
    assert TEAM not in text("Ours", ["We greet you."], [])


def test_plain_lines_fit_their_width() -> None:
    told = text("Ours " * 30, ["We greet you, " * 20], ["日本語の長い名前" * 20], 40)
    assert all(cells(line) <= 40 for line in told.splitlines())
