"""The program: the screens without a command, or one command without loading the screens."""

import os
import sys


def main() -> int:
    """Run DeskMate with the process's own arguments; the exit code."""
    from deskmate.cli.main import run

    os.umask(0o077)  # whatever is made, drafts and caches too: nobody else on this machine reads it
    return run(sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
