"""What the documents show works as shown."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from verify.judge import judge_claim

DOCS = Path(__file__).resolve().parents[1] / "docs"


def test_the_example_of_a_claim_file_is_judged_as_told(tmp_path: Path) -> None:
    source = re.search(r"```python\n(.*?)```", (DOCS / "claims.md").read_text(encoding="utf-8"), re.DOTALL)
    assert source is not None
    path = tmp_path / "my_claim.py"
    path.write_text(source.group(1), encoding="utf-8")
    finding = judge_claim(str(path), "quick", 0)
    assert [reading.verdict for reading in finding.result.readings] == ["REFUTED"]
    assert finding.result.readings[0].evidence.level == "R3"


def test_the_library_works_as_shown(tmp_path: Path) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (DOCS / "library.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 3
    script = tmp_path / "script.py"
    script.write_text("\n".join(blocks), encoding="utf-8")
    surroundings = {**os.environ, "PYTHONPATH": str(DOCS.parent)}
    done = subprocess.run([sys.executable, str(script)], cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    shown = re.search(r"# (\[2\.6, .*\])", blocks[0])
    assert shown is not None
    assert shown.group(1) in done.stdout
    check = subprocess.run([sys.executable, str(DOCS.parent / "reports" / "check.py"), str(tmp_path / "kreiss.json")], capture_output=True, check=False)
    assert check.returncode == 0
    assert {path.name for path in tmp_path.glob("*.svg")} == {"pseudospectra.svg", "powers.svg"}


def test_the_tutorial_works_as_told(tmp_path: Path) -> None:
    """Every block is executed: the Python blocks as the files that the text names, the commands in order."""
    page = (DOCS / "tutorial.md").read_text(encoding="utf-8")
    claim, test = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (tmp_path / "my_bound.py").write_text(claim, encoding="utf-8")
    (tmp_path / "test_ours.py").write_text(test, encoding="utf-8")
    surroundings = {**os.environ, "PYTHONPATH": str(DOCS.parent)}

    def told(line: str) -> subprocess.CompletedProcess[str]:
        program, *words = shlex.split(line)
        loaded = ["-p", "verify.pytest_plugin", "-p", "no:cacheprovider"] if program == "pytest" else []
        command = [sys.executable, "-m", program, *loaded, *words]
        return subprocess.run(command, cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=False)

    commands = [line for block in re.findall(r"```console\n(.*?)```", page, re.DOTALL) for line in block.splitlines()]
    done = {line: told(line) for line in [*commands, "pytest test_ours.py", "verify diff report/report.json report/report.json"]}
    failing = "pytest --claims my_bound.py"
    assert {line: result.returncode for line, result in done.items()} == {line: int(line == failing) for line in done}, done
    assert "SURVIVED (i), REFUTED (ii)" in done["verify run --effort quick my_bound.py --out report"].stdout
    assert "1 failed, 1 passed" in done[failing].stdout
    assert "1 passed" in done["pytest test_ours.py"].stdout


def test_every_document_that_is_named_exists() -> None:
    root = DOCS.parent
    for page in (*DOCS.glob("*.md"), root / "README.md", root / "CONTRIBUTING.md", root / "benchmarks" / "README.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
