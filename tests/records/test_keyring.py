"""The keys of the incident reports: what opens them, and what does not. Scrypt is made cheap here."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from deskmate.faults import BadUsage, DeskMateError
from deskmate.records import keyring
from deskmate.records.disk import Disk
from deskmate.records.keyring import Keyring, Opened

CHEAP = 1024
CODE = "four seasons in one"


def keys(code: str = CODE) -> tuple[Opened, Keyring, str]:
    opened, recovery = keyring.new_keys(), keyring.new_recovery()
    return opened, opened.lock(code, recovery, cost=CHEAP), recovery


def test_what_was_sealed_without_a_code_opens_with_either_code() -> None:
    _, stored, recovery = keys()
    sealed = stored.seal("id-1", b"the facts")
    for typed in (CODE, f"  {CODE} ", recovery, recovery.lower().replace("-", " ")):
        assert keyring.unlock(stored, typed).unseal("id-1", sealed) == b"the facts"


def test_zero_and_o_are_one_in_a_recovery_code() -> None:
    recovery = "0123-4567-89AB-CDEF-GHJK-0101"
    stored = keyring.new_keys().lock(CODE, recovery, cost=CHEAP)
    assert keyring.unlock(stored, "O123-4567-89AB-CDEF-GHJK-OLOI")
    assert keyring.same_recovery("ol23456789abcdefghjkoioi", recovery)


@pytest.mark.parametrize(
    "typed", ["", " ", "four seasons in on", "FOUR SEASONS IN ONE", "ABCD-ABCD-ABCD-ABCD-ABCD-ABCD"]
)
def test_anything_else_is_refused_in_plain_words(typed: str) -> None:
    with pytest.raises(BadUsage, match="neither the code nor the recovery code"):
        keyring.unlock(keys()[1], typed)


def test_a_code_that_was_replaced_opens_nothing() -> None:
    opened, old, recovery = keys()
    new = opened.lock("another long code", keyring.new_recovery(), cost=CHEAP)
    for typed in (CODE, recovery):
        with pytest.raises(BadUsage):
            keyring.unlock(new, typed)
    assert keyring.unlock(new, "another long code").unseal("x", old.seal("x", b"old")) == b"old"


def test_a_body_opens_only_under_its_own_id_with_its_own_keys_and_unchanged() -> None:
    opened, stored, _ = keys()
    sealed = stored.seal("id-1", b"the facts")
    broken = sealed[:40] + ("A" if sealed[40] != "A" else "B") + sealed[41:]
    for reader, record_id, text in ((opened, "id-2", sealed), (keyring.new_keys(), "id-1", sealed),
                                    (opened, "id-1", broken), (opened, "id-1", "no base64 \u00e9")):  # fmt: skip
        with pytest.raises(DeskMateError, match="cannot be opened"):
            reader.unseal(record_id, text)


def test_neither_a_key_nor_a_code_is_in_what_is_stored_or_printed(tmp_path: Path) -> None:
    opened, stored, recovery = keys()
    keyring.write_keyring(tmp_path / "k", stored, Disk())
    data = (tmp_path / "k").read_text()
    assert CODE not in data
    assert recovery not in data
    assert repr(opened) == "Opened(...)"
    assert (tmp_path / "k").stat().st_mode & 0o077 == 0
    assert keyring.read_keyring(tmp_path / "k") == stored


def test_a_missing_file_means_no_code_and_a_damaged_one_is_never_taken_for_that(tmp_path: Path) -> None:
    path = tmp_path / "k"
    assert keyring.read_keyring(path) is None
    keyring.write_keyring(path, keys()[1], Disk())
    good = json.loads(path.read_text())
    for bad in ("", "{", "[]", json.dumps({**good, "v": 2}), json.dumps({**good, "state": "odd"}),
                json.dumps({**good, "code": {**good["code"], "n": 2**40}}),
                json.dumps({**good, "code": {**good["code"], "n": 1000}})):  # fmt: skip
        path.write_text(bad)
        with pytest.raises(DeskMateError, match="keys of the incident reports cannot be read"):
            keyring.read_keyring(path)


@pytest.mark.parametrize("code", ["", "short", "aaaaaaaaaaaa", "abababababab", " 1234567 "])
def test_a_code_that_is_easily_guessed_is_refused(code: str) -> None:
    with pytest.raises(BadUsage):
        keyring.check_code(code)


@runs(max_examples=25)
@given(st.text(min_size=8, max_size=40).filter(lambda text: len(set(text.strip())) > 4 and len(text.strip()) > 7))
def test_any_code_a_person_may_type_opens_what_it_locked(code: str) -> None:
    opened = keyring.new_keys()
    stored = opened.lock(code, keyring.new_recovery(), cost=16)
    assert keyring.unlock(stored, code).unseal("x", stored.seal("x", b"y")) == b"y"


def test_recovery_codes_are_chance_and_have_the_shape_that_is_asked_for() -> None:
    codes = {keyring.new_recovery() for _ in range(50)}
    assert len(codes) == 50
    assert all(keyring.is_recovery(code) for code in codes)
    assert not keyring.is_recovery(CODE)
