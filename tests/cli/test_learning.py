"""`playbooks learn`, `forget`, `phrases`, `wishes`, and what `find` says when it is not sure."""

from deskmate.desk.service import Desk
from tests.cli.running import Cli


def test_learned_words_are_found_by_the_next_command(cli: Cli) -> None:
    assert cli("playbooks", "learn", "holds-pickup", "zorbing", "about", "her", "place").code == 0
    assert cli("find", "zorbing about her place", "--json").value[0]["id"] == "holds-pickup"
    assert cli("playbooks", "phrases", "--json").value == {"holds-pickup": ["zorbing about her place"]}
    assert "  zorbing about her place" in cli("playbooks", "phrases").out.splitlines()
    assert cli("playbooks", "forget", "zorbing about her place").code == 0
    assert cli("playbooks", "phrases", "--json").value == {}


def test_an_id_that_is_none_is_told_with_the_nearest(cli: Cli) -> None:
    result = cli("playbooks", "learn", "hold-pickup", "her", "place")
    assert result.code == 2
    assert 'Did you mean "holds-pickup"?' in result.err
    assert cli("playbooks", "learn", "fact:nothing", "her", "place").code == 2


def test_wishes_are_listed_and_met(cli: Cli, desk: Desk) -> None:
    desk.learning.wish("wants a kiln")
    assert [each["words"] for each in cli("playbooks", "wishes", "--json").value] == ["wants a kiln"]
    assert "wants a kiln" in cli("playbooks", "wishes").out
    assert cli("playbooks", "wishes", "--met", "wants a kiln").code == 0
    assert cli("playbooks", "wishes").out == "No wishes are open.\n"
    assert cli("playbooks", "wishes", "--met", "wants a kiln").code == 2


def test_a_guess_is_called_one(cli: Cli) -> None:
    assert cli("find", "zzqx", "wvvk").out.startswith("Not sure. The nearest:")
    found = cli("find", "zzqx wvvk", "--json").value
    assert all(each["guess"] for each in found)
    assert "i-can-find-out" in [each["id"] for each in found]


def test_what_fits_is_not_called_a_guess(cli: Cli) -> None:
    first = cli("find", "wifi password", "--json").value[0]
    assert not first["guess"]
    assert "Not sure" not in cli("find", "wifi password").out
