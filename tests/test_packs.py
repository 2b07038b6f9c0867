"""What is known of the classical and the sharp pack: which of their readings are false, and that no false one can be cited."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from verify.judge import judge_claim
from verify.language.claim import ProvenanceCode
from verify.library import ClaimFile, discover
from verify.prove.chain import citable

PINNED = json.loads((Path(__file__).parent / "data" / "refuted.json").read_text(encoding="utf-8"))
FALSE = {claim for part in PINNED.values() for claim in part}
PACKS = [file for file in discover() if file.group in ("classical", "sharp")]


def test_the_classical_pack_is_large_enough() -> None:
    classical = {file.id for file in PACKS if file.group == "classical"}
    assert len(classical - FALSE) >= 15
    assert len(classical & FALSE) >= 5


@pytest.mark.parametrize("file", PACKS, ids=lambda file: file.id)
def test_only_the_pinned_false_strengthenings_are_refuted(file: ClaimFile) -> None:
    verdicts = {reading.verdict for reading in judge_claim(file.path, "quick", 0).result.readings}
    assert "ERROR" not in verdicts
    assert verdicts == {"REFUTED"} if file.id in FALSE else "REFUTED" not in verdicts


def test_no_false_strengthening_can_be_cited() -> None:
    """A citation needs an id of the classical pack and a reading of classical provenance; the false ones lack the second."""
    for file in PACKS:
        codes = {reading.provenance.code for reading in file.load().readings}
        if file.group == "classical" and file.id not in FALSE:
            assert codes == {ProvenanceCode.CLASSICAL}
            assert citable(file.id)
        else:
            assert ProvenanceCode.CLASSICAL not in codes, file.id
