"""`due`, `promise`, `done` and `snooze`."""

from datetime import datetime

import pytest

from deskmate.desk.service import Desk
from deskmate.places import Places
from tests.cli.running import Cli

KEYS = ["id", "ref", "what", "due", "overdue", "who", "waiting_for", "has_contact"]
CONTACT = "Robin 313-555-0142"


def test_due_is_a_list_with_exactly_these_fields(cli: Cli) -> None:
    assert cli("due", "--json").value == []
    made = cli("promise", "call", "back", "--due", "tomorrow 10:00", "--who", "AB", "--json").value
    (found,) = cli("due", "--json").value
    assert list(found) == KEYS
    assert found == made
    assert (found["what"], found["who"], found["overdue"], found["has_contact"]) == ("call back", "AB", False, False)
    assert datetime.fromisoformat(found["due"]).hour == 10


def test_a_contact_is_read_apart_kept_apart_and_never_printed(cli: Cli, places: Places) -> None:
    made = cli("promise", "call back", "--due", "in 2 hours", "--contact", "-", stdin=f"{CONTACT}\n")
    assert made.code == 0
    (found,) = cli("due", "--json").value
    assert found["has_contact"]
    shown = [made.out, made.err]
    for command in ("due", "due --json", "handover", "summary", "export -", "export --format csv -", "doctor"):
        result = cli(*command.split())
        shown += [result.out, result.err]
    assert "Robin" not in "".join(shown)
    assert "0142" not in "".join(shown)
    kept = [path for path in places.log.rglob("*") if path.is_file() and b"Robin" in path.read_bytes()]
    assert [path.parent.name for path in kept] == ["contacts"]


def test_a_contact_on_the_command_line_is_refused(cli: Cli, places: Places) -> None:
    result = cli("promise", "call back", "--due", "in 2 hours", "--contact", CONTACT)
    assert result.code == 2
    assert "history" in result.err
    assert not places.log.exists()


def test_a_wrong_time_is_told_before_a_contact_is_read(cli: Cli, places: Places) -> None:
    result = cli("promise", "call back", "--due", "someday", "--contact", "-", stdin=CONTACT)
    assert result.code == 2
    assert not (places.log / "contacts").exists()


@pytest.mark.parametrize("form", ["id", "ref", "end"])
def test_a_promise_is_found_by_its_id_its_shown_id_or_its_end(cli: Cli, form: str) -> None:
    made = cli("promise", "call back", "--due", "in 2 hours", "--json").value
    typed = {"id": made["id"], "ref": made["ref"], "end": made["id"][-6:]}[form]
    result = cli("done", typed)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("Done, in time: call back")
    assert cli("due", "--json").value == []


def test_done_can_be_undone(cli: Cli) -> None:
    made = cli("promise", "call back", "--due", "in 2 hours", "--json").value
    cli("done", made["ref"])
    assert cli("undo").out.startswith("Undone: Done: call back")
    assert cli("due", "--json").value == [made]


def test_snooze_moves_the_time_and_reads_it_back(cli: Cli) -> None:
    made = cli("promise", "call back", "--due", "in 2 hours", "--json").value
    result = cli("snooze", made["ref"], "tomorrow", "3pm")
    assert "15:00" in result.out
    (found,) = cli("due", "--json").value
    assert datetime.fromisoformat(found["due"]) > datetime.fromisoformat(made["due"])


def test_far_off_promises_are_counted_and_shown_when_asked(cli: Cli) -> None:
    cli("promise", "renew the pass", "--due", "in 3 weeks")
    assert cli("due", "--json").value == []
    assert "1 more after a week: deskmate due --all" in cli("due").out
    assert "renew the pass" in cli("due", "--all").out


def test_mine_are_those_of_my_initials_and_of_nobody(cli: Cli) -> None:
    for what, who in (("one", "AB"), ("two", "CD"), ("three", "")):
        cli("promise", what, "--due", "in 2 hours", "--who", who)
    assert [each["what"] for each in cli("due", "--mine", "AB", "--json").value] == ["one", "three"]


def test_waiting_ones_are_told_with_whom(cli: Cli, places: Places) -> None:
    made = cli("promise", "call back", "--due", "in 2 hours", "--json").value
    from deskmate.clock import SystemClock

    desk = Desk(places, SystemClock(), environment={})
    desk.promises.wait_for(desk.log.find(made["ref"]), "the loan office")
    desk.close()
    assert "Waiting" in (text := cli("due").out)
    assert "waiting for the loan office" in text
    assert cli("due", "--json").value[0]["waiting_for"] == "the loan office"


def test_what_is_no_open_promise_is_refused(cli: Cli) -> None:
    plain = cli("log", "--json").value
    made = cli("promise", "call back", "--due", "in 2 hours", "--json").value
    cli("done", made["ref"])
    for argv in (("done", made["ref"]), ("snooze", made["ref"], "tomorrow"), ("done", plain["ref"]), ("done", "zz"),
                 ("done", "2026-01-01.abcdef"), ("snooze", made["ref"], "never")):  # fmt: skip
        result = cli(*argv)
        assert (result.code, result.out) == (2, ""), argv
        assert len(result.err.splitlines()) == 2


def promise(cli: Cli, *options: str) -> str:
    return str(cli("promise", "call back", *(options or ("--due", "in 2 hours")), "--json").value["ref"])


def test_a_promise_that_comes_again_says_its_next_time(cli: Cli) -> None:
    ref = promise(cli, "--due", "every fri 10:00")
    done = cli("done", ref)
    assert done.out.startswith("Done, in time: call back. Next: Fri ")
    assert [each["ref"] for each in cli("due", "--all", "--json").value] == [ref]
    assert "every week" in cli("due", "--all").out
    assert cli("done", ref, "--drop").out.startswith("Dropped: call back")
    assert cli("due", "--all").out == "Nothing is owed.\n"


def test_whom_a_promise_waits_for_and_no_longer(cli: Cli) -> None:
    ref = promise(cli)
    assert "its time stands still" in cli("wait", ref, "the", "vendor").out
    assert "waiting for the vendor since" in cli("due").out
    assert cli("due", "--json").value[0]["waiting_for"] == "the vendor"
    assert cli("wait", ref).out.startswith("No longer waiting")
    assert "waiting" not in cli("due").out


def test_a_promise_is_given_and_taken(cli: Cli) -> None:
    ref = promise(cli)
    assert "shown until accepted" in cli("give", ref, "--to", "mk").out
    assert "handed to mk, not accepted" in cli("due").out
    assert cli("take", ref, "mk").out.startswith("Taken over by mk")
    assert "for mk" in cli("due").out
    assert cli("give", ref).out.startswith("Anyone's now")
    cli("shift", "start", "--staff", "jo")
    assert cli("take", ref, "--json").value["who"] == "jo"


def test_what_somebody_owed_who_left_goes_to_somebody_else(cli: Cli) -> None:
    left = [promise(cli, "--due", "in 2 hours", "--who", "jo") for _ in range(2)]
    other = promise(cli, "--due", "in 2 hours", "--who", "mk")
    given = cli("give", "--all-of", "JO", "--to", "kd", "--json").value
    assert sorted(each["ref"] for each in given) == sorted(left)
    owed = {each["ref"]: each["who"] for each in cli("due", "--json").value}
    assert owed == {**dict.fromkeys(left, "kd"), other: "mk"}
    assert cli("give", "--all-of", "jo").code == 2
    assert cli("give", other, "--all-of", "mk").code == 2
    assert cli("give").code == 2
