"""False statements that a referee once had proved: variable capture, citations from anywhere, borrowed names, empty proofs, terms without a value."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Abs, And, Ge, Le, Matrix, MatrixSymbol, Piecewise, S, Symbol, sqrt
from sympy.logic.boolalg import Boolean

from tests.prove.chains import SCALARS, X, Y, claim, n, outcome, x, y
from verify import (
    ByHand,
    Claim,
    Exhibit,
    Exists,
    ForAll,
    KreissConstant,
    Lemma,
    Norm,
    Obligation,
    Proof,
    PseudospectralRadius,
    Reading,
    ResolventNorm,
    SpectralRadius,
    classical,
    coupling,
    general,
    own,
)
from verify.library import resolve
from verify.prove.chain import Prover
from verify.prove.composition import Knowledge, composed
from verify.prove.solver import decide

NORMS = {X: coupling(), Y: coupling()}
TRUE = SpectralRadius(X) <= Norm(X)
NOBODY = {}.__getitem__


def exhibit(statement: Boolean, members: dict, domain: dict | None = None) -> Any:
    return outcome(claim(statement, Proof(Exhibit("take this", members)), domain=domain))


def test_a_member_may_not_mention_what_is_bound_inside() -> None:
    found = exhibit(Exists([y], ForAll([x], x <= y)), {y: x + 1})
    assert found.verdict is None
    assert "mentions x" in found.reason
    assert exhibit(Exists([y], Le(x, y, evaluate=False)), {y: y + x}).verdict is None
    assert exhibit(Exists([y], x <= y), {y: x + 1}).verdict == "PROVED"


def test_a_member_is_not_put_in_for_what_is_given() -> None:
    found = exhibit(Exists([y], And(x <= 0, y <= 0)), {x: S.Zero, y: S.Zero})
    assert (found.verdict, "not asserted" in found.reason) == (None, True)


def test_a_member_fixes_no_size_of_a_given_matrix() -> None:
    found = exhibit(Exists([X], And(Norm(X) <= 0, Norm(Y) <= SpectralRadius(Y))), {X: Matrix([[0]])}, {X: general(), Y: general()})
    assert (found.verdict, "fix the size n" in found.reason) == (None, True)
    assert exhibit(Exists([X], And(Norm(X) <= 0, n <= 1)), {X: Matrix([[0]])}, {X: general()}).verdict is None
    assert exhibit(Exists([X], Norm(X) <= 0), {X: Matrix([[0]])}, {X: general()}).verdict == "PROVED"
    both = Exists([X, Y], And(Norm(X) <= 0, Norm(Y) <= 0))
    assert exhibit(both, {X: Matrix([[0]]), Y: Matrix.zeros(2, 2)}, {X: general(), Y: general()}).verdict is None


@pytest.mark.parametrize(("statement", "member"), [(y**2 <= -1, S.ImaginaryUnit), (y**2 <= x, sqrt(x)), (Ge(x * y, 1, evaluate=False), 1 / x)])
def test_a_member_has_a_real_value(statement: Boolean, member: Any) -> None:
    assert exhibit(Exists([y], statement), {y: member}).verdict is None


def test_new_variables_of_definitions_are_new() -> None:
    z_, r_ = Symbol("z_", complex=True), Symbol("r_", real=True)
    matrix = Matrix([[0, 0], [x, 0]])
    inside = (Abs(z_) - 1) * ResolventNorm(matrix, z_)
    assert decide(KreissConstant(matrix) <= 1 + 99 * x + inside - 1, (x >= 0, Abs(z_) > 1)).status != "valid"
    assert decide(PseudospectralRadius(Matrix([[0]]), x) >= r_, (x > 0,)).status != "valid"
    assert decide(x <= y, (Symbol("re(w)", real=True) >= Symbol("w", complex=True).as_real_imag()[0],)).status != "valid"


def test_names_of_unknowns_are_new() -> None:
    user = Symbol("#0", real=True)
    assert composed((), Norm(X) >= user, [Knowledge((), Norm(X) >= 0)]).status != "valid"


FALSE = Claim("F", "F", NORMS, [Reading("i", Norm(X) <= 10**5, classical("folklore"))])


def test_only_the_classical_claims_of_the_repository_are_cited() -> None:
    of = claim(Norm(X) <= 10**5, Proof(Lemma("F", "i", "folklore")), domain=NORMS)
    assert Prover({"F": FALSE}.__getitem__).prove(of, of.readings[0]).verdict is None
    found = outcome(of, FALSE)  # where it may be cited
    assert found.verdict == "PROVED"
    assert found.steps[0].kind == "cited"
    assert "1 cited" in found.reason


@pytest.mark.parametrize("name", ["/folder/F.py", "folder/F", "F.py"])
def test_a_path_is_no_lemma(name: str) -> None:
    of = claim(Norm(X) <= 10**5, Proof(Lemma(name, "i", "folklore")), domain=NORMS)
    prover = Prover({name: FALSE}.__getitem__, citable=lambda _: True)
    assert "is a path" in prover.prove(of, of.readings[0]).reason


def test_what_a_machine_refutes_is_not_cited() -> None:
    wrong = Claim("F", "F", SCALARS, [Reading("i", x**2 >= x, classical("folklore"))])
    assert outcome(claim(x**3 >= x**2, Proof(Lemma("F", "i", "folklore"))), wrong).verdict is None


def test_an_outside_claim_with_the_id_of_another_does_not_prove_it() -> None:
    theirs = claim(Norm(X) <= 1, id="T", domain=NORMS)
    first = Reading("i", x**2 >= x - 1, own())
    second = Reading("ii", Norm(X) <= 1, own(), proof=Proof(Lemma("T", "i", "the repository's")))
    outside = Claim("T", "T", NORMS | SCALARS, [first, second])
    prover = Prover({"T": theirs}.__getitem__)
    assert prover.prove(outside, first).verdict == "PROVED"
    assert prover.prove(outside, second).verdict is None
    assert prover.prove(theirs, theirs.readings[0]).verdict is None


def test_an_outside_claim_may_use_its_namesake() -> None:
    stated = resolve("T4")
    of = stated.readings[0]
    again = Reading("zz", of.statement, own(), hypotheses=of.hypotheses, domain=of.domain, proof=Proof(Lemma("T4", of.key, "the repository's")))
    false = Reading(of.key, Norm(X) <= 1, own(), domain=NORMS)
    outside = Claim("T4", "T4", stated.domain, [false, again], hypotheses=stated.hypotheses)
    prover = Prover(resolve)
    assert prover.prove(outside, false).verdict is None
    assert prover.prove(outside, again).verdict == prover.prove(stated, of).verdict == "PROVED_MODULO"


@pytest.mark.parametrize("refutes", [False, True])
def test_an_empty_proof_is_nothing(refutes: bool) -> None:
    found = outcome(claim(TRUE, Proof(refutes=refutes), domain=NORMS))
    assert (found.verdict, found.reason) == (None, "the stored proof has no steps")


IRRELEVANT = Obligation("irrelevant", x**2 >= x - 1)


@pytest.mark.parametrize("steps", [(ByHand("trust me"),), (ByHand("trust me", Norm(X) <= 1),), (IRRELEVANT,)])
def test_a_refutation_needs_a_machine_and_an_argument(steps: tuple) -> None:
    assert outcome(claim(TRUE, Proof(*steps, refutes=True), domain=NORMS | SCALARS)).verdict is None


def test_a_refutation_says_what_it_rests_on() -> None:
    found = outcome(claim(TRUE, Proof(IRRELEVANT, ByHand("trust me"), refutes=True), domain=NORMS | SCALARS))
    assert (found.verdict, found.level, found.by_hand) == ("REFUTED", "NONE", 1)
    assert "given 1 hand-written step, modulo the hand-written steps shown" in found.reason


def test_steps_that_do_not_visibly_give_the_statement() -> None:
    found = outcome(claim(TRUE, Proof(IRRELEVANT), domain=NORMS | SCALARS))
    assert (found.verdict, found.reason) == (None, "the steps do not visibly give the statement")
    assert outcome(claim(TRUE, Proof(IRRELEVANT, ByHand("so it is")), domain=NORMS | SCALARS)).verdict == "PROVED_MODULO"


@pytest.mark.parametrize("value", [S.One, x + 2])
def test_a_piecewise_without_a_true_case_is_no_value(value: Any) -> None:
    term = Piecewise((value, x > 0))
    assert decide(term >= 1, (x <= 0,)).status != "valid"
    for relation in (Ge(term, 1, evaluate=False), Le(term, term, evaluate=False)):
        assert decide(relation, (x <= 0,)).status != "valid"
    assert decide(Ge(term, 1, evaluate=False), (x > 0,)).status == "valid"


def test_hypotheses_that_were_folded_prove_nothing() -> None:
    assert decide(x >= 1, (Piecewise((1, x > 0)) >= 2,)).status != "valid"


def test_matrices_and_their_entries_are_told_apart() -> None:
    matrix = MatrixSymbol("N", 1, 1)
    assert decide(Norm(matrix) <= Symbol("N[1,1]", real=True), (Symbol("N[1,1]", real=True) >= 0,)).status != "valid"
