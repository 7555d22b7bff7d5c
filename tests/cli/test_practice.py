"""`deskmate practice`: the list, and what is refused before a screen opens."""

from pathlib import Path

from deskmate.places import Places
from tests.cli.running import Cli
from tests.terminal.real_terminal import Terminal


def test_the_list_names_every_scene_below_its_guide(cli: Cli) -> None:
    told = cli("practice", "--list")
    assert told.code == 0
    assert "Angry or abusive patron [urgent]" in told.out
    assert "  angry-patron/twenty-minutes " in told.out


def test_the_list_as_json(cli: Cli) -> None:
    value = cli("practice", "--list", "--json").value
    assert len(value) > 90
    assert {"id", "playbook", "title", "category", "urgency", "who", "channel", "steps"} == set(value[0])
    assert value[0]["urgency"] == "emergency"


def test_an_unknown_id_is_refused_with_the_nearest(cli: Cli) -> None:
    told = cli("practice", "angri-patron")
    assert told.code == 2
    assert told.err.splitlines() == ['There is no scene "angri-patron".', 'Did you mean "angry-patron"?']


def test_json_without_list_and_list_with_an_id_are_refused(cli: Cli) -> None:
    assert cli("practice", "--json").code == 2
    assert cli("practice", "angry-patron", "--list").code == 2


def test_without_a_terminal_the_screens_are_refused(cli: Cli) -> None:
    assert "need a terminal" in cli("practice", "angry-patron").err


def test_it_opens_on_the_scene_in_a_real_terminal_and_leaves_no_record(tmp_path: Path) -> None:
    with Terminal(tmp_path / "home", arguments=("practice", "angry-patron")) as terminal:
        terminal.wait_for("PRACTICE · A man in a wet coat")
        terminal.keys("\r 1")
        terminal.wait_for("Nobody ever listens here")
        terminal.keys("e")
        terminal.wait_for("WENT WELL")
        terminal.keys("\x11")
        assert terminal.wait_for_end() == 0
    assert not list((tmp_path / "home").rglob("*.jsonl"))


def test_without_an_id_it_opens_on_the_list(tmp_path: Path) -> None:
    with Terminal(tmp_path / "home", arguments=("practice",)) as terminal:
        terminal.wait_for("Surprise me")
        terminal.keys("\x11")
        assert terminal.wait_for_end() == 0


def test_checking_one_scene_file_tells_its_faults(cli: Cli, places: Places) -> None:
    places.practice.mkdir()
    own = places.practice / "angry-patron.yaml"
    own.write_text('scenes:\n  mine:\n    who: "A man"\n    turns:\n      opn: {patron: "Hey!"}\n', encoding="utf-8")
    told = cli("playbooks", "check", str(own))
    assert told.code == 3
    assert f'{own}:5:7: angry-patron has no step "opn". Did you mean "open"?' in told.out
