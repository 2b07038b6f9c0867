"""What the documents show works as shown."""

from __future__ import annotations

import re
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


def test_every_document_that_is_named_exists() -> None:
    root = DOCS.parent
    for page in (*DOCS.glob("*.md"), root / "README.md", root / "CONTRIBUTING.md", root / "benchmarks" / "README.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
