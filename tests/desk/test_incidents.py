"""Incident reports: what is kept, what a code protects, and that it is whole after a kill."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as runs
from hypothesis import strategies as st

from deskmate.clock import FixedClock
from deskmate.desk.incidents import QUESTIONS, Incidents
from deskmate.desk.service import Desk
from deskmate.faults import BadUsage, DeskMateError, NotFound, NotSaved
from deskmate.model.incident import DRAFT, FINAL, TEXTS, Incident
from deskmate.places import Places
from deskmate.records.disk import Disk
from deskmate.records.doctor import examine
from deskmate.records.incidents import KEYRING, Locked
from tests.cli.running import environment_of

CODE = "four seasons in one"
NEEDLE = "green umbrella"
CHEAP = 1024


def opened(desk: Desk) -> Incidents:
    """The incidents of a desk, with a Scrypt that costs little."""
    return Incidents(desk.log, desk.settings, desk.clock, desk.shifts, desk.promises, desk.entries, cost=CHEAP)


def protect(incidents: Incidents, code: str = CODE) -> str:
    """Set a code; the recovery code."""
    pending = incidents.prepare(code)
    incidents.trust(pending, pending.recovery)
    incidents.forget()
    return pending.recovery


def report(incidents: Incidents, seen: str = f"Left a {NEEDLE} at 10:15.", *, final: bool = True) -> Incident:
    incident = incidents.answer(incidents.begin(), "seen", seen)
    return incidents.finish(incident) if final else incidents.save(incident)


def holding(needle: str, *folders: Path) -> list[Path]:
    """The files below some folders that hold some text."""
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return [path for path in files if needle.encode() in path.read_bytes()]


def seen(incidents: Incidents) -> set[str]:
    return {incidents.read(head).seen for head in incidents.heads()}


@pytest.fixture
def incidents(desk: Desk) -> Incidents:
    return opened(desk)


# -- writing ------------------------------------------------------------------------------------------------------


def test_help_that_was_needed_leads_to_a_report_and_a_final_one_keeps_the_promise(
    desk: Desk, incidents: Incidents
) -> None:
    record = desk.live.happened()
    begun = incidents.begin(record)
    assert begun.happened_at == record.asked_at
    stored = incidents.save(incidents.answer(begun, "seen", "A glass door broke."))
    (head,) = incidents.about(record)
    assert (head.id, head.status) == (stored.id, DRAFT)
    assert desk.promises.board().all
    incidents.finish(incidents.read(head))
    assert not desk.promises.board().all
    closed = desk.log.get(record.day, record.id)
    assert closed is not None
    assert closed.promise is not None
    assert closed.promise.kept
    assert [each.status for each in incidents.about(record)] == [FINAL]


def test_the_times_of_the_guide_and_the_initials_of_the_shift_are_filled_in(desk: Desk, incidents: Incidents) -> None:
    desk.shifts.start("MK")
    record = desk.live.happened().with_(times=(("called", "2026-11-18T14:02:00-05:00"),), place="stairs")
    begun = incidents.begin(record)
    assert (begun.times, begun.place, begun.staff) == (record.times, "stairs", "MK")


def test_a_contact_that_was_no_incident_yet_is_counted_as_one(desk: Desk, incidents: Incidents) -> None:
    record = desk.entries.log({"kind": "account"})
    incidents.finish(incidents.answer(incidents.begin(record), "seen", "x"))
    changed = desk.log.get(record.day, record.id)
    assert changed is not None
    assert changed.incident


def test_one_without_a_contact_leaves_a_bare_record_so_that_counts_are_right(desk: Desk, incidents: Incidents) -> None:
    incident = incidents.answer(incidents.answer(incidents.begin(), "when", "20m ago"), "seen", NEEDLE)
    incidents.finish(incident)
    (record,) = desk.log.day(desk.now().date())
    assert record.incident
    assert record.asked_at == desk.now() - timedelta(minutes=20)
    assert NEEDLE not in str(record.to_document())


def test_what_looks_private_is_masked_unless_it_is_kept_on_purpose(incidents: Incidents) -> None:
    text = "Call Jo at 313-555-0142"
    assert "0142" not in report(incidents, text, final=False).seen
    kept = incidents.save(incidents.answer(incidents.begin().with_(names_kept=True), "seen", text))
    assert incidents.read(kept.head).seen == text


def test_nothing_is_final_without_what_was_seen_and_a_final_one_is_only_added_to(
    incidents: Incidents, clock: FixedClock
) -> None:
    with pytest.raises(BadUsage, match="still empty"):
        incidents.finish(incidents.begin())
    final = report(incidents)
    with pytest.raises(BadUsage, match="final already"):
        incidents.finish(final)
    clock.advance(3600)
    added = incidents.add(final, "Police came at 11. Call 313-555-0142", "AB")
    assert added.seen == final.seen
    assert [(each.staff, each.at) for each in added.addenda] == [("AB", clock.now())]
    assert "0142" not in added.addenda[0].text
    with pytest.raises(BadUsage, match="nothing to add"):
        incidents.add(added, " \n ")
    versions = incidents.tables.versions(final.id, None)
    assert [len(each.addenda) for each in versions] == [0, 1]


def test_a_draft_is_written_on(incidents: Incidents) -> None:
    draft = report(incidents, "First.", final=False)
    assert incidents.add(draft, "Second.").seen == "First.\nSecond."
    assert incidents.read(draft.head).status == DRAFT


def test_every_question_fills_its_field(incidents: Incidents) -> None:
    incident = incidents.begin()
    for each in QUESTIONS:
        incident = incidents.answer(
            incident, each.field, "10:15" if each.field == "when" else f"about {each.field}"[:8]
        )
    assert {each.field for each in QUESTIONS} == {"when", "staff", *TEXTS}
    assert all(getattr(incident, name) for name in (*TEXTS, "staff"))
    assert f"{incident.happened_at:%H:%M}" == "10:15"


def test_a_time_that_is_none_or_to_come_is_refused(incidents: Incidents) -> None:
    for words in ("soon", "tomorrow 3pm", "2099-01-01 10:00"):
        with pytest.raises(BadUsage):
            incidents.answer(incidents.begin(), "when", words)


@runs(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(max_size=60), min_size=len(TEXTS), max_size=len(TEXTS)))
def test_any_text_comes_back_as_it_was_kept(incidents: Incidents, texts: list[str]) -> None:
    incident = incidents.begin().with_(names_kept=True)
    for field, text in zip(TEXTS, texts, strict=True):
        incident = incidents.answer(incident, field, text)
    stored = incidents.save(incident)
    assert incidents.read(stored.head) == stored


def test_undo_leaves_reports_alone(desk: Desk, incidents: Incidents) -> None:
    report(incidents, final=False)
    assert desk.log.last_action() is None


# -- the code -----------------------------------------------------------------------------------------------------


def test_without_the_code_days_are_told_and_words_are_not(desk: Desk, incidents: Incidents) -> None:
    final = report(incidents)
    protect(incidents)
    assert not incidents.readable
    assert [(head.day, head.status) for head in incidents.heads()] == [(desk.now().date(), FINAL)]
    with pytest.raises(Locked):
        incidents.read(final.head)
    with pytest.raises(BadUsage, match="neither the code"):
        incidents.unlock("three seasons in one")
    desk.entries.log({"kind": "account"})  # a wrong code locks nothing else
    incidents.unlock(CODE)
    assert incidents.read(final.head).seen == final.seen
    incidents.forget()
    assert not incidents.readable


def test_after_protecting_the_words_are_in_no_file_of_the_home_and_the_state(
    desk: Desk, incidents: Incidents, places: Places, clock: FixedClock
) -> None:
    draft = report(incidents, final=False)
    clock.advance(40 * 24 * 3600)
    incidents.add(incidents.finish(draft), f"Another {NEEDLE}.")
    leftover = next(places.log.glob("incidents-*")) / ".old.jsonl.1.tmp"
    leftover.write_text(NEEDLE)
    assert holding(NEEDLE, places.home, places.state)
    protect(incidents)
    assert holding(NEEDLE, places.home, places.state) == []
    incidents.unlock(CODE)
    assert NEEDLE in incidents.read(draft.head).addenda[0].text
    assert len(incidents.tables.versions(draft.id, incidents._opened)) == 3
    assert not [notice for notice in examine(desk.log, clock) if "incidents" in notice.where]


def test_a_report_is_written_without_the_code_and_is_sealed(incidents: Incidents, places: Places) -> None:
    protect(incidents)
    final = report(incidents)
    assert holding(NEEDLE, places.home, places.state) == []
    incidents.unlock(CODE)
    assert incidents.read(final.head).seen == final.seen


def test_the_recovery_code_must_be_typed_back_before_anything_changes(incidents: Incidents, places: Places) -> None:
    report(incidents)
    pending = incidents.prepare(CODE)
    wrong = pending.recovery[:-1] + ("A" if pending.recovery[-1] != "A" else "B")
    with pytest.raises(BadUsage, match="nothing was changed"):
        incidents.trust(pending, wrong)
    assert not incidents.protected
    assert holding(NEEDLE, places.home)


def test_a_forgotten_code_is_replaced_with_the_recovery_code(incidents: Incidents) -> None:
    report(incidents)
    recovery = protect(incidents)
    with pytest.raises(BadUsage, match="present code was not given"):
        incidents.prepare("a new long code")
    incidents.unlock(recovery)
    newer = protect(incidents, "a new long code")
    for old in (CODE, recovery):
        with pytest.raises(BadUsage):
            incidents.unlock(old)
    for good in ("a new long code", newer):
        incidents.forget()
        incidents.unlock(good)
        assert seen(incidents) == {f"Left a {NEEDLE} at 10:15."}


def test_a_lost_recovery_code_is_replaced_with_the_code(incidents: Incidents) -> None:
    lost = protect(incidents)
    incidents.unlock(CODE)
    protect(incidents)
    with pytest.raises(BadUsage):
        incidents.unlock(lost)
    incidents.unlock(CODE)


def test_taking_the_code_off_needs_it_and_gives_everything_back(incidents: Incidents, places: Places) -> None:
    report(incidents)
    protect(incidents)
    with pytest.raises(BadUsage, match="code was not given"):
        incidents.unprotect()
    incidents.unlock(CODE)
    incidents.unprotect()
    assert not incidents.protected
    assert seen(incidents) == {f"Left a {NEEDLE} at 10:15."}
    assert not (places.log / KEYRING).exists()
    with pytest.raises(BadUsage, match="not protected"):
        incidents.unprotect()


def test_with_damaged_keys_nothing_is_written_in_plain_text(incidents: Incidents, places: Places) -> None:
    protect(incidents)
    (places.log / KEYRING).write_text("{}")
    with pytest.raises(DeskMateError, match="keys of the incident reports cannot be read"):
        report(incidents, final=False)
    assert holding(NEEDLE, places.home, places.state) == []


def test_a_damaged_line_goes_with_the_sealing_and_is_counted(incidents: Incidents, places: Places) -> None:
    report(incidents, "One.")
    report(incidents, f"Two, {NEEDLE}.")
    (path,) = next(places.log.glob("incidents-*")).iterdir()
    path.write_bytes(path.read_bytes().replace(NEEDLE.encode(), b"Green umbrella"))
    pending = incidents.prepare(CODE)
    assert incidents.trust(pending, pending.recovery) == 1
    assert holding("Green umbrella", places.home) == []
    incidents.unlock(CODE)
    assert "One." in seen(incidents)


def test_another_desk_that_is_open_meanwhile_loses_nothing(
    incidents: Incidents, places: Places, clock: FixedClock, tmp_path: Path
) -> None:
    other = opened(Desk(Places(places.home, tmp_path / "other", places.data), clock, environment={}, durable=False))
    report(incidents, "Here.")
    report(other, "There.")
    assert seen(other) == {"Here.", "There."}
    protect(incidents)
    report(other, f"Later, {NEEDLE}.")
    report(incidents, "Last.")
    assert holding(NEEDLE, places.home) == []
    for each in (incidents, other):
        each.unlock(CODE)
        assert seen(each) == {"Here.", "There.", f"Later, {NEEDLE}.", "Last."}


KILLED = """
import os, signal, sys
from deskmate.clock import SystemClock
from deskmate.desk.incidents import Incidents
from deskmate.desk.service import Desk
from deskmate.places import find_places
from deskmate.records import disk

way, left, code, recovery_file = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
desk = Desk(find_places(), SystemClock(), environment={})
incidents = Incidents(desk.log, desk.settings, desk.clock, desk.shifts, desk.promises, desk.entries, cost=1024)
incidents.heads()

def counted(name):
    real = getattr(disk.Disk, name)
    def call(self, *args, **options):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(self, *args, **options)
    setattr(disk.Disk, name, call)

for name in ("sync", "sync_folder", "replace"):
    counted(name)
if way == "protect":
    pending = incidents.prepare(code)
    incidents.trust(pending, pending.recovery)
else:
    incidents.unlock(code)
    incidents.unprotect()
"""


def killed_after(calls: int, way: str, places: Places) -> bool:
    """Run a change of the code in a process that kills itself at a certain call to the disk; False when it ended."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", KILLED, way, str(calls), CODE, ""],
        env=environment_of(places),
        cwd=places.home.parent,
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr.decode()
    return done.returncode != 0


def homes(places: Places, tmp_path: Path) -> Iterable[Places]:
    """The same home again and again, as it was before."""
    for number in range(60):
        fresh = Places(tmp_path / f"home{number}", tmp_path / f"state{number}", places.data)
        shutil.copytree(places.home, fresh.home)
        yield fresh


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
@pytest.mark.parametrize("way", ["protect", "unprotect"])
def test_a_kill_at_any_moment_of_it_loses_nothing_and_the_next_one_ends_it(
    desk: Desk, incidents: Incidents, places: Places, clock: FixedClock, tmp_path: Path, way: str
) -> None:
    words = {report(incidents, f"{number}: {NEEDLE}.", final=False).seen for number in range(2)}
    clock.advance(-40 * 24 * 3600)
    words.add(report(incidents, f"Before: {NEEDLE}.", final=False).seen)
    if way == "unprotect":
        protect(incidents)
    desk.close()
    for calls, fresh in enumerate(homes(places, tmp_path)):
        killed = killed_after(calls, way, fresh)
        again = opened(Desk(fresh, clock, environment={}))
        again.tables.go_on()
        if again.protected:
            again.unlock(CODE)
        assert seen(again) == words
        if way == "protect" and again.protected:
            assert holding(NEEDLE, fresh.home, fresh.state) == [], calls
        if way == "unprotect" and again.protected:
            again.unprotect()
            assert seen(again) == words
        if not killed:
            assert calls > 6
            return
    pytest.fail("it never came to its end")


# -- keeping ------------------------------------------------------------------------------------------------------


def test_a_final_report_is_exported_before_it_is_erased(incidents: Incidents, places: Places) -> None:
    final = report(incidents)
    with pytest.raises(DeskMateError, match="was not exported"):
        incidents.erase([final.head])
    incidents.handed_on([final])
    incidents.add(incidents.read(final.head), "More.")
    with pytest.raises(DeskMateError, match="was not exported"):
        incidents.erase(incidents.heads())
    incidents.handed_on([incidents.read(final.head)])
    incidents.erase(incidents.heads())
    assert incidents.heads() == []
    assert holding(NEEDLE, places.home, places.state) == []
    with pytest.raises(NotFound):
        incidents.read(final.head)


def test_erasing_one_leaves_the_others_with_all_their_versions(incidents: Incidents, places: Places) -> None:
    gone = report(incidents, f"The {NEEDLE}.", final=False)
    kept = incidents.finish(report(incidents, "The other.", final=False))
    incidents.erase([gone.head])
    assert [head.id for head in incidents.heads()] == [kept.id]
    assert len(incidents.tables.versions(kept.id, None)) == 2
    assert holding(NEEDLE, places.home) == []


@pytest.mark.parametrize(("period", "over"), [("keep", 0), ("30", 1), ("100", 0)])
def test_the_librarys_period_names_what_is_due_and_erases_nothing(
    places: Places, clock: FixedClock, period: str, over: int
) -> None:
    desk = Desk(places, clock, environment={"DESKMATE_PRIVACY_INCIDENTS": period})
    report(desk.incidents)
    clock.advance(40 * 24 * 3600)
    report(desk.incidents, "New.")
    report(desk.incidents, "A draft.", final=False)
    assert len(desk.incidents.over()) == over
    assert len(desk.incidents.heads()) == 3


def test_a_report_is_found_by_the_end_of_its_id(incidents: Incidents) -> None:
    final = report(incidents)
    for typed in (final.id, final.ref, final.id[-6:].upper(), final.id[-4:]):
        assert incidents.find(typed).id == final.id
    for typed in ("", "xyz", "2026-11-17." + final.id[-6:]):
        with pytest.raises(NotFound):
            incidents.find(typed)


class FullDisk(Disk):
    """A disk that refuses every whole file."""

    def replace(self, path: Path, data: bytes, *, durable: bool = True) -> None:
        raise OSError(28, "No space left on device")


def test_a_full_disk_is_told_and_sealing_goes_on_later(incidents: Incidents, places: Places) -> None:
    report(incidents)
    pending = incidents.prepare(CODE)
    good, incidents.tables._disk = incidents.tables._disk, FullDisk()
    with pytest.raises(NotSaved, match="disk is full"):
        incidents.trust(pending, pending.recovery)
    incidents.tables._disk = good
    assert not incidents.protected
    incidents.trust(pending, pending.recovery)
    assert holding(NEEDLE, places.home) == []


def test_a_report_of_a_newer_kind_is_told_and_the_rest_serves(desk: Desk, incidents: Incidents) -> None:
    report(incidents, "Mine.")
    desk.log.db.table("incidents-2026-11").insert({"id": "x", "day": "soon"})
    assert len(incidents.heads()) == 1
    assert "ValueError" in str(list(incidents.tables.unreadable.values()))
