"""A card as one HTML page: truly large, and the only way that every script is shaped and set from its own side.

Nothing is loaded and no script runs: the choices are radio buttons, so that a tap, the arrows and a screen reader all
mark one, and the mark is a style.
"""

from typing import Final

from deskmate.playbooks.cards import STAFF, Choice, TwoWayCard
from deskmate.text.clean import cells
from deskmate.text.html_page import page, shown

_STYLE: Final = """
:root { color-scheme: light dark; --back: #fff; --front: #000; --quiet: #444; --mark: #063; --mark-front: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --back: #000; --front: #fff; --quiet: #ccc; --mark: #ffd866; --mark-front: #000; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; padding: 3vmin 4vw; display: flex; flex-direction: column; gap: 4vmin;
  justify-content: center; background: var(--back); color: var(--front); overflow-wrap: break-word;
  font-family: system-ui, "Noto Sans", "Noto Sans Arabic", "Noto Sans CJK SC", Arial, sans-serif; }
h1 { margin: 0; font-size: clamp(2rem, min(8vw, 13vh), 9rem); line-height: 1.2; }
h1.long { font-size: clamp(1.8rem, min(5.5vw, 9vh), 6rem); }
small { display: block; margin-top: .3em; font-size: clamp(1rem, 2vw, 1.8rem); line-height: 1.3; font-weight: normal;
  color: var(--quiet); }
fieldset { margin: 0; padding: 0; border: 0; display: grid; gap: 2vmin;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); }
input { position: absolute; opacity: 0; }
label { display: block; height: 100%; padding: 2vmin 3vmin; border: .3rem solid var(--front); border-radius: 1rem;
  font-size: clamp(1.5rem, 4vw, 4rem); line-height: 1.2; font-weight: bold; cursor: pointer; }
label small { font-size: clamp(.9rem, 1.5vw, 1.4rem); }
[dir=rtl] :is(h1, label) { line-height: 1.5; }  /* Arabic reaches far below its line */
[dir=rtl] small { text-align: right; }
input:focus-visible + label { outline: .4rem dashed var(--mark); outline-offset: .3rem; }
input:checked + label { background: var(--mark); color: var(--mark-front); border-color: var(--mark); }
input:checked + label > span::before { content: "\\2713\\a0"; }
input:checked + label small { color: inherit; }
@media (forced-colors: active) { input:checked + label { outline: .6rem solid Highlight; } }
"""
LONG: Final = 48
"""Cells of a sentence from which it is set smaller, so that the answers stay in sight."""


def compose_card(card: TwoWayCard) -> str:
    """A card as one whole page, with its style in it; it holds the words of the card and nothing else.

    Args:
        card: the card, in the patron's language and the staff's.
    """
    language = card.language
    beneath = _staff(card.staff) if card.two_languages else ""
    choices = "\n".join(_choice(number, choice) for number, choice in enumerate(card.choices, 1))
    size = ' class="long"' if cells(card.sentence) > LONG else ""
    body = f"""<h1 id="question"{size}>{shown(card.sentence)}{beneath}</h1>
<fieldset aria-labelledby="question">
{choices}
</fieldset>"""
    return page(card.sentence, _STYLE, body, language=language.code, direction=language.direction)


def _choice(number: int, choice: Choice) -> str:
    """One answer: a button that a tap marks, and its words."""
    words = f"<span>{shown(choice.words)}</span>{_staff(choice.staff) if choice.staff != choice.words else ''}"
    return f'<div><input type="radio" name="choice" id="c{number}"><label for="c{number}">{words}</label></div>'


def _staff(words: str) -> str:
    """The staff's words, small, in their own language and direction."""
    return f'<small lang="{STAFF}" dir="ltr">{shown(words)}</small>'
