"""The line that says how far a long piece of work is."""

import io

from deskmate.cli.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Seconds:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_short_work_says_nothing_and_long_work_one_line_that_is_wiped() -> None:
    stream, seconds = Terminal(), Seconds()
    progress = Progress(stream, seconds)
    with progress.saying("read"):
        progress(1000, 9000)
        assert stream.getvalue() == ""
        seconds.now += 0.6
        progress(2000, 9000)
        progress(3000, 9000)
        assert stream.getvalue() == "\r\x1b[K2,000 of about 9,000 rows read"
        seconds.now += 0.2
        progress(4000, 9000)
    assert stream.getvalue().endswith("4,000 of about 9,000 rows read\r\x1b[K")
    assert "3,000" not in stream.getvalue()


def test_what_is_counted_is_named_and_an_unknown_end_is_not_guessed() -> None:
    stream, seconds = Terminal(), Seconds()
    progress = Progress(stream, seconds, what="lines")
    with progress.saying("written"):
        seconds.now += 0.6
        progress(1200)
    assert "\x1b[K1,200 lines written" in stream.getvalue()


def test_a_file_gets_no_progress() -> None:
    stream, seconds = io.StringIO(), Seconds()
    with (progress := Progress(stream, seconds)).saying("read"):
        seconds.now += 5
        progress(1, 2)
    assert stream.getvalue() == ""
