"""Words for people: lengths, periods, lines that fit."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.reports.words import KIND_WORDS, length, number_of, period, word, wrapped
from deskmate.text.clean import cells, one_line


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 s"),
        (59, "59 s"),
        (60, "1 min"),
        (95, "2 min"),
        (3600, "1 h"),
        (5400, "1 h 30 min"),
        (3_600_000, "1,000 h"),
    ],
)
def test_lengths_of_time(seconds: int, said: str) -> None:
    assert length(seconds) == said


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2026-11-22T09:00", "2026-11-22T13:00", "Sunday 22 Nov 2026, 09:00 to 13:00"),
        ("2026-11-22T00:00", "2026-11-23T00:00", "Sunday 22 Nov 2026"),
        ("2026-11-01T00:00", "2026-12-01T00:00", "Sunday 1 Nov 2026 to Monday 30 Nov 2026"),
        ("2026-11-22T22:00", "2026-11-23T02:00", "Sunday 22 Nov 2026 22:00 to Monday 23 Nov 2026 02:00"),
    ],
)
def test_periods(start: str, end: str, said: str) -> None:
    assert period(datetime.fromisoformat(f"{start}-05:00"), datetime.fromisoformat(f"{end}-05:00")) == said


def test_a_value_without_a_word_is_told_in_sentence_case() -> None:
    assert word("known-item", KIND_WORDS) == "Known item"
    assert number_of(1, "reply", "replies") == "1 reply"
    assert number_of(1204, "contact") == "1,204 contacts"


@given(st.text(max_size=200), st.integers(12, 90))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    lines = wrapped(text, width, first="  - ", rest="    ")
    assert all(cells(line) <= width for line in lines)
    assert "".join("".join(line[4:] for line in lines).split()) == "".join(one_line(text).split())
