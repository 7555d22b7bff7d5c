"""HELP by lines: the number and this building's address before anything else."""

from typing import TYPE_CHECKING

from deskmate.desk.live_record import HAPPENED

if TYPE_CHECKING:
    from deskmate.plain.seat import Seat


def help_lines(seat: "Seat") -> list[str]:
    """The page: the number, the address, what to remember, and a digit for each emergency."""
    desk = seat.desk
    emergency = desk.settings.emergency
    rows = [f"HELP. CALL {desk.help_number()}. You call: DeskMate alerts nobody.", f"SAY: {desk.help_address()}"]
    rows += [f"OUT: {emergency.exits}"] if emergency.exits else []
    rows += [f"Remember: {item}" for item in desk.help_memory()]
    return rows + [f"{door.key}. {door.label}" for door in desk.library.help.doors]


def help_page(seat: "Seat") -> bool:
    """Say the page and take one digit.

    Returns:
        True when a digit opened a guide; False when HELP was left.

    Raises:
        GoneError: nobody types any more.
    """
    board, talk = seat.desk.live, seat.talk
    here = board.current if board.current is not None and board.current.goes_on else None
    if here is not None:
        board.act("help")
    talk.say("", *help_lines(seat))
    doors = {door.key: door.open for door in seat.desk.library.help.doors}
    called: list[str] = []
    while typed := talk.ask("HELP: a digit, c when you called, r the times, Enter leaves").lower():
        if typed in doors:
            seat.keep(lambda: board.emergency(doors[typed]))
            return True
        if typed == "c":
            called.append(f"{seat.desk.now():%H:%M} called")
            if here is not None:
                board.act("time", "called")
            talk.say(called[-1])
        elif typed == "r":
            named = [f"{at:%H:%M} {name}" for name, at in here.walk.times] if here is not None else called
            talk.say(*(named or ["No times noted yet."]))
        else:
            talk.say(*help_lines(seat)[:2])
    happened = _happened(seat)
    if here is not None:
        board.act("helped", "yes" if happened else "no")
    elif happened:
        seat.keep(board.happened, HAPPENED)
    return False


def _happened(seat: "Seat") -> bool:
    """Whether it happened: a look at HELP makes no record, an emergency does."""
    while (typed := seat.talk.ask("Did this happen? y keeps a record, n: you only looked").lower()) not in ("y", "n"):
        seat.talk.say("Type y or n.")
    return typed == "y"
