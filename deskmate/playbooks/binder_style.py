"""How the binder looks on paper: black on white, 11 pt, borders and no backgrounds, since printers leave those out."""

from typing import Final

PRINT_STYLE: Final = """
@page {
  margin: 15mm 13mm 14mm 20mm;  /* the holes are on the left */
  font-family: Arial, "Liberation Sans", Helvetica, "DejaVu Sans Condensed", sans-serif;
  @top-left { font-size: 9pt; }
  @top-right { font-size: 12pt; font-weight: bold; }
  @bottom-left { font-size: 9pt; }
  @bottom-right { font-size: 10pt; font-weight: bold; content: "page " counter(page) " of " counter(pages); }
}
@page :first { @top-left { content: none } @top-right { content: none } }
* { box-sizing: border-box; }
html { color-scheme: light; }
body { margin: 0 auto; max-width: 190mm; background: #fff; color: #000; overflow-wrap: break-word;
  font: 11pt/1.2 Arial, "Liberation Sans", Helvetica, "DejaVu Sans Condensed", sans-serif; }
h1, h2, h3, p, ul, ol, table { margin: 0; padding: 0; }
ul, ol { list-style: none; }
a { color: #000; text-decoration: none; }
small { font-size: 9pt; font-weight: normal; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: 1mm 2mm 1mm 0; }

header { break-after: page; }
.place { font-size: 14pt; }
h1 { font-size: 24pt; line-height: 1.1; }
.call { margin: 4mm 0; padding: 3mm 4mm; border: 1.2mm solid #000; font-size: 20pt; font-weight: bold; }
.call b { font-size: 30pt; }
.call .blank { width: 70mm; }
.here th { width: 58mm; padding: 2.8mm 2mm 1.2mm 0; }
.here td { padding: 2.8mm 0 1.2mm; font-size: 13pt; line-height: 1.1; }
.here tr { border-bottom: .2mm solid #000; }
.blank { display: inline-block; width: 100%; height: 1.3em; border-bottom: .4mm dotted #000; }
.here .blank { border: 0; }
.doors { columns: 2; column-gap: 8mm; margin-top: 4mm; }
.doors li { display: flex; justify-content: space-between; break-inside: avoid; padding: .8mm 0; }
.small { margin-top: 4mm; font-size: 9pt; }

nav { break-after: page; }
nav h2 { font-size: 18pt; margin-bottom: 3mm; }
nav .columns { columns: 2; column-gap: 8mm; }
nav h3 { break-after: avoid; margin-top: 3mm; border-bottom: .3mm solid #000; font-size: 11pt; }
nav li { break-inside: avoid; }
nav a { display: flex; gap: 2mm; padding: .4mm 0; }
nav a b { flex: 0 0 7mm; text-align: right; }
nav a span { flex: 1; }

article { break-before: page; }
article > h2 { display: flex; gap: 3mm; align-items: baseline; border-bottom: .8mm solid #000; font-size: 17pt;
  line-height: 1.15; padding-bottom: 1mm; margin-bottom: 2mm; }
.mark { margin-left: auto; padding: 0 2mm; border: .5mm solid #000; font-size: 10pt; text-transform: uppercase; }
.number { min-width: 1.1em; font-weight: bold; }
.memory { counter-reset: memory; display: flex; gap: 3mm; margin: 2mm 0; }
.memory li { flex: 1; padding: 1.5mm 2mm; border: .5mm solid #000; font-weight: bold; font-size: 12pt; }
.memory li::before { counter-increment: memory; content: counter(memory) ". "; }
.part { margin: .8mm 0; }
.label { font-size: 8.5pt; font-weight: bold; letter-spacing: .04em; text-transform: uppercase; }
p.label { margin-top: 1.2mm; break-after: avoid; }

.step { break-inside: avoid; margin-top: 2.5mm; border: .3mm solid #000; padding: 1.5mm 2.5mm; }
.step h3 { font-size: 12pt; break-after: avoid; }
.step h3 .number { display: inline-block; min-width: 6.5mm; margin-right: 1mm; padding: 0 1mm; border: .4mm solid #000;
  text-align: center; }
.sides { display: grid; grid-template-columns: 6fr 5fr; gap: 3mm; }
.next { border-left: .3mm solid #000; padding-left: 3mm; }
.say { font-size: 12pt; font-weight: bold; }
.say li::before { content: "“"; }
.say li::after { content: "”"; }
.next .say { font-size: 11pt; }
.how { font-style: italic; }
.do li { display: flow-root; position: relative; padding: .3mm 0 .3mm 6mm; break-inside: avoid; }
.do li::before { content: ""; position: absolute; left: 0; top: 1mm; width: 3.6mm; height: 3.6mm;
  border: .4mm solid #000; }
.time { float: right; margin-left: 2mm; }
.ask { margin-top: 1.2mm; font-weight: bold; }
.answers li { display: flex; flex-wrap: wrap; gap: 0 2mm; padding: .8mm 0; border-bottom: .2mm solid #000; }
.answers li > :last-child { margin-left: auto; text-align: right; }
.answers a { font-weight: bold; white-space: nowrap; }
.answers a::before { content: "→ "; }
.answers small { display: block; }
.end { margin-top: 2mm; font-weight: bold; }
.end small { display: block; }
.ruled { margin-top: 1.5mm; }
.ruled tr { break-inside: avoid; border-bottom: .2mm solid #000; }
.ruled tr:last-child { border-bottom: 0; }
.ruled th { padding: 0 2mm 0 0; font-size: 8.5pt; letter-spacing: .04em; text-transform: uppercase; }
.ruled td { padding: .5mm 2mm .5mm 0; }
.ruled td:first-child { width: 42%; }
.reviewed { margin-top: 1mm; font-size: 9pt; }
.quick .steps { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2mm; }
.quick .step:first-child { grid-column: 1 / -1; }
.quick .step + .step .sides { display: block; }
.quick .step + .step .next { border-left: 0; padding-left: 0; }

@media screen { body { padding: 8mm; } header, nav, article { margin-bottom: 15mm; } }
"""


def css_text(text: str) -> str:
    """A text as a CSS string; all but plain letters, digits and blanks are written by their number."""
    plain = (char if char.isascii() and (char.isalnum() or char == " ") else f"\\{ord(char):x} " for char in text)
    return f'"{"".join(plain)}"'
