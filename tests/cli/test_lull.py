"""`deskmate lull`, an hour that had nobody, and an estimate."""

import io
import json
from argparse import Namespace

from deskmate.cli.lull import lull
from deskmate.cli.output import Output
from deskmate.cli.session import Session
from deskmate.clock import FixedClock
from deskmate.desk.service import Desk
from deskmate.places import Places
from tests.cli.running import Cli
from tests.desk.test_lull import weeks


def test_lull_names_the_hour_and_the_command_that_fills_it(places: Places, clock: FixedClock) -> None:
    out = io.StringIO()

    def told(**options: bool) -> str:
        out.truncate(out.seek(0))
        args = Namespace(**{"never": False, "again": False, "json": False, **options})
        session = Session(args, Output(out, io.StringIO(), colour=False), places, {}, clock)
        assert lull(session) == 0
        session.desk.close()
        return out.getvalue()

    assert "from 8 weeks" in told()
    desk = Desk(places, clock, environment={})
    weeks(desk, clock)
    assert "13-14: nothing logged, usually 9. Add them: deskmate tally KIND N --at 13:30" in told()
    assert json.loads(told(json=True))["hour"] == {"start": "2026-11-18T13:00:00-05:00", "logged": None, "usual": 9}
    desk.entries.nobody_came(clock.now().replace(hour=13, minute=30))
    desk.close()
    assert "No hour of this shift" in told()


def test_lull_switches_the_question_off_and_on(cli: Cli) -> None:
    assert "does not ask" in cli("lull", "--never").out
    assert cli("lull", "--json").value["asks"] is False
    assert "does not ask" not in cli("lull", "--again").out


def test_an_hour_that_had_nobody_and_an_estimate_go_out_and_come_back(cli: Cli, places: Places) -> None:
    cli("tally", "nobody", "--at", "yesterday 4pm")
    assert "about 6" in cli("tally", "directional", "6", "--about").out
    for name in ("log.csv", "log.jsonl"):
        cli("export", str(places.home / name))
        told = cli("log", "--import", str(places.home / name), "--dry-run", "--json")
        assert told.code == 0, told.err
        assert told.value["known"] == 2


def test_survey_counts_a_year_and_refuses_one_to_come(cli: Cli) -> None:
    assert "nothing to multiply" in " ".join(cli("survey").out.split())
    assert cli("survey", "2020", "--quarters", "--json").value["figures"] == {}
    assert cli("survey", "9999").code == 2
