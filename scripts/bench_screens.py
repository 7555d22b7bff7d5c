"""The screens: how long until the Desk is there, until a key is answered, and how much memory it takes."""

from collections.abc import Callable
from functools import partial
from typing import Final

from bench_common import Dose, Figure, middle, percentile, take_turns
from bench_homes import DESK, Home, Stock
from bench_terminal import BARE_MARKS, Program, bare_app, deskmate

DESK_MARKS: Final = (DESK, "HELP", "SAY")
"""The head line, the line of keys and the preview: the first, the last and the latest part of the Desk."""
TYPED: Final = ("guy yelling fine", "priner jam", "wifi slow", "kid lost card", "someone passed out")
ERASE: Final = "\x15"
"""Ctrl+U: the line is empty again."""
BOX_LINE: Final = 2
"""Where the look-up box is on the Desk, counted from 0."""
LIST: Final = slice(4, 22)
LIST_WIDTH: Final = 44
"""Columns of the list; the preview stands right of it."""
START: Final = 1.1
SAME_START: Final = 1.05
ECHO: Final = 10
ANSWER: Final = 15
MEMORY: Final = 1.2
MANY: Final = 1_000


def start(dose: Dose, stock: Stock) -> list[Figure]:
    """First full screen, on homes of several sizes, beside a bare Textual app."""
    sizes = [0, dose.year] + ([dose.decade] if dose.full else [])
    bare = bare_app(stock.folder)
    sides: dict[str, Callable[[], float]] = {"bare": partial(_first_screen, bare, stock.home(0), BARE_MARKS)}
    for size in sizes:
        sides[str(size)] = partial(_first_screen, deskmate(), stock.home(size), DESK_MARKS)
    rounds = dose.times(9, 21)
    found = take_turns(sides, rounds)
    bare_time = middle(found["bare"])
    empty = middle(found["0"])
    figures = []
    for size in sizes:
        value = middle(found[str(size)])
        what = f"first full screen, {size:,} records"
        figures.append(
            Figure(
                part="start", what=what, value=value, unit="ms", n=rounds, beside="bare Textual app", base=bare_time,
                most=START,
            )
        )  # fmt: skip
        if size:
            figures.append(
                Figure(
                    part="start", what=what, value=value, unit="ms", n=rounds, beside="empty log", base=empty,
                    most=SAME_START,
                )
            )  # fmt: skip
    return figures


def _first_screen(command: list[str], home: Home, marks: tuple[str, ...]) -> float:
    with Program(command, home.environment) as program:
        return program.wait_for(*marks)


def keys(dose: Dose, stock: Stock) -> list[Figure]:
    """Key to echo and key to complete list, with the shipped playbooks and with a thousand."""
    return [
        *_keys("shipped playbooks", stock.home(0), dose),
        *_keys(f"{MANY:,} playbooks", stock.with_playbooks(MANY), dose),
    ]


def _keys(name: str, home: Home, dose: Dose) -> list[Figure]:
    echoes: list[float] = []
    lists: list[float] = []
    previews: list[float] = []
    for _ in range(dose.times(1, 6)):
        with Program(deskmate(), home.environment) as program:
            program.wait_for(*DESK_MARKS)
            program.settle()
            for text in TYPED:
                for letter in text:
                    echo, answer, preview = program.press(letter, _box, _list, _preview)
                    if letter != " ":  # a space changes nothing that can be seen in the box
                        echoes.append(echo)
                    lists += [answer] if answer else []
                    previews += [preview] if preview else []
                program.press(ERASE, _box)
    return [
        Figure(
            part="keys", what=f"key to {what}, {name}", value=middle(values), unit="ms", n=len(values), most=most,
            note=f"95 of 100 within {percentile(values, 95):.1f} ms",
        )
        for what, values, most in (
            ("echo", echoes, ECHO), ("complete list", lists, ANSWER), ("complete preview", previews, None)
        )
    ]  # fmt: skip


def _box(lines: list[str]) -> str:
    return lines[BOX_LINE]


def _list(lines: list[str]) -> list[str]:
    return [line[:LIST_WIDTH] for line in lines[LIST]]


def _preview(lines: list[str]) -> list[str]:
    return [line[LIST_WIDTH:] for line in lines[LIST]]


def memory(dose: Dose, stock: Stock) -> list[Figure]:
    """Real memory with the Desk, Shift and Promises opened, over a big log and over none."""
    sides = {str(size): partial(_memory, stock.home(size)) for size in (0, dose.big)}
    rounds = dose.times(3, 7)
    found = take_turns(sides, rounds, warm_up=0)
    if any(value < 0 for values in found.values() for value in values):
        return []  # only Linux tells how much memory another program holds
    what = f"memory, screens open, {dose.big:,} records"
    value, base = middle(found[str(dose.big)]), middle(found["0"])
    return [
        Figure(part="memory", what=what, value=value, unit="MB", n=rounds, beside="empty log", base=base, most=MEMORY)
    ]


def _memory(home: Home) -> float:
    with Program(deskmate(), home.environment) as program:
        program.wait_for(*DESK_MARKS)
        program.settle()
        for key in "#", "\x1b", "*", "\x1b":
            program.press(key, _box)
            program.settle()
        held = program.memory()
    return -1.0 if held is None else held
