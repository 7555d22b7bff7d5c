"""Back-ups that this machine made: what is erased is taken out of them, and everything else stays in them."""

import os
import signal
import sys
from pathlib import Path

import pytest

from deskmate.clock import FixedClock
from deskmate.desk.copies import Round
from deskmate.desk.incidents import Incidents
from deskmate.desk.service import Desk
from deskmate.faults import BadUsage
from deskmate.records.backup import back_up, note
from deskmate.records.incidents import Locked
from deskmate.records.restore import check, members, restore
from tests.desk.home_of_needles import DAY, again, everything, moved, record

ROOM = 1 << 30


def pack(desk: Desk, name: str = "desk.tar.gz") -> Path:
    """A back-up beside the home, as the command makes it."""
    desk.log.close()
    path = desk.places.home.parent / name
    note(desk.places.state, back_up(desk.places.home, path, desk.now()))
    return path


def inside(path: Path) -> dict[str, bytes]:
    """What a back-up holds, every byte of it checked."""
    return dict(members(path, check(path, ROOM)))


def holds(path: Path, needle: str) -> list[str]:
    return [name for name, data in inside(path).items() if needle.encode() in data]


def test_a_contact_that_goes_from_the_home_goes_from_the_back_up_and_the_rest_comes_back(desk: Desk) -> None:
    made = record(desk, "b")
    path = pack(desk)
    before = inside(path)
    desk = moved(desk, 8)
    assert holds(path, "needlebcontact")
    desk.privacy.sweep_all()
    assert desk.copies.clean() == Round(cleaned=1)
    assert holds(path, "needlebcontact") == []
    after = inside(path)
    assert {name for name in before if after.get(name) != before[name]} == {
        f"log/contacts/{made.promise.contact}.json" if made.promise else ""
    }
    other = desk.places.home.parent / "other"
    restore(path, other, check(path, ROOM), merge=False)
    brought = b"".join(each.read_bytes() for each in (other / "log" / f"{made.day}").iterdir())
    assert made.note.encode() in brought
    assert path.stat().st_mode & 0o777 == 0o600
    assert desk.copies.due() == []


def test_after_every_period_no_word_is_left_in_a_back_up_of_all_tables(desk: Desk) -> None:
    everything(desk, "old")
    desk.board.post("needleold notice", "in 20")
    hidden = record(desk, "hid", sensitive=True)
    path = pack(desk)
    assert {name.split("/")[1] for name in holds(path, "needle")} >= {"contacts", "feedback", "phrases", "notices"}
    assert not [name for name in inside(path) if name.startswith("reports/")]
    desk = moved(desk, 400)
    desk.privacy.sweep_all()
    assert desk.copies.clean().cleaned == 1
    assert holds(path, "needle") == []
    lines = b"".join(data for name, data in inside(path).items() if f"log/{hidden.day}" in name)
    assert b'"sensitive":true' in lines
    assert desk.copies.clean() == Round()


def test_a_promise_that_was_closed_after_the_back_up_loses_its_words_there_and_one_that_is_owed_keeps_them(
    desk: Desk,
) -> None:
    closed, owed = record(desk, "c", owed=True), record(desk, "o", owed=True)
    path = pack(desk)
    desk = again(desk)
    desk.promises.done(closed)
    desk = moved(desk, 91)
    desk.privacy.sweep_all()
    desk.copies.clean()
    assert holds(path, "needlecwhat") == []
    (left,) = holds(path, "needleowhat")
    assert left.startswith(f"log/{owed.day}/")
    assert holds(path, "needleonote") == []


def test_what_is_erased_on_request_goes_and_its_neighbours_stay(desk: Desk) -> None:
    made = record(desk, "go")
    record(desk, "stay")
    incident = desk.incidents.save(desk.incidents.answer(desk.incidents.begin(), "seen", "needlego umbrella"))
    desk.incidents.save(desk.incidents.answer(desk.incidents.begin(), "seen", "needlestay umbrella"))
    first, second = pack(desk), pack(desk, "second.tar.gz")
    second.rename(second.with_name("moved.tar.gz"))
    desk = again(desk)
    desk.privacy.erase(desk.privacy.find(made.ref))
    desk.incidents.erase([desk.incidents.find(incident.id)])
    done = desk.copies.clean()
    assert (done.cleaned, [each.path for each in done.away]) == (1, [str(second)])
    for word in ("note", "what", "offered", "authority", "referred", "waiting", "contact", " umbrella"):
        assert holds(first, f"needlego{word}") == [], word
    for word in ("note1", "note2", "contact", " umbrella"):
        assert holds(first, f"needlestay{word}"), word
    second.with_name("moved.tar.gz").rename(second)  # its disk is connected again, much later
    desk = moved(desk, 100)
    assert [each.path for each in desk.copies.due()] == [str(first), str(second)]
    desk.copies.clean()
    assert holds(second, "needlego umbrella") == []
    assert holds(second, "needlestay umbrella")


def test_a_hold_and_a_log_that_is_not_there_leave_a_back_up_alone(desk: Desk) -> None:
    record(desk, "h")
    path = pack(desk)
    before = path.read_bytes()
    desk = moved(desk, 400)
    desk.privacy.hold()
    assert desk.copies.clean() == Round()
    desk.privacy.release()
    desk.log.close()
    desk.places.log.rename(desk.places.home / "elsewhere")
    desk = again(desk)
    assert desk.copies.clean() == Round()
    assert path.read_bytes() == before


def test_one_that_is_damaged_is_told_and_left_and_one_that_is_broken_off_is_as_it_was(desk: Desk) -> None:
    record(desk, "d")
    hurt, whole = pack(desk, "hurt.tar.gz"), pack(desk, "whole.tar.gz")
    hurt.write_bytes(hurt.read_bytes()[:-40])
    before = hurt.read_bytes(), whole.read_bytes()
    desk = moved(desk, 400)
    answers = iter([True])
    broken = desk.copies.clean(lambda _done, _of: next(answers, False))
    assert not broken.whole
    assert (hurt.read_bytes(), whole.read_bytes()) == before
    done = desk.copies.clean()
    assert (done.cleaned, [each.where for each in done.refused]) == (1, [str(hurt)])
    assert hurt.read_bytes() == before[0]
    assert holds(whole, "needle") == []
    assert sorted(each.name for each in whole.parent.iterdir() if each.name.endswith(".part")) == []


def killed_at(desk: Desk, table: int) -> bool:
    """Clean in a program of its own that is killed (`kill -9`) after so many tables; False: it ended before."""
    child = os.fork()
    if not child:
        seen = []

        def going(done: int, _of: int) -> bool:
            seen.append(done)
            if len(seen) == table:
                os.kill(os.getpid(), signal.SIGKILL)
            return True

        desk.copies.clean(going)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@pytest.mark.skipif(sys.platform == "win32", reason="it forks and kills")
def test_a_kill_at_any_table_leaves_the_old_one_whole_and_the_next_round_ends_it(desk: Desk) -> None:
    record(desk, "x")
    path = pack(desk)
    before = path.read_bytes()
    desk = moved(desk, 400)
    kills = 0
    while killed_at(desk, kills + 1):
        kills += 1
        assert path.read_bytes() == before
    assert kills > 1
    desk.copies.clean()
    assert holds(path, "needle") == []
    assert not list(path.parent.glob(".*.part"))


def test_one_that_cannot_be_written_anew_is_told_and_stays(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    record(desk, "f")
    path = pack(desk)
    before = path.read_bytes()
    desk = moved(desk, 400)

    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("deskmate.records.backup_clean.pack", full)
    assert [each.what for each in desk.copies.clean().refused] == [
        f"{path} could not be written anew: no space left on device."
    ]
    assert path.read_bytes() == before
    monkeypatch.undo()
    assert desk.copies.clean().cleaned == 1


def test_a_contact_whose_erasing_was_broken_off_is_erased_by_the_next_sweep(
    desk: Desk, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(desk, "k")
    clock.advance(8 * DAY)

    def killed(*_: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(desk.contacts, "erase", killed)
    with pytest.raises(KeyboardInterrupt):
        desk.privacy.sweep()
    desk = again(desk)
    assert desk.privacy.waiting() == 1
    desk.privacy.sweep()
    assert desk.contacts.ids() == set()
    assert desk.privacy.waiting() == 0


def test_a_code_seals_the_reports_of_a_back_up_too_and_its_keys_come_with_it(desk: Desk) -> None:
    incidents = Incidents(desk.log, desk.settings, desk.clock, desk.shifts, desk.promises, desk.entries, cost=1024)
    head = incidents.save(incidents.answer(incidents.begin(), "seen", "needle umbrella")).head
    path = pack(desk)
    assert holds(path, "needle umbrella")
    pending = incidents.prepare("four seasons in one")
    incidents.trust(pending, pending.recovery)
    assert desk.copies.clean().cleaned == 1
    assert holds(path, "needle umbrella") == []
    assert desk.copies.clean() == Round()
    brought = desk.places._replace(home=desk.places.home.parent / "other", state=desk.places.home.parent / "there")
    restore(path, brought.home, check(path, ROOM), merge=False)
    other = Desk(brought, desk.clock, environment={})
    with pytest.raises(Locked):
        other.incidents.read(head)
    other.incidents.unlock(pending.recovery)
    assert other.incidents.read(head).seen == "needle umbrella"
    other.close()
    incidents.unlock(pending.recovery)
    again_pending = incidents.prepare("another season of it")
    incidents.trust(again_pending, again_pending.recovery)
    desk.copies.clean()
    assert inside(path)["log/incidents.key"] == (desk.places.log / "incidents.key").read_bytes()


def test_a_hold_refuses_to_erase_a_report(desk: Desk) -> None:
    incident = desk.incidents.save(desk.incidents.answer(desk.incidents.begin(), "seen", "needle"))
    desk.privacy.hold()
    with pytest.raises(BadUsage, match="legal hold"):
        desk.incidents.erase([incident.head])
    assert desk.incidents.heads() == [incident.head]
    desk.privacy.release()
    desk.incidents.erase([incident.head])
    assert desk.incidents.heads() == []


def test_a_typed_notice_goes_when_it_ran_out_long_enough_ago_and_one_that_holds_stays(desk: Desk) -> None:
    desk.board.post("needle short notice", "in 20")
    ended = desk.board.post("needle ended notice", "in 20")
    desk.board.end(ended)
    desk.board.post("needle long notice", "2027-11-01")
    desk = moved(desk, 91)
    assert desk.privacy.look()[0].gone == {"notices": 2}
    desk.privacy.sweep_all()
    desk.log.close()
    table = b"".join(path.read_bytes() for path in (desk.places.log / "notices").iterdir())
    assert b"short notice" not in table
    assert b"ended notice" not in table
    assert b"long notice" in table


def test_a_notice_can_be_erased_by_its_id_and_one_that_ended_too(desk: Desk) -> None:
    first, second = desk.board.post("needle one", "in 20"), desk.board.post("needle two", "in 20")
    desk.board.end(second)
    for notice in (first, second):
        assert desk.privacy.erase(desk.privacy.find(notice.id[-6:]))[0]
    desk.log.close()
    assert b"needle" not in b"".join(path.read_bytes() for path in (desk.places.log / "notices").iterdir())
