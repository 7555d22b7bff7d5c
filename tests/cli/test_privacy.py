"""`privacy show`, `sweep`, `hold` and `erase`."""

from pathlib import Path

import pytest

from deskmate.places import Places
from tests.cli.running import Cli, process


def old_note(places: Places, words: str, day: str = "2020-03-02") -> str:
    """A contact of long ago; returns its id as it is shown."""
    from datetime import datetime

    from deskmate.clock import FixedClock
    from deskmate.desk.service import Desk

    desk = Desk(places, FixedClock(datetime.fromisoformat(f"{day}T10:00:00-05:00")), environment={})
    ref = desk.entries.log({"kind": "account", "note": words}).ref
    desk.close()
    return ref


def holds(places: Places, words: str) -> list[Path]:
    roots = (places.home, places.state)
    return [
        path for root in roots for path in root.rglob("*") if path.is_file() and words.encode() in path.read_bytes()
    ]


def test_a_dry_run_tells_and_the_sweep_does(cli: Cli, places: Places) -> None:
    old_note(places, "zqword")
    told = cli("privacy", "sweep", "--dry-run", "--json").value
    nothing = {"cleaned": 0, "away": [], "refused": []}
    gone = {"interactions": 1}
    assert told == {"dry_run": True, "hold": None, "gone": gone, "busy": [], "incidents_over": 0, "backups": nothing}
    assert holds(places, "zqword")
    done = cli("privacy", "sweep")
    assert done.code == 0
    assert done.out.splitlines() == ["Gone:", "      1  contacts with patrons: words, or all but kind and day"]
    assert holds(places, "zqword") == []
    assert cli("privacy", "sweep").out == "Nothing is kept longer than its period.\n"
    assert cli("doctor").code == 0


def test_a_hold_stops_the_sweep_and_erase_and_is_told_everywhere(cli: Cli, places: Places) -> None:
    ref = old_note(places, "zqword")
    assert cli("privacy", "hold").out.startswith("No legal hold")
    assert cli("privacy", "hold", "on").out.startswith("Legal hold on since")
    assert cli("privacy", "sweep").out.startswith("A legal hold is on since")
    refused = cli("erase", ref, "--yes")
    assert refused.code == 2
    assert refused.err.startswith("A legal hold is on since")
    assert "legal hold" in cli("privacy", "show").out
    notes = {each["check"]: each for each in cli("doctor", "--json").value}
    assert notes["privacy"]["state"] == "note"
    assert holds(places, "zqword")
    assert cli("privacy", "hold", "off", "--json").value == {"hold": None}
    assert cli("privacy", "sweep", "--json").value["gone"] == {"interactions": 1}


def test_erase_asks_for_yes_where_nobody_can_be_asked(cli: Cli, places: Places) -> None:
    ref = old_note(places, "zqword")
    refused = cli("erase", ref)
    assert (refused.code, refused.err.splitlines()[1]) == (2, "Add --yes to do it.")
    assert holds(places, "zqword")


@pytest.mark.parametrize(("answer", "left"), [("yes", False), ("y", True), ("", True)])
def test_erase_takes_a_whole_yes_on_a_terminal(
    cli: Cli, places: Places, monkeypatch: pytest.MonkeyPatch, answer: str, left: bool
) -> None:
    ref = old_note(places, "zqword")
    monkeypatch.setattr("deskmate.cli.privacy.asked_by_a_person", lambda: True)
    result = cli("erase", ref, "--field", "note", stdin=f"{answer}\n")
    assert bool(holds(places, "zqword")) is left
    assert "It cannot be undone" in result.err
    assert result.code == (1 if left else 0)


def test_erase_by_words_and_by_an_id_that_is_none(cli: Cli, places: Places) -> None:
    cli("playbooks", "learn", "angry-patron", "zqword", "words")
    assert cli("erase", "zqword", "words", "--yes", "--json").value == {
        "erased": "the phrase", "gone": True, "pages": 0, "backups": {"cleaned": 0, "away": [], "refused": []},
    }  # fmt: skip
    assert holds(places, "zqword") == []
    nothing = cli("erase", "no", "such", "words", "--yes")
    assert nothing.code == 2
    assert cli("erase", "ffff", "--field", "nose", "--yes").err.startswith('"nose" is no text')


def test_show_tells_what_is_kept_in_numbers_and_in_words(cli: Cli, places: Places) -> None:
    old_note(places, "zqword")
    cli("log", "--note", "today")
    kept = {each["what"].split()[0]: each for each in cli("privacy", "show", "--json").value["kept"]}
    assert (kept["contacts"]["count"], kept["contacts"]["oldest"]) == (2, "2020-03-02")
    assert kept["contacts"]["period"] == "facts for good, words 90 days, sensitive 7 days"
    assert kept["names"]["count"] == 0
    shown = cli("privacy", "show").out
    assert "zqword" not in shown
    assert "no report ranks or times" in shown


def test_a_back_up_loses_what_is_erased_and_one_that_was_moved_is_named(cli: Cli, places: Places) -> None:
    from deskmate.records.restore import check, members

    ref = old_note(places, "zqword", "2026-11-01")
    here, moved = places.home.parent / "here.tar.gz", places.home.parent / "moved.tar.gz"
    for path in (here, moved):
        assert cli("backup", str(path)).code == 0
    moved.rename(moved.with_suffix(".old"))
    done = cli("erase", ref, "--yes").out.splitlines()
    assert done[:3] == [
        f"Erased for good: the text of {ref}.",
        "One back-up was written anew without it.",
        "One back-up is not where it was written, and may still hold it:",
    ]
    assert done[3].endswith(str(moved))
    assert not [name for name, data in members(here, check(here, 1 << 30)) if b"zqword" in data]
    shown = cli("privacy", "show").out
    assert "2  back-ups made here, 1 of them where they were written" in shown
    assert "exported files" in shown
    doctor = {each["check"]: each for each in cli("doctor", "--json").value}
    assert doctor["backups"]["what"].startswith("1 of 2 back-ups is not where it was written")
    assert [each["is_there"] for each in cli("privacy", "show", "--json").value["backups"]] == [True, False]


def test_reports_that_are_over_their_period_are_told_and_never_swept(cli: Cli, places: Places) -> None:
    from datetime import datetime

    from deskmate.clock import FixedClock
    from deskmate.desk.service import Desk

    places.settings.write_text('[privacy]\nincidents = "30"\n', encoding="utf-8")
    desk = Desk(places, FixedClock(datetime.fromisoformat("2026-01-02T10:00:00-05:00")), environment={})
    desk.incidents.finish(desk.incidents.answer(desk.incidents.begin(), "seen", "zqword"))
    desk.close()
    told = cli("privacy", "sweep").out
    assert "One incident report is past the library's period, and erased by hand only" in told
    assert holds(places, "zqword")
    kept = {each["what"].split()[0]: each for each in cli("privacy", "show", "--json").value["kept"]}
    assert (kept["incident"]["count"], kept["incident"]["oldest"]) == (1, "2026-01-02")
    assert kept["incident"]["period"] == "30 days once final, then exported and erased by hand"
    cli("privacy", "hold", "on")
    ref = cli("incident", "list", "--json").value[0]["ref"]
    refused = cli("incident", "erase", ref, "--unexported", "--yes")
    assert (refused.code, refused.err.splitlines()[1]) == (2, "End it: deskmate privacy hold off")
    assert holds(places, "zqword")


def test_a_process_of_its_own_sweeps_and_erases(places: Places) -> None:
    ref = old_note(places, "zqword", "2026-11-01")
    done = process(places, "erase", ref, "--yes")
    assert (done.code, done.out, done.err) == (0, f"Erased for good: the text of {ref}.\n", "")
    assert holds(places, "zqword") == []
    again = process(places, "undo")
    assert again.err.startswith("There is nothing to undo.")
    assert holds(places, "zqword") == []
