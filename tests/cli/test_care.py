"""`doctor` and `paths`."""

from pathlib import Path

from deskmate.clock import SystemClock
from deskmate.places import Places
from deskmate.records.live import Journals
from tests.cli.running import Cli

CHECKS = {
    "terminal", "settings", "emergency", "playbooks", "lexicon", "notices", "log", "permissions", "incidents", "live",
    "privacy", "backups", "keys",
}  # fmt: skip


def by_check(cli: Cli) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for each in cli("doctor", "--json").value:
        found.setdefault(each["check"], []).append(each)
    return found


def test_a_sound_home_has_one_line_for_each_check_and_ends_with_0(cli: Cli) -> None:
    cli("log")
    result = cli("doctor")
    assert (result.code, result.err) == (0, "")
    assert [line[:6].strip() for line in result.out.splitlines()].count("FAULT") == 0
    found = by_check(cli)
    assert set(found) == CHECKS
    assert found["log"][0]["state"] == "ok"
    assert found["emergency"][0]["state"] == "ok"


def test_an_empty_emergency_block_is_a_note_with_its_cure(cli: Cli, places: Places) -> None:
    places.settings.unlink()
    (finding,) = by_check(cli)["emergency"]
    assert finding["state"] == "note"
    assert "[emergency]" in finding["cure"]
    assert cli("doctor").code == 0


def test_a_damaged_line_of_the_log_ends_with_3_and_the_rest_serves(cli: Cli, places: Places) -> None:
    cli("log", "--place", "lobby")
    cli("log", "--place", "stairs")
    (path,) = (path for path in places.log.rglob("*.jsonl") if b"lobby" in path.read_bytes())
    path.write_bytes(path.read_bytes().replace(b"lobby", b"lobbx"))
    result = cli("doctor")
    assert result.code == 3
    assert any(line.startswith("FAULT") and " log " in line for line in result.out.splitlines())
    exported = cli("export", "-")
    assert exported.out.count("\n") == 1
    assert "deskmate doctor" in exported.err


def test_mend_puts_the_damaged_line_aside_and_the_next_look_finds_nothing(cli: Cli, places: Places) -> None:
    cli("log", "--place", "lobby")
    cli("log", "--place", "stairs")
    (path,) = (path for path in places.log.rglob("*.jsonl") if b"lobby" in path.read_bytes())
    path.write_bytes(path.read_bytes().replace(b"lobby", b"lobbx"))
    result = cli("doctor", "--mend")
    assert (result.code, result.err) == (0, "")
    assert "put aside, byte for byte" in result.out
    assert cli("doctor").out.count("put aside") == 0
    assert cli("export", "-").out.count("\n") == 1
    assert b"lobbx" in path.with_name(f"{path.name}.damaged").read_bytes()


def test_a_wrong_setting_is_named_with_its_line_and_every_command_still_works(cli: Cli, places: Places) -> None:
    places.settings.write_text("[desk]\nhold_seconds = 'soon'\n", encoding="utf-8")
    (finding,) = by_check(cli)["settings"]
    assert (finding["state"], finding["where"]) == ("FAULT", f"{places.settings}:2")
    assert cli("doctor").code == 3
    logged = cli("log")
    assert logged.code == 0
    assert "One thing is wrong" in logged.err


def test_what_others_can_open_is_pointed_out_and_mended(cli: Cli, places: Places) -> None:
    cli("log")
    cli("doctor", "--mend")
    places.home.chmod(0o755)
    (draft,) = [places.log / ".x.7.tmp"]
    draft.write_text("x")
    draft.chmod(0o644)
    notes = by_check(cli)["permissions"]
    assert [(note["state"], note["where"]) for note in notes] == [("note", str(places.home)), ("note", str(draft))]
    assert "--mend" in notes[0]["cure"]
    assert "Closed to others: 2 files and folders." in cli("doctor", "--mend").out
    assert places.home.stat().st_mode & 0o777 == 0o700
    assert by_check(cli)["permissions"][0]["state"] == "ok"


def test_many_open_files_are_counted_not_listed(cli: Cli, places: Places) -> None:
    cli("log")
    cli("doctor", "--mend")
    for number in range(31):
        (places.log / f"x{number}").touch(0o644)
    notes = by_check(cli)["permissions"]
    assert len(notes) == 21
    assert "11 files and folders more" in notes[-1]["what"]


def test_what_deskmate_writes_nobody_else_can_open(cli: Cli, places: Places) -> None:
    """Every command that writes, then the modes of everything that is new since."""
    cli("doctor", "--mend")
    cli("log", "--note", "-", stdin="a note")
    cli("promise", "call back", "--due", "tomorrow", "--contact", "-", stdin="Jo 555 0142")
    cli("playbooks", "learn", "fact:hours-today", "when open")
    cli("find", "guy yelling")
    cli("shift", "start")
    cli("incident", "new", stdin="Glass broke at 10:15.")
    assert by_check(cli)["permissions"][0]["state"] == "ok"


def test_an_interaction_that_a_crash_left_is_counted(cli: Cli, places: Places) -> None:
    journals = Journals(places.live, SystemClock())
    journals.open("left-open").append({"kind": "note", "value": "x"})
    journals.close()
    (finding,) = by_check(cli)["live"]
    assert finding["what"].startswith("One interaction is open")


def test_paths_tells_where_everything_lives_without_making_it(cli: Cli, places: Places, tmp_path: Path) -> None:
    value = cli("paths", "--json").value
    assert (value["home"], value["log"], value["state"]) == (str(places.home), str(places.log), str(places.state))
    assert f"settings   {places.settings}" in cli("paths").out
    other = tmp_path / "other"
    assert cli("paths", "--home", str(other), "--json").value["home"] == str(other)
    assert cli("--home", str(other), "paths", "--json").value["home"] == str(other)
    assert not other.exists()
