"""What the documents show works as shown."""

from __future__ import annotations

import os
import re
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


def test_the_tutorial_ends_as_told(tmp_path: Path) -> None:
    claim, proof = re.findall(r"```python\n(.*?)```", (DOCS / "tutorial.md").read_text(encoding="utf-8"), re.DOTALL)
    path = tmp_path / "step_bound.py"
    path.write_text(claim, encoding="utf-8")
    assert [reading.verdict for reading in judge_claim(str(path), "quick", 0).result.readings] == ["REFUTED", "SURVIVED"]
    before, after = claim.split("CLAIM =")
    path.write_text(before + proof + "\nCLAIM =" + after.replace('with the factor 4"))', 'with the factor 4"), proof=PROOF)'), encoding="utf-8")
    assert [reading.verdict for reading in judge_claim(str(path), "quick", 0).result.readings] == ["REFUTED", "PROVED_MODULO"]


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


def test_every_document_that_is_named_exists() -> None:
    root = DOCS.parent
    for page in (*DOCS.glob("*.md"), root / "README.md", root / "CONTRIBUTING.md", root / "benchmarks" / "README.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
