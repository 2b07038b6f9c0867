"""What is decided: true statements come out valid, those false by a thousandth invalid, with a counterexample that floats confirm."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from sympy import Abs, Eq, Implies, Lt, Matrix, MatrixSymbol, Ne, Not, Or, Piecewise, Rational, Symbol, exp, sqrt, symbols
from sympy.logic.boolalg import Boolean

from tests.prove.statements import INVALID, VALID, Statement
from verify import ForAll, KreissConstant, Norm, SpectralRadius, Symmetric
from verify.evaluate.floats import margins
from verify.numerics.exact import RationalMatrix
from verify.prove.nlsat import Answer, Nlsat, solver_version
from verify.prove.solver import Effort, decide

x, y = symbols("x y", real=True)
w = Symbol("w", complex=True)
ROUNDING = 1e-12
ON_BOUNDARY = {"T10-b"}
"""Here the simplest counterexample has ρ = 1 exactly, so that the implication's margin is 0."""


def in_floats(model: dict[str, Any]) -> dict[str, Any]:
    return {name: np.array([float(value) if isinstance(value, Fraction) else complex(value)]) for name, value in model.items()}


@pytest.mark.parametrize("name", VALID)
def test_true_statements_are_valid(name: str) -> None:
    decision = decide(*VALID[name])
    assert decision.status == "valid", decision.detail
    assert decision.level in ("P1", "P3")
    assert (decision.solver, decision.version) == (("z3", solver_version()) if decision.level == "P1" else ("", ""))


@pytest.mark.parametrize("name", INVALID)
def test_false_statements_have_an_exact_counterexample(name: str) -> None:
    statement, given = INVALID[name]
    decision = decide(statement, given)
    assert decision.status == "invalid", decision.detail
    env = in_floats(dict(decision.model))
    assert all(margins(one, env)[0] <= ROUNDING for one in given)
    assert margins(statement, env)[0] > (-ROUNDING if name in ON_BOUNDARY else ROUNDING)


@pytest.mark.parametrize("name", ["T4-a1", "T4-a2-i", "T4"])
def test_exact_certificates_need_no_solver(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Nlsat, "ask", lambda self, constraints, quick=False: Answer("unknown"))
    decision = decide(*VALID[name])
    assert (decision.status, decision.level, decision.by) == ("valid", "P3", "exact positivity certificate")


@pytest.mark.parametrize("name", ["L15", "P19-i", "T4 radial"])
def test_nothing_is_valid_when_solver_and_certificates_fail(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Nlsat, "ask", lambda self, constraints, quick=False: Answer("unknown"))
    assert decide(*VALID[name]).status == "unknown"


MEANINGLESS: dict[str, Statement] = {
    "division by zero in the conclusion": (1 / x > -1, (x >= 0,)),
    "root of a negative number in the conclusion": (sqrt(x) >= 0, ()),
    "division by zero in a premise": (x > 0, (1 / x > 0,)),
    "no case applies": (Piecewise((x, x > 0)) > 0, ()),
    "infinite resolvent": (KreissConstant(Matrix([[0, x], [-x, 0]])) >= 1, ()),
}


@pytest.mark.parametrize("name", MEANINGLESS)
def test_a_point_without_value_is_neither_proof_nor_counterexample(name: str) -> None:
    assert decide(*MEANINGLESS[name]).status == "unknown"


GUARDED: dict[str, Statement] = {
    "division": (Implies(x > 0, 1 / x > 0), ()),
    "root": (Or(x < 0, Eq(sqrt(x) ** 2, x, evaluate=False)), ()),
    "premise": (x >= 0, (x > -1, Ne(x, 0), 1 / x > 0)),
    "case": (Piecewise((1 / x, x > 0), (1, True)) > 0, ()),
}


@pytest.mark.parametrize("name", GUARDED)
def test_a_guard_gives_the_value_back(name: str) -> None:
    assert decide(*GUARDED[name]).status == "valid"


def test_quantifiers_get_variables_of_their_own() -> None:
    """``∀x: x > y`` or ``∀x: x <= y`` is false; with one ``x`` for both it would be true."""
    either = Or(ForAll([x], x > y), ForAll([x], x <= y))
    assert decide(either).status != "valid"
    assert decide(Or(ForAll([x], x**2 >= x - 1), ForAll([x], x > y))).status == "valid"
    assert decide(Not(ForAll([x], x > y))).status == "unknown"


def test_assumptions_of_symbols_count() -> None:
    positive, negative = Symbol("u", positive=True), Symbol("v", negative=True)
    assert decide(Lt(positive * negative - 1, 0, evaluate=False)).status == "valid"
    assert decide(positive > 1).model["u"] > 0
    whole = Symbol("k", integer=True)
    assert decide(2 * whole + Rational(1, 10) <= 1000).model["k"].denominator == 1


def test_matrices_of_fixed_shape_are_decided_by_their_entries() -> None:
    M = MatrixSymbol("M", 2, 2)
    assert decide(Eq(SpectralRadius(M), Norm(M)), (Symmetric(M),)).status == "valid"
    decision = decide(SpectralRadius(M) >= Norm(M))
    assert decision.status == "invalid"
    found = decision.model["M"]
    assert isinstance(found, RationalMatrix)
    entries = found.to_numpy()
    assert max(abs(np.linalg.eigvals(entries))) < np.linalg.norm(entries, 2)


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        (Norm(MatrixSymbol("A", Symbol("n", integer=True), 2)) >= 0, "symbolic shape"),
        (exp(x) > 0 * x + Rational(1, 2), "exp is not algebraic"),
        (Norm(Matrix(3, 3, lambda i, j: x + i + j)) >= 0, "closed form"),
        (Symbol("u") ** 2 >= 0, "neither real nor complex"),
        (Eq(w**2, w), None),
    ],
)
def test_what_is_not_scalar_is_unknown_with_a_reason(statement: Boolean, reason: str | None) -> None:
    decision = decide(statement)
    assert decision.status == ("invalid" if reason is None else "unknown")
    assert reason is None or reason in decision.detail


def test_effort_is_counted_and_the_clock_only_stops() -> None:
    easy, hard = VALID["P19-ii"], VALID["T4 resolvent, complex"]
    assert decide(*easy) == decide(*easy)
    assert decide(*hard, Effort(rlimit=1)).detail == "the solver gave up within its effort"
    assert decide(*hard, Effort(seconds=0.0)).detail == "stopped by the clock"


def test_a_counterexample_far_out_is_found_by_the_solver() -> None:
    decision = decide(Abs(x - Rational(1234567, 1000)) >= Rational(1, 10**6))
    assert decision.status == "invalid"
    assert abs(decision.model["x"] - Fraction(1234567, 1000)) < Fraction(1, 10**6)


def test_an_irrational_counterexample_is_not_invented() -> None:
    """Only ``x = √2`` violates it, and no rational point does."""
    assert decide(Ne(x**2, 2)).status == "unknown"
    decision = decide(x**2 > 2, (x > 0,))
    assert decision.status == "invalid"
    assert 0 < decision.model["x"] ** 2 <= 2
