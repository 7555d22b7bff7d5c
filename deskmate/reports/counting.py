"""What counts as a reference transaction: rule sets over stored facts, so that old days can be counted again.

The standards agree on the core and differ on help with devices and on who decides. DeskMate stores what happened
(kind, whether a source was used, whether something was taught, whether the patron was referred) and each rule set
below derives its own total from that.

Sources: ANSI/NISO Z39.7 section 7.3 as used by ACRL and IPEDS; the IMLS Public Libraries Survey, element 502, as the
state guides of Pennsylvania (FY2024) and of New York's Southern Tier give it; the LIBGIS notes of Hennepin County,
which name requests for a title or an author as reference.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from deskmate.faults import BadUsage
from deskmate.model.interaction import KINDS, Interaction
from deskmate.text.suggest import sentence

SOURCE_KINDS: Final = frozenset(("reference", "readers-advisory", "known-item"))
"""Kinds that cannot be helped without knowing or using an information source; the library's own catalogue is one."""
REFERRAL_KINDS: Final = frozenset((*SOURCE_KINDS, "other"))
"""Kinds where sending the patron on is an answer to an information need, not a pointing finger."""
LOCAL_KINDS: Final = tuple(kind for kind in KINDS if kind != "directional")
"""What the local rule counts until the library chooses: everything but directions."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to decide whether a contact is a reference transaction."""

    name: str
    """What people type: `pls`, `z39.7`, `local`."""
    title: str
    text: str
    """The rule in plain words, printed beside its total."""
    counts: Callable[[Interaction], bool]


@dataclass(frozen=True, slots=True)
class RuleCount:
    """Contacts sorted by one rule. Estimates stand apart: a survey asks if its figure is a count or an estimate."""

    rule: str
    reference: int
    """Counted reference transactions."""
    directional: int
    """Counted contacts of the kind `directional` that are no reference transaction."""
    other: int
    """Counted contacts that are neither."""
    estimated: int
    """Reference transactions that were estimated; not in `reference`."""

    @property
    def method(self) -> str:
        """`CT` when every reference transaction was counted, `ES` when some are estimates (the survey's own codes)."""
        return "ES" if self.estimated else "CT"


def counts_for_pls(record: Interaction) -> bool:
    """The rule of the IMLS Public Libraries Survey, element 502.

    Staff recommend, interpret, evaluate or use information resources; readers' advisory and referral count, and so does
    help from what staff already know of a source. A contact that is both reference and directional is one reference
    transaction, so a used source counts whatever the kind. Equipment, supplies, schedules and policy do not count, nor
    does teaching by itself.
    """
    return record.source_used or record.kind in SOURCE_KINDS or _referred(record)


def counts_for_z39_7(record: Interaction) -> bool:
    """The rule of ANSI/NISO Z39.7 section 7.3, which ACRL, ARL and IPEDS build on.

    Staff know, use, recommend, interpret or teach the use of an information source, referral included. ACRL leaves
    out help with equipment when nothing is taught, so help with a device counts when something was.
    """
    return counts_for_pls(record) or (record.kind == "device" and record.taught)


def local_rule(kinds: Collection[str] = LOCAL_KINDS) -> Rule:
    """The library's own rule: the kinds it chose to count.

    Raises:
        BadUsage: one of the kinds is unknown.
    """
    for kind in kinds:
        if kind not in KINDS:
            raise BadUsage(
                f'"{kind}" is not a kind of contact.', sentence(kind, KINDS) or f"Use one of: {', '.join(KINDS)}."
            )
    chosen = frozenset(kinds)
    named = ", ".join(kind for kind in KINDS if kind in chosen) or "nothing"
    return Rule(
        "local", "Local rule", f"Counts contacts of these kinds: {named}.", lambda record: record.kind in chosen
    )


RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        "pls": Rule(
            "pls",
            "Public Libraries Survey (502)",
            "Counts contacts where staff used, recommended or explained an information source, readers' advisory and "
            "referrals. Directions, equipment, supplies and policy do not count.",
            counts_for_pls,
        ),
        "z39.7": Rule(
            "z39.7",
            "ANSI/NISO Z39.7 (ACRL, IPEDS)",
            "Counts contacts where staff knew, used, recommended, explained or taught an information source, help "
            "with a device when something was taught, and referrals. Directions do not count.",
            counts_for_z39_7,
        ),
        "local": local_rule(),
    }
)
"""The rule sets by name; `local` is the one that serves until a library chooses."""


def rules_of(kinds: Collection[str]) -> tuple[Rule, ...]:
    """The rule sets of a library, whose own rule counts these kinds.

    Raises:
        BadUsage: one of the kinds is unknown.
    """
    return (*(rule for rule in RULES.values() if rule.name != "local"), local_rule(kinds))


def is_reference(record: Interaction, rule: Rule) -> bool:
    """Whether a contact is a reference transaction under a rule.

    Of a sensitive one only its kind is asked: the rest is erased after some days, and the count of a year that was
    handed in must come out the same when it is made again.
    """
    if record.sensitive:
        record = record.with_(source_used=False, taught=False, referred_to="", outcome="answered")
    return rule.counts(record)


def reference_count(records: Iterable[Interaction], rule: Rule) -> RuleCount:
    """Count reference transactions under one rule; a tally of n counts n."""
    reference = directional = other = estimated = 0
    for record in records:
        counts = is_reference(record, rule)
        if record.entry == "estimate":
            estimated += record.count if counts else 0
        elif counts:
            reference += record.count
        elif record.kind == "directional":
            directional += record.count
        else:
            other += record.count
    return RuleCount(rule.name, reference, directional, other, estimated)


def _referred(record: Interaction) -> bool:
    return record.kind in REFERRAL_KINDS and (record.outcome == "referred" or bool(record.referred_to))
