"""The shape of every file under ``theorems/``: what a claim file must be, whatever its claim says.

Which modules a claim file may import is a matter of ``test_architecture.py``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest
from sympy import Symbol, im, latex, preorder_traversal, re
from sympy.logic.boolalg import Boolean, BooleanAtom
from sympy.utilities.iterables import iterable

from verify import ByHand, Claim, Exhibit, Lemma, Obligation, Reading
from verify.domain import Domain
from verify.language.claim import ProvenanceCode
from verify.language.matrices import MatrixSequence
from verify.library import GROUPS, discover

STATEMENTS: dict[str, list[str]] = json.loads((Path(__file__).parent / "data" / "paper_statements.json").read_text(encoding="utf-8"))
FILES = sorted(discover(), key=lambda file: file.path)
CLAIMS = {file.id: file.load() for file in FILES}
READINGS = [(claim, reading) for claim in CLAIMS.values() for reading in claim.readings]
SIGNS = ("positive", "negative", "nonnegative", "nonpositive", "zero")
OWN_FORMULAS = {ProvenanceCode.OWN, ProvenanceCode.CLASSICAL}

each_reading = pytest.mark.parametrize(("claim", "reading"), READINGS, ids=[f"{claim.id}-{reading.key}" for claim, reading in READINGS])


def formulas(claim: Claim, reading: Reading) -> Iterator[tuple[str, Any]]:
    """Every SymPy statement that a reading carries, with the part it comes from."""
    yield "conclusion", reading.statement
    yield from (("hypothesis", relation) for relation in claim.hypotheses_of(reading))
    if reading.sharp is not None:
        yield "sharp form", reading.sharp.statement
    for step in () if reading.proof is None else reading.proof.steps:
        if isinstance(step, Obligation):
            yield from (("given", relation) for relation in step.given)
        if isinstance(step, (ByHand, Obligation)) and step.statement is not None:
            yield "step", step.statement


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


@each_reading
def test_no_statement_collapsed(claim: Claim, reading: Reading) -> None:
    for part, formula in formulas(claim, reading):
        assert isinstance(formula, Boolean), part
        assert not isinstance(formula, BooleanAtom), part


@each_reading
def test_nothing_is_declared_positive(claim: Claim, reading: Reading) -> None:
    """An assumed sign lets SymPy decide relations when it builds them, and the statement silently vanishes."""
    for part, formula in formulas(claim, reading):
        for symbol in formula.atoms(Symbol):
            assert all(getattr(symbol, f"is_{sign}") is None for sign in SIGNS), (part, symbol)


@each_reading
def test_it_prints(claim: Claim, reading: Reading) -> None:
    for part, formula in formulas(claim, reading):
        assert str(formula)
        printed = latex(formula)
        assert r"\mathtt" not in printed, part  # how SymPy prints what has no LaTeX form
        for node in preorder_traversal(formula):
            named = isinstance(node, (re, im))  # operators by that very name
            assert named or rf"\operatorname{{{type(node).__name__}}}" not in printed, part


@each_reading
def test_it_prints_with_its_quantifiers(claim: Claim, reading: Reading) -> None:
    endless = [symbol for symbol in claim.domain_of(reading) if iterable(symbol)]
    assert not endless, f"SymPy would walk through {endless} without end"
    assert latex(claim.closed(reading))
    assert str(claim.closed(reading))


@each_reading
def test_it_can_be_rebuilt(claim: Claim, reading: Reading) -> None:
    """SymPy's invariant ``e.func(*e.args) == e``, without which neither ``subs`` nor pickling works on a statement."""
    for part, formula in formulas(claim, reading):
        for node in preorder_traversal(formula):
            if node.args:
                assert node.func(*node.args) == node, part


@each_reading
def test_obligations_are_scalar(claim: Claim, reading: Reading) -> None:
    """What the decision procedure is asked is about real numbers."""
    for step in () if reading.proof is None else reading.proof.steps:
        if isinstance(step, Obligation):
            free = {symbol for formula in (step.statement, *step.given) for symbol in formula.free_symbols}
            assert all(isinstance(symbol, Symbol) and symbol.is_extended_real for symbol in free), step.text


@each_reading
def test_exhibits_stand_for_members_of_the_domain(claim: Claim, reading: Reading) -> None:
    for step in () if reading.proof is None else reading.proof.steps:
        if isinstance(step, Exhibit):
            assert set(step.members) <= set(claim.domain_of(reading))


@each_reading
def test_a_sharp_family_is_given_for_symbols_of_the_domain(claim: Claim, reading: Reading) -> None:
    if reading.sharp is not None:
        assert set(reading.sharp.attained_by) <= set(claim.domain_of(reading))


@each_reading
def test_bounds_of_classes_stand_before_them(claim: Claim, reading: Reading) -> None:
    """A class may depend on parameters that are drawn earlier, and on nothing else."""
    variables = Domain(claim.domain_of(reading)).variables
    drawn: set[str] = set(Domain(claim.domain_of(reading)).orders) | {v.name for v in variables if v.cls.discrete}
    for variable in variables:
        symbol = variable.symbol[1] if isinstance(variable.symbol, MatrixSequence) else variable.symbol
        used = {free.name for relation in variable.cls.relations(variable.symbol) for free in relation.free_symbols}
        assert used <= drawn | {variable.name} | {str(free) for free in symbol.free_symbols}, variable.name
        drawn.add(variable.name)


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
