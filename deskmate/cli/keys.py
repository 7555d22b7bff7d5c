"""`deskmate keys`: every key of the screens with its command's name, as a library may change it in [keys]."""

from itertools import groupby

from deskmate.cli.output import FAINT
from deskmate.cli.session import Session
from deskmate.screens.commands import COMMANDS
from deskmate.screens.keymap import look_over


def keys(session: Session) -> int:
    """Print what each key does, place by place; 3 when a change in the settings does not serve."""
    desk = session.desk
    keymap = look_over(desk.settings.keys, str(session.places.settings))
    if session.args.json:
        rows = [
            {"id": each.id, "place": each.place, "keys": list(keymap.keys_of(each)), "does": each.help}
            for each in COMMANDS
        ]
        session.out.json({"commands": rows, "wrong": [str(notice) for notice in keymap.notices]})
    else:
        for place, commands in groupby(COMMANDS, key=lambda each: each.place):
            session.out.line((place, FAINT))
            for each in commands:
                session.out.line(f"  {each.id:<19}{keymap.all_of(each) or 'Ctrl+P':<15} {each.help}")
        for notice in keymap.notices:
            session.out.line(str(notice))
    return 3 if keymap.notices else 0
