"""Cleaning takes out what is not text, keeps what is, and stays quick on hostile text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.text.clean import cells, clean, clip, formula_back, formula_safe, one_line

ANYTHING = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("\x1b[]0;m\x07\x9b\x9d\\\r\n\t\u202e\u2066\u200b\u200c\u200d\ufeff\ud800e\u0301\u0316अ漢"),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
    [
        ("plain", "plain"),
        ("a\tb\nc", "a\tb\nc"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\u2028b\x85c", "a\nb\nc"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b[?25l\x1b[2Jgone", "gone"),
        ("\x9b31mred", "red"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bPq#0;1\x1b\\picture", "picture"),
        ("\x1b]0;never ended", "0;never ended"),
        ("\x1b(Bset", "set"),
        ("bell\x07null\x00del\x7f", "bellnulldel"),
        ("\u202egpj.exe\u202c", "gpj.exe"),
        ("\u2066a\u2069\u200eb\u061c", "ab"),
        ("zero\u200bwidth\ufeff\u00ad", "zerowidth"),
        ("lone \ud83d surrogate", "lone  surrogate"),
        ("e\u0301", "é"),
        ("\U000e0041tag", "tag"),
    ],
)
def test_what_is_not_text_goes(dirty: str, cleaned: str) -> None:
    assert clean(dirty) == cleaned


def test_joiners_stay_inside_words_of_scripts_that_need_them_only() -> None:
    persian, hindi = "می\u200cخواهم", "क्\u200dष"
    assert clean(persian) == persian
    assert clean(hindi) == hindi
    assert clean("pass\u200dword\u200c") == "password"
    assert clean("\u200cمی") == "می"


@given(ANYTHING)
def test_cleaning_is_final_composed_and_free_of_controls(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert {each for each in cleaned if unicodedata.category(each) in ("Cc", "Cs")} <= {"\n", "\t"}
    assert not set(cleaned) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff")


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "S", "Zs"))))
def test_ordinary_text_is_only_composed(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)


@given(ANYTHING, st.integers(0, 70))
def test_a_limit_is_kept(text: str, limit: int) -> None:
    cut = clean(text, limit=limit)
    assert len(cut) <= limit
    assert clean(text).startswith(cut)
    assert len(one_line(text, limit)) <= limit


@pytest.mark.parametrize(
    "piece", ["\x1b]", "\x1b[", "a\x00", "a\u202e", "\u200d", "\r\n", "e\u0301", "\u0316\u0300", "a "]
)
def test_ten_megabytes_of_anything_come_through(piece: str) -> None:
    # Anything that grows with the square would not end here.
    assert len(clean(piece * (10_000_000 // len(piece)))) <= 10_000_000


@given(ANYTHING)
def test_one_line_is_one_line(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert "\t" not in line
    assert line == line.strip()
    assert one_line(line) == line


def test_newlines_and_tabs_become_one_space() -> None:
    assert one_line(" late again\r\n\t printer \n") == "late again printer"


@given(ANYTHING, st.integers(-1, 30))
def test_a_clip_fits(text: str, width: int) -> None:
    line = one_line(text)
    cut = clip(line, width)
    assert cells(cut) <= max(0, width)
    assert cut == line if cells(line) <= width else cut.endswith("…") or width <= 0


def test_wide_characters_count_two_and_marks_none() -> None:
    assert cells("漢字") == 4
    assert cells("q\u0323") == 1
    assert clip("漢字漢字", 5) == "漢字…"
    assert clip("漢字漢字", 4) == "漢…"
    assert clip("abcdef", 6) == "abcdef"
    assert clip("abcdef", 5) == "abcd…"
    assert clip("abcdef", 1) == "…"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_a_cell_that_starts_like_a_formula_is_defused(start: str) -> None:
    assert formula_safe(f"{start}1+1") == f"'{start}1+1"


@given(st.text())
def test_a_defused_cell_never_starts_like_a_formula(cell: str) -> None:
    safe = formula_safe(cell)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert formula_back(safe) == cell


@pytest.mark.parametrize("cell", ["'=1", "''=1", "'tis", "'", "=1", "1"])
def test_a_defused_cell_comes_back_as_it_was(cell: str) -> None:
    assert formula_back(formula_safe(cell)) == cell
