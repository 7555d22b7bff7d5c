"""Start DeskMate: `python3 scripts/run.py [ARGS]`, from any folder; the first start installs what is pinned."""

import sys

from environment import become, ready

if __name__ == "__main__":
    # -P: a file called textual.py in the folder one stands in must not be imported instead of the real one.
    become([str(ready("requirements.txt")), "-P", "-m", "deskmate", *sys.argv[1:]])
