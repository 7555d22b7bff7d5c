"""The frame of every page that is written: it loads nothing, runs nothing, and tells nobody where it was opened."""

from deskmate.text.clean import one_line


def shown(words: str) -> str:
    """One clean line, harmless in HTML."""
    from html import escape  # costs milliseconds that a look-up would pay too

    return escape(one_line(words))


def page(title: str, style: str, body: str, *, size: str = "", language: str = "en", direction: str = "") -> str:
    """A whole page.

    Args:
        title: its title, any text.
        style: its styles.
        body: what stands in it, as HTML.
        size: the class of its body, empty for none.
        language: of its words, a BCP 47 tag.
        direction: `ltr` or `rtl`; empty is the browser's own.
    """
    turned = f' dir="{shown(direction)}"' if direction else ""
    named = f' class="{size}"' if size else ""
    return f"""<!doctype html>
<html lang="{shown(language)}"{turned}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>{shown(title)}</title>
<style>{style}</style>
</head>
<body{named}>
{body}
</body>
</html>
"""
