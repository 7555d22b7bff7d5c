"""A crash, told without a word of anybody's: where it happened and what kind of error it was.

The message of an error may quote a note, and a traceback with local variables shows everything that was on the screen.
So neither is ever printed: file, line, function and our own code of each step, and the error's type, are.
"""

from traceback import extract_tb


def place_of(error: BaseException) -> str:
    """Where an error came from, in one word for a fault line: `promises.py:112`."""
    steps = extract_tb(error.__traceback__)
    if not steps:
        return "an unknown place"
    last = steps[-1]
    return f"{last.filename.replace(chr(92), '/').rpartition('/')[2]}:{last.lineno}"


def trace(error: BaseException) -> str:
    """The steps to an error and to those it came from, without their messages."""
    told: list[str] = []
    seen: set[int] = set()
    here: BaseException | None = error
    while here is not None and id(here) not in seen:
        seen.add(id(here))
        steps = "".join(
            f'  File "{step.filename}", line {step.lineno}, in {step.name}\n'
            + (f"    {step.line}\n" if step.line else "")
            for step in extract_tb(here.__traceback__)
        )
        told.append(f"Traceback (words of people are left out):\n{steps}{type(here).__name__}\n")
        here = here.__cause__ or (None if here.__suppress_context__ else here.__context__)
    return "\n".join(reversed(told))
