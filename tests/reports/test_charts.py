"""Charts keep their width and always tell label and number."""

from hypothesis import given
from hypothesis import strategies as st

from deskmate.reports.charts import bars, columns
from deskmate.text.clean import cells, one_line


def test_bars_are_in_proportion_and_carry_label_and_number() -> None:
    assert bars([("Phone", 10), ("Chat", 5), ("Mail", 0)], 20) == [
        "Phone  10  █████████",
        "Chat    5  ████▌",
        "Mail    0",
    ]


def test_bars_without_block_characters() -> None:
    assert bars([("Phone", 10), ("Chat", 5)], 20, ascii=True) == ["Phone  10  #########", "Chat    5  ####"]


def test_one_among_many_still_shows() -> None:
    assert bars([("a", 100_000), ("b", 1)], 30)[1] == "b        1  ▏"


def test_a_hidden_number_has_no_bar_that_would_tell_it() -> None:
    assert bars([("a", 9), ("b", "<3")], 20) == ["a   9  █████████████", "b  <3"]


def test_nothing_to_draw_is_no_line() -> None:
    assert bars([], 20) == []
    assert columns([], 3) == []


@given(
    st.lists(st.tuples(st.text(max_size=60), st.integers(0, 10**6) | st.just("<3")), max_size=8), st.integers(16, 100)
)
def test_bars_never_pass_their_width_and_always_tell_the_number(pairs: list[tuple[str, int | str]], width: int) -> None:
    lines = bars(pairs, width)
    assert len(lines) == len(pairs)
    for line, (label, value) in zip(lines, pairs, strict=True):
        assert cells(line) <= width
        assert (f"{value:,}" if isinstance(value, int) else value) in line
        assert line.strip().startswith(one_line(label)[:3].strip()[:1])


def test_columns_stand_on_their_labels_with_the_number_on_top() -> None:
    assert columns([4, 2, 0, None], 2, labels=["09", "10", "11", "12"]) == [
        "  4",
        " ██  2",
        " ██ ██  0  ?",
        " 09 10 11 12",
    ]


def test_columns_without_block_characters_and_a_hidden_number() -> None:
    assert columns([6, "<3"], 2, labels=["09", "10"], ascii=True) == ["  6", " ##", " ## <3", " 09 10"]


@given(st.lists(st.none() | st.integers(0, 5000), min_size=1, max_size=24), st.integers(1, 8))
def test_every_number_is_told_and_only_nobody_logged_is_a_question_mark(values: list[int | None], height: int) -> None:
    drawn = columns(values, height, labels=[f"{hour:02}" for hour in range(len(values))])
    told = " ".join(drawn[:-1]).replace("█", " ").split()
    numbers = [f"{value:,}" for value in values if value is not None]
    assert sorted(item for item in told if item[0].isdigit()) == sorted(numbers)
    assert told.count("?") == values.count(None)
