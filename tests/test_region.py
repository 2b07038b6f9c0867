"""The map of failures: what it counts, what it certifies, and that a cell's certificate lies in its cell."""

from fractions import Fraction

import pytest
from sympy import MatrixSymbol, Rational, Symbol, oo, symbols

from verify import Axis, Claim, KreissConstant, Norm, Reading, between, block, coupling, guessed, symmetric
from verify.judge import JudgeOptions, judge_reading
from verify.language.claim import BadClaim
from verify.library import resolve
from verify.prove.chain import Prover
from verify.search.effort import budget

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, C, D = MatrixSymbol("A", p, p), MatrixSymbol("C", q, p), MatrixSymbol("D", q, q)
J = block([[A, 0], [C, D]])
KAPPA = Norm(C) / (1 - gamma)
AXES = (Axis(gamma, (0, Rational(1, 2), 1)), Axis(KAPPA, (0, 2, oo)))


def claim(statement, axes=AXES):
    domain = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma), D: symmetric(rho=gamma), C: coupling()}
    return Claim(id="mapped", title="", domain=domain, axes=axes, readings=[Reading("i", statement, guessed("for this test"))])


def judged(statement, axes=AXES):
    made, certificates = claim(statement, axes), {}
    result = judge_reading(made, made.readings[0], budget("standard"), 0, JudgeOptions(scratch_only=True), certificates, Prover(resolve))
    return result, certificates


def test_a_reading_that_fails_only_for_strong_coupling():
    """``K <= 1`` holds where ``κ <= 2`` (S2) and fails for some member beyond."""
    result, certificates = judged(KreissConstant(J) <= 1)
    cells = {tuple(cell["index"]): cell for cell in result.failure_map["cells"]}
    assert set(cells) == {(0, 0), (0, 1), (1, 0), (1, 1)}
    for (_, strong), cell in cells.items():
        assert cell["sampled"] > 0
        assert bool(cell["certificate"]) == bool(strong)
        assert (cell["violating"] > 0) == bool(strong)
    for index, cell in cells.items():
        if cell["certificate"]:
            instance = certificates[cell["certificate"].removeprefix("certificates/")]["instance"]
            found = Fraction(instance["values"]["gamma"]["value"])
            assert (found >= Fraction(1, 2)) == bool(index[0])


def test_no_axes_no_map():
    assert judged(KreissConstant(J) <= 1, axes=())[0].failure_map == {}


@pytest.mark.parametrize("breaks", [(0,), (0, 0), (1, 0), ()])
def test_breaks_must_increase(breaks):
    with pytest.raises(BadClaim, match="increasing"):
        Axis(gamma, breaks)


def test_a_map_needs_two_axes():
    with pytest.raises(BadClaim, match="two"):
        claim(KreissConstant(J) <= 1, axes=AXES[:1])
