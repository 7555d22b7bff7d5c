"""What others can open is found everywhere, temporary files too, and closed."""

import sys
from pathlib import Path

import pytest

from deskmate.records.permissions import close, open_to_others

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")


def test_every_folder_and_file_is_looked_at_drafts_too(tmp_path: Path) -> None:
    root = tmp_path / "home"
    (root / "log" / "day").mkdir(parents=True)
    draft = root / "log" / "day" / ".a.jsonl.7.tmp"
    for path in (draft, root / "fine"):
        path.write_text("x")
        path.chmod(0o600)
    for folder in (root, root / "log", root / "log" / "day"):
        folder.chmod(0o700)
    assert open_to_others([root]) == []
    draft.chmod(0o640)
    (root / "log").chmod(0o711)
    assert open_to_others([root, tmp_path / "not there"]) == [root / "log", draft]
    assert close(open_to_others([root])) == []
    assert open_to_others([root]) == []
    assert draft.stat().st_mode & 0o777 == 0o600


def test_a_link_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "theirs").write_text("x")
    (tmp_path / "theirs").chmod(0o644)
    root = tmp_path / "home"
    root.mkdir(mode=0o700)
    (root / "link").symlink_to(tmp_path / "theirs")
    assert open_to_others([root]) == []


def test_what_went_away_meanwhile_is_no_failure(tmp_path: Path) -> None:
    assert close([tmp_path / "gone"]) == []
