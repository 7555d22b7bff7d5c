"""Many files, one state: the highest revision per id, in whatever order the files are read."""

import random
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from deskmate.records.disk import Disk
from deskmate.records.line import seal
from deskmate.records.shard import Shard
from deskmate.records.writer import Written

IDS = st.sampled_from("abcd")
OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(["w1", "w2", "w3"]),
        st.dictionaries(IDS, st.integers(0, 99), max_size=3),
        st.sets(IDS, max_size=2),
        st.booleans(),
    ),
    max_size=12,
)


def revision(number: int, writer: str = "w1") -> str:
    return f"{number:016x}.{writer}"


def body_of(number: int, writer: str, put: dict[str, int], removed: set[str], drop: bool) -> dict[str, Any]:
    body: dict[str, Any] = {"rev": revision(number, writer), "put": {key: {"n": value} for key, value in put.items()}}
    body["del"] = sorted(removed - set(put))
    return body | ({"drop": True} if drop else {})


def plain_state(bodies: list[dict[str, Any]]) -> dict[str, Any]:
    state: dict[str, Any] = {}
    for body in sorted(bodies, key=lambda body: str(body["rev"])):
        state = {} if body.get("drop") else state
        state |= body["put"]
        state = {key: value for key, value in state.items() if key not in body["del"]}
    return state


@given(OPERATIONS, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_any_order_of_files_and_reads_gives_the_same_state(
    operations: list[tuple[str, dict[str, int], set[str], bool]], chance: random.Random
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        watching = Shard("t", folder, Disk())
        bodies = [body_of(number, *operation) for number, operation in enumerate(operations)]
        for body in chance.sample(bodies, len(bodies)):
            with (folder / f"{str(body['rev']).partition('.')[2]}.jsonl").open("ab") as file:
                file.write(seal(body))
            if chance.random() < 0.5:
                watching.refresh()
        watching.refresh()
        reading = Shard("t", folder, Disk())
        reading.refresh()
        for body in chance.sample(bodies, len(bodies)):
            reading.apply(body)
        assert watching.docs == reading.docs == plain_state(bodies)


def test_two_folders_are_merged_by_copying_files(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    (here / "w1.jsonl").write_bytes(seal({"rev": revision(1), "put": {"a": {"n": 1}}}))
    (there / "w2.jsonl").write_bytes(seal({"rev": revision(2, "w2"), "put": {"a": {"n": 2}, "b": {"n": 3}}}))
    shard = Shard("t", here, Disk())
    shard.refresh()
    assert shard.docs == {"a": {"n": 1}}
    (there / "w2.jsonl").replace(here / "w2.jsonl")
    assert shard.refresh() == {"a", "b"}
    assert shard.docs == {"a": {"n": 2}, "b": {"n": 3}}


def test_only_new_bytes_are_read_and_nothing_when_nothing_came(tmp_path: Path) -> None:
    class Counting(Disk):
        read_from: list[int] = []

        def read(self, path: str, start: int = 0) -> bytes:
            self.read_from.append(start)
            return super().read(path, start)

    disk = Counting()
    line = seal({"rev": revision(1), "put": {"a": {}}})
    (tmp_path / "w1.jsonl").write_bytes(line)
    shard = Shard("t", tmp_path, disk)
    shard.refresh()
    shard.refresh()
    with (tmp_path / "w1.jsonl").open("ab") as file:
        file.write(seal({"rev": revision(2), "put": {"b": {}}}))
    assert shard.refresh() == {"b"}
    assert disk.read_from == [0, len(line)]


def test_our_own_line_is_not_read_back(tmp_path: Path) -> None:
    body = {"rev": revision(1), "put": {"a": {}}}
    path = tmp_path / "w1.jsonl"
    path.write_bytes(b"")
    shard = Shard("t", tmp_path, Disk())
    shard.refresh()
    path.write_bytes(seal(body))
    assert shard.wrote(body, Written("w1.jsonl", 0, len(seal(body)))) == {"a"}
    assert shard.refresh() == set()
    assert shard.fingerprint.endswith(f".{len(seal(body))}")


def test_a_damaged_line_is_kept_reported_and_left_out(tmp_path: Path) -> None:
    good = [seal({"rev": revision(n), "put": {str(n): {"n": n}}}) for n in range(4)]
    hurt = good[1].replace(b'"n":1', b'"n":7')
    path = tmp_path / "w1.jsonl"
    path.write_bytes(good[0] + hurt + good[2] + good[3][:-9])
    shard = Shard("t", tmp_path, Disk())
    shard.refresh()
    assert shard.docs == {"0": {"n": 0}, "2": {"n": 2}}
    (damage,) = shard.damage.values()
    assert (damage.path, damage.line, damage.unfinished) == (path, 2, False)
    assert "damaged" in damage.notice().what
    assert damage.notice().where == f"{path}:2"
    (unfinished,) = shard.unfinished()
    assert unfinished.line == 4
    path.write_bytes(good[0] + hurt + good[2] + good[3][:-9] + b"\n" + good[3])
    shard.refresh()
    assert shard.docs["3"] == {"n": 3}
    assert [each.unfinished for each in shard.damage.values()] == [False, True]
    assert "cut off" in shard.damage["w1.jsonl", 4].notice().what
    assert path.read_bytes().count(hurt) == 1


def test_sealed_lines_that_are_no_operations_are_damage_not_a_crash(tmp_path: Path) -> None:
    strange: list[dict[str, Any]] = [
        {"rev": 7},
        {"rev": revision(1), "put": [1]},
        {"rev": revision(1), "put": {"a": 1}},
        {"rev": revision(1), "del": {"a": 1}},
        {"rev": revision(1), "del": [1]},
        {"rev": "ffffffffffffffff.w1", "put": {"a": {}}},
        {"hello": "world"},
    ]
    (tmp_path / "w1.jsonl").write_bytes(b"".join(map(seal, strange)))
    shard = Shard("t", tmp_path, Disk())
    shard.refresh()
    assert shard.docs == {}
    assert len(shard.damage) == len(strange)


def test_keys_of_a_newer_version_do_not_disturb(tmp_path: Path) -> None:
    body = {"rev": revision(1), "put": {"a": {"v": 9, "later": [1]}}, "why": "import"}
    (tmp_path / "w1.jsonl").write_bytes(seal(body))
    shard = Shard("t", tmp_path, Disk())
    shard.refresh()
    assert shard.docs == {"a": {"v": 9, "later": [1]}}
    assert not shard.damage


def test_a_backup_that_came_back_is_read_from_the_start(tmp_path: Path) -> None:
    path = tmp_path / "w1.jsonl"
    lines = [seal({"rev": revision(n), "put": {str(n): {}}}) for n in range(3)]
    path.write_bytes(b"".join(lines))
    shard = Shard("t", tmp_path, Disk())
    shard.refresh()
    path.write_bytes(lines[0])
    assert shard.refresh() == {"0", "1", "2"}
    assert set(shard.docs) == {"0"}
    path.unlink()
    shard.refresh()
    assert shard.docs == {}
    assert not shard.exists


def test_a_file_that_cannot_be_read_is_reported_and_the_rest_serves(tmp_path: Path) -> None:
    (tmp_path / "w1.jsonl").mkdir()
    (tmp_path / "w2.jsonl").write_bytes(seal({"rev": revision(1, "w2"), "put": {"a": {}}}))
    shard = Shard("t", tmp_path, Disk())
    shard.refresh()
    assert set(shard.docs) == {"a"}
    assert [each.notice().what for each in shard.damage.values()] == ["A file of the log cannot be read."]


def test_every_version_is_kept_in_order(tmp_path: Path) -> None:
    bodies: list[dict[str, Any]] = [
        {"rev": revision(3), "del": ["a"]},
        {"rev": revision(1), "put": {"a": {"n": 1}}},
        {"rev": revision(2), "put": {"a": {"n": 2}, "b": {}}},
        {"rev": revision(0), "drop": True},
    ]
    (tmp_path / "w1.jsonl").write_bytes(b"".join(map(seal, bodies)))
    shard = Shard("t", tmp_path, Disk())
    history = [(version.revision, version.document) for version in shard.versions("a")]
    assert history == [(revision(1), {"n": 1}), (revision(2), {"n": 2}), (revision(3), None)]
    assert shard.versions("z") == []


def test_zeros_before_a_whole_line_are_a_save_that_a_power_cut_met(tmp_path: Path) -> None:
    (tmp_path / "w1.jsonl").write_bytes(b"\0" * 40 + seal({"rev": revision(1), "put": {"a": {"n": 1}}}))
    shard = Shard("t", tmp_path, Disk())
    shard.refresh()
    assert shard.docs == {"a": {"n": 1}}
    (damage,) = shard.damage.values()
    assert damage.unfinished
