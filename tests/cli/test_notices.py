"""`notices`, `notice`, `pledge`, and the notices of today beside the shift."""

from pathlib import Path

from tests.cli.running import Cli


def test_a_notice_is_posted_listed_ended_and_undone(cli: Cli) -> None:
    made = cli(
        "notice", "printer 2 is out", "--until", "tomorrow 15:00", "--guide", "printing-mobile-print", "--json"
    ).value
    assert (made["kind"], made["guides"], made["typed"]) == ("broken", ["printing-mobile-print"], True)
    assert cli("notices", "--json").value == [made]
    assert cli("notices").out.startswith("broken printer 2 is out (until ")
    assert cli("notices", "--end", made["id"][-6:]).code == 0
    assert cli("notices", "--json").value == []
    assert "no notices today" in cli("notices").out
    assert "The end of a notice" in cli("undo").out
    assert cli("notices", "--json").value == [made]


def test_words_come_from_standard_input_and_are_masked(cli: Cli) -> None:
    result = cli("notice", "-", "--until", "in 2 h", "--kind", "r", "--json", stdin="ask jo@example.org for the key\n")
    assert (result.value["text"], result.value["kind"]) == ("ask [e-mail] for the key", "rule")


def test_a_wrong_time_guide_or_id_is_a_fault_with_a_cure(cli: Cli) -> None:
    for argv in (
        ("notice", "printer out", "--until", "flurb"),
        ("notice", "printer out", "--until", "in 2 h", "--guide", "printing-mobile-prin"),
        ("notice", "hm", "--until", "in 2 h", "--kind", "gossip"),
        ("notice", "!", "--until", "in 2 h"),
        ("notices", "--end", "nothing"),
        ("pledge", "--adopt", "welcom"),
        ("pledge", "--html", "-"),
    ):
        result = cli(*argv)
        assert result.code == 2, argv
        assert len(result.err.splitlines()) == 2, result.err
    assert cli("notices", "--json").value == []


def test_the_shift_s_status_tells_the_notices_of_today(cli: Cli) -> None:
    cli("notice", "printer 2 is out", "--until", "in 2 h")
    assert "printer 2 is out" in cli("shift", "status").out
    cli("shift", "start")
    status = cli("shift", "status", "--json").value
    assert [each["text"] for each in status["notices"]] == ["printer 2 is out"]
    assert "printer 2 is out" in cli("shift", "status").out


def test_hostile_words_reach_the_terminal_as_plain_text(cli: Cli) -> None:
    cli("notice", "[/] \x1b]0;x\x07 \u202e {x} is stuck", "--until", "in 2 h", "--where", "[@click=app.bell]x[/]")
    for printed in (cli("notices").out, cli("shift", "status").out, cli("handover").out):
        assert "[/] {x} is stuck" in printed
        assert "\x1b" not in printed


def test_what_has_run_out_in_the_file_is_told_as_tidying_up(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "home" / "notices.yaml"
    file.write_text('notices:\n  - {id: old, text: "Gone.", until: 2020-01-01}\n', encoding="utf-8")
    assert cli("notices", "--json").value == []
    doctor = cli("doctor", "--json")
    assert doctor.code == 0
    (finding,) = [each for each in doctor.value if each["check"] == "notices"]
    assert (finding["state"], finding["where"]) == ("note", f"{file}:2:5")
    check = cli("playbooks", "check", "--json")
    assert check.code == 0
    assert [(each["file"], each["severity"]) for each in check.value if "ran out" in each["message"]] == [
        (str(file), "warning")
    ]


def test_a_broken_file_is_told_with_its_place_and_the_rest_serves(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "home" / "notices.yaml"
    file.write_text('notices:\n  - {id: a, text: "Fine."}\n  - {id: b, txt: "No."}\n', encoding="utf-8")
    assert [each["id"] for each in cli("notices", "--json").value] == ["a"]
    assert cli("playbooks", "check").code == 3
    assert any(f"{file}:3:" in each["where"] for each in cli("doctor", "--json").value)


def test_samples_are_shown_until_one_is_adopted_then_it_prints(cli: Cli, tmp_path: Path) -> None:
    samples = cli("pledge", "--json").value
    assert len(samples) == 3
    assert all(each["example"] for each in samples)
    assert "None of these is yours yet" in cli("pledge").out
    assert cli("pledge", "--adopt", samples[1]["id"]).code == 0
    (own,) = cli("pledge", "--json").value
    assert own == {**samples[1], "example": False}
    assert "Sample" not in cli("pledge").out
    page = tmp_path / "pledge.html"
    assert cli("pledge", "--html", str(page)).code == 0
    assert own["visitors"][0] in page.read_text(encoding="utf-8")
    assert cli("pledge", "--adopt", samples[0]["id"]).code == 2
