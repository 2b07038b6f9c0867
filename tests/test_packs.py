"""What is known of the classical and the sharp pack: which of their readings are false, and that no false one can be cited."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from verify.domain import coupling, real
from verify.judge import judge_claim
from verify.language.claim import Claim, Lemma, Proof, ProvenanceCode, own
from verify.library import ClaimFile, discover, resolve
from verify.prove.chain import citable, prove

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


@pytest.mark.parametrize(("norm", "verdict"), [(1, "PROVED"), (2, None)])
def test_a_citation_counts_only_where_its_hypotheses_hold(norm: int, verdict: str | None) -> None:
    """Von Neumann's inequality is cited for a contraction, and is of no use for a matrix of norm up to 2."""
    cited = resolve("von-neumann")
    reading = replace(cited.readings[0], provenance=own(), proof=Proof(Lemma("von-neumann", "i", "cited")))
    a, b, matrix = cited.domain
    claim = Claim("citing", "citing", {a: real(), b: real(), matrix: coupling(norm=norm)}, [reading])
    outcome = prove(claim, reading, resolve)
    assert outcome.verdict == verdict
    assert [step.kind for step in outcome.steps][:1] == ["cited"]
