"""The references that say what is true in place of a false reading: every one resolves, and no pinned false reading of the paper lacks one."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from sympy import Symbol

from verify.language.claim import BadClaim, Reading, own
from verify.library import discover

FILES = {file.id: file for file in discover()}
PINNED = json.loads((Path(__file__).parents[1] / "data" / "refuted.json").read_text(encoding="utf-8"))
FALSE = {(claim, key) for part in PINNED.values() for claim, keys in part.items() for key in keys}
REPAIRS = [
    (claim.id, reading.key, name) for file in FILES.values() for claim in (file.load(),) for reading in claim.readings for name in reading.repaired_by
]
x = Symbol("x", real=True)


@pytest.mark.parametrize(("claim", "key", "name"), REPAIRS)
def test_a_repair_names_another_reading_that_is_not_false(claim: str, key: str, name: str) -> None:
    target, part = re.fullmatch(r"(.+)\((.+)\)", name).groups()  # type: ignore[union-attr]
    FILES[target].load().reading(part)
    assert (target, part) != (claim, key) and (target, part) not in FALSE


def test_every_false_reading_of_the_paper_has_a_repair() -> None:
    repaired = {(claim, key) for claim, key, _ in REPAIRS}
    assert [pair for pair in sorted(FALSE) if FILES[pair[0]].group == "paper" and pair not in repaired] == []


@pytest.mark.parametrize("name", ["S2(i)", ("S2",), ("S2(i",), ("../S2(i)",), (2,)])
def test_a_repair_that_is_no_reference_is_refused(name: object) -> None:
    with pytest.raises(BadClaim, match="repaired_by of reading 'i'"):
        Reading("i", x >= 0, own(), repaired_by=name)  # type: ignore[arg-type]
