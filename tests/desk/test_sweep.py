"""The sweep by the periods of the settings, over a home with a word of its own in every field."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from deskmate.clock import FixedClock
from deskmate.desk.service import Desk
from deskmate.faults import NotSaved
from deskmate.records.doctor import examine
from tests.desk.home_of_needles import DAY, again, every_byte, everything, files_with, moved, record


def age_files(desk: Desk) -> None:
    """Let the pages and journals look as old as the moved clock says they are."""
    old = desk.now().timestamp() - 400 * DAY
    for path in [*(desk.places.home / "reports").glob("*"), *desk.places.live.glob("*/*")]:
        os.utime(path, (old, old))


def all_bytes(desk: Desk) -> dict[Path, bytes]:
    return dict(every_byte(desk))


def test_after_every_period_no_word_is_left_in_any_file_and_the_rest_serves(desk: Desk) -> None:
    made = everything(desk, "old")
    day = made.day
    desk = moved(desk, 400)
    fresh = record(desk, "new")
    before = again(desk).reporting.range_summary(day, day)
    age_files(desk)
    desk = again(desk)
    tally, contacts = desk.privacy.sweep_all()
    desk.log.close()
    assert files_with(desk, "needleold") == []
    assert tally.busy == []
    assert contacts == 1
    assert tally.gone == {"interactions": 1, "shifts": 1, "feedback": 2, "phrases": 1}
    assert files_with(desk, "needlenewnote2")
    desk = again(desk)
    left = desk.log.get(day, made.id)
    assert left is not None
    assert (left.kind, left.channel, left.outcome, left.strain) == ("account", "phone", "declined", "tense")
    assert left.note == ""
    assert left.promise is not None
    assert (left.promise.what, left.promise.kept, left.promise.state) == ("", True, "done")
    after = desk.reporting.range_summary(day, day)
    assert after.counted.n == before.counted.n
    assert sum(after.counted.exceptions.values()) == sum(before.counted.exceptions.values()) == 1
    assert sum(after.counted.offered.values()) == sum(before.counted.offered.values()) == 1
    assert after.counted.rules == before.counted.rules
    assert after.counted.week == before.counted.week
    assert after.promises == before.promises
    assert desk.log.get(fresh.day, fresh.id) == fresh
    assert examine(desk.log, desk.clock) == []


def test_words_go_by_their_own_periods(desk: Desk) -> None:
    made = everything(desk, "x")
    desk = moved(desk, 90)
    assert desk.privacy.sweep_all()[0].gone == {}
    desk = moved(desk, 1)
    assert desk.privacy.sweep_all()[0].gone == {"interactions": 1, "phrases": 1}
    desk.log.close()
    assert files_with(desk, "needlexnote") == []
    assert files_with(desk, "needlexwhat") == []
    assert files_with(desk, "needlexlater") == []
    assert files_with(desk, "needlex phrase") == []
    assert files_with(desk, "needlexauthority1") != []
    assert files_with(desk, "needlexhandover") != []
    left = again(desk).log.get(made.day, made.id)
    assert left is not None
    assert left.authority == "needlexauthority2"


def test_of_a_sensitive_contact_kind_and_day_are_left_after_seven_days(desk: Desk) -> None:
    made = everything(desk, "s", sensitive=True)
    (desk.places.home / "reports" / "shift-s.html").unlink()  # a real page never shows a sensitive contact's words
    other = record(desk, "plain")
    desk = moved(desk, 8)
    desk.privacy.sweep_all()
    desk.log.close()
    desk = again(desk)
    document = desk.log.db.storage.fresh(made.day.isoformat()).docs[made.id]
    assert document == {
        "v": 1, "id": made.id, "asked_at": "2026-11-18T00:00:00-05:00", "kind": "account", "count": 1, "entry": "live",
        "sensitive": True,
    }  # fmt: skip
    for word in ("note", "what", "offered", "authority", "referred", "waiting", "contact", "later"):
        assert files_with(desk, f"needles{word}") == [], word
    versions = desk.log.db.storage.fresh(made.day.isoformat()).versions(made.id)
    assert [each.document for each in versions] == [document] * len(versions)
    assert desk.log.get(other.day, other.id) == other


def test_a_promise_that_is_owed_keeps_its_words_until_it_is_closed(desk: Desk) -> None:
    made = record(desk, "o", owed=True)
    hidden = record(desk, "h", owed=True, sensitive=True)
    desk = moved(desk, 100)
    desk.privacy.sweep_all()
    desk = again(desk)
    assert [each.promise.what for each in desk.log.open_promises() if each.promise] == ["needleowhat1", "needlehwhat1"]
    assert files_with(desk, "needleonote") == []
    for each in (made, hidden):
        newest = desk.log.get(each.day, each.id)
        assert newest is not None
        desk.promises.done(newest)
    desk = moved(desk, 1)
    desk.privacy.sweep_all()
    desk.log.close()
    for word in ("needleowhat", "needleowaiting", "needleonote", "needleh"):
        assert files_with(desk, word) == [], word


def test_keep_keeps_for_good(desk: Desk) -> None:
    made = everything(desk, "k")
    keep = 'text_days = "keep"\nreason_days = "keep"\nshift_days = "keep"\nfeedback_days = "keep"\nphrase_days = "keep"'
    with desk.places.settings.open("a", encoding="utf-8") as file:
        file.write(f"\n[privacy]\n{keep}\n")
    desk = moved(desk, 5000)
    assert desk.settings_notices == []
    assert desk.privacy.sweep_all()[0].gone == {}
    left = desk.log.get(made.day, made.id)
    assert left is not None
    assert left.note == "needleknote2"


def test_a_dry_run_changes_no_byte_and_tells_what_the_sweep_does(desk: Desk) -> None:
    everything(desk, "d")
    everything(desk, "e", sensitive=True)
    desk = moved(desk, 400)
    before = all_bytes(desk)
    told, contacts = desk.privacy.look()
    assert all_bytes(desk) == before
    done, erased = again(desk).privacy.sweep_all()
    assert (done.gone, erased) == (told.gone, contacts)
    assert again(desk).privacy.look()[0].gone == {}


def test_a_hold_stops_everything_and_letting_go_lets_it_go_on(desk: Desk) -> None:
    made = everything(desk, "l")
    desk.privacy.hold()
    desk = moved(desk, 400)
    age_files(desk)
    before = all_bytes(desk)
    assert desk.privacy.sweep_all()[0].gone == {}
    assert desk.privacy.sweep() == 0
    assert desk.privacy.sweep_on() == 0
    assert not desk.privacy.sweep_due
    assert all_bytes(desk) == before
    desk.privacy.release()
    assert again(desk).privacy.sweep_all()[0].gone["interactions"] == 1
    assert files_with(desk, "needlelnote") == []
    assert again(desk).log.get(made.day, made.id) is not None


def test_a_hold_that_cannot_be_read_holds(desk: Desk) -> None:
    desk.privacy.hold()
    (path,) = desk.places.log.rglob("hold.json")
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_bytes(b"torn")
    assert again(desk).privacy.hold_since is not None


def test_a_second_sweep_of_the_day_reads_no_table(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        record(desk, "m")
        desk = moved(desk, 30)
    desk = moved(desk, 3)  # on the day after, no period of any of the five ends
    while desk.privacy.sweep_on(1):
        continue
    assert not desk.privacy.sweep_due
    assert not again(desk).privacy.sweep_due
    reads: list[str] = []
    tomorrow = moved(desk, 1)
    assert tomorrow.privacy.sweep_due
    disk = tomorrow.log.db.storage.disk
    read = disk.read

    def noted(path: str, start: int = 0) -> bytes:
        reads.append(path)
        return read(path, start)

    monkeypatch.setattr(disk, "read", noted)
    while tomorrow.privacy.sweep_on(1):
        continue
    assert [path for path in reads if path.endswith(".jsonl")] == []


def test_the_turns_of_a_sweep_are_bounded(desk: Desk) -> None:
    for _ in range(6):
        record(desk, "b")
        desk = moved(desk, 10)
    desk = moved(desk, 400)
    turns = 0
    while desk.privacy.sweep_on(1):
        turns += 1
        assert desk.privacy._sweeper.tally.tables <= turns
    assert turns == 5
    assert files_with(desk, "needlebnote") == []


def test_the_contact_of_an_open_promise_is_told_before_it_goes(desk: Desk) -> None:
    record(desk, "w", owed=True)
    assert desk.privacy.ending() == 0
    desk = moved(desk, 54)
    assert desk.privacy.ending() == 1
    desk = moved(desk, 7)
    desk.privacy.sweep_all()
    assert desk.privacy.ending() == 0
    assert files_with(desk, "needlewcontact") == []


def test_what_is_kept_is_told_in_numbers(desk: Desk, clock: FixedClock) -> None:
    made = everything(desk, "q")
    desk = again(desk)
    kept = {each.what.split()[0]: each for each in desk.inventory.show()}
    assert {what: each.count for what, each in kept.items()} == {
        "contacts": 1, "names": 1, "shifts": 1, "feedback": 2, "phrases": 1, "notices": 0, "incident": 0,
    }  # fmt: skip
    assert {each.oldest for each in kept.values() if each.count} == {made.day}
    assert kept["contacts"].next == made.day + timedelta(days=8)
    assert kept["names"].next == made.day + timedelta(days=7)
    assert kept["phrases"].next == made.day + timedelta(days=91)


def test_a_log_of_a_newer_deskmate_is_left_alone(desk: Desk) -> None:
    made = record(desk, "v")
    found = desk.privacy.find(made.ref)
    desk = moved(desk, 400)
    (desk.places.log / "FORMAT").write_text('{"format": "deskmate-log", "v": 99}', encoding="utf-8")
    desk = again(desk, contact_days=500)
    before = {path: data for path, data in every_byte(desk) if desk.places.log in path.parents}
    assert desk.privacy.sweep_on() == 0
    with pytest.raises(NotSaved, match="newer DeskMate"):
        desk.privacy.erase(found)
    assert {path: data for path, data in every_byte(desk) if desk.places.log in path.parents} == before


def test_a_table_that_cannot_be_read_keeps_no_other_from_being_swept(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(desk, "a")
    desk = moved(desk, 1)
    record(desk, "b")
    desk = moved(desk, 400)
    disk = desk.log.db.storage.disk
    read = disk.read

    def refuses(path: str, start: int = 0) -> bytes:
        if "/log/2026-11-18" in Path(path).as_posix():
            raise PermissionError(path)
        return read(path, start)

    monkeypatch.setattr(disk, "read", refuses)
    tally, _ = desk.privacy.sweep_all()
    assert [path.name for path in tally.busy] == ["2026-11-18"]
    assert files_with(desk, "needlebnote") == []
    assert files_with(desk, "needleanote")
    assert desk.privacy.sweep_due


def test_the_contact_of_somebody_who_is_still_here_stays(desk: Desk) -> None:
    desk.live.begin("printing-mobile-print")
    promise, _ = desk.promises.draft("call back", "in 20", contact="needlelive 555-0142")
    desk.live.promise(promise)
    desk = moved(desk, 1)
    assert desk.privacy.look()[1] == 0
    assert desk.privacy.sweep_all()[1] == 0
    assert files_with(desk, "needlelive")
