"""`log`, `tally` and `undo`."""

import json
from datetime import datetime

import pytest

from deskmate.model.interaction import CHANNELS, KINDS, OUTCOMES, STRAINS
from deskmate.places import Places
from tests.cli.running import Cli

PHONE = "313-555-0142"
HOSTILE = "\x1b[2J\x1b]0;owned\x07 \u202eright \x9b31m [/ [@click=app.quit]x[/] =1+1"


def test_log_without_options_is_one_answered_contact_in_person(cli: Cli) -> None:
    document = cli("log", "--json").value
    assert (document["channel"], document["kind"], document["outcome"], document["count"]) == (
        "in-person", "other", "answered", 1,
    )  # fmt: skip
    assert document["desk"] == "Front desk"
    assert document["ref"] == f"{document['day']}.{document['id'][-6:]}"
    exported = json.loads(cli("export", "-").out)
    assert exported == {key: value for key, value in document.items() if key not in ("ref", "day")}


def test_every_field_has_an_option(cli: Cli) -> None:
    document = cli(
        "log", "--channel", "phone", "--kind", "account", "--read", "3", "--strain", "tense", "--outcome", "declined",
        "--minutes", "4", "--taught", "--source-used", "--offered", "payment plan", "--offered", "a manager",
        "--authority", "took off the charge", "--referred-to", "the history room", "--incident",
        "--playbook", "angry-patron", "--tag", "printer", "--tag", "new", "--place", "lobby", "--count", "2",
        "--note", "all well", "--json",
    ).value  # fmt: skip
    wanted = {
        "channel": "phone", "kind": "account", "read": 3, "strain": "tense", "outcome": "declined", "seconds": 240,
        "taught": True, "source_used": True, "offered": ["payment plan", "a manager"], "count": 2,
        "authority": "took off the charge", "referred_to": "the history room", "incident": True,
        "playbook": "angry-patron", "tags": ["printer", "new"], "place": "lobby", "note": "all well",
    }  # fmt: skip
    assert {name: document[name] for name in wanted} == wanted


@pytest.mark.parametrize(
    ("option", "values"), [("channel", CHANNELS), ("kind", KINDS), ("strain", STRAINS), ("outcome", OUTCOMES)]
)
def test_every_listed_value_is_taken(cli: Cli, option: str, values: tuple[str, ...]) -> None:
    for value in values:
        assert cli("log", f"--{option}", value, "--json").value[option] == value


def test_a_late_entry_knows_when_it_was(cli: Cli) -> None:
    document = cli("log", "--at", "20m ago", "--json").value
    asked, added = (datetime.fromisoformat(document[name]) for name in ("asked_at", "added_at"))
    assert document["entry"] == "late"
    assert 19 * 60 <= (added - asked).total_seconds() <= 21 * 60


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (("--channel", "phoen"), 'Did you mean "phone"?'),
        (("--kind", "acc"), "account or accommodation"),
        (("--read", "7"), "no read '7'"),
        (("--count", "0"), "no count"),
        (("--at", "tomorrow"), "not understood"),
        (("--playbook", "angry-patrn"), 'Did you mean "angry-patron"?'),
        (("--minutes", "two"), "no whole number"),
        (("--staff", "AB"), "keeps no initials"),
        (("--chanel", "phone"), 'Did you mean "--channel"?'),
    ],
)
def test_what_cannot_be_understood_is_not_logged(cli: Cli, places: Places, argv: tuple[str, ...], says: str) -> None:
    result = cli("log", *argv)
    assert (result.code, result.out) == (2, "")
    assert says in result.err
    assert len(result.err.splitlines()) == 2
    assert cli("export", "-").out == ""


def test_initials_are_kept_where_the_library_wants_them(cli: Cli, places: Places) -> None:
    text = places.settings.read_text(encoding="utf-8").replace("[desk]", "[desk]\ninitials = true")
    places.settings.write_text(text, encoding="utf-8")
    assert cli("log", "--staff", "AB", "--json").value["staff"] == "AB"
    assert "AB" not in cli("export", "-").out
    assert '"staff":"AB"' in cli("export", "-", "--with-staff").out


def test_a_note_comes_from_standard_input_and_private_data_is_masked(cli: Cli) -> None:
    result = cli("log", "--note", "-", "--json", stdin=f"call back\n{PHONE}\n")
    assert result.value["note"] == "call back\n[phone]"
    assert "Masked in the note: phone." in result.err
    assert PHONE not in result.out + result.err
    assert "history" not in result.err
    kept = cli("log", "--note", "-", "--keep-private", "--json", stdin=PHONE)
    assert kept.value["note"] == PHONE
    assert kept.err == ""


def test_other_texts_are_masked_too(cli: Cli) -> None:
    document = cli("log", "--referred-to", f"her son {PHONE}", "--offered", f"call {PHONE}", "--json").value
    assert PHONE not in json.dumps(document)


def test_hostile_text_never_reaches_the_terminal_and_json_stays_one_value(cli: Cli) -> None:
    result = cli("log", "--note", "-", "--place", HOSTILE, "--offered", HOSTILE, "--json", stdin=HOSTILE)
    assert isinstance(result.value, dict)
    assert cli("promise", HOSTILE, "--due", "in 20 min", "--who", HOSTILE).code == 0
    assert cli("shift", "start", "--in-charge", HOSTILE).code == 0
    assert cli("handover", "--leave", HOSTILE).code == 0
    shown = [result.out, result.err]
    commands = ("due", "due --json", "handover", "summary", "summary --format html", "export --format csv -",
                "export -", "shift status", "undo")  # fmt: skip
    for command in commands:
        printed = cli(*command.split())
        assert printed.code == 0, printed.err
        shown += [printed.out, printed.err]
    shown += [(printed := cli("find", HOSTILE)).out, printed.err, (printed := cli("show", HOSTILE)).err, printed.out]
    shown.append(cli(HOSTILE).err)
    shown.append(cli("due", HOSTILE).err)
    for text in shown:
        assert not set(text) & set("\x1b\x07\x9b\u202e\x00"), text


def test_tally_counts_back_dated(cli: Cli) -> None:
    document = cli("tally", "dir", "7", "--channel", "phone", "--at", "20m ago", "--json").value
    assert (document["kind"], document["channel"], document["count"], document["entry"]) == (
        "directional", "phone", 7, "tally",
    )  # fmt: skip
    assert cli("tally", "device").out.startswith("Counted: in-person · device (")


@pytest.mark.parametrize("argv", [("nonsense",), ("device", "-3"), ("device", "1000"), ("device", "x")])
def test_a_tally_that_is_none_is_refused(cli: Cli, argv: tuple[str, ...]) -> None:
    assert cli("tally", *argv).code == 2


def test_undo_takes_back_the_last_thing_and_says_what_it_was(cli: Cli) -> None:
    cli("tally", "device", "2")
    second = cli("log", "--channel", "phone", "--json").value
    result = cli("undo")
    assert result.code == 0
    assert "phone · other" in result.out
    assert second["ref"] in result.out
    assert cli("undo", "--json").value["undone"] == "in-person · device · x2"
    nothing = cli("undo")
    assert (nothing.code, nothing.out) == (1, "")
    assert nothing.err.startswith("There is nothing to undo.\n")


def test_private_words_on_the_command_line_are_taken_and_the_history_is_spoken_of(cli: Cli) -> None:
    told = "What looks private there stays in this shell's history."
    for words in (
        ("log", "--note", f"call {PHONE}"),
        ("promise", "call", PHONE, "--due", "in 20"),
        ("notice", "call", PHONE, "about the lift", "--until", "in 2 h"),
        ("feedback", "add", "complaint", "--text", f"call {PHONE}"),
    ):
        result = cli(*words)
        assert (result.code, told in result.err) == (0, True), words
        assert PHONE not in result.out + result.err
    assert told not in cli("log", "--note", "the printer was stuck").err
