"""Proof chains: what each kind of step amounts to, and that nothing is proved by steps that fail, lean on each other, or say something else."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from sympy import Abs, And, Eq, Identity, Implies, Matrix, MatrixSymbol, Symbol, symbols
from sympy.logic.boolalg import Boolean

from verify import (
    ByHand,
    Claim,
    Exhibit,
    Exists,
    ForAll,
    KreissConstant,
    Lemma,
    MatrixEq,
    Norm,
    Obligation,
    Proof,
    Reading,
    ResolventNorm,
    SpectralRadius,
    SupOverClass,
    Supremum,
    Symmetric,
    between,
    block,
    classical,
    complex_outside,
    complex_plane,
    coupling,
    guessed,
    kreiss_constant,
    nonnegative,
    own,
    positive,
    real,
    symmetric,
)
from verify.language.matrices import resolvent
from verify.numerics.exact import RationalMatrix
from verify.prove.chain import ProofOutcome, Prover, prove
from verify.prove.exhibit import exhibited
from verify.prove.solver import Effort

p, q, n = symbols("p q n", integer=True)
gamma, s, x, y, r = symbols("gamma s x y r", real=True)
z = Symbol("z", complex=True)
A, C, D = MatrixSymbol("A", p, p), MatrixSymbol("C", q, p), MatrixSymbol("D", q, q)
X, Y = MatrixSymbol("X", n, n), MatrixSymbol("Y", n, n)
J = block([[A, 0], [C, D]])
CLASS = {gamma: between(0, 1, open_high=True), s: nonnegative(), A: symmetric(rho=gamma), D: symmetric(rho=gamma), C: coupling(norm=s)}
SCALARS = {x: real(), y: real()}
GAP = 4 * (1 - gamma)


def claim(statement: Boolean, proof: Proof | None = None, *, id: str = "Q", domain: dict | None = None, **more: object) -> Claim:
    return Claim(id, id, SCALARS if domain is None else domain, [Reading("i", statement, guessed(), proof=proof, **more)])


def outcome(of: Claim, *others: Claim) -> ProofOutcome:
    known = {one.id: one for one in (of, *others)}
    return prove(of, of.readings[0], known.__getitem__)


MEMBER = {A: Matrix([[gamma]]), D: Matrix([[gamma]]), C: Matrix([[s]])}
REACHED = ForAll((gamma, s), Exists((A, C, D), KreissConstant(J) >= s / GAP))


# -- without a stored proof --------------------------------------------------------------------------------------------


def test_a_true_scalar_statement_is_proved() -> None:
    found = outcome(claim(x**2 + y**2 >= 2 * x * y))
    assert (found.verdict, found.level, found.by_hand) == ("PROVED", "P3", 0)
    assert [step.discharged for step in found.steps] == [True]
    assert "certificate" in found.steps[0].by


def test_a_false_scalar_statement_gives_a_counterexample_but_no_verdict() -> None:
    found = outcome(claim(x**2 >= x, domain={x: positive()}))
    assert found.verdict is None
    assert found.counterexample == {"x": Fraction(1, 2)}
    assert "false at x = 1/2" in found.reason


def test_a_counterexample_in_a_matrix_and_a_complex_number() -> None:
    M = MatrixSymbol("M", 2, 2)
    found = outcome(claim(2 * ResolventNorm(M, z) <= 1, domain={M: symmetric(rho=1), z: complex_outside(1)}))
    matrix, point = found.counterexample["M"], complex(found.counterexample["z"])
    assert isinstance(matrix, RationalMatrix)
    array = matrix.to_numpy()
    assert np.allclose(array, array.T)
    assert max(abs(np.linalg.eigvalsh(array))) <= 1
    assert abs(point) > 1
    assert np.linalg.norm(np.linalg.inv(point * np.eye(2) - array), 2) > 1 / 2


def test_a_statement_about_matrices_of_any_size_is_left_alone() -> None:
    found = outcome(claim(Norm(X) >= 0, domain={X: coupling()}))
    assert (found.verdict, found.steps) == (None, ())
    assert "symbolic shape" in found.reason


def test_a_closed_form_proved_by_hand_caps_the_verdict() -> None:
    member = Matrix([[gamma, 0], [s, gamma]])
    found = outcome(claim(KreissConstant(member) >= s / GAP, domain={gamma: between(0, 1, open_high=True), s: nonnegative()}))
    assert (found.verdict, found.by_hand) == ("PROVED_MODULO", 1)
    assert found.steps[-1].kind == "by hand"
    assert "two_by_two" in found.steps[-1].text


def test_the_class_of_a_symbol_must_fit_its_assumptions() -> None:
    found = outcome(claim(x**2 >= x - 1, domain={x: complex_plane()}))
    assert found.verdict is None
    assert "ranges over another class" in found.reason


# -- block identities --------------------------------------------------------------------------------------------------


def inverse(lower: object) -> Boolean:
    return MatrixEq(resolvent(J, z), block([[resolvent(A, z), 0], [lower, resolvent(D, z)]]))


def test_the_resolvent_of_a_block_triangular_matrix() -> None:
    right = resolvent(D, z) * C * resolvent(A, z)
    found = outcome(claim(inverse(right), Proof(ByHand("multiply out")), domain={**CLASS, z: complex_plane()}))
    assert (found.verdict, found.level, found.by_hand) == ("PROVED", "P3", 0)


@pytest.mark.parametrize("sign", [-1, 2])
def test_a_wrong_block_is_not_proved(sign: int) -> None:
    wrong = inverse(sign * resolvent(D, z) * C * resolvent(A, z))
    assert outcome(claim(wrong, domain={**CLASS, z: complex_plane()})).verdict is None


def test_a_swapped_product_is_not_proved() -> None:
    first, second = block([[X, 0], [0, Y]]), block([[Y, 0], [0, X]])
    product = block([[X * Y, 0], [0, Y * X]])
    assert outcome(claim(MatrixEq(first * second, product), domain={X: coupling(), Y: coupling()})).verdict == "PROVED"
    swapped = block([[Y * X, 0], [0, Y * X]])
    assert outcome(claim(MatrixEq(first * second, swapped), domain={X: coupling(), Y: coupling()})).verdict is None


def test_a_full_matrix_is_not_inverted_by_its_blocks() -> None:
    full = block([[A, C.T], [C, D]])
    guess = block([[resolvent(A, z), 0], [0, resolvent(D, z)]])
    assert outcome(claim(MatrixEq(resolvent(full, z), guess), domain={**CLASS, z: complex_plane()})).verdict is None
    assert outcome(claim(MatrixEq(resolvent(J, z), z * Identity(p + q)), domain={**CLASS, z: complex_plane()})).verdict is None


# -- stored proofs -----------------------------------------------------------------------------------------------------

NORMS = {X: coupling(), Y: coupling()}
SUM = Norm(X + Y) <= Norm(X) + Norm(Y)
TRIANGLE = Claim("N", "N", NORMS, [Reading("i", SUM, classical("textbook"))])


def test_an_undischarged_obligation_gives_no_verdict_and_is_named() -> None:
    false = Obligation("too much", x**2 >= x, given=(x >= 0,))
    found = outcome(claim(Norm(X) <= 1, Proof(Obligation("fine", x**2 >= 0), false), domain=NORMS))
    assert found.verdict is None
    assert found.reason.startswith("step 2 of the stored proof is not discharged (too much)")
    assert [step.discharged for step in found.steps] == [True, False]


def test_obligations_beside_the_point_do_not_prove() -> None:
    """A true obligation that has nothing to do with the statement: the inference stays a hand-written step."""
    found = outcome(claim(Norm(X) <= 1, Proof(Obligation("fine", x**2 >= 0)), domain=NORMS))
    assert (found.verdict, found.by_hand) == ("PROVED_MODULO", 1)
    assert "No machine has checked this inference" in found.steps[-1].text


def test_a_lemma_and_an_obligation_compose() -> None:
    statement = Norm(X + Y) <= 2 * Norm(X) + Norm(Y) + 1
    step = Obligation("more room", x + y <= 2 * x + y + 1, given=(x >= 0, y >= 0))
    found = outcome(claim(statement, Proof(Lemma("N", "i", "triangle inequality"), step), domain=NORMS), TRIANGLE)
    assert (found.verdict, found.by_hand, found.rests_on) == ("PROVED", 0, (("N", "i"),))
    assert "cited: textbook" in found.steps[0].by
    assert found.steps[-1].text == "The steps together give the statement."


@pytest.mark.parametrize("statement", [Norm(X + Y) <= Norm(X), Norm(X + Y) < Norm(X) + Norm(Y), Norm(X - Y) <= Norm(X) + Norm(Y)])
def test_a_lemma_does_not_give_more_than_it_says(statement: Boolean) -> None:
    found = outcome(claim(statement, Proof(Lemma("N", "i", "triangle inequality")), domain=NORMS), TRIANGLE)
    assert found.verdict == "PROVED_MODULO"
    assert found.by_hand == 1


def test_the_hypotheses_of_a_lemma_are_checked_where_it_is_used() -> None:
    bounded = Claim("B", "B", {X: coupling(norm=1)}, [Reading("i", KreissConstant(X) <= 2, classical("textbook"))])
    use = Proof(Lemma("B", "i", "norm at most 1"))
    assert outcome(claim(KreissConstant(X) <= 3, use, domain={X: coupling(norm=1)}), bounded).by_hand == 0
    half = claim(KreissConstant(X) <= 3, use, domain={X: coupling()}, hypotheses=(2 * Norm(X) <= 1,))
    assert outcome(half, bounded).by_hand == 0
    assert outcome(claim(KreissConstant(X) <= 3, use, domain={X: coupling()}), bounded).by_hand == 1


def test_an_infinite_kreiss_constant_is_thought_of() -> None:
    """From ``K >= 2`` nothing follows about ``1/K``, which is not a number if ``K`` is infinite."""
    large = Claim("B", "B", {X: coupling()}, [Reading("i", KreissConstant(X) >= 2, classical("textbook"))])
    use = Proof(Lemma("B", "i", "at least 2"))
    assert outcome(claim(KreissConstant(X) > 1, use, domain={X: coupling()}), large).by_hand == 0
    assert outcome(claim(1 / KreissConstant(X) <= 1, use, domain={X: coupling()}), large).by_hand == 1


def test_a_supremum_in_a_step_is_bounded_by_the_solver() -> None:
    above = Supremum((r - 1) * Norm(X) / (r - gamma) ** 2, (r, 1, 5))
    domain = {gamma: between(0, 1, open_high=True), X: coupling()}
    hand = ByHand("an argument", KreissConstant(X) <= above)
    found = outcome(claim(KreissConstant(X) <= Norm(X) / GAP, Proof(hand), domain=domain))
    assert (found.verdict, found.by_hand) == ("PROVED_MODULO", 1)
    assert found.steps[-1].discharged


def test_hand_written_steps_cap_the_verdict_and_are_counted_once() -> None:
    lemma = claim(Norm(X) <= 1, Proof(ByHand("trust me")), id="L", domain=NORMS)
    twice = claim(Norm(X) <= 2, Proof(Lemma("L", "i", "once"), Lemma("L", "i", "twice")), id="U", domain=NORMS)
    found = outcome(twice, lemma)
    assert (found.verdict, found.by_hand) == ("PROVED_MODULO", 1)


def test_an_unproved_lemma_gives_no_verdict() -> None:
    lemma = claim(Norm(X) <= 1, id="L", domain=NORMS)
    found = outcome(claim(Norm(X) <= 2, Proof(Lemma("L", "i", "hope")), domain=NORMS), lemma)
    assert found.verdict is None
    assert "L(i): hope" in found.reason
    missing = outcome(claim(Norm(X) <= 2, Proof(Lemma("nowhere", "i", "hope")), domain=NORMS))
    assert (missing.verdict, "not found" in missing.reason) == (None, True)
    no_reading = outcome(claim(Norm(X) <= 2, Proof(Lemma("L", "ii", "hope")), domain=NORMS), lemma)
    assert (no_reading.verdict, "not found" in no_reading.reason) == (None, True)


def test_a_circular_proof_proves_nothing() -> None:
    first = claim(Norm(X) <= 1, Proof(Lemma("V", "i", "")), id="U", domain=NORMS)
    second = claim(Norm(X) <= 1, Proof(Lemma("U", "i", "")), id="V", domain=NORMS)
    prover = Prover({"U": first, "V": second}.__getitem__)
    for one in (first, second):
        found = prover.prove(one, one.readings[0])
        assert found.verdict is None
    assert "circular: U(i) → V(i) → U(i)" in prover.prove(first, first.readings[0]).reason


def test_a_lemma_is_proved_once() -> None:
    calls: list[str] = []
    lemma = claim(x**2 >= x - 1, id="L")

    def resolve(name: str) -> Claim:
        calls.append(name)
        return lemma

    prover = Prover(resolve)
    user = claim(Norm(X) >= 0, Proof(Lemma("L", "i", ""), Lemma("L", "i", "")), domain=NORMS | SCALARS)
    first = prover.prove(user, user.readings[0])
    assert prover.prove(user, user.readings[0]) is first
    assert prover.prove(lemma, lemma.readings[0]).verdict == "PROVED"


def test_a_proof_of_the_negation() -> None:
    steps = (Obligation("a point", And(x > 0, x < 1), given=(Eq(2 * x, 1),)), Lemma("N", "i", "triangle inequality"))
    found = outcome(claim(SUM >> (Norm(X) <= 0), Proof(*steps, refutes=True), domain=NORMS), TRIANGLE)
    assert found.verdict == "REFUTED"
    assert found.by_hand == 1
    assert found.reason.startswith("REFUTED by proof")
    failing = Proof(Obligation("no", x > 0), refutes=True)
    assert outcome(claim(Norm(X) <= 0, failing, domain=NORMS)).verdict is None


# -- existence ---------------------------------------------------------------------------------------------------------


def test_a_member_of_the_class_proves_existence() -> None:
    found = outcome(claim(REACHED, Proof(Exhibit("take this", MEMBER, point=2 - gamma)), domain=CLASS))
    assert (found.verdict, found.level, found.by_hand) == ("PROVED", "P1", 0)


def test_what_is_decided_about_the_member_includes_membership() -> None:
    of = claim(REACHED, Proof(Exhibit("take this", MEMBER, point=2 - gamma)), domain=CLASS)
    left = exhibited(of, of.readings[0], of.readings[0].proof.steps[0])
    decided = set(left.statement.args)
    assert {SpectralRadius(MEMBER[A]) <= gamma, Norm(MEMBER[C]) <= s, Abs(2 - gamma) > 1} <= decided
    assert any(isinstance(one, Symmetric) for one in decided)
    assert set(left.given) == {gamma >= 0, gamma < 1, s >= 0}


WRONG_MEMBERS: dict[str, dict] = {
    "outside the class": {**MEMBER, A: Matrix([[(1 + gamma) / 2]])},
    "too strong a coupling": {**MEMBER, C: Matrix([[s + 1]])},
    "too weak a coupling": {**MEMBER, C: Matrix([[s / 2]])},
    "not symmetric": {A: Matrix([[gamma, 0], [1, gamma]]), D: Matrix([[gamma]]), C: Matrix([[s, 0]])},
    "one is missing": {A: Matrix([[gamma]]), C: Matrix([[s]])},
}


@pytest.mark.parametrize("name", WRONG_MEMBERS)
def test_a_wrong_member_proves_nothing(name: str) -> None:
    found = outcome(claim(REACHED, Proof(Exhibit("take this", WRONG_MEMBERS[name], point=2 - gamma)), domain=CLASS))
    assert found.verdict is None
    assert not found.steps[0].discharged


def test_a_point_inside_the_circle_is_no_lower_bound() -> None:
    inside = Exhibit("too close", MEMBER, point=(1 + gamma) / 2)
    assert outcome(claim(REACHED, Proof(inside), domain=CLASS)).verdict is None


def test_a_kreiss_constant_on_the_smaller_side_is_not_lowered() -> None:
    below = ForAll((gamma, s), Exists((A, C, D), KreissConstant(J) <= s / GAP))
    assert outcome(claim(below, Proof(Exhibit("take this", MEMBER, point=2 - gamma)), domain=CLASS)).verdict is None


def test_without_a_point_the_closed_form_is_used_and_counted() -> None:
    found = outcome(claim(REACHED, Proof(Exhibit("take this", MEMBER)), domain=CLASS))
    assert (found.verdict, found.by_hand) == ("PROVED_MODULO", 1)


def test_a_member_bounds_a_supremum_over_the_class() -> None:
    statement = SupOverClass(KreissConstant(J), (A, C, D)) >= s / GAP
    assert outcome(claim(statement, Proof(Exhibit("take this", MEMBER, point=2 - gamma)), domain=CLASS)).verdict == "PROVED"
    other = SupOverClass(KreissConstant(J), (A, C, D)) <= s / GAP
    assert outcome(claim(other, Proof(Exhibit("take this", MEMBER, point=2 - gamma)), domain=CLASS)).verdict is None


# -- the real pack -----------------------------------------------------------------------------------------------------

EXPECTED = {("L15", "i"), ("T10", "b"), ("T10", "c"), ("T4-a1", "i"), ("T4-a2", "i"), ("T5", "iv"), ("E5", "i")} | {
    (name, key) for name, keys in (("P19", ("i", "ii", "iii")), ("P20", ("i", "ii", "iii", "iv"))) for key in keys
}


@pytest.mark.parametrize(("name", "key"), sorted(EXPECTED))
def test_readings_of_the_paper_that_a_machine_proves(name: str, key: str, resolve: Callable[[str], Claim]) -> None:
    of = resolve(name)
    found = prove(of, of.reading(key), resolve)
    assert (found.verdict, found.by_hand) == ("PROVED", 0), found.reason


@pytest.mark.parametrize(("name", "key"), [("T4-a2", "ii"), ("T10", "c-ii"), ("T10-gersh", "ii")])
def test_readings_of_the_paper_that_a_machine_refutes(name: str, key: str, resolve: Callable[[str], Claim]) -> None:
    of = resolve(name)
    found = prove(of, of.reading(key), resolve)
    assert found.verdict is None
    assert found.counterexample


@pytest.fixture(scope="module")
def resolve() -> Callable[[str], Claim]:
    from verify.library import resolve

    return resolve


def test_the_exhibited_member_reaches_the_bound_in_floats() -> None:
    member = np.array([[0.75, 0], [4, 0.75]])
    assert kreiss_constant(member).value >= 4 / (4 * 0.25)


def test_outcomes_travel_between_processes() -> None:
    found = outcome(claim(x**2 >= x))
    again = pickle.loads(pickle.dumps(found))
    assert again == found
    assert isinstance(again.counterexample["x"], Fraction)


def test_the_same_question_has_the_same_answer() -> None:
    of = claim(Implies(x > 0, x + 1 / x >= 2))
    assert outcome(of) == outcome(of)
    assert prove(of, of.readings[0], {}.__getitem__, Effort(rlimit=1, samples=0, certificates=False)).verdict is None


def test_own_provenance_is_not_cited() -> None:
    lemma = Claim("L", "L", NORMS, [Reading("i", Norm(X) <= 1, own())])
    assert outcome(claim(Norm(X) <= 2, Proof(Lemma("L", "i", "")), domain=NORMS), lemma).verdict is None


def test_spectral_radius_and_norm_agree_for_symmetric_blocks() -> None:
    lemma = Claim("L", "L", {gamma: nonnegative(), X: coupling(norm=gamma)}, [Reading("i", KreissConstant(X) <= 1 + gamma, classical("textbook"))])
    use = Proof(Lemma("L", "i", "in terms of the norm"))
    domain = {gamma: nonnegative(), X: symmetric(rho=gamma)}
    assert outcome(claim(KreissConstant(X) <= 2 + gamma, use, domain=domain), lemma).by_hand == 0
    loose = {gamma: nonnegative(), X: coupling()}
    by_radius = claim(KreissConstant(X) <= 2 + gamma, use, domain=loose, hypotheses=(SpectralRadius(X) <= gamma,))
    assert outcome(by_radius, lemma).by_hand == 1
