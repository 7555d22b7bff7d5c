"""`find` and `show`."""

import pytest

from deskmate.desk.answers import first_say
from deskmate.desk.service import Desk
from deskmate.places import Places
from deskmate.playbooks import view
from deskmate.playbooks.library import AT_THE_DESK
from tests.cli.running import Cli, process

KEYS = ["id", "title", "category", "urgency", "score", "matched", "confident", "guess", "say"]


def test_find_prints_one_json_list_with_exactly_these_fields(cli: Cli) -> None:
    result = cli("find", "guy", "yelling", "about", "his", "fine", "--json")
    assert result.code == 0
    assert result.err == ""
    assert [list(each) for each in result.value] == [KEYS] * len(result.value)
    first = result.value[0]
    assert first["id"] == "angry-patron"
    assert first["say"]
    assert isinstance(first["score"], float)
    assert isinstance(first["matched"], list)
    scores = [each["score"] for each in result.value]
    assert scores == sorted(scores, reverse=True)


def test_find_prints_rank_title_id_reason_and_first_line(cli: Cli) -> None:
    lines = cli("find", "guy yelling about his fine").out.splitlines()
    assert "1  URGENT Angry or abusive patron  (angry-patron)" in lines[0]
    assert lines[1].startswith("    say: ")
    assert lines[2].startswith("    why: ")
    assert "\x1b" not in "".join(lines)


def test_find_tells_a_fact_with_its_answer(cli: Cli, desk: Desk) -> None:
    fact = desk.library.facts[0]
    found = cli("find", *fact.question.split(), "--json").value
    hit = next(each for each in found if each["id"] == f"fact:{fact.id}")
    assert hit["category"] == "fact"
    assert hit["say"] == " ".join(fact.answer.split())


def test_options_may_stand_between_the_words(cli: Cli) -> None:
    found = cli("find", "guy", "--json", "yelling", "--limit", "2", "fine").value
    assert len(found) == 2
    assert found == cli("find", "guy", "yelling", "fine", "--limit", "2", "--json").value


def test_words_after_two_dashes_are_never_options(cli: Cli) -> None:
    result = cli("find", "--json", "--", "--limit", "yelling")
    assert result.code == 0
    assert "angry-patron" in [each["id"] for each in result.value]


@pytest.mark.parametrize("limit", ["0", "-1", "many", "101", "²"])
def test_a_limit_that_is_none_is_refused(cli: Cli, limit: str) -> None:
    result = cli("find", "fine", f"--limit={limit}")
    assert (result.code, result.out) == (2, "")
    assert "no whole number from 1 to 100" in result.err


def test_find_and_help_write_nothing_to_a_home_that_is_not_there(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("fresh")
    places = Places(home=folder / "home", state=folder / "state", data=folder)
    assert process(places, "find", "fine").code == 0
    assert process(places, "show", "angry-patron").code == 0
    assert process(places, "--help").code == 0
    assert not places.home.exists()


def test_the_first_sentence_is_the_one_the_guide_would_say(desk: Desk) -> None:
    values = desk.settings.variables()
    for head in desk.library.heads:
        book = desk.library.playbook(head.id)
        assert first_say(head.say, values) == view.first_say(book, values, AT_THE_DESK)


def test_show_prints_the_playbook_or_one_step(cli: Cli) -> None:
    whole = cli("show", "angry-patron").out
    assert whole.startswith("Angry or abusive patron (angry-patron)\n")
    assert "[open]" in whole
    step = cli("show", "angry-patron", "--step", "open").out
    assert "[open]" in step
    assert len(step) < len(whole)


def test_show_as_json_has_every_step_and_no_raw_name(cli: Cli) -> None:
    result = cli("show", "angry-patron", "--json")
    assert result.value["id"] == "angry-patron"
    assert result.value["steps"][0]["say"]
    assert "$emergency_number" not in result.out
    one = cli("show", "angry-patron", "--step", "open", "--json").value
    assert [step["id"] for step in one["steps"]] == ["open"]


def test_every_playbook_shows_as_text_and_as_json(cli: Cli, desk: Desk) -> None:
    for name in desk.library.playbooks:
        assert cli("show", name).code == 0
        assert cli("show", name, "--json").value["id"] == name


def test_show_tells_a_fact_and_a_directory_line(cli: Cli, desk: Desk) -> None:
    fact = desk.library.facts[0]
    assert fact.question in cli("show", f"fact:{fact.id}").out
    assert cli("show", f"fact:{fact.id}", "--json").value["text"] == fact.answer
    entry = desk.answers.directory()[0]
    assert entry.name in cli("show", f"directory:{entry.id}").out


def test_a_wrong_id_or_step_gets_a_did_you_mean(cli: Cli) -> None:
    book = cli("show", "angry-patrn")
    assert (book.code, book.out) == (2, "")
    assert 'Did you mean "angry-patron"?' in book.err
    step = cli("show", "angry-patron", "--step", "opne")
    assert step.code == 2
    assert 'Did you mean "open"?' in step.err
    assert cli("show", "fact:nothing-such").code == 2
