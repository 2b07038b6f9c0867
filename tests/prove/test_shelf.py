"""Proofs that workers share: the same outcome, and nothing but proofs of the repository's own claims."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from sympy import Symbol

from tests.prove.chains import SCALARS, A, claim, x
from verify import Claim, Lemma, Norm, Proof, between, classical, real, symmetric
from verify.library import resolve
from verify.prove import chain
from verify.prove.chain import ProofOutcome, Prover
from verify.prove.fingerprint import Fingerprints
from verify.prove.shelf import Shelf
from verify.prove.solver import STANDARD

READINGS = [("S2", "i"), ("T5", "iv"), ("A1", "i")]
"""Proved modulo a hand-written step; proved, with certificates of steps; refuted by proof."""


TRUE, FALSE = 2 * x <= x**2 + 1, x <= x**2


def at_a_loss(*_: Any) -> Any:
    raise AssertionError("it was decided again")


def prover(shelf: Path, *claims: Claim) -> Prover:
    known = {one.id: one for one in claims}
    return Prover(known.__getitem__ if claims else resolve, shelf=Shelf(shelf))


@pytest.mark.parametrize(("name", "reading"), READINGS)
def test_a_proof_on_the_shelf_is_taken_as_it_was_found(name: str, reading: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = resolve(name)
    found = prover(tmp_path).prove(one, one.reading(reading))
    assert found.verdict in ("PROVED", "PROVED_MODULO", "REFUTED") and found == Prover(resolve).prove(one, one.reading(reading))
    monkeypatch.setattr(chain, "_decided", at_a_loss)
    assert prover(tmp_path).prove(one, one.reading(reading)) == found


def test_every_field_of_an_outcome_is_recorded(tmp_path: Path) -> None:
    """A field that is added later must be given back, too."""
    one = resolve("T5")
    prover(tmp_path).prove(one, one.reading("iv"))
    record = Shelf(tmp_path).take("T5", "iv", Fingerprints(resolve, STANDARD).of(one, one.reading("iv")))
    assert record is not None and set(record) == {field.name for field in dataclasses.fields(ProofOutcome)}
    assert record["inequalities"], "the certificates of its steps are part of it"


def test_what_is_not_proved_is_not_shelved(tmp_path: Path) -> None:
    """It may have failed for want of time, or have a counterexample that is still to be examined."""
    false = claim(FALSE, domain=SCALARS)
    assert prover(tmp_path, false).prove(false, false.readings[0]).counterexample
    assert not list(tmp_path.iterdir())


def test_another_claim_of_the_same_name_gets_no_proof_from_the_shelf(tmp_path: Path) -> None:
    """A file from outside, or a statement with an error planted, bears the id of a claim that is proved."""
    true, false = claim(TRUE, domain=SCALARS), claim(FALSE, domain=SCALARS)
    assert prover(tmp_path, true).prove(true, true.readings[0]).verdict == "PROVED"
    assert prover(tmp_path, true).prove(false, false.readings[0]).verdict is None


def test_what_was_proved_beside_a_circle_is_not_shelved(tmp_path: Path) -> None:
    """It may depend on where the proving began."""
    first = claim(TRUE, domain=SCALARS)
    circular = dataclasses.replace(first.readings[0], key="ii", statement=FALSE, proof=Proof(Lemma(first.id, "ii", "itself")))
    both = dataclasses.replace(first, readings=[dataclasses.replace(first.readings[0]), circular])
    judged = prover(tmp_path, both)
    assert judged.prove(both, both.reading("ii")).verdict is None
    assert judged.prove(both, both.reading("i")).verdict == "PROVED"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("damaged", ["", "[]", '{"verdict": "PRO'])
def test_a_damaged_record_is_no_proof(damaged: str, tmp_path: Path) -> None:
    true = claim(TRUE, domain=SCALARS)
    found = prover(tmp_path, true).prove(true, true.readings[0])
    (record,) = tmp_path.iterdir()
    record.write_text(damaged)
    assert prover(tmp_path, true).prove(true, true.readings[0]) == found


def test_a_claim_that_is_edited_during_the_run_gets_no_proof_of_what_it_said_before(tmp_path: Path) -> None:
    """Workers read the claim files when they need them."""
    before, after = claim(TRUE, domain=SCALARS), claim(FALSE, domain=SCALARS)
    assert prover(tmp_path, before).prove(before, before.readings[0]).verdict == "PROVED"
    assert prover(tmp_path, after).prove(after, after.readings[0]).verdict is None


def test_a_reading_that_is_not_the_claims_own_gets_no_proof_of_it(tmp_path: Path) -> None:
    true = claim(TRUE, domain=SCALARS)
    assert prover(tmp_path, true).prove(true, true.readings[0]).verdict == "PROVED"
    assert prover(tmp_path, true).prove(true, dataclasses.replace(true.readings[0], statement=FALSE)).verdict is None


def test_a_lemma_that_is_edited_takes_the_proofs_that_rest_on_it_with_it(tmp_path: Path) -> None:
    proof = Proof(Lemma("L", "i", "all of it"))
    resting = claim(TRUE, proof, domain={x: real(), A: symmetric()}, id="R", hypotheses=(Norm(A) <= 1,))
    for statement, wanted in ((TRUE, True), (FALSE, False)):
        lemma = claim(statement, domain=SCALARS, id="L")
        steps = prover(tmp_path, resting, lemma).prove(resting, resting.readings[0])
        assert (steps.verdict is not None) is wanted, steps


@pytest.mark.parametrize(
    "changed",
    [
        {"hypotheses": (x >= 0,)}, {"domain": {x: between(0, 1)}}, {"provenance": classical("a book")}, {"proof": Proof(Lemma("L", "i", "a lemma"))},
        {"statement": TRUE.xreplace({x: Symbol("x", real=True, nonzero=True)})},
    ],
    ids=lambda changed: next(iter(changed)),
)  # fmt: skip
def test_a_fingerprint_is_of_all_that_a_proof_depends_on(changed: dict[str, Any]) -> None:
    one = claim(TRUE, domain=SCALARS)
    read = Fingerprints({}.__getitem__, STANDARD)
    reading = dataclasses.replace(one.readings[0], **changed)
    assert read.of(one, one.readings[0]) == Fingerprints({}.__getitem__, STANDARD).of(one, dataclasses.replace(one.readings[0]))
    assert read.of(one, reading) != read.of(one, one.readings[0])
    assert Fingerprints({}.__getitem__).of(one, reading) != read.of(one, reading), "another effort"
