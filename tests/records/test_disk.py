"""The calls to the system, on the real disk."""

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from deskmate.faults import NotSaved
from deskmate.records.disk import Disk, not_saved


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_files_and_folders_are_for_this_user_only(tmp_path: Path) -> None:
    disk = Disk()
    created = disk.make_folder(tmp_path / "a" / "b")
    assert created == [tmp_path / "a", tmp_path / "a" / "b"]
    os.close(disk.open_append(tmp_path / "a" / "file"))
    disk.replace(tmp_path / "a" / "other", b"x")
    assert {stat.S_IMODE(path.stat().st_mode) for path in created} == {0o700}
    assert {stat.S_IMODE((tmp_path / "a" / name).stat().st_mode) for name in ("file", "other")} == {0o600}


def test_a_write_goes_to_the_end_whoever_wrote_there_meanwhile(tmp_path: Path) -> None:
    disk = Disk()
    one, two = disk.open_append(tmp_path / "f"), disk.open_append(tmp_path / "f")
    for handle, data in ((one, b"a\n"), (two, b"b\n"), (one, b"c")):
        disk.write(handle, data)
        disk.sync(handle)
    assert disk.read(str(tmp_path / "f")) == b"a\nb\nc"
    assert disk.read(str(tmp_path / "f"), 4) == b"c"
    assert disk.end(one) == 5
    assert not disk.ends_with_newline(two)
    disk.close(one)
    disk.close(two)


def test_a_failed_replace_leaves_the_old_file_and_no_draft(tmp_path: Path) -> None:
    class Refusing(Disk):
        def sync(self, handle: int) -> None:
            raise OSError(errno.EIO, "broken")

    (tmp_path / "f").write_bytes(b"old")
    with pytest.raises(OSError, match="broken"):
        Refusing().replace(tmp_path / "f", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["f"]
    assert (tmp_path / "f").read_bytes() == b"old"


def test_wiping_overwrites_before_it_removes(tmp_path: Path) -> None:
    secret, second_name = tmp_path / "secret", tmp_path / "second-name"
    secret.write_bytes(b"555 0100")
    second_name.hardlink_to(secret)
    assert Disk().wipe(secret)
    assert not secret.exists()
    assert second_name.read_bytes() == bytes(8)
    assert not Disk().wipe(secret)


def test_one_holder_at_a_time_and_a_removed_lock_file_is_nobodys(tmp_path: Path) -> None:
    disk = Disk()
    lock = disk.lock(tmp_path / "lock")
    assert lock is not None
    assert disk.lock(tmp_path / "lock") is None
    lock.release(remove=True)
    lock.release()
    assert not (tmp_path / "lock").exists()
    again = disk.lock(tmp_path / "lock", wait=True)
    assert again is not None
    again.release()


def test_a_missing_folder_holds_nothing(tmp_path: Path) -> None:
    disk = Disk()
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "none", tmp_path / "file"):
        assert disk.sizes(str(path)) == {}
        assert disk.folders(path) == []


@pytest.mark.parametrize(
    ("code", "words"), [(errno.ENOSPC, "full"), (errno.EROFS, "cannot be written to"), (errno.EIO, "error")]
)
def test_a_refusal_says_not_saved_why_and_what_to_do(code: int, words: str) -> None:
    told = not_saved(OSError(code, os.strerror(code)))
    assert isinstance(told, NotSaved)
    assert told.what.startswith("NOT SAVED: ")
    assert words in told.what
    assert told.cure


def test_whether_a_folder_may_be_written_is_asked_of_the_first_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert Disk().may_write(tmp_path / "not" / "yet")
    assert Disk().may_write(tmp_path / "file" / "below")


def test_removing_what_is_not_there_and_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("")
    for name in ("folder", "file", "nothing"):
        Disk().remove(tmp_path / name)
    assert list(tmp_path.iterdir()) == []
