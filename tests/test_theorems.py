"""The shape of every file under ``theorems/``: what a claim file must be, whatever its claim says.

Which modules a claim file may import is a matter of ``test_architecture.py``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest
from sympy import Ne, Symbol, true

from verify import Claim, Exhibit, Family, Lemma, Obligation, Proof, Reading, SharpForm, between, own
from verify.form import CHECKS, complaints
from verify.language.claim import BadClaim, ProvenanceCode
from verify.library import GROUPS, discover

STATEMENTS: dict[str, list[str]] = json.loads((Path(__file__).parent / "data" / "paper_statements.json").read_text(encoding="utf-8"))
FILES = sorted(discover(), key=lambda file: file.path)
CLAIMS = {file.id: file.load() for file in FILES}
READINGS = [(claim, reading) for claim in CLAIMS.values() for reading in claim.readings]
OWN_FORMULAS = {ProvenanceCode.OWN, ProvenanceCode.CLASSICAL}

each_reading = pytest.mark.parametrize(("claim", "reading"), READINGS, ids=[f"{claim.id}-{reading.key}" for claim, reading in READINGS])


def lemmas(reading: Reading) -> list[Lemma]:
    return [] if reading.proof is None else [step for step in reading.proof.steps if isinstance(step, Lemma)]


def test_every_file_is_a_claim() -> None:
    folder = Path(__file__).resolve().parents[1] / "theorems"
    written = {path.name for group in GROUPS for path in (folder / group).glob("*.py") if path.name != "__init__.py"}
    assert written == {Path(file.path).name for file in FILES}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.id)
def test_the_file_is_named_after_its_claim(file: Any) -> None:
    assert Path(file.path).stem == CLAIMS[file.id].id.replace("-", "_")


@pytest.mark.parametrize("claim_id", STATEMENTS)
def test_readings_are_those_of_the_list_of_claims(claim_id: str) -> None:
    assert [reading.key for reading in CLAIMS[claim_id].readings] == STATEMENTS[claim_id]


def test_claims_beyond_the_list_are_our_own_or_classical() -> None:
    for claim_id in CLAIMS.keys() - STATEMENTS.keys():
        assert {reading.provenance.code for reading in CLAIMS[claim_id].readings} <= OWN_FORMULAS, claim_id


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@each_reading
def test_the_form(claim: Claim, reading: Reading, check: Callable[[Claim, Reading], Iterator[str]]) -> None:
    assert list(check(claim, reading)) == []


def malformed(case: str) -> tuple[Claim, Reading]:
    """A claim that breaks one rule of form and passes its own constructor."""
    x, y = Symbol("x", real=True), Symbol("y", real=True)
    if case == "sign":
        reading = Reading("i", x <= 1, own(), sharp=SharpForm(Symbol("s", positive=True) <= x))
    elif case == "family":
        reading = Reading("i", x <= 1, own(), sharp=SharpForm(x <= 1, attained_by={y: 1}))
    elif case == "stranger":
        reading = Reading("i", x <= 1, own(), sharp_at=(Family({x: 1, y: 1}),))
    elif case == "gap":
        reading = Reading("i", x <= 1, own(), sharp_at=(Family({}),))
    elif case == "collapsed":
        reading = Reading("i", x <= 1, own(), sharp=SharpForm(true))
    elif case == "obligation":
        reading = Reading("i", x <= 1, own(), proof=Proof(Obligation("a step", Ne(Symbol("w"), 0))))
    else:
        reading = Reading("i", x <= 1, own(), proof=Proof(Exhibit("a member", {y: 1})))
    return Claim("bad", "", {x: between(0, 1)}, [reading]), reading


@pytest.mark.parametrize(
    ("case", "message"),
    [
        ("sign", "declared with a sign"), ("family", "not in the domain"), ("stranger", "not in the domain"), ("gap", "no member for x"),
        ("collapsed", "collapsed to"), ("obligation", "about real numbers"), ("exhibit", "no symbol of the domain"),
    ],
)
def test_a_bad_form_is_seen(case: str, message: str) -> None:
    assert any(message in complaint for complaint in complaints(*malformed(case)))


def test_a_class_speaks_of_what_stands_before_it() -> None:
    x, y = Symbol("x", real=True), Symbol("y", real=True)
    with pytest.raises(BadClaim, match="has to stand before it"):
        Claim("bad", "", {x: between(0, y), y: between(0, 1)}, [Reading("i", x <= y, own())])


@each_reading
def test_lemmas_exist(claim: Claim, reading: Reading) -> None:
    for lemma in lemmas(reading):
        assert lemma.claim in CLAIMS, f"{claim.id}({reading.key}) cites {lemma.claim}, which has no file"
        CLAIMS[lemma.claim].reading(lemma.reading)


@each_reading
def test_surrogates_exist_and_are_formulas(claim: Claim, reading: Reading) -> None:
    surrogate = None if reading.untestable is None else reading.untestable.surrogate
    if surrogate is not None:
        assert CLAIMS[surrogate.claim].reading(surrogate.reading).untestable is None


def test_no_proof_goes_in_circles() -> None:
    cited = {(claim.id, reading.key): {(lemma.claim, lemma.reading) for lemma in lemmas(reading)} for claim, reading in READINGS}
    order = list(TopologicalSorter(cited).static_order())  # raises CycleError
    assert set(order) == set(cited)
