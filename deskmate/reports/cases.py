"""Which records stand behind a figure: the same rules as the counting, asked the other way round.

A figure is named by a key, `kind:account`, `hour:14`. Of a sensitive contact only those figures know that count it.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from deskmate.model.interaction import Interaction
from deskmate.reports.counting import RULES, Rule, is_reference
from deskmate.reports.places import spot_of

STANDARD: Final = "standard"
"""Figures whose cases a summary knows by their refs: `standard:callback/missed`."""

_Values = Callable[[Interaction], Iterable[str]]


def case_key(figure: str, value: str | int = "") -> str:
    """The key of a figure: its name and, where it has one, the value that was counted."""
    return f"{figure}:{value}"


_ALWAYS: Final[Mapping[str, _Values]] = MappingProxyType(
    {
        "all": lambda _: ("",),
        "sensitive": lambda record: ("",) if record.sensitive else (),
        "entry": lambda record: (record.entry,),
        "kind": lambda record: (record.kind,),
        "strain": lambda record: () if record.sensitive and record.strain == "calm" else (record.strain,),
        "escalated": lambda record: ("",) if record.outcome == "escalated" else (),
        "incidents": lambda record: ("",) if record.incident else (),
        "spot": lambda record: ("\t".join(spot_of(record)),),
    }
)
"""Figures that count sensitive contacts too: name to the values a record has for it."""
_OPENLY: Final[Mapping[str, _Values]] = MappingProxyType(
    {
        "channel": lambda record: (record.channel,),
        "hour": lambda record: (str(record.asked_at.hour),),
        "tension": lambda record: (str(record.asked_at.hour),) if record.strain != "calm" else (),
        "outcome": lambda record: (record.outcome,),
        "read": lambda record: (str(record.read),) if record.read is not None else (),
        "exception": lambda record: (record.authority,),
        "referral": lambda record: (record.referred_to,),
        "playbook": lambda record: (record.playbook,),
        "stopped": lambda record: (record.stopped,),
        "declined": lambda record: ("",) if record.outcome == "declined" else (),
        "offered": lambda record: record.offered if record.outcome == "declined" else (),
        "nothing-offered": lambda record: ("",) if record.outcome == "declined" and not record.offered else (),
    }
)
"""Figures that leave sensitive contacts out."""


def stands_behind(record: Interaction, key: str, rules: Iterable[Rule] = tuple(RULES.values())) -> bool:
    """Whether a record is counted in the figure of a key; estimates and tallies of none never are."""
    figure, _, value = key.partition(":")
    if record.entry == "estimate" or record.count < 1:
        return False
    if figure == "rule":
        return any(rule.name == value and is_reference(record, rule) for rule in rules)
    values = _ALWAYS.get(figure) or (None if record.sensitive else _OPENLY.get(figure))
    return values is not None and value in values(record)
