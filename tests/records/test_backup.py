"""A home as one file: it comes back equal, or the file is refused in words and nothing is touched."""

import gzip
import io
import json
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import tarfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from deskmate.clock import FixedClock
from deskmate.faults import BadContent, BadUsage, DeskMateError, NotSaved
from deskmate.model.interaction import Interaction
from deskmate.records.backup import MANIFEST, back_up, known, note
from deskmate.records.disk import Disk
from deskmate.records.importing import alone
from deskmate.records.log import Log
from deskmate.records.restore import check, restore

NOW = datetime.fromisoformat("2026-11-22T12:00:00-05:00")
ROOM = 1 << 30


def log_of(home: Path, machine: str = "state") -> Log:
    return Log(home / "log", home.parent / machine, FixedClock(NOW))


def files(home: Path) -> dict[str, bytes]:
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in home.rglob("*") if path.is_file()}


def add(log: Log, **facts: object) -> Interaction:
    record = Interaction(id=log.new_id(), asked_at=NOW, added_at=NOW)
    return log.add(record.with_(**facts))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A small home: settings, a playbook, two days of log, a contact, an incident."""
    home = tmp_path / "home"
    (home / "playbooks").mkdir(parents=True)
    (home / "settings.toml").write_text('[library]\nname = "Zoë"\n', encoding="utf-8")
    (home / "playbooks" / "own.yaml").write_text("title: x\n", encoding="utf-8")
    with log_of(home) as log:
        add(log, note="one")
        add(log, asked_at=NOW - timedelta(days=1))
        log.contacts.add("J. Doe 313-555-0142")
    (home / "log" / "incidents").mkdir()
    (home / "log" / "incidents" / "a.jsonl").write_bytes(b"{}\n")
    return home


@pytest.fixture
def packed(home: Path, tmp_path: Path) -> Path:
    target = tmp_path / "desk.tar.gz"
    back_up(home, target, NOW)
    return target


def bring_back(path: Path, home: Path, *, merge: bool = False) -> object:
    return restore(path, home, check(path, ROOM), merge=merge)


def test_it_comes_back_equal_and_only_its_owner_reads_it(home: Path, packed: Path, tmp_path: Path) -> None:
    bring_back(packed, tmp_path / "new" / "home")
    assert files(tmp_path / "new" / "home") == files(home)
    with log_of(tmp_path / "new" / "home", "other") as log:
        assert [record.note for record in log.day(NOW.date())] == ["one"]
    if sys.platform != "win32":
        assert stat.S_IMODE(packed.stat().st_mode) == 0o600
        made = [tmp_path / "new", *(tmp_path / "new").rglob("*")]
        assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o600, 0o700}


def test_contacts_and_incidents_stay_out_when_asked(home: Path, tmp_path: Path) -> None:
    made = back_up(home, tmp_path / "desk.tar.gz", NOW, private=False)
    assert not made.contacts
    bring_back(tmp_path / "desk.tar.gz", tmp_path / "new")
    left = set(files(home)) - set(files(tmp_path / "new"))
    assert {name.split("/")[1] for name in left} == {"contacts", "incidents"}


def test_hidden_files_links_and_drafts_are_left_out(home: Path, tmp_path: Path) -> None:
    (home / ".secret").write_text("x")
    (home / "log" / ".draft.tmp").write_text("x")
    if sys.platform != "win32":
        (home / "link").symlink_to(tmp_path)
    back_up(home, tmp_path / "desk.tar.gz", NOW)
    names = set(check(tmp_path / "desk.tar.gz", ROOM).sizes)
    assert not names & {".secret", "log/.draft.tmp", "link"}


def test_a_line_that_is_being_written_is_left_for_the_next_time(home: Path, tmp_path: Path) -> None:
    (path,) = (home / "log" / "2026-11-22").glob("*.jsonl")
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"rev":"half')
    back_up(home, tmp_path / "desk.tar.gz", NOW)
    bring_back(tmp_path / "desk.tar.gz", tmp_path / "new")
    assert (tmp_path / "new" / path.relative_to(home)).read_bytes() == whole


def test_while_a_desk_is_open_everything_confirmed_before_is_in_it(home: Path, tmp_path: Path) -> None:
    with log_of(home) as log:
        confirmed = {add(log, note=str(number)).id for number in range(20)}
        back_up(home, tmp_path / "desk.tar.gz", NOW)
        add(log, note="after")
        bring_back(tmp_path / "desk.tar.gz", tmp_path / "new")
    with log_of(tmp_path / "new", "other") as back:
        assert confirmed <= {record.id for record in back.day(NOW.date())}


def test_not_into_itself_not_a_folder_and_not_of_nothing(home: Path, tmp_path: Path) -> None:
    for target in (home / "desk.tar.gz", tmp_path):
        with pytest.raises(BadUsage):
            back_up(home, target, NOW)
    with pytest.raises(BadUsage, match="nothing to back up"):
        back_up(tmp_path / "no", tmp_path / "desk.tar.gz", NOW)


def test_a_disk_that_refuses_leaves_the_old_one(home: Path, tmp_path: Path) -> None:
    with pytest.raises(NotSaved):
        back_up(home, tmp_path / "no" / "desk.tar.gz", NOW)
    target = tmp_path / "desk.tar.gz"
    target.write_text("old")
    (tmp_path / ".desk.tar.gz.part").mkdir()  # the draft cannot be written
    with pytest.raises(NotSaved):
        back_up(home, target, NOW)
    assert target.read_text() == "old"


def test_not_while_an_import_runs(home: Path, tmp_path: Path) -> None:
    with alone(home / "log", Disk()), pytest.raises(DeskMateError, match="Another import"):
        back_up(home, tmp_path / "desk.tar.gz", NOW)
    assert not (tmp_path / "desk.tar.gz").exists()


def test_where_back_ups_were_made_is_known(home: Path, tmp_path: Path) -> None:
    assert known(tmp_path / "state") == []
    first = back_up(home, tmp_path / "a.tar.gz", NOW)
    second = back_up(home, tmp_path / "b.tar.gz", NOW, private=False)
    for made in (first, second, first):
        note(tmp_path / "state", made)
    assert known(tmp_path / "state") == [second, first]
    assert second.is_there
    (tmp_path / "b.tar.gz").unlink()
    assert not known(tmp_path / "state")[0].is_there


def test_every_cut_is_refused_and_touches_nothing(packed: Path, tmp_path: Path) -> None:
    whole = packed.read_bytes()
    cut = tmp_path / "cut.tar.gz"
    for length in range(len(whole)):
        cut.write_bytes(whole[:length])
        with pytest.raises(BadContent, match="damaged"):
            check(cut, ROOM)
    cut.write_bytes(whole)
    assert check(cut, ROOM).days == 2


def test_a_flipped_bit_is_refused_or_changes_nothing_that_counts(packed: Path, home: Path, tmp_path: Path) -> None:
    whole = packed.read_bytes()
    chance = random.Random(5)
    bad = tmp_path / "bad.tar.gz"
    harmless = []
    for place in range(len(whole)):
        flipped = bytearray(whole)
        flipped[place] ^= 1 << chance.randrange(8)
        bad.write_bytes(flipped)
        try:
            check(bad, ROOM)
        except BadContent:
            continue
        harmless.append(place)
        shutil.rmtree(tmp_path / "new", ignore_errors=True)
        bring_back(bad, tmp_path / "new")
        assert files(tmp_path / "new") == files(home)
    # gzip's own head (its time and system), and copies that a packer may take from one place or another
    assert len(harmless) < len(whole) / 20


def test_something_behind_the_end_is_refused(packed: Path, tmp_path: Path) -> None:
    longer = tmp_path / "longer.tar.gz"
    longer.write_bytes(packed.read_bytes() + b"more")
    with pytest.raises(BadContent):
        check(longer, ROOM)


def hostile(path: Path, change: Callable[[tarfile.TarFile], None], manifest: dict[str, object] | None = None) -> Path:
    """An archive that somebody else made."""
    head = {"kind": "deskmate-backup", "v": 1, "at": "", "private": True, "files": {}}
    body = json.dumps({**head, **(manifest or {})}).encode()
    with tarfile.open(path, "w:gz") as archive:
        change(archive)
        member = tarfile.TarInfo(MANIFEST)
        member.size = len(body)
        archive.addfile(member, io.BytesIO(body))
    return path


def member(name: str, data: bytes = b"", **facts: object) -> Callable[[tarfile.TarFile], None]:
    def put(archive: tarfile.TarFile) -> None:
        found = tarfile.TarInfo(name)
        found.size = len(data)
        for key, value in facts.items():
            setattr(found, key, value)
        archive.addfile(found, io.BytesIO(data))

    return put


@pytest.mark.parametrize(
    "name",
    [
        "../x", "/etc/x", "a/../../x", "a//b", "a/./b", ".hidden", "a/.b", "C:/x", "a\\..\\x", "a\nb", "x" * 300,
        "/".join("a" * 30), "a/", "",
    ],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    bad = hostile(tmp_path / "bad.tar.gz", member(name, b"x"))
    with pytest.raises(BadContent):
        check(bad, ROOM)


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE])
def test_links_devices_and_folders_are_refused(tmp_path: Path, kind: bytes) -> None:
    bad = hostile(tmp_path / "bad.tar.gz", member("settings.toml", type=kind, linkname="/etc/passwd"))
    with pytest.raises(BadContent, match="link or a device"):
        check(bad, ROOM)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bad = hostile(tmp_path / "bad.tar.gz", member("settings.toml", bytes(50_000_000)))
    assert bad.stat().st_size < 100_000
    with pytest.raises(BadContent, match="room"):
        check(bad, 1_000_000)


@pytest.mark.parametrize(
    "manifest",
    [
        {"files": {"settings.toml": {"size": 1, "sha256": "0"}}},
        {"files": {}},
        {"files": []},
        {"kind": "other"},
        {"v": 2},
    ],
)
def test_what_the_manifest_does_not_list_exactly_is_refused(tmp_path: Path, manifest: dict[str, object]) -> None:
    with pytest.raises(BadContent):
        check(hostile(tmp_path / "bad.tar.gz", member("settings.toml", b"x"), manifest), ROOM)


def test_no_archive_no_file_and_an_empty_one_are_told(tmp_path: Path) -> None:
    other = tmp_path / "x.tar.gz"
    for data in (b"", b"hello", gzip.compress(b"hello"), gzip.compress(b"")):
        other.write_bytes(data)
        with pytest.raises(BadContent):
            check(other, ROOM)
    with pytest.raises(BadUsage, match="no file"):
        check(tmp_path / "none", ROOM)


def test_a_home_with_a_log_is_not_written_over(home: Path, packed: Path) -> None:
    before = files(home)
    with pytest.raises(BadUsage, match="log in"):
        bring_back(packed, home)
    assert files(home) == before


def test_a_fresh_home_gets_the_settings_of_the_back_up_and_keeps_its_own_beside(packed: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    (fresh / "settings.toml").write_text("mine")
    bring_back(packed, fresh)
    assert "Zoë" in (fresh / "settings.toml").read_text(encoding="utf-8")
    assert (fresh / "settings.toml.before-restore").read_text() == "mine"


def test_a_merge_adds_what_is_missing_and_takes_nothing_away(home: Path, packed: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    with log_of(other, "other-machine") as log:
        mine = add(log, note="mine")
    (other / "settings.toml").write_text("mine")
    bring_back(packed, other, merge=True)
    with log_of(other, "third") as log:
        assert {record.note for record in log.day(NOW.date())} == {"mine", "one"}
        assert log.get(mine.day, mine.id) == mine
        assert log.contacts.ids() == set()
    assert (other / "settings.toml").read_text() == "mine"
    before = files(other)
    bring_back(packed, other, merge=True)
    assert files(other) == before


def test_a_merge_brings_back_what_a_file_lost_and_keeps_what_came_since(home: Path, packed: Path) -> None:
    (path,) = (home / "log" / "2026-11-22").glob("*.jsonl")
    lost = path.read_bytes()
    path.unlink()
    with log_of(home, "state") as log:
        add(log, note="since")
    assert path.exists()
    assert path.read_bytes() != lost
    bring_back(packed, home, merge=True)
    with log_of(home, "third") as log:
        assert {record.note for record in log.day(NOW.date())} == {"one", "since"}


def test_a_log_of_another_version_is_not_merged(home: Path, packed: Path, tmp_path: Path) -> None:
    ours = tmp_path / "ours"
    with log_of(ours, "other") as log:
        add(log)
    before = files(ours)
    (home / "log" / "FORMAT").write_text('{"format": "deskmate-log", "v": 2}')
    back_up(home, packed, NOW)
    with pytest.raises(BadUsage, match="another version"):
        bring_back(packed, ours, merge=True)
    assert files(ours) == before
    (ours / "log" / "FORMAT").write_text('{"format": "deskmate-log", "v": 2}')
    with pytest.raises(BadUsage, match="newer"):
        bring_back(packed, ours, merge=True)


BACK_UP = """
import sys
from datetime import datetime
from pathlib import Path
from deskmate.records.backup import back_up

home, target = map(Path, sys.argv[1:])
print("ready", flush=True)
while True:
    back_up(home, target, datetime.fromisoformat("2026-11-22T12:00:00-05:00"))
    print("done", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
@pytest.mark.parametrize("seed", range(6))
def test_a_kill_leaves_the_last_whole_back_up(home: Path, packed: Path, tmp_path: Path, seed: int) -> None:
    child = subprocess.Popen([sys.executable, "-c", BACK_UP, str(home), str(packed)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    for _ in range(1 + seed):
        child.stdout.readline()
    os.kill(child.pid, signal.SIGKILL)
    child.communicate()
    bring_back(packed, tmp_path / "new")
    back_up(home, packed, NOW)
    bring_back(packed, tmp_path / "again")
    assert files(tmp_path / "new") == files(tmp_path / "again") == files(home)
    assert not list(tmp_path.glob(".*.part"))


def test_a_restore_that_stopped_half_way_can_be_done_again(packed: Path, home: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh"
    (fresh / ".restoring" / "log" / "2026-11-22").mkdir(parents=True)
    (fresh / ".restoring" / "log" / "2026-11-22" / "x.jsonl").write_text("half")
    bring_back(packed, fresh)
    assert files(fresh) == files(home)
