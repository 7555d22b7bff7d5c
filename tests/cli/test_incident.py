"""`deskmate incident ...`: words come from standard input, codes too, and nothing of them is told elsewhere."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from deskmate.clock import SystemClock
from deskmate.desk.incidents import Incidents
from deskmate.desk.service import Desk
from deskmate.places import Places
from tests.cli.running import Cli, environment_of

CODE = "four seasons in one"
NEEDLE = "green umbrella"


@pytest.fixture
def protected(places: Places) -> str:
    """A code is set, with a Scrypt that costs little; its recovery code."""
    desk = Desk(places, SystemClock(), environment={})
    incidents = Incidents(
        desk.log, desk.settings, desk.clock, desk.shifts, desk.promises, desk.entries, cost=1024
    )  # fmt: skip
    pending = incidents.prepare(CODE)
    incidents.trust(pending, pending.recovery)
    desk.close()
    return pending.recovery


def written(cli: Cli, words: str = f"He left a {NEEDLE}.", *options: str) -> str:
    """Write a report; its id."""
    assert cli("incident", "new", *options, stdin=words).code == 0
    return str(cli("incident", "list", "--json").value[0]["id"])


def test_from_the_first_word_to_a_final_report(cli: Cli) -> None:
    made = cli("incident", "new", "--at", "5m ago", stdin='He was drunk, said "you drunk" to 313-555-0142')
    assert made.code == 0
    assert "Kept, draft" in made.out
    assert made.err.count("judges") == 1
    assert "Masked: phone" in made.err
    (listed,) = cli("incident", "list", "--json").value
    assert (listed["status"], listed["exported"]) == ("draft", False)
    assert "Kept, draft" in cli("incident", "add", listed["id"], stdin="Then he left.").out
    assert "Kept, final" in cli("incident", "add", listed["id"], "--final").out
    assert "Kept, final" in cli("incident", "add", listed["id"], "--staff", "AB", stdin="Police came.").out
    shown = cli("incident", "show", listed["id"]).out
    for words in ("Then he left.", "[phone]", "by AB", "Final since"):
        assert words in shown
    assert cli("incident", "show", listed["id"], "--json").value["addenda"][0]["text"] == "Police came."


def test_a_report_about_a_contact_closes_its_promise(cli: Cli, places: Places) -> None:
    desk = Desk(places, SystemClock(), environment={})
    record = desk.live.happened()
    desk.close()
    assert "incident report due" in cli("due", "--all").out
    cli("incident", "new", "--about", record.ref, "--final", stdin="A door broke.")
    assert "Nothing is owed" in cli("due", "--all").out


@pytest.mark.parametrize("words", ["", " \n"])
def test_nothing_told_is_nothing_kept(cli: Cli, words: str) -> None:
    assert cli("incident", "new", stdin=words).code == 2
    assert cli("incident", "list", "--json").value == []


def test_words_are_not_taken_from_the_command_line(cli: Cli) -> None:
    assert cli("incident", "new", "he", "left").code == 2


def test_counts_and_days_without_the_code_and_words_with_it(cli: Cli, protected: str) -> None:
    record_id = written(cli)
    listed = cli("incident", "list")
    assert "1 incident report. Their words need the code" in listed.out
    assert NEEDLE not in listed.out
    for code, typed in ((2, "wrong code here\n"), (1, ""), (0, f"{CODE}\n"), (0, f"{protected.lower()}\n")):
        shown = cli("incident", "show", record_id, stdin=typed)
        assert shown.code == code, shown.err
        assert (NEEDLE in shown.out) is (code == 0)
        assert "Traceback" not in shown.err
    assert cli("incident", "add", record_id, stdin=f"{CODE}\nA second thing.\n").code == 0
    assert "A second thing." in cli("incident", "show", record_id, stdin=f"{CODE}\n").out
    assert cli("log").code == 0


def test_export_as_text_and_json_then_erase(cli: Cli, places: Places, tmp_path: Path, protected: str) -> None:
    assert protected
    record_id = written(cli, f"He left a {NEEDLE}.", "--final")
    assert "was not exported" in cli("incident", "erase", record_id, "--yes").err
    for name in ("out.txt", "out.json"):
        done = cli("incident", "export", str(tmp_path / name), stdin=f"{CODE}\n")
        assert done.code == 0, done.err
        assert NEEDLE in (tmp_path / name).read_text()
        assert (tmp_path / name).stat().st_mode & 0o077 == 0
    assert json.loads((tmp_path / "out.json").read_text())[0]["id"] == record_id
    assert cli("incident", "erase", record_id, stdin="yes").code == 2
    assert cli("incident", "erase", record_id, stdin="erase\n").code == 0
    assert cli("incident", "list", "--json").value == []
    assert not [path for path in places.log.rglob("*.jsonl") if NEEDLE.encode() in path.read_bytes()]


def test_what_is_erased_must_be_said_clearly(cli: Cli) -> None:
    record_id = written(cli)
    assert cli("incident", "erase").code == 2
    assert cli("incident", "erase", record_id, "--over").code == 2
    assert "No report is past" in cli("incident", "erase", "--over").out
    assert cli("incident", "export", "-").code == 2
    assert cli("incident", "show", "zzzz").code == 2


def test_the_code_is_set_and_taken_off_in_a_process_of_its_own(cli: Cli, places: Places) -> None:
    """The recovery code is copied from what is printed, as a person would."""
    written(cli)
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "deskmate", "incident", "protect"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environment_of(places),
        cwd=places.home.parent,
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdin.write(f"{CODE}\n{CODE}\n")
        running.stdin.flush()
        recovery = next(line.strip() for line in running.stdout if line.startswith("    "))
        running.stdin.write(f"{recovery.lower().replace('-', ' ')}\n")
        running.stdin.close()
        told = running.stdout.read() + running.stderr.read()
        assert running.wait(timeout=300) == 0, told
    assert "Protected" in told
    assert CODE not in told
    assert "Their words need the code" in cli("incident", "list").out
    assert cli("incident", "unprotect", stdin="wrong code\n").code == 2
    assert cli("incident", "unprotect", stdin=f"{recovery}\n").code == 0
    assert "Their words" not in cli("incident", "list").out


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("short\nshort\n", "8 characters or more"),
        (f"{CODE}\n{CODE}x\n", "differ"),
        (f"{CODE}\n{CODE}\nAAAA\n", "nothing was changed"),
        ("", "not given"),
    ],
)
def test_a_weak_mistyped_or_untried_code_changes_nothing(cli: Cli, places: Places, typed: str, said: str) -> None:
    result = cli("incident", "protect", stdin=typed)
    assert result.code in (1, 2)
    assert said in result.err
    assert not (places.log / "incidents.key").exists()


def test_without_the_library_the_cure_is_one_command(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.hpke", None)
    result = cli("incident", "protect", stdin=f"{CODE}\n{CODE}\n")
    assert result.code == 1
    assert "pip" in result.err
    assert cli("incident", "new", stdin="Plain.").code == 0


def test_reports_and_exports_count_incidents_and_say_nothing_of_them(cli: Cli) -> None:
    written(cli, f"He left a {NEEDLE}.", "--final")
    for format_ in ("text", "json", "md", "html", "csv"):
        assert NEEDLE not in cli("summary", "--format", format_).out
    assert cli("summary", "--format", "json").value["serious"]["incidents"] in (1, "<3")
    for format_ in ("jsonl", "csv"):
        assert NEEDLE not in cli("export", "-", "--format", format_).out
    assert NEEDLE not in cli("handover").out


def test_the_doctor_names_a_sealing_that_was_broken_off_and_damaged_keys(
    cli: Cli, places: Places, protected: str
) -> None:
    assert protected

    def told() -> dict[str, str]:
        return next(each for each in cli("doctor", "--json").value if each["check"] == "incidents")

    assert told()["state"] == "ok"
    path = places.log / "incidents.key"
    good = path.read_text()
    path.write_text(good.replace('"state": "on"', '"state": "sealing"'))
    assert "incident protect" in told()["cure"]
    path.write_text(good[:40])
    assert told()["state"] == "FAULT"


def test_the_doctor_names_a_report_it_cannot_read(cli: Cli, places: Places) -> None:
    written(cli)
    desk = Desk(places, SystemClock(), environment={})
    desk.log.db.table("incidents-2026-11").insert({"id": "x", "day": "soon"})
    desk.close()
    told = [each for each in cli("doctor", "--json").value if each["check"] == "incidents"]
    assert [each["state"] for each in told] == ["FAULT"]
    assert len(cli("incident", "list", "--json").value) == 1
