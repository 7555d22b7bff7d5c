"""What may reach a terminal."""

import io
import json
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.cli.output import BOLD, Output, make_output
from deskmate.clock import SystemClock
from deskmate.desk.service import Desk
from deskmate.places import Places
from tests.cli.running import Cli

FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Tty(io.StringIO):
    """A terminal in memory."""

    def isatty(self) -> bool:
        return True


def printed(write: Callable[[Output], None], *, colour: bool = False) -> tuple[str, str]:
    out, err = Tty(), Tty()
    write(Output(out, err, colour=colour))
    return out.getvalue(), err.getvalue()


@given(st.text())
def test_no_text_reaches_a_terminal_with_what_a_terminal_would_act_on(text: str) -> None:
    for write in (
        lambda out: out.line(text, (text, BOLD)),
        lambda out: out.text(text),
        lambda out: out.json({"text": text, text: [text]}),
        lambda out: out.raw([text]),
        lambda out: out.note(text),
        lambda out: out.ask(text),
        lambda out: out.fault(text, text),
    ):
        assert not FORBIDDEN.search("".join(printed(write)))


@given(st.text())
def test_a_line_stays_one_line_and_json_one_value(text: str) -> None:
    out, _ = printed(lambda output: output.line(text))
    assert out.count("\n") == 1
    out, _ = printed(lambda output: output.json({"text": text}))
    assert json.loads(out) == {"text": text}


def test_styles_are_used_only_where_colours_are_wanted() -> None:
    assert printed(lambda out: out.line(("title", BOLD)), colour=True)[0] == "\x1b[1mtitle\x1b[0m\n"
    assert printed(lambda out: out.line(("title", BOLD)))[0] == "title\n"


@pytest.mark.parametrize(
    ("environment", "no_color", "coloured"),
    [({}, False, True), ({"NO_COLOR": "1"}, False, False), ({"TERM": "dumb"}, False, False), ({}, True, False)],
)
def test_no_color_in_every_form(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], no_color: bool, coloured: bool
) -> None:
    monkeypatch.setattr("sys.stdout", Tty())
    out = make_output(environment, no_color=no_color)
    assert ("\x1b" in out.styled("title", BOLD)) is coloured


def test_a_pipe_gets_no_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", io.StringIO())
    assert make_output({}, no_color=False).styled("title", BOLD) == "title"


def test_a_stream_that_the_shell_closed_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", None)
    make_output({}, no_color=False).line("nobody reads this")


def test_what_another_program_wrote_into_the_log_is_cleaned_on_its_way_out(cli: Cli, places: Places) -> None:
    desk = Desk(places, SystemClock(), environment={})
    drafted, _ = desk.promises.draft("call back", "in 20 min")
    record = desk.promises.make(drafted)
    desk.log.change(record.with_(promise=drafted.with_(what="call\x1b[2J\x07 back\u202e", who="\x9b31mXX")))
    desk.close()
    assert "call back" in (text := cli("due").out)
    assert not FORBIDDEN.search(text)
    value = cli("due", "--json")
    assert not FORBIDDEN.search(value.out)
    assert value.value[0]["what"] == "call\x1b[2J\x07 back\u202e"
