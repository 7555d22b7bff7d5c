"""One line is one operation: whole, or known to be damaged."""

import json
from typing import Any
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.records.line import salvage, seal, unseal, unseal_all

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)
BODIES = st.dictionaries(st.text().filter(lambda key: key != "crc"), VALUES, min_size=1, max_size=4)


@given(BODIES)
def test_what_is_sealed_comes_back_and_is_valid_json_on_one_line(body: dict[str, Any]) -> None:
    line = seal(body)
    assert unseal(line[:-1]) == body
    assert line.index(b"\n") == len(line) - 1
    assert {key: value for key, value in json.loads(line).items() if key != "crc"} == body


@given(BODIES, st.data())
def test_a_cut_or_a_flipped_bit_is_seen(body: dict[str, Any], data: st.DataObject) -> None:
    line = seal(body)[:-1]
    assert unseal(line[: data.draw(st.integers(0, len(line) - 1))]) is None
    hurt = bytearray(line)
    hurt[data.draw(st.integers(0, len(line) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    assert unseal(bytes(hurt)) is None


@given(st.lists(BODIES | st.none(), max_size=5))
def test_lines_read_at_once_are_as_each_by_itself(bodies: list[dict[str, Any] | None]) -> None:
    lines = [b"hurt" if body is None else seal(body)[:-1] for body in bodies]
    assert unseal_all(lines) == list(map(unseal, lines)) == bodies


@pytest.mark.parametrize("strange", [b'{"a":1},{"b":2', b'{"a":', b'{"a":' * 3, b'{"a":' + b"[" * 100_000])
def test_a_sealed_line_that_is_no_json_costs_no_other_line(strange: bytes) -> None:
    sealed = b'%b,"crc":"%08x"}' % (strange, crc32(strange))
    good = seal({"rev": "a"})[:-1]
    assert unseal_all([good, sealed, good]) == [{"rev": "a"}, None, {"rev": "a"}]


def test_half_a_surrogate_pair_survives() -> None:
    assert unseal(seal({"note": "\ud83d"})[:-1]) == {"note": "\ud83d"}


def test_what_is_no_json_is_refused_before_anything_is_written() -> None:
    with pytest.raises(ValueError):
        seal({"n": float("nan")})
    with pytest.raises(TypeError):
        seal({"n": object()})


def test_two_lines_that_lost_their_newline_are_both_found() -> None:
    first, second = seal({"rev": "a", "note": '{"rev":"'}), seal({"rev": "b"})
    assert salvage(first[:-1] + b"\x0b" + second[:-1]) == [{"rev": "a", "note": '{"rev":"'}, {"rev": "b"}]
    assert salvage(b"x" + first[:-1]) == [{"rev": "a", "note": '{"rev":"'}]
    assert salvage(first[5:-1]) == []


def test_a_line_that_is_json_but_no_object_is_damage() -> None:
    assert unseal(b'[1,"crc":"00000000"}') is None
    assert unseal(b"") is None
