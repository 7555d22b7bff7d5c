"""The yearly survey over a real log."""

from datetime import timedelta

import pytest

from deskmate.clock import FixedClock
from deskmate.desk.service import Desk
from deskmate.faults import BadUsage


def weeks_of_october(desk: Desk, clock: FixedClock, number: int = 3) -> None:
    """Some weeks with 20 reference and 5 other contacts on each open day, and one estimate."""
    now = clock.now()
    monday = now.replace(month=10, day=5, hour=11)
    for day in range(7 * number):
        at = monday + timedelta(days=day)
        if desk.settings.hours.opening(at.date()):
            clock.set(at)
            desk.entries.tally("reference", 20)
            desk.entries.tally("directional", 5)
    desk.entries.tally("reference", 100, about=True)
    clock.set(now)


def test_a_year_is_estimated_from_its_own_log_and_a_second_look_reads_what_was_rolled_up(
    desk: Desk, clock: FixedClock
) -> None:
    weeks_of_october(desk, clock)
    year = desk.surveys.usual_year()
    for _ in range(2):
        made = desk.surveys.survey(year, dict(desk.surveys.days(year)))
        figures = {figure.rule.name: (figure.number, figure.method) for figure in made.figures}
        assert figures == {"pls": (52 * 120, "ES"), "z39.7": (52 * 120, "ES"), "local": (52 * 120, "ES")}
        assert made.sample[0].contacts == 6 * 25


def test_surveys_ask_for_last_year_until_october_is_over(desk: Desk, clock: FixedClock) -> None:
    assert desk.surveys.usual_year() == 2026
    clock.set(clock.now().replace(month=10))
    assert desk.surveys.usual_year() == 2025


@pytest.mark.parametrize("typed", ["2027", "20x6", "", "12", "９９"])
def test_a_year_that_is_none_is_refused(desk: Desk, typed: str) -> None:
    with pytest.raises(BadUsage, match="no year"):
        desk.surveys.year(typed)
