"""The options of the commands for promises and shifts."""

from typing import Final

from deskmate.cli.parser import Parser, json_flag

ID: Final = "as due prints it; its end is enough"


def due(parser: Parser) -> None:
    """The options of `due`."""
    parser.add_argument("--all", action="store_true", help="those further off than a week too")
    parser.add_argument("--mine", metavar="XX", default="", help="only those of these initials, and anyone's")
    json_flag(parser)


def promise(parser: Parser) -> None:
    """The options of `promise`."""
    parser.add_argument("what", nargs="+", metavar="WHAT", help="what is owed, without a name")
    parser.add_argument("--due", required=True, metavar="WHEN", help='"in 20 min", "tomorrow 3pm", "every fri 10:00"')
    parser.add_argument("--contact", metavar="-", help="read a name and number from standard input; kept apart")
    parser.add_argument("--who", metavar="XX", default="", help="initials of who owes it; nobody's: anyone's")
    parser.add_argument("--channel", default="in-person", help="in-person, phone, email ...")
    json_flag(parser)


def done(parser: Parser) -> None:
    """The options of `done`."""
    parser.add_argument("id", metavar="ID", help=ID)
    words = "nobody needs it any more: it counts neither as kept nor as late, and does not come again"
    parser.add_argument("--drop", action="store_true", help=words)
    json_flag(parser)


def snooze(parser: Parser) -> None:
    """The options of `snooze`."""
    parser.add_argument("id", metavar="ID", help=ID)
    parser.add_argument("when", nargs="+", metavar="WHEN", help="in 20 min, tomorrow 3pm, before closing")
    json_flag(parser)


def shift_start(parser: Parser) -> None:
    """The options of `shift start`."""
    parser.add_argument("--staff", metavar="XX", default="", help="your initials; may stay away")
    parser.add_argument("--in-charge", metavar="NAME", default="", help="who is in charge today")
    parser.add_argument("--extension", metavar="N", default="", help="how to reach them")
    json_flag(parser)


def handover(parser: Parser) -> None:
    """The options of `handover`."""
    parser.add_argument("--leave", metavar="TEXT", help="leave a hand-over with these words; - reads standard input")
    parser.add_argument("--accept", metavar="XX", help="accept the one that waits; initials are not a signature")
    parser.add_argument("--read-back", metavar="TEXT", default="", help="what you read back when accepting")
    words = "with --accept: take this promise over, by its id, or all; may be repeated"
    parser.add_argument("--take", metavar="ID", action="append", default=[], help=words)
    json_flag(parser)


def wait(parser: Parser) -> None:
    """The options of `wait`."""
    parser.add_argument("id", metavar="ID", help=ID)
    parser.add_argument("whom", nargs="*", metavar="WHOM", help="IT, the vendor; nobody: no longer waiting")
    json_flag(parser)


def give(parser: Parser) -> None:
    """The options of `give`."""
    parser.add_argument("id", metavar="ID", nargs="?", default="", help=ID)
    parser.add_argument("--to", metavar="XX", default="", help="initials of who gets it; nobody's: anyone's")
    words = "everything that these initials owe, as when somebody has left"
    parser.add_argument("--all-of", metavar="XX", default="", help=words)
    json_flag(parser)


def take(parser: Parser) -> None:
    """The options of `take`."""
    parser.add_argument("id", metavar="ID", help=ID)
    parser.add_argument("staff", metavar="XX", nargs="?", default="", help="your initials; else the shift's")
    json_flag(parser)


def shift_end(parser: Parser) -> None:
    """The options of `shift end`."""
    parser.add_argument("--at", metavar="WHEN", default="", help='when it ended: "17:30", "yesterday 6pm"')
    parser.add_argument("--shift", metavar="ID", default="", help="one that was forgotten, as shift status prints it")
    json_flag(parser)
