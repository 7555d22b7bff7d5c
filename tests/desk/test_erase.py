"""Erasing on request: every version, file, journal and cache, and nothing but what was asked."""

import pytest

from deskmate.desk.service import Desk
from deskmate.faults import BadUsage
from deskmate.records.doctor import examine
from tests.desk.home_of_needles import again, every_byte, everything, files_with, record


def test_every_text_of_a_record_goes_from_every_byte_and_its_neighbours_stay(desk: Desk) -> None:
    other = record(desk, "stay")
    made = everything(desk, "go")
    desk = again(desk)
    before = desk.reporting.range_summary(made.day, made.day)
    gone, pages = desk.privacy.erase(desk.privacy.find(made.ref))
    assert gone
    assert pages == 1
    desk.close()
    for word in ("note", "what", "offered", "authority", "referred", "waiting", "contact"):
        assert files_with(desk, f"needlego{word}") == [], word
    assert files_with(desk, "needlestaynote1")
    desk = again(desk)
    assert desk.log.get(other.day, other.id) == other
    left = desk.log.get(made.day, made.id)
    assert left is not None
    assert (left.kind, left.note, left.promise and left.promise.what) == ("account", "", "")
    assert left.extra == {"later": "needlegolater1"}
    after = desk.reporting.range_summary(made.day, made.day)
    assert (after.counted.n, after.counted.rules) == (before.counted.n, before.counted.rules)
    assert sum(after.counted.offered.values()) == sum(before.counted.offered.values())
    assert examine(desk.log, desk.clock) == []


def test_one_field_alone_can_go(desk: Desk) -> None:
    made = record(desk, "f")
    desk.privacy.erase(desk.privacy.find(made.ref, ["note"]))
    desk.close()
    assert files_with(desk, "needlefnote") == []
    left = again(desk).log.get(made.day, made.id)
    assert left is not None
    assert (left.note, left.authority) == ("", "needlefauthority2")


def test_a_field_that_is_none_is_refused_with_the_names_of_those_that_are(desk: Desk) -> None:
    made = record(desk, "n")
    with pytest.raises(BadUsage, match="no text that can be erased") as refused:
        desk.privacy.find(made.ref, ["notes"])
    assert "note," in refused.value.cure


def test_a_hand_over_feedback_a_phrase_and_a_wish_can_go(desk: Desk) -> None:
    everything(desk, "t")
    desk = again(desk)
    (shift,) = desk.log.shifts(desk.now().date(), desk.now().date())
    complaint = next(
        each for each in desk.log.feedback(desk.now().date(), desk.now().date()) if each["kind"] == "complaint"
    )
    refs = (f"{shift.started_at:%Y-%m-%d}.{shift.id[-6:]}", complaint["id"], "NEEDLET phrase", "needlet wish")
    for ref in refs:
        assert desk.privacy.erase(desk.privacy.find(ref))[0], ref
    desk.close()
    for word in ("handover", "readback", "complaint", "answer", " phrase", " wish"):
        assert files_with(desk, f"needlet{word}") == [], word
    desk = again(desk)
    assert [each.staff for each in desk.log.shifts(desk.now().date(), desk.now().date())] == ["mk"]
    assert [each["kind"] for each in desk.log.feedback(desk.now().date(), desk.now().date())] == ["complaint"]
    assert desk.learning.phrases() == {}
    assert desk.learning.wishes() == []
    assert examine(desk.log, desk.clock) == []


def test_nothing_has_that_name(desk: Desk) -> None:
    record(desk, "z")
    with pytest.raises(BadUsage):
        desk.privacy.find("no such phrase")
    with pytest.raises(BadUsage):
        desk.privacy.find("2026-11-18.ffffff")


def test_a_record_that_was_taken_out_of_the_log_is_found_and_its_versions_go(desk: Desk) -> None:
    made = record(desk, "r")
    desk.entries.drop(made)
    found = desk.privacy.find(made.ref)
    assert desk.privacy.erase(found)[0]
    desk.close()
    assert files_with(desk, "needlernote") == []
    assert again(desk).log.get(made.day, made.id) is None


def test_it_cannot_be_undone_and_undo_never_brings_a_word_back(desk: Desk) -> None:
    made = record(desk, "u")
    desk.privacy.erase(desk.privacy.find(made.ref))
    with pytest.raises(BadUsage, match="changed since"):
        desk.entries.undo()
    assert files_with(desk, "needleunote") == []


def test_a_hold_refuses_and_changes_nothing(desk: Desk) -> None:
    made = record(desk, "h")
    found = desk.privacy.find(made.ref)
    desk.privacy.hold()
    before = dict(every_byte(desk))
    with pytest.raises(BadUsage, match="legal hold is on since 2026-11-18"):
        desk.privacy.erase(found)
    assert dict(every_byte(desk)) == before


def test_what_is_asked_is_on_the_disk_before_anything_is_done(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    made = record(desk, "c")
    found = desk.privacy.find(made.ref)

    def power_cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(type(desk.log.db.storage), "commit", power_cut)
    with pytest.raises(KeyboardInterrupt):
        desk.privacy.erase(found)
    monkeypatch.undo()
    (wish,) = desk.places.log.glob(".privacy/*.erase")
    assert wish.stat().st_mode & 0o777 == 0o600
    assert b"needle" not in wish.read_bytes()
    desk = again(desk)
    assert desk.privacy.sweep_due
    desk.privacy.sweep_all()
    desk.close()
    assert files_with(desk, "needlecnote") == []
    assert not again(desk).privacy.sweep_due


def test_a_file_that_another_program_has_open_waits_and_that_program_erases_in_it(desk: Desk) -> None:
    made = record(desk, "b", owed=True)
    other = Desk(desk.places, desk.clock, environment={})
    gone, _ = other.privacy.erase(other.privacy.find(made.ref))
    assert not gone
    assert other.privacy.waiting() == 1
    newest = other.log.get(made.day, made.id)
    assert newest is not None
    assert newest.note == ""
    other.close()
    assert files_with(desk, "needlebnote")
    assert desk.privacy.sweep_due
    while desk.privacy.sweep_on(1):
        continue
    later = desk.entries.log({"note": "after the erasing"})
    desk.close()
    assert files_with(desk, "needlebnote") == []
    desk = again(desk)
    assert desk.privacy.waiting() == 0
    assert desk.log.get(later.day, later.id) == later
    assert not desk.privacy.sweep_due


def test_a_program_that_had_it_in_memory_does_not_write_it_back_into_its_caches(desk: Desk) -> None:
    made = record(desk, "m", owed=True)
    desk.close()
    reader = again(desk)
    assert reader.log.open_promises()[0].note == "needlemnote2"
    reader.reporting.range_summary(made.day, made.day)
    eraser = Desk(desk.places, desk.clock, environment={})
    assert eraser.privacy.erase(eraser.privacy.find(made.ref))[0]
    eraser.close()
    reader.reporting.range_summary(made.day, made.day)
    reader.close()
    assert files_with(desk, "needlemnote") == []
    assert files_with(desk, "needlemauthority") == []
