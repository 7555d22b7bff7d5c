"""What becomes of what looks private, in one sentence: what is masked, and what is only suspected and stays."""

from collections.abc import Iterable

from deskmate.text.guard import Finding


def kinds(found: Iterable[Finding], *, certain: bool) -> str:
    """The kinds of what is masked, or of what is only suspected, each once: `phone, name`."""
    return ", ".join(dict.fromkeys(finding.kind for finding in found if finding.certain is certain))


def sentence(found: Iterable[Finding], *, kept: bool = False, key: str = "") -> str:
    """Say what is done with a text when it is kept.

    Args:
        found: what the guard found in it.
        kept: it is kept as it is typed.
        key: the key that keeps it, or masks it again; empty when there is none.

    Returns:
        The sentence; empty when nothing was found.
    """
    found = tuple(found)
    masked, suspected = kinds(found, certain=True), kinds(found, certain=False)
    stays = f"▲ {suspected} STAYS" if suspected else ""
    if not masked:
        return f"{stays} as typed: change it if it is one." if stays else ""
    if kept:
        ends = f"KEPT as typed: {masked}." + (f" {key} masks it." if key else "")
    else:
        what = f"Masked when kept: {masked}" if stays else f"PRIVATE: {masked}. Masked when kept"
        ends = what + (f"{'.' if stays else ';'} {key} keeps it." if key else ".")
    return f"{stays}. {ends}" if stays else f"▲ {ends}"
