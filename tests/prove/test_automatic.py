"""What is proved without a stored proof: scalar statements, identities of block matrices, and readings of the paper."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from sympy import Gt, Identity, Matrix, MatrixSymbol, Symbol, pi
from sympy.logic.boolalg import Boolean

from tests.prove.chains import CLASS, GAP, A, C, D, J, X, Y, claim, gamma, outcome, p, q, s, x, y, z
from verify import (
    ByHand,
    Claim,
    KreissConstant,
    MatrixEq,
    Norm,
    Proof,
    ResolventNorm,
    between,
    block,
    complex_outside,
    complex_plane,
    coupling,
    nonnegative,
    positive,
    symmetric,
)
from verify.language.claim import BadClaim
from verify.language.matrices import resolvent
from verify.numerics.exact import RationalMatrix
from verify.prove import chain
from verify.prove.certified import certified, key_of, scalar_statement
from verify.prove.chain import Prover, prove
from verify.prove.solver import QUICK, STANDARD


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
    with pytest.raises(BadClaim, match="declared real and has a class of complex numbers"):
        claim(x**2 >= x - 1, domain={x: complex_plane()})


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


# -- a quick run -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "key"), [("T10", "b"), ("L15", "i"), ("S2", "i"), ("P19-sharp", "ii"), ("T10", "c-ii")])
def test_a_quick_run_proves_what_a_standard_run_proves(name: str, key: str, resolve: Callable[[str], Claim]) -> None:
    one = resolve(name)
    quick, standard = (Prover(resolve, effort=effort).prove(one, one.reading(key)) for effort in (QUICK, STANDARD))
    assert (quick.verdict, quick.level, quick.hand, quick.refuted) == (standard.verdict, standard.level, standard.hand, standard.refuted)


def test_where_a_certificate_is_stored_a_quick_run_asks_no_solver(resolve: Callable[[str], Claim], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "decide", None)
    one = resolve("T10")
    found = Prover(resolve, effort=QUICK).prove(one, one.reading("b"))
    assert (found.verdict, found.level) == ("PROVED", "P3") and found.inequalities
    with pytest.raises(TypeError):
        Prover(resolve).prove(one, one.reading("b"))


def test_a_stored_certificate_is_not_for_a_symbol_of_the_same_name(resolve: Callable[[str], Claim]) -> None:
    """By name the altered statement is the proved one; but what is assumed is assumed of another symbol."""
    one = resolve("T10")
    reading = one.reading("b")
    gamma = next(symbol for symbol in reading.statement.free_symbols if symbol.name == "gamma")
    altered = reading.statement.xreplace({gamma: Symbol("gamma", rational=True)})
    assert certified(altered, one.hypotheses_of(reading)) is not None
    for effort in (QUICK, STANDARD):
        assert chain._decided(altered, one.hypotheses_of(reading), effort)[0].status == "unknown"


def test_a_stored_certificate_about_pi_is_not_for_a_symbol_that_is_called_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Inside, constants have names of symbols: no symbol of a claim may be taken for one."""
    true = Gt(pi, 3, evaluate=False)
    proof = {"proof": "of pi > 3"}
    monkeypatch.setattr("verify.prove.certified._stored", lambda: {key_of(scalar_statement(true)): proof})
    monkeypatch.setattr("verify.prove.certified._accepted", lambda text: True)
    assert chain._decided(true, (), QUICK)[0].status == "valid"
    for name in ("the_pi", "pi", "the_E"):
        false = Gt(Symbol(name, positive=True), 3, evaluate=False)
        assert certified(false) is None and chain._decided(false, (), QUICK)[0].status == "invalid"
