"""Contacts live apart and are erased for good."""

import errno
import stat
import sys
from pathlib import Path

import pytest

from deskmate.clock import FixedClock
from deskmate.faults import DeskMateError, NotSaved
from deskmate.records.contacts import Contacts
from deskmate.records.disk import Disk


@pytest.fixture
def contacts(tmp_path: Path, clock: FixedClock) -> Contacts:
    return Contacts(tmp_path / "log" / "contacts", clock)


def test_a_contact_is_kept_shown_and_erased(contacts: Contacts, tmp_path: Path) -> None:
    contact_id = contacts.add("Ms Ada, 555 0100")
    (path,) = (tmp_path / "log" / "contacts").iterdir()
    assert contacts.show(contact_id) == "Ms Ada, 555 0100"
    assert contacts.ids() == {contact_id}
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    beside = tmp_path / "second-name"
    beside.hardlink_to(path)
    assert contacts.erase(contact_id)
    assert b"555" not in beside.read_bytes()
    assert contacts.show(contact_id) is None
    assert contacts.ids() == set()
    assert not contacts.erase(contact_id)


def test_an_id_that_is_none_reaches_no_file(contacts: Contacts, tmp_path: Path) -> None:
    (tmp_path / "log").mkdir()
    other = tmp_path / "log" / "FORMAT.json"
    other.write_text("x")
    for wrong in ("../FORMAT", "", "*", "../../log/FORMAT"):
        assert contacts.show(wrong) is None
        assert not contacts.erase(wrong)
    assert other.read_text() == "x"


def test_a_contact_nobody_names_is_swept_after_an_hour(contacts: Contacts, clock: FixedClock, tmp_path: Path) -> None:
    named, orphan = contacts.add("named"), contacts.add("orphan")
    draft = tmp_path / "log" / "contacts" / f".{orphan}.json.77.tmp"
    draft.write_bytes(b"half of it")
    clock.advance(3599)
    young = contacts.add("young")
    assert contacts.sweep({named}) == 0
    clock.advance(2)
    assert contacts.sweep({named}) == 1
    assert contacts.ids() == {named, young}
    assert not draft.exists()


def test_a_damaged_contact_says_so(contacts: Contacts, tmp_path: Path) -> None:
    contact_id = contacts.add("555 0100")
    (path,) = (tmp_path / "log" / "contacts").iterdir()
    path.write_bytes(path.read_bytes().replace(b"555", b"556"))
    with pytest.raises(DeskMateError, match="cannot be read"):
        contacts.show(contact_id)
    path.unlink()
    path.mkdir()
    with pytest.raises(DeskMateError, match="cannot be read"):
        contacts.show(contact_id)


def test_a_disk_that_refuses_is_told(tmp_path: Path, clock: FixedClock) -> None:
    class Refusing(Disk):
        def sync(self, handle: int) -> None:
            raise OSError(errno.EIO, "broken")

    good = Contacts(tmp_path / "contacts", clock)
    contact_id = good.add("555 0100")
    broken = Contacts(tmp_path / "contacts", clock, disk=Refusing())
    with pytest.raises(NotSaved):
        broken.add("555 0101")
    with pytest.raises(NotSaved):
        broken.erase(contact_id)
    assert good.ids() == {contact_id}
