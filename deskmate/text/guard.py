"""Private data in a note: found by rules while it is typed, masked when it is saved.

Rules cannot find everything: a bare first name looks like any word. They mask too much rather than too little, and
leave alone what a desk writes all day: item barcodes, ISBNs, call numbers, due dates, prices.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

CARD: Final = "card number"
"""A patron's barcode: 14 digits that start with 2 (the Codabar layout libraries share; 3 is an item's)."""
MISTYPED_CARD: Final = "card number?"
"""Shaped like a patron's barcode, but its check digit is wrong: worth a look, not masked."""
PAYMENT: Final = "payment card"
PHONE: Final = "phone"
EMAIL: Final = "e-mail"
BIRTH: Final = "birth date"
NATIONAL: Final = "national number"
ADDRESS: Final = "address"
NAME: Final = "name"
PLATE: Final = "plate"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A stretch of a note that looks private."""

    start: int
    """Index of its first character."""
    end: int
    """Index after its last character."""
    kind: str
    """What it looks like, in words that are shown and that replace it: `phone`."""

    @property
    def certain(self) -> bool:
        """Whether it is masked; a doubtful one is only pointed out."""
        return not self.kind.endswith("?")


def find(text: str) -> tuple[Finding, ...]:
    """Find what looks private in a note, in time proportional to its length.

    Args:
        text: the note, cleaned.

    Returns:
        The findings in order of place. They never overlap: two certain ones that touch the same characters become
        one, named after the longer; a doubtful one gives way.
    """
    kept: list[Finding] = []
    for finding in sorted(_candidates(text)):
        if not kept or finding.start >= kept[-1].end:
            kept.append(finding)
        else:
            kept[-1] = _joined(kept[-1], finding)
    return tuple(kept)


class Watch:
    """Looks over a note at every key: only the lines that changed since the last look are read again."""

    def __init__(self) -> None:
        self._lines: dict[str, tuple[Finding, ...]] = {}

    def find(self, text: str) -> tuple[Finding, ...]:
        """The same as `find`: no pattern reaches over the end of a line."""
        known, self._lines = self._lines, {}
        found: list[Finding] = []
        start = 0
        for line in text.split("\n"):
            here = self._lines[line] = known[line] if line in known else find(line)
            found += (Finding(start + each.start, start + each.end, each.kind) for each in here)
            start += len(line) + 1
        return tuple(found)


def mask(text: str) -> str:
    """The note with each certain finding replaced by its kind: `call [phone]`."""
    parts: list[str] = []
    position = 0
    for finding in find(text):
        if finding.certain:
            parts += (text[position : finding.start], f"[{finding.kind}]")
            position = finding.end
    return "".join((*parts, text[position:]))


def _joined(first: Finding, second: Finding) -> Finding:
    if first.certain != second.certain:
        return first if first.certain else second
    longer = max(first, second, key=lambda finding: finding.end - finding.start)
    return Finding(first.start, max(first.end, second.end), longer.kind)


def _candidates(text: str) -> Iterator[Finding]:
    found, public = _numbers(text)
    yield from found
    shields = iter(sorted(public))
    shield = next(shields, None)
    for finding in sorted(_worded(text)):
        while shield is not None and shield[1] <= finding.start:
            shield = next(shields, None)
        if shield is None or finding.end <= shield[0] or finding.kind == EMAIL:
            yield finding


def _worded(text: str) -> Iterator[Finding]:
    """What the patterns find: each names its kind; a group called `it` narrows the finding to the private part."""
    small = text.casefold()
    for kind, pattern, signs in _patterns():
        if signs and not any(sign in small for sign in signs):
            continue
        group = "it" if "it" in pattern.groupindex else 0
        for match in pattern.finditer(text):
            yield Finding(*match.span(group), kind)


def _numbers(text: str) -> tuple[list[Finding], list[tuple[int, int]]]:
    """Long numbers, whose groups may be apart by one space or dash.

    Returns:
        The findings, and the stretches that are known to be public (item barcodes, ISBNs).
    """
    found: list[Finding] = []
    public: list[tuple[int, int]] = []
    for run in _runs(text):
        first = 0
        while first < len(run):
            last, kind = _longest(text, run, first)
            if kind:
                start, end = run[first][0], run[last][1]
                if kind == _PUBLIC:
                    public.append((start, end))
                else:
                    found.append(Finding(start, end, kind))
                first = last
            first += 1
    return found, public


_PUBLIC: Final = "public"


def _runs(text: str) -> Iterator[list[tuple[int, int]]]:
    """The groups of digits of a note, those together that only one space or dash keeps apart."""
    groups = [match.span() for match in _digits().finditer(text)]
    run = groups[:1]
    for before, group in pairwise(groups):
        if group[0] - before[1] != 1 or text[before[1]] not in " -":
            yield run
            run = []
        run.append(group)
    if run:
        yield run


def _longest(text: str, run: list[tuple[int, int]], first: int) -> tuple[int, str]:
    """The longest known number that starts at a group: the index of its last group and its kind, or an empty kind."""
    digits = ""
    best = (first, "")
    for last in range(first, min(first + _MOST_GROUPS, len(run))):
        start, end = run[last]
        if len(digits) + end - start > _LONGEST_CARD:
            break
        digits += text[start:end]
        kind = _kind(digits, run[first][1] - run[first][0])
        if kind and (kind != MISTYPED_CARD or not best[1]):
            best = (last, kind)
    return best


_LONGEST_CARD: Final = 19
"""Digits of the longest payment card number (ISO/IEC 7812)."""
_MOST_GROUPS: Final = 6
"""Groups a card number is written in at most: a row of single digits is something else, and would be slow."""


def _kind(digits: str, head: int) -> str:
    """What a number is.

    Args:
        digits: the number without its spaces and dashes.
        head: how many digits its first group has. A barcode is printed whole or starts with a group of 1, 4 or 5; a
            group of 3 or 10 is a phone number with something after it.
    """
    size = len(digits)
    barcode = size == 14 and head in (1, 2, 4, 5, 14)
    if barcode and digits[0] == "3":
        return _PUBLIC
    if (size == 13 and digits.startswith(("978", "979")) and head in (3, 13)) or size < 13:
        return _PUBLIC if size == 13 else ""
    if barcode and digits[0] == "2":
        return CARD if _luhn(digits) else MISTYPED_CARD
    return PAYMENT if _luhn(digits) and digits.strip("0") else ""


def _luhn(digits: str) -> bool:
    """Whether the check digit is right (ISO/IEC 7812-1, annex B)."""
    return (sum(map(int, digits[-1::-2])) + sum(_DOUBLED[int(digit)] for digit in digits[-2::-2])) % 10 == 0


_DOUBLED: Final = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
"""The digits of twice a digit, added up."""


@cache
def _digits() -> re.Pattern[str]:
    return re.compile(r"\d+")


_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_YEAR: Final = r"(?:,? ?(?:(?:19|20)\d\d|'?\d\d))?"
_NTH: Final = r"(?:st|nd|rd|th)"
_DATE: Final = (
    r"(?:(?:19|20)\d\d[-/. ]\d\d?[-/. ]\d\d?|\d\d?[-/. ]\d\d?[-/. ](?:19|20)?\d\d|(?:19|20)\d{6}|\d\d?[-/]\d\d?"
    rf"|{_MONTH} ?\d\d?{_NTH}?{_YEAR}|\d\d?{_NTH}?(?: of)? ?{_MONTH}{_YEAR})(?!\d)"
)
_MAIL_HOSTS: Final = "gmail|googlemail|yahoo|hotmail|outlook|live|msn|icloud|me|aol|protonmail|proton|gmx|mail"
_MAIL_ENDS: Final = "com|org|net|edu|gov|info|io|co|ac|ca|us|uk|ie|au|nz|fr|de|es|it|nl|mx"
_CALLED: Final = (
    r"(?<!\w)(?:phone|ph|tel|telephone|cell|mobile|callback|calls?|called|ring|text|txt|reach|number|fax)\b"
    r"(?<!call number)[.:#]{0,2}(?: (?:back|at|on|is|her|him|them|me|mom|dad|us|no|number)\b[.:]?){0,3} ?"
)
_STREET: Final = (
    "street|avenue|ave|road|rd|lane|ln|boulevard|blvd|crescent|cres|terrace|parkway|pkwy|highway|hwy|mews|gardens"
)
_WEAK_STREET: Final = "st|drive|dr|court|ct|place|pl|way|trail|circle|cir|square|sq|close|row|hill|grove"
"""Words that are much else too: they need a number of two digits, or capitals."""
_NOT_A_STREET: Final = (
    "a|an|and|at|books?|by|cents?|copies|days?|disc|disk|down|dvds?|external|flash|floor|for|from|google|hard|hours?|hrs?"
    "|in|is|items?|kids?|left|mins?|minutes?|months?|more|of|on|or|pages?|patrons?|people|per|pm|am|staff|study|the|their"
    "|thumb|times?|to|up|usb|waiting|wants?|was|way|weeks?|went|were|with|x|years?|yo|yrs?"
)
_BOOK_PEOPLE: Final = (
    "seuss|who|men|bean|darcy|dalloway|marple|doubtfire|dolittle|jekyll|hyde|strange|watson|popper|frankenstein"
)
"""People in titles that a desk is asked for."""
_MBI: Final = "[ac-hj-km-np-rt-y]"
_MBI_OR_DIGIT: Final = "[ac-hj-km-np-rt-y0-9]"
_NOT_A_PLATE: Final = (
    "with|was|is|and|of|for|on|in|from|left|has|had|the|at|to|said|no|not|now|then|by|or|but|expired|since|until"
)


_SIGNS: Final = {
    EMAIL: ("@", "dot", "at)|at]", ""),
    PHONE: ("", "", "ph|tel|cell|mobile|call|ring|text|txt|reach|number|fax", "+", "0"),
    BIRTH: ("dob|d.o.b|birth|born|bday|b-day",),
    NATIONAL: ("", "ssn|soc|sin|itin", "", "nhs|health|ohip|phn|ramq", "passport", "driver", ""),
    ADDRESS: ("", "", "address|lives at|living at", "", "box", "post|zip"),
    NAME: ("mr|ms|mx|mme|dr|prof", "miss|madam|sir|rev|herr|frau|sra|señor"),
    PLATE: ("plate|licen|permit", "reg"),
}
"""Of each pattern below the texts, in small letters, of which every match holds one; empty: it is always looked for."""


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...]:
    """Each kind with a pattern and the signs of which one is in every match; compiled at the first note.

    Looking for a sign costs a hundredth of looking for the pattern, and most notes hold few of them.

    Every repetition has a bound, or starts where no earlier try can have passed and gives nothing back: the time
    stays proportional to the text.
    """
    rules = {
        EMAIL: _email(),
        PHONE: _phone(),
        BIRTH: _birth(),
        NATIONAL: _national(),
        ADDRESS: _address(),
        NAME: _name(),
        PLATE: _plate(),
    }
    return tuple(
        (kind, re.compile(rule, re.IGNORECASE), tuple(signs.split("|")) if signs else ())
        for kind, parts in rules.items()
        for rule, signs in zip(parts, _SIGNS[kind], strict=True)
    )


def _email() -> tuple[str, ...]:
    word = r"[\w+-]{1,64}"
    local = r"(?<![\w.+-])[\w.+-]{1,64}+ ?"
    domain = r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}"
    at, dot = r"(?:\bat\b|@|[(\[]at[)\]]) ?", r"(?:\bdot\b|[(\[]dot[)\]]) ?"
    return (
        rf"(?<![\w.+-])[\w.+-]++@{domain}",
        rf"(?<![\w+-]){word}(?:(?:\.| dot ){word}){{0,3}} ?{at}[\w-]{{1,63}}(?: ?{dot}(?:{_MAIL_ENDS})\b){{1,3}}",
        rf"{local}[(\[]at[)\]] ?{domain}",
        rf"{local}(?:\bat\b|@) ?(?:{_MAIL_HOSTS})(?:\.| dot )[a-z]{{2,3}}\b",
    )


def _phone() -> tuple[str, ...]:
    extension = r"(?: ?(?:x|ext|extension)\.? ?\d{1,5})?(?!\d)"
    zero = (
        r"0\d{10}",
        r"0\d{2,4}[ -]\d{3,4}[ -]?\d{3,4}",
        r"0\d(?:[ .-]\d\d){4}",
        r"\(0\d{2,4}\) ?\d{3,4} ?\d{3,4}",
    )
    return (
        # The North American plan: neither area nor exchange starts with 0 or 1, so that ISBN-10s mostly pass by.
        rf"(?<![\d.])(?:\+?1[ .-]?)?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ ./-]?)[2-9]\d\d[ .-]?\d{{4}}{extension}",
        rf"(?<![\d.-])[2-9]\d\d-\d{{4}}(?!-?\d){extension}",
        rf"{_CALLED}(?P<it>(?<!\d)[2-9]\d\d ?\d{{4}}{extension})",
        r"(?<![\w+])\+\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,6}(?!\d)",
        rf"(?<![\d.,/-])(?:{'|'.join(zero)})(?![\d-])",
    )


def _birth() -> tuple[str, ...]:
    words = r"(?<!\w)(?:dob|d\.o\.b|date of birth|birth ?dates?|birth ?day|b-?day|born)\b[.:,]{0,2}"
    return (rf"{words}(?: ?(?:is|was|on|of)\b| ?[:=-]){{0,2}} ?(?P<it>{_DATE})",)


def _national() -> tuple[str, ...]:
    words = r"(?: ?(?:insurance|security|sec|number|no|num|nr|is|was|card|on file)\b\.?|[ :#=]){0,5}"
    groups = r"\d{3,4}(?:[ -]?\d{2,4}){2,3}"
    nine = r"\d{3}[ -]?(?:\d\d[ -]?\d{4}|\d{3}[ -]?\d{3})"
    return (
        r"(?<![\d-])\d{3}([ -])\d\d\1\d{4}(?![\d-])",
        rf"(?<!\w)(?:ssn|social|soc|sin|itin)\b{words}(?P<it>{nine})(?!\d)",
        # UK National Insurance number: D, F, I, Q, U, V are not used in front (HMRC manual NIM39110); QQ is its sample.
        r"(?<!\w)(?:(?![dfiquv])[a-z](?![dfioquv])[a-z]|qq) ?\d\d ?\d\d ?\d\d ?[a-d](?!\w)",
        # NHS, Canadian health card and passport numbers look like phones and invoices: only behind their names.
        rf"(?<!\w)(?:nhs|health ?card|ohip|phn|ramq){words}(?P<it>(?:[a-z]{{4}} ?)?{groups})(?!\d)",
        rf"(?<!\w)passport{words}(?P<it>[a-z]{{0,2}}\d{{6,9}})(?!\w)",
        rf"(?<!\w)driver(?:'?s|s')? ?licen[cs]e{words}(?P<it>[a-z]?\d{{3,8}}(?:-\d{{3,6}}){{0,3}})(?![\w-])",
        # Medicare Beneficiary Identifier (CMS): a letter S, L, O, I, B or Z is never used.
        rf"(?<!\w)[1-9]{_MBI}{_MBI_OR_DIGIT}\d-?{_MBI}{_MBI_OR_DIGIT}\d-?{_MBI}{_MBI}\d\d(?!\w)",
    )


def _address() -> tuple[str, ...]:
    alone = r"(?<![\w.,/$-])"
    word = rf"(?!(?:{_NOT_A_STREET})\b)[^\W\d_][\w'’.-]{{0,24}}"
    part = rf"(?:{word}|\d{{1,3}}{_NTH}) "
    side = r"(?:[nsew]\.? )?"
    unit = r"(?: (?:[nsew]|north|south|east|west)\b)?(?:,? ?(?:\b(?:apt|unit|suite|flat)\b\.?|#) ?\w{1,5})?"
    code = r"[a-z]\d[a-z] ?\d[a-z]\d|\d{5}(?:-\d{4})?|[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}"
    french = r"rue|avenue|av|boulevard|bd|chemin|all[ée]e|impasse|quai|place"
    return (
        rf"{alone}\d{{1,5}}(?:-\d{{1,4}})?[a-z]?,? {side}(?:{part}){{1,3}}(?:{_STREET})\b\.?{unit}",
        rf"{alone}(?:\d{{2,5}}[a-z]?,?|\d(?= (?-i:[A-Z]))) {side}(?:{part}){{1,2}}(?:{_WEAK_STREET})\b\.?{unit}",
        rf"(?<!\w)(?:address|lives at|living at)(?: is| now)?:? (?P<it>\d{{2,5}}[a-z]? {word})",
        rf"{alone}\d{{1,4}}(?: ?(?:bis|ter))?,? (?:{french})\.? (?:de la |de l['’]|des |du |de |d['’])?{word}",
        r"(?<!\w)p\.? ?o\.? ?box ?#?\d{1,6}",
        rf"(?<!\w)(?:postal code|post ?code|zip(?: code)?)[ :]{{1,2}}(?:is )?(?P<it>{code})(?!\w)",
    )


def _name() -> tuple[str, ...]:
    known = rf"(?!(?:{_BOOK_PEOPLE})\b)"
    more = r"(?-i: [A-Z][\w'’-]{1,24})?"
    initials = r"(?:[a-z]\. ?){0,2}"
    return (
        rf"(?<!\w)(?:mrs?|ms|mx|mme|dr|prof|professor)\b\.? {initials}{known}[^\W\d_][\w'’-]{{1,24}}{more}",
        # Written small these are other words: only with capitals.
        rf"(?<!\w)(?-i:Miss|Madam|Sir|Rev|Herr|Frau|Sra|Señora?)\b\.? {known}(?-i:[A-Z])[\w'’-]{{1,24}}{more}",
    )


def _plate() -> tuple[str, ...]:
    words = r"(?<!\w)(?:plates?|licen[cs]e|permit)\b(?: (?:number|is|was|no|nr)\b\.?|[:#=]){0,2} ?"
    part = r"(?=[a-z]{0,3}\d|[a-z]{2,4}\b)[a-z\d]{2,8}"
    licence = r"[a-z]\d{3,5}(?:-\d{3,6}){1,3}"
    sign = rf"(?!(?:{_NOT_A_PLATE})\b)(?=[a-z -]{{0,5}}\d)(?:[a-z\d]{{5,9}}|{part}[ -]{part}|{licence})"
    return (
        rf"{words}(?P<it>{sign})(?![\w-])",
        r"(?<!\w)(?:reg|registration)\b(?: (?:number|is|no)\b\.?|[:#]){0,2} ?(?P<it>[a-z]{2}\d\d ?[a-z]{3})(?!\w)",
    )
