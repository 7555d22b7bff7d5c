"""`feedback`, `feedback add` and `feedback answer`, and what they come to in a summary."""

import csv
import io

from tests.cli.running import Cli


def test_one_is_added_listed_answered_undone_and_told_in_every_form(cli: Cli) -> None:
    made = cli("feedback", "add", "sug", "--text", "-", "--theme", "hours", "--json", stdin="open on Sundays\n").value
    assert (made["kind"], made["text"], made["theme"], made["status"]) == (
        "suggestion",
        "open on Sundays",
        "hours",
        "open",
    )
    assert cli("feedback", "--json").value == [made]
    assert "Answered: suggestion" in cli("feedback", "answer", made["ref"], "--text", "-", stdin="From May on\n").out
    assert "From May on" in cli("feedback").out
    assert cli("feedback").out.endswith("0 open · 1 answered\n")
    for form in ("text", "md", "html"):
        told = cli("summary", "--from", "yesterday", "--format", form).out
        assert "You said, we did" in told
        assert "You said: open on Sundays / We did: From May on" in told
        assert "Themes by month" in told
    value = cli("summary", "--from", "yesterday", "--format", "json").value
    assert value["you_said"] == [
        {"kind": "suggestion", "text": "open on Sundays", "we_did": "From May on", "theme": "hours"}
    ]
    assert list(value["themes"]) == ["hours"]
    assert list(value["themes"]["hours"].values()) == ["<3"]
    rows = list(csv.reader(io.StringIO(cli("summary", "--from", "yesterday", "--format", "csv").out)))
    assert ["you_said", "1/we_did", "From May on"] in rows
    assert "The answer to a suggestion" in cli("undo").out
    assert cli("feedback", "--json").value == [made]


def test_a_refusal_keeps_what_was_offered_and_the_contact(cli: Cli) -> None:
    ref = cli("log", "--kind", "policy", "--json").value["ref"]
    made = cli(
        "feedback", "add", "refusal", "--text", "a third renewal", "--offered", "a hold", "--about", ref, "--json"
    )
    assert (made.value["offered"], made.value["about"]) == ("a hold", ref)
    assert "offered    a hold" in cli("feedback").out


def test_what_is_about_a_colleague_is_listed_without_its_words(cli: Cli) -> None:
    added = cli("feedback", "add", "kudos", "--text", "-", stdin="Dana found my ring\n")
    assert "Dana" not in added.out
    for words in ((), ("--json",)):
        assert "Dana" not in cli("feedback", *words).out
        assert "Dana" in cli("feedback", "--restricted", *words).out
    for form in ("text", "md", "html", "json", "csv"):
        assert "Dana" not in cli("summary", "--from", "yesterday", "--format", form).out


def test_a_list_of_one_kind_or_of_other_days(cli: Cli) -> None:
    cli("feedback", "add", "complaint", "--text", "too cold")
    assert len(cli("feedback", "--kind", "compl", "--json").value) == 1
    assert cli("feedback", "--kind", "wish", "--json").value == []
    assert cli("feedback", "--from", "2020-01-01", "--to", "2020-01-02", "--json").value == []
    assert "Nothing was written down" in cli("feedback", "--kind", "kudos").out


def test_a_slip_is_a_fault_with_a_cure_and_nothing_is_kept(cli: Cli) -> None:
    for argv in (
        ("feedback", "add", "gossip", "--text", "abc"),
        ("feedback", "add", "complaint"),
        ("feedback", "add", "complaint", "--text", "!"),
        ("feedback", "add", "complaint", "--text", "abc", "--theme", "hour5"),
        ("feedback", "add", "complaint", "--text", "abc", "--offered", "tea"),
        ("feedback", "add", "complaint", "--text", "abc", "--colleague", "maybe"),
        ("feedback", "add", "complaint", "--text", "abc", "--about", "2026-11-18.ffffff"),
        ("feedback", "answer", "ffffff", "--text", "abc"),
        ("feedback", "--kind", "gossip"),
        ("feedback", "remove"),
    ):
        result = cli(*argv)
        assert result.code == 2, argv
        assert len(result.err.splitlines()) == 2, result.err
    assert cli("feedback", "--json").value == []


def test_hostile_words_reach_the_terminal_as_plain_text(cli: Cli) -> None:
    cli("feedback", "add", "refusal", "--text", "[/] \x1b]0;x\x07 \u202e is shut", "--offered", "[@click=app.bell]x[/]")
    printed = cli("feedback").out
    assert "[/] is shut" in printed
    assert "\x1b" not in printed
    assert "\u202e" not in printed
