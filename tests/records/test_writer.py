"""One file per writer, one writer per process, and a new file after a failure."""

import errno
import json
import os
import shutil
from pathlib import Path

import pytest

from deskmate.faults import NotSaved
from deskmate.records.disk import Disk, ShortWrite
from deskmate.records.writer import Pen, WriterSlot


class Failing(Disk):
    """Fails while it is told to."""

    def __init__(self) -> None:
        self.fail_write = 0
        self.fail_sync = 0
        self.half = False
        self.synced: list[str] = []

    def write(self, handle: int, data: bytes) -> None:
        if self.fail_write:
            self.fail_write -= 1
            if self.half:
                os.write(handle, data[:3])
                raise ShortWrite(errno.ENOSPC, "half")
            raise OSError(errno.ENOSPC, "full")
        super().write(handle, data)

    def sync(self, handle: int) -> None:
        if self.fail_sync:
            self.fail_sync -= 1
            raise OSError(errno.EIO, "broken")
        self.synced.append("file")
        super().sync(handle)

    def sync_folder(self, folder: Path) -> None:
        self.synced.append(folder.name)
        super().sync_folder(folder)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_slots_are_one_each_and_used_again(tmp_path: Path) -> None:
    first, second = WriterSlot(tmp_path, Disk()), WriterSlot(tmp_path, Disk())
    machine = first.name.removesuffix("-1")
    assert (first.name, second.name) == (f"{machine}-1", f"{machine}-2")
    first.release()
    third = WriterSlot(tmp_path, Disk())
    assert third.name == f"{machine}-1"
    second.release()
    third.release()


def test_a_copied_disk_image_gets_a_machine_id_of_its_own(tmp_path: Path) -> None:
    slot = WriterSlot(tmp_path, Disk())
    name = slot.name
    slot.release()
    path = tmp_path / "machine.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"node": "another"}))
    assert slot.name.partition("-")[0] != name.partition("-")[0]
    slot.release()
    path.write_text("torn")
    assert slot.name.endswith("-1")
    slot.release()


def test_without_a_state_folder_there_is_a_name_for_the_session_and_a_notice(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    slot = WriterSlot(tmp_path / "file", Disk())
    assert slot.name == slot.name
    assert slot.name.endswith("-0")
    assert slot.notice is not None
    slot.release()


def test_a_durable_line_is_one_write_and_one_sync_with_the_names_synced_first_time(tmp_path: Path) -> None:
    disk = Failing()
    pen = Pen(tmp_path / "day", "w-1", disk, durable=True)
    written = pen.write(b"one\n")
    assert (written.file, written.start, written.end) == ("w-1.jsonl", 0, 4)
    assert disk.synced == ["file", "day", tmp_path.name]
    pen.write(b"two\n")
    assert disk.synced[3:] == ["file"]
    assert not pen.owes_sync
    pen.close()


def test_a_torn_tail_is_closed_before_the_next_line(tmp_path: Path) -> None:
    (tmp_path / "w-1.jsonl").write_bytes(b"whole\nto")
    pen = Pen(tmp_path, "w-1", Disk(), durable=True)
    written = pen.write(b"next\n")
    pen.close()
    assert files(tmp_path) == {"w-1.jsonl": b"whole\nto\nnext\n"}
    assert (written.start, written.end) == (8, 14)


def test_after_a_short_write_the_next_try_goes_to_a_new_file(tmp_path: Path) -> None:
    disk = Failing()
    pen = Pen(tmp_path, "w-1", disk, durable=True)
    pen.write(b"one\n")
    disk.fail_write, disk.half = 1, True
    with pytest.raises(NotSaved):
        pen.write(b"two\n")
    pen.write(b"two\n")
    pen.close()
    assert files(tmp_path) == {"w-1.jsonl": b"one\ntwo", "w-1.1.jsonl": b"two\n"}
    later = Pen(tmp_path, "w-1", disk, durable=True)
    later.write(b"three\n")
    later.close()
    assert files(tmp_path)["w-1.1.jsonl"] == b"two\nthree\n"


def test_a_full_disk_collects_no_empty_files(tmp_path: Path) -> None:
    disk = Failing()
    pen = Pen(tmp_path, "w-1", disk, durable=True)
    disk.fail_write = 5
    for _ in range(5):
        with pytest.raises(NotSaved):
            pen.write(b"one\n")
    assert files(tmp_path) == {}
    pen.write(b"one\n")
    pen.close()
    assert list(files(tmp_path).values()) == [b"one\n"]


def test_a_failed_sync_is_told_and_what_was_owed_goes_to_a_new_file(tmp_path: Path) -> None:
    disk = Failing()
    pen = Pen(tmp_path, "w-1", disk, durable=False)
    pen.write(b"one\n")
    pen.write(b"two\n")
    assert disk.synced == []
    disk.fail_sync = 1
    with pytest.raises(NotSaved):
        pen.sync()
    assert pen.owes_sync
    pen.sync()
    assert not pen.owes_sync
    assert files(tmp_path) == {"w-1.jsonl": b"one\ntwo\n", "w-1.1.jsonl": b"one\ntwo\n"}
    disk.fail_sync = 1
    pen.write(b"three\n")
    with pytest.raises(NotSaved):
        pen.sync()
    pen.write(b"four\n")
    pen.sync()
    pen.close()
    assert files(tmp_path)["w-1.2.jsonl"] == b"three\nfour\n"


def test_a_durable_line_whose_sync_failed_is_not_owed(tmp_path: Path) -> None:
    disk = Failing()
    pen = Pen(tmp_path, "w-1", disk, durable=True)
    disk.fail_sync = 1
    with pytest.raises(NotSaved):
        pen.write(b"one\n")
    assert not pen.owes_sync
    pen.sync()
    pen.close()


@pytest.mark.parametrize("durable", [True, False])
def test_what_is_saved_after_an_older_copy_took_the_folders_place_is_in_that_copy(
    tmp_path: Path, durable: bool
) -> None:
    folder = tmp_path / "day"
    pen = Pen(folder, "w-1", Disk(), durable=durable)
    pen.write(b"one\n")
    pen.sync()
    shutil.copytree(folder, tmp_path / "copy")
    pen.write(b"two\n")
    pen.sync()
    folder.rename(tmp_path / "moved away")
    (tmp_path / "copy").rename(folder)
    pen.write(b"three\n")
    pen.sync()
    pen.close()
    assert files(folder) == {"w-1.jsonl": b"one\nthree\n"}


@pytest.mark.parametrize("durable", [True, False])
def test_a_file_system_that_tells_no_two_files_apart_takes_a_save_all_the_same(tmp_path: Path, durable: bool) -> None:
    class Forgetful(Disk):
        def replaced(self, handle: int, path: Path) -> bool:
            return True

    pen = Pen(tmp_path, "w-1", Forgetful(), durable=durable)
    pen.write(b"one\n")
    pen.sync()
    assert not pen.owes_sync
    pen.close()
    assert set(files(tmp_path)["w-1.jsonl"].splitlines()) == {b"one"}
