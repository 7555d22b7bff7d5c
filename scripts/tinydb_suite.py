"""TinyDB's own tests on our storage: `python3 scripts/tinydb_suite.py`, from any folder.

It fetches TinyDB's source distribution in the locked version from the package index, checks it against the lock's hash,
and runs the tests in it twice: on our storage under our table, and on our storage under TinyDB's own table. It ends
with 1 unless every test passes but those that name TinyDB's own storage classes in their code. Nothing of it stays.
"""

import ast
import os
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree as ET

from environment import ROOT, become, pip, ready, stop

TABLES = {"ours": "our storage and our table", "theirs": "our storage under TinyDB's own table"}
NAMES = re.compile(r"MemoryStorage|JSONStorage")
"""What a test that may fail must have in its code."""


def locked() -> str:
    """TinyDB's requirement as the lock file has it, hashes included."""
    found = re.search(
        r"^tinydb==(?:.*\\\n)*.*\n", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE
    )
    if found is None:
        stop("The lock file names no TinyDB.", "Make requirements.txt anew; pyproject.toml says how.")
        raise AssertionError
    return found[0]


def fetch(folder: Path) -> str:
    """Put the tests of the locked TinyDB into `folder/tests`, with our fixtures; return its version."""
    requirement = folder / "requirement.txt"
    requirement.write_text(locked(), encoding="utf-8")
    options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-binary", "tinydb", "--require-hashes"]
    command = [*pip(), "download", *options, "--dest", folder, "--requirement", requirement]
    if subprocess.run(command, check=False).returncode:
        stop("TinyDB's source could not be fetched (pip's own words are above).", "Is the package index reached?")
    (archive,) = folder.glob("tinydb-*.tar.gz")
    (folder / "tests").mkdir()
    with tarfile.open(archive) as packed:
        for member in packed:
            top, _, name = member.name.partition("/tests/")
            file = packed.extractfile(member)
            if name and "/" not in name and "/" not in top and file is not None:
                (folder / "tests" / name).write_bytes(file.read())
    ours = Path(__file__).with_name("tinydb_ours.py")
    (folder / "tests" / "conftest.py").write_bytes(ours.read_bytes())
    return archive.name.removesuffix(".tar.gz").partition("-")[2]


def run(interpreter: Path, folder: Path, table: str) -> ET.Element:
    """Run the tests; the result as pytest's XML tells it."""
    report, settings = folder / f"{table}.xml", folder / "pytest.ini"
    settings.write_text("[pytest]\n", encoding="utf-8")
    environment = {**os.environ, "TABLE": table, "DESKMATE_SOURCE": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    options = ["-q", "-c", str(settings), "-p", "no:cacheprovider", "--tb=no", "--no-header", f"--junit-xml={report}"]
    command: list[str | Path] = [interpreter, "-m", "pytest", *options, folder / "tests"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if not report.exists():
        stop("The tests did not run.", (done.stdout + done.stderr).strip())
    return ET.parse(report).getroot()


def failed(report: ET.Element) -> Iterator[tuple[str, str, str]]:
    """The tests that failed: file, function, the first line of why."""
    for case in report.iter("testcase"):
        for wrong in (*case.iter("failure"), *case.iter("error")):
            why = (wrong.get("message") or "").partition("\n")[0]
            yield case.get("classname", "").rpartition(".")[2], case.get("name", "").partition("[")[0], why


def code(folder: Path, file: str, function: str) -> str:
    """The source of a test."""
    text = (folder / "tests" / f"{file}.py").read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and node.name == function:
            return ast.get_source_segment(text, node) or ""
    return ""


def main() -> int:
    """Fetch, run twice, tell; 0 when nothing failed that should not."""
    interpreter = ready("requirements-dev.txt")
    unexpected = 0
    with TemporaryDirectory(prefix="deskmate-tinydb-") as name:
        folder = Path(name)
        version = fetch(folder)
        for table, words in TABLES.items():
            report = run(interpreter, folder, table)
            wrong = list(failed(report))
            total = sum(1 for _ in report.iter("testcase"))
            print(f"TinyDB {version}, {words}: {total - len(wrong)} of {total} of its own tests pass")
            for file, function, why in wrong:
                excused = bool(NAMES.search(code(folder, file, function)))
                unexpected += not excused
                print(f"  {'names a storage of its own' if excused else 'FAILED'}: {file}.{function}: {why[:90]}")
            unexpected += not total
    return 1 if unexpected else 0


if __name__ == "__main__":
    inside = ready("requirements-dev.txt")
    if Path(sys.executable) != inside:
        become([str(inside), str(Path(__file__).resolve())])
    raise SystemExit(main())
