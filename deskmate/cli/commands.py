"""Every command of the command line, declared once: its options are made only when it runs or is asked for help."""

from argparse import Action
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from deskmate.cli import desk_options
from deskmate.cli.parser import Parser
from deskmate.cli.parser import json_flag as _json
from deskmate.faults import BadUsage

SCREENS: Final = ""
"""The name of the command that is not named: the screens."""
FORMATS: Final = ("text", "json", "md", "html", "csv")
IMPORTS: Final = ("jsonl", "csv", "gimlet", "libstats", "libanswers", "suma")
EXPORTS: Final = (*IMPORTS, "ics")
RULES: Final = ("pls", "z39.7", "local")


@dataclass(frozen=True, slots=True)
class Command:
    """One command."""

    usage: str
    """What follows its name, for the overview."""
    does: str
    """What it does, in a few words."""
    family: str
    """The module of `deskmate.cli` that holds it."""
    call: str
    """The function there; it takes the session and returns the exit code."""
    declare: Callable[[Parser], object]
    """Adds its options to a parser."""
    writes: bool = False
    """Whether it may be the first thing ever done here, so that the settings file is written."""


def _one_of(name: str, options: Sequence[str]) -> Callable[[str], str]:
    """An option's type: one of some words."""

    def read(typed: str) -> str:
        word = typed.strip().lower()
        if word in options:
            return word
        from deskmate.text.suggest import sentence

        raise BadUsage(f'There is no {name} "{typed}".', sentence(word, options) or f"Use {', '.join(options)}.")

    return read


def _number(least: int, most: int) -> Callable[[str], int]:
    """An option's type: a whole number in a range."""

    def read(typed: str) -> int:
        if typed.isascii() and typed.isdigit() and least <= int(typed[:9]) <= most:
            return int(typed[:9])
        raise BadUsage(f'"{typed}" is no whole number from {least} to {most}.', "Give one in this range.")

    return read


def _flag(parser: Parser, name: str, words: str) -> Action:
    return parser.add_argument(name, action="store_true", help=words)


def _nothing(_parser: Parser) -> None:
    """A command without options of its own."""


# -- one function a command, in the families of the modules ----------------------------------------------------------


def _find(parser: Parser) -> None:
    parser.add_argument("words", nargs="+", metavar="WORDS", help="what you see or were asked, in your own words")
    parser.add_argument("--limit", type=_number(1, 100), default=8, metavar="N", help="at most so many (8)")
    _json(parser)


def _show(parser: Parser) -> None:
    parser.add_argument("id", metavar="ID", help="as find prints it: angry-patron, fact:hours")
    parser.add_argument("--step", metavar="S", help="one step only")
    _json(parser)


def _log(parser: Parser) -> None:
    from deskmate.model.interaction import CHANNELS, KINDS, OUTCOMES, STRAINS

    lists = {"--channel": CHANNELS, "--kind": KINDS, "--strain": STRAINS, "--outcome": OUTCOMES}
    for name, values in lists.items():
        parser.add_argument(name, metavar=name[2:].upper(), help=", ".join(values))
    parser.add_argument("--read", metavar="1-6", help="how much skill it took (READ scale)")
    parser.add_argument("--minutes", metavar="N", type=_number(0, 1440), help="how long it took")
    parser.add_argument("--count", metavar="N", help="how many such contacts (1)")
    parser.add_argument("--at", metavar="WHEN", help='when it was: "20m ago", "10:15", "yesterday 4pm"')
    parser.add_argument("--place", help="where in the building")
    _flag(parser, "--taught", "you taught something")
    _flag(parser, "--source-used", "you used or named an information source")
    parser.add_argument("--offered", metavar="TEXT", action="append", help="what a refusal offered; may be repeated")
    parser.add_argument("--authority", metavar="TEXT", help="what you decided alone, as an exception")
    parser.add_argument("--referred-to", metavar="TEXT", help="where you sent them")
    _flag(parser, "--incident", "it was an incident")
    parser.add_argument("--playbook", metavar="ID", help="the playbook that was used")
    parser.add_argument("--tag", metavar="TEXT", action="append", help="may be repeated")
    parser.add_argument("--note", metavar="-", help="a note, without names; - asks for it, out of the shell's history")
    _flag(parser, "--keep-private", "do not mask what looks like private data")
    parser.add_argument("--staff", metavar="XX", help="initials, where the library keeps them")
    _json(parser)
    group = parser.add_argument_group("many at once, from a file")
    group.add_argument("--import", dest="source", metavar="FILE", help="take in every record of it, or none; - reads")
    group.add_argument("--format", type=_one_of("format", IMPORTS), help=f"{', '.join(IMPORTS)}; else by its head")
    group.add_argument("--mapping", metavar="FILE", default="", help="a mapping file of yours, as in data/mappings")
    group.add_argument("--dry-run", action="store_true", help="read and check it all, write nothing")


def _tally(parser: Parser) -> None:
    kinds = "directional, device, account ...; its beginning is enough; nobody: nobody came"
    parser.add_argument("kind", metavar="KIND", help=kinds)
    parser.add_argument("count", metavar="N", nargs="?", default="1", help="how many (1)")
    parser.add_argument("--channel", default="in-person", help="in-person, phone, email ...")
    parser.add_argument("--at", metavar="WHEN", help='when it was: "20m ago"')
    _flag(parser, "--about", "nobody counted them: keep the number as an estimate")
    _json(parser)


def _lull(parser: Parser) -> None:
    _flag(parser, "--never", "never ask about such an hour at this desk")
    _flag(parser, "--again", "ask again")
    _json(parser)


def _notices(parser: Parser) -> None:
    parser.add_argument("--end", metavar="ID", default="", help="this one is mended or not needed any more")
    _json(parser)


def _notice(parser: Parser) -> None:
    parser.add_argument("words", nargs="+", metavar="TEXT", help="one sentence, without names; - reads standard input")
    parser.add_argument("--until", metavar="WHEN", default="", help='"3pm", "tomorrow noon"; without it closing')
    parser.add_argument("--kind", metavar="KIND", default="", help="broken, news or rule; else told from the words")
    parser.add_argument("--where", metavar="TEXT", default="", help="where in the building")
    parser.add_argument("--guide", metavar="ID", action="append", help="a guide that shows it; may be repeated")
    _json(parser)


def _pledge(parser: Parser) -> None:
    parser.add_argument("--html", metavar="FILE", default="", help="write it for the printer; - is standard output")
    parser.add_argument("--adopt", metavar="ID", default="", help="make a sample this library's own")
    _json(parser)


def _feedback(parser: Parser) -> None:
    parser.add_argument("--kind", metavar="KIND", default="", help="complaint, suggestion, refusal, kudos or wish")
    _flag(parser, "--restricted", "the words about colleagues too")
    _period(parser)
    _json(parser)


def _feedback_add(parser: Parser) -> None:
    parser.add_argument("kind", metavar="KIND", help="complaint, suggestion, refusal or kudos; its beginning is enough")
    parser.add_argument("--text", required=True, metavar="-", help="the issue, no names; - reads standard input")
    parser.add_argument("--theme", metavar="T", default="", help="what it is about: one of themes in the settings")
    parser.add_argument("--offered", metavar="TEXT", default="", help="what a refusal offered instead")
    answers = ("yes", "no")
    words = "it is about a colleague: yes or no; else told from the words"
    parser.add_argument("--colleague", type=_one_of("answer", answers), metavar="yes|no", help=words)
    parser.add_argument("--about", metavar="ID", default="", help="the record of the contact, as log prints it")
    _json(parser)


def _feedback_answer(parser: Parser) -> None:
    parser.add_argument("ref", metavar="REF", help="as feedback prints it")
    parser.add_argument("--text", required=True, metavar="-", help="what was done; - reads standard input")
    _json(parser)


def _period(parser: Parser) -> None:
    parser.add_argument("--from", dest="first", metavar="DAY", help="2026-11-22, today or yesterday")
    parser.add_argument("--to", dest="last", metavar="DAY", help="the last day; without it today")


def _summary(parser: Parser) -> None:
    when = "last month, this week, 2026-10, 2026, a day; else the shift"
    parser.add_argument("when", metavar="WHEN", nargs="*", help=when)
    parser.add_argument("--shift", metavar="ID", help="a shift, as shift status prints it")
    _period(parser)
    parser.add_argument("--format", type=_one_of("format", FORMATS), default="text", help=", ".join(FORMATS))
    parser.add_argument("--rules", type=_one_of("rule set", RULES), help=f"count by one only: {', '.join(RULES)}")
    parser.add_argument("--branch", metavar="NAME", default="", help="only this branch")
    parser.add_argument("--desk", metavar="NAME", default="", help="only this desk")
    _flag(parser, "--compare", "beside the period just before")


def _survey(parser: Parser) -> None:
    parser.add_argument("year", metavar="YEAR", nargs="?", default="", help="without it the year surveys ask for now")
    _flag(parser, "--quarters", "a typical week of each quarter, instead of one of the year")
    _json(parser)


def _export(parser: Parser) -> None:
    parser.add_argument("file", metavar="FILE", help="where to; - is standard output")
    parser.add_argument("--format", type=_one_of("format", EXPORTS), help=f"{', '.join(EXPORTS)}; else by the name")
    _period(parser)
    _flag(parser, "--with-staff", "initials too; they are left out otherwise")


def _backup(parser: Parser) -> None:
    parser.add_argument("file", metavar="FILE", nargs="?", default="", help="where to, outside the home: one file")
    _flag(parser, "--without-contacts", "leave out contacts and incidents")
    _flag(parser, "--list", "tell where back-ups were made, and whether they are still there")
    _json(parser)


def _restore(parser: Parser) -> None:
    parser.add_argument("file", metavar="FILE", help="a file that backup wrote")
    parser.add_argument("--into", metavar="DIR", default="", help="another home than the one in use")
    _flag(parser, "--merge", "add what is missing to a log that is there, without contacts")
    _flag(parser, "--check", "only look whether the file is whole")
    _json(parser)


def _check(parser: Parser) -> None:
    parser.add_argument("path", metavar="PATH", nargs="?", help="one file or folder; without it all")
    _json(parser)


def _print(parser: Parser) -> None:
    _flag(parser, "--urgent", "emergency and urgent ones only")
    parser.add_argument("--output", metavar="FILE", default="-", help="where to; without it, or -, standard output")


def _learn(parser: Parser) -> None:
    parser.add_argument("id", metavar="ID", help="what the words mean: angry-patron, fact:hours-today")
    parser.add_argument("words", nargs="+", metavar="WORDS", help="as staff type them, without names")


def _forget(parser: Parser) -> None:
    parser.add_argument("words", nargs="+", metavar="WORDS", help="as playbooks phrases prints them")


def _wishes(parser: Parser) -> None:
    parser.add_argument("--met", metavar="WORDS", default="", help="there is a guide for these words now")
    _json(parser)


def _card(parser: Parser) -> None:
    parser.add_argument("id", metavar="ID", nargs="?", default="", help="as --list prints it: need, wait, yes-no")
    parser.add_argument("--language", metavar="L", default="en", help="fr, es, zh-hans ...; without it English")
    parser.add_argument("--html", metavar="FILE", help="write it as a page for a browser, in very large letters")
    _flag(parser, "--list", "every card, and which languages are on")
    _json(parser)


def _sweep(parser: Parser) -> None:
    _flag(parser, "--dry-run", "only tell what would go")
    _json(parser)


def _hold(parser: Parser) -> None:
    states = ("on", "off", "status")
    parser.add_argument("state", nargs="?", default="status", type=_one_of("state", states), metavar="on|off|status")
    _json(parser)


def _erase(parser: Parser) -> None:
    ref = "the id of a contact, shift or piece of feedback, or a learned phrase"
    parser.add_argument("ref", nargs="+", metavar="REF", help=ref)
    only = "only this: note, offered, promise, handover ..."
    parser.add_argument("--field", metavar="NAME", action="append", help=only)
    _flag(parser, "--yes", "do not ask; for scripts")
    _json(parser)


def _incident_new(parser: Parser) -> None:
    parser.add_argument("--at", metavar="WHEN", help='when it was: "20m ago", "10:15"; else it is asked')
    parser.add_argument("--about", metavar="ID", help="the record of the contact, as log and due print it")
    _flag(parser, "--final", "nothing more is to come")
    _flag(parser, "--keep-private", "keep names and numbers: only where the library needs them")


def _incident_show(parser: Parser) -> None:
    parser.add_argument("id", metavar="ID", help="as incident list prints it; its end is enough")
    _json(parser)


def _incident_add(parser: Parser) -> None:
    parser.add_argument("id", metavar="ID", help="as incident list prints it; its end is enough")
    parser.add_argument("--staff", metavar="XX", default="", help="your initials")
    _flag(parser, "--final", "make a draft final; standard input may then be empty")
    _flag(parser, "--keep-private", "keep names and numbers: only where the library needs them")


def _incident_export(parser: Parser) -> None:
    parser.add_argument("file", metavar="FILE", help="where to; - is standard output")
    parser.add_argument("--id", metavar="ID", default="", help="only this one; else every final one")
    parser.add_argument("--format", type=_one_of("format", ("text", "json")), help="text or json; else by the name")


def _incident_erase(parser: Parser) -> None:
    parser.add_argument("id", metavar="ID", nargs="?", default="", help="as incident list prints it")
    _flag(parser, "--over", "all that are past the period in the settings")
    _flag(parser, "--unexported", "also what was never exported as it is now")
    _flag(parser, "--yes", "do not ask; for scripts")


def _doctor(parser: Parser) -> None:
    _flag(parser, "--mend", "repair what can be repaired, and close what others can open; nothing is lost by it")
    _json(parser)


def _practice(parser: Parser) -> None:
    parser.add_argument("id", metavar="ID", nargs="?", default="", help="a playbook's id, or playbook/scene")
    _flag(parser, "--list", "every scene that can be rehearsed")
    _json(parser)


COMMANDS: Final[Mapping[str, Command]] = {
    "find": Command("WORDS...", "what to say and do, by what you see", "find", "find", _find),
    "show": Command("ID", "a playbook, fact or directory line as text", "lookup", "show", _show),
    "card": Command("ID [--language L]", "a card to turn to a patron, or --list", "card", "card", _card),
    "practice": Command("[ID]", "rehearse a playbook; nothing is logged", "practice", "practice", _practice),
    "log": Command("[...]", "log one contact; every field has an option", "entries", "log", _log, writes=True),
    "tally": Command("KIND [N]", "count contacts of a kind", "entries", "tally", _tally, writes=True),
    "lull": Command("", "an hour that looks forgotten", "lull", "lull", _lull),
    "undo": Command("", "take back the last thing done here", "entries", "undo", _json),
    "due": Command("", "what is owed, and when", "promises", "due", desk_options.due),
    "promise": Command(
        "WHAT --due WHEN", "promise something", "promises", "promise", desk_options.promise, writes=True
    ),
    "done": Command("ID", "a promise was kept, or dropped", "promises", "done", desk_options.done),
    "snooze": Command("ID WHEN", "give a promise a later time", "promises", "snooze", desk_options.snooze),
    "wait": Command("ID [WHOM]", "somebody else moves next", "promises", "wait", desk_options.wait),
    "give": Command("ID [--to XX]", "hand a promise over", "promises", "give", desk_options.give),
    "take": Command("ID [XX]", "take a promise over", "promises", "take", desk_options.take),
    "shift start": Command("", "begin a shift at this desk", "shifts", "start", desk_options.shift_start, writes=True),
    "shift end": Command("[--at WHEN]", "end it, or a forgotten one", "shifts", "end", desk_options.shift_end),
    "shift status": Command("", "whether one is running", "shifts", "status", _json),
    "handover": Command("", "read, leave or accept a hand-over", "shifts", "handover", desk_options.handover),
    "notices": Command("", "what is broken today, and the news", "notices", "notices", _notices),
    "notice": Command("TEXT --until WHEN", "tell every desk something", "notices", "notice", _notice, writes=True),
    "pledge": Command("", "what visitors can count on", "notices", "pledge", _pledge),
    "feedback": Command("[--kind KIND]", "what patrons said, and the answers", "feedback", "feedback", _feedback),
    "feedback add": Command("KIND --text -", "write one down", "feedback", "add", _feedback_add, writes=True),
    "feedback answer": Command("REF --text -", "say what was done", "feedback", "answer", _feedback_answer),
    "summary": Command("[WHEN]", "what came, how hard, what is open", "summaries", "summary", _summary),
    "survey": Command("[YEAR]", "a year's reference count, or its typical week times 52", "survey", "survey", _survey),
    "export": Command("FILE", "the records, for another program too", "export", "export", _export),
    "backup": Command("FILE", "everything of this home as one file", "backup", "backup", _backup),
    "restore": Command("FILE", "bring a back-up back, checked first", "backup", "restore", _restore),
    "playbooks list": Command("", "every playbook by id", "playbooks", "list_all", _json),
    "playbooks check": Command("[PATH]", "every fault of the content files", "playbooks", "check", _check),
    "playbooks print": Command("[--urgent]", "a binder for paper, as one HTML page", "playbooks", "print_all", _print),
    "playbooks learn": Command("ID WORDS...", "let words find a playbook", "learning", "learn", _learn, writes=True),
    "playbooks forget": Command("WORDS...", "let them mean nothing again", "learning", "forget", _forget),
    "playbooks phrases": Command("", "what the look-up learned here", "learning", "phrases", _json),
    "playbooks wishes": Command("", "words for which no guide fitted", "learning", "wishes", _wishes),
    "privacy show": Command("", "what is kept about whom, and until when", "privacy", "show", _json),
    "privacy sweep": Command("[--dry-run]", "erase what is over its period", "privacy", "sweep", _sweep),
    "privacy hold": Command("on|off|status", "a legal hold stops all erasing", "privacy", "hold", _hold, writes=True),
    "erase": Command("REF", "erase a text for good, in every version", "privacy", "erase", _erase),
    "incident new": Command("", "write a report", "incident", "new", _incident_new, writes=True),
    "incident list": Command("", "how many, and of which days", "incident", "list_all", _json),
    "incident show": Command("ID", "one report", "incident", "show", _incident_show),
    "incident add": Command("ID", "add to a report, or make it final", "incident", "add", _incident_add),
    "incident export": Command("FILE", "final reports as text or JSON", "incident", "export", _incident_export),
    "incident erase": Command("ID", "erase for good, in every version", "incident", "erase", _incident_erase),
    "incident protect": Command("", "set or change the code that reads them", "incident", "protect", _nothing),
    "incident unprotect": Command("", "take the code off", "incident", "unprotect", _nothing),
    "keys": Command("", "every key of the screens, and its name", "keys", "keys", _json),
    "doctor": Command("[--mend]", "what is wrong here, and the cure", "care", "doctor", _doctor),
    "paths": Command("", "where everything lives", "care", "paths", _json),
}
"""Every command by its name of one word or two."""
OPEN_SCREENS: Final = Command("", "open the screens", "screens", "open_screens", _nothing)
