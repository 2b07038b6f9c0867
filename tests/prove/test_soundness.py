"""Random statements: one that is false by construction never comes out valid, and every answer agrees with exact evaluation at random points."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction

import pytest
from sympy import Abs, And, Eq, Expr, Implies, Le, Max, Min, Ne, Or, Piecewise, Rational, Symbol, sqrt, symbols
from sympy.logic.boolalg import Boolean

from verify.numerics.truth import Truth
from verify.prove.evaluation import NoValue, truth_at, value_at
from verify.prove.solver import Effort, decide, decide_real

SYMBOLS = symbols("x y w", real=True)
EFFORT = Effort(rlimit=60_000, samples=25, seconds=3.0, seconds_per_question=1.0)
SEEDS = range(60)

Point = dict[Symbol, Fraction]


def number(rng: random.Random) -> Fraction:
    return Fraction(rng.randint(-12, 12), rng.choice((1, 2, 3, 4)))


def point(rng: random.Random) -> Point:
    return {symbol: number(rng) for symbol in SYMBOLS}


def expression(rng: random.Random, depth: int) -> Expr:
    """A random real expression: polynomials, quotients, moduli, roots, cases."""
    if depth == 0:
        return rng.choice((*SYMBOLS, *SYMBOLS, Rational(rng.randint(-3, 3), rng.choice((1, 2)))))
    first, second = expression(rng, depth - 1), expression(rng, rng.randrange(depth))
    forms: tuple[Callable[[], Expr], ...] = (
        lambda: first + second,
        lambda: first - second,
        lambda: first * second,
        lambda: first**2,
        lambda: Abs(first),
        lambda: Max(first, second),
        lambda: Min(first, second),
        lambda: sqrt(Abs(first)),
        lambda: sqrt(first**2 + 1),
        lambda: first / (1 + second**2),
        lambda: first / (second + Rational(1, 3)),
        lambda: Piecewise((first, Le(second, first, evaluate=False)), (second, True), evaluate=False),
    )
    return rng.choice(forms)()


def value(of: Expr, at: Point) -> Fraction | None:
    """A rational close to the value (equal to it, where it is rational); None if there is none."""
    try:
        found = value_at(of, at)
    except (NoValue, TypeError):
        return None
    return found if isinstance(found, Fraction) else Fraction(float(found))


@pytest.mark.parametrize("seed", SEEDS)
def test_what_fails_at_a_chosen_point_is_never_valid(seed: int) -> None:
    """``e <= e(x0) − δ`` fails at ``x0``; with premises that hold at ``x0``, and one of a disjunction, it still does."""
    rng = random.Random(seed)
    body, at = expression(rng, 3), point(rng)
    here = value(body, at)
    if here is None:
        return
    limit = Rational(*(here - Fraction(1, rng.choice((1, 1000, 10**6)))).as_integer_ratio())
    premises = tuple(symbol <= Rational(*(at[symbol] + 1).as_integer_ratio()) for symbol in SYMBOLS[:2])
    false = Le(body, limit, evaluate=False)
    for statement, given in (
        (false, ()),
        (Implies(And(*premises), false, evaluate=False), ()),
        (Or(false, SYMBOLS[0] > at_most(at)), premises),
    ):
        assert truth_at(statement, at) is not Truth.HOLDS
        decision, found = decide_real(statement, given, EFFORT)
        assert decision.status != "valid", (statement, at)
        if decision.status == "invalid":
            assert truth_at(statement, found) is Truth.VIOLATED


def at_most(at: Point) -> Rational:
    return Rational(*at[SYMBOLS[0]].as_integer_ratio())


@pytest.mark.parametrize("seed", SEEDS)
def test_answers_agree_with_exact_evaluation(seed: int) -> None:
    """Equations, inequalities and their negations between random expressions, against 60 random points."""
    rng = random.Random(1000 + seed)
    left, right = expression(rng, 2), expression(rng, 2)
    statement: Boolean = rng.choice((Le, Eq, Ne))(left, right, evaluate=False)
    decision = decide(statement, (), EFFORT)
    truths = {truth_at(statement, point(rng)) for _ in range(60)}
    if decision.status == "valid":
        assert truths <= {Truth.HOLDS, Truth.UNDECIDED}, statement
    if decision.status == "invalid":
        at = {symbol: decision.model.get(symbol.name, Fraction(0)) for symbol in SYMBOLS}
        assert truth_at(statement, at) is Truth.VIOLATED


SQUARES = [(f, g) for f in (1, 2, 5) for g in (1, 3)]


@pytest.mark.parametrize(("p", "q"), SQUARES)
def test_tight_inequalities_hold_and_their_tightening_does_not(p: int, q: int) -> None:
    """``p²x² + q²y² >= 2pqxy`` with equality at ``px = qy``; any larger constant fails there."""
    x, y, _ = SYMBOLS
    left = p**2 * x**2 + q**2 * y**2
    assert decide(left >= 2 * p * q * x * y).status == "valid"
    assert decide(left >= Rational(2001, 1000) * p * q * x * y).status == "invalid"
    assert decide(sqrt(left) >= p * x, (x > 0,)).status == "valid"  # a statement that SymPy does not fold
