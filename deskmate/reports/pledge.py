"""The service pledge on one sheet: plain lines, and a page for the wall that needs nothing else."""

from collections.abc import Iterator, Sequence
from typing import Final

from deskmate.reports.words import wrapped
from deskmate.text.html_page import page, shown

VISITORS: Final = "What you can count on"
TEAM: Final = "What we expect of ourselves"

_STYLE: Final = """
@page { size: auto; margin: 18mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem; max-width: 46rem; color: #000; background: #fff;
  font: 20px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { margin: 0 0 .2rem; font-size: 2.2rem; line-height: 1.2; }
header p { margin: 0 0 1.5rem; }
h2 { margin: 1.5rem 0 .4rem; font-size: 1.1rem; }
ul { margin: 0; padding-left: 1.3rem; }
li { margin: .3rem 0; break-inside: avoid; }
.team { font-size: .8em; }
@media print { body { padding: 0; max-width: none; font-size: 16pt; } }
"""

Part = tuple[str, Sequence[str]]
"""A heading and its sentences."""


def parts(visitors: Sequence[str], team: Sequence[str]) -> tuple[Part, ...]:
    """The parts of a pledge that have something in them."""
    return tuple(part for part in ((VISITORS, visitors), (TEAM, team)) if part[1])


def text(title: str, visitors: Sequence[str], team: Sequence[str], width: int = 78) -> str:
    """A pledge in plain text, no line wider than `width` terminal cells."""
    lines = wrapped(title, width)
    for heading, sentences in parts(visitors, team):
        lines += ["", heading]
        lines += [line for each in sentences for line in wrapped(each, width, first="  - ", rest="    ")]
    return "\n".join(lines) + "\n"


def html(title: str, library: str, visitors: Sequence[str], team: Sequence[str]) -> str:
    """A pledge as a whole page in large type. It loads nothing and runs nothing; what people wrote is never markup.

    Args:
        title: the pledge's title.
        library: the library's name; empty leaves its line out.
        visitors: what visitors can count on.
        team: what the team expects of itself, in smaller type.
    """
    name = f'\n<p dir="auto">{shown(library)}</p>' if library else ""
    body = "\n".join(_sections(visitors, team))
    return page(title, _STYLE, f'<header>\n<h1 dir="auto">{shown(title)}</h1>{name}\n</header>\n{body}')


def _sections(visitors: Sequence[str], team: Sequence[str]) -> Iterator[str]:
    for heading, sentences in parts(visitors, team):
        name = ' class="team"' if heading == TEAM else ""
        items = "\n".join(f'<li dir="auto">{shown(each)}</li>' for each in sentences)
        yield f"<section{name}>\n<h2>{shown(heading)}</h2>\n<ul>\n{items}\n</ul>\n</section>"
