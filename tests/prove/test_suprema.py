"""Suprema in closed form: at a critical point, at an end, at either as parameters decide; and what is said where none is found."""

from __future__ import annotations

from fractions import Fraction

import pytest
from sympy import Eq, Expr, Max, Piecewise, Rational, oo, sqrt, symbols

from verify import Supremum
from verify.prove.solver import decide
from verify.prove.supremum import closed_form

x, y, s, t = symbols("x y s t", real=True)

VALUES: list[tuple[Expr, tuple[Expr, Expr, Expr], tuple, Expr]] = [
    (x * (1 - x), (x, 0, 1), (), Rational(1, 4)),
    (x, (x, 0, 1), (), Rational(1)),
    (-x, (x, 0, oo), (), Rational(0)),
    (x / (1 + x), (x, 0, oo), (), Rational(1)),
    (1 - x**2, (x, -oo, oo), (), Rational(1)),
    (x / (1 + x**2), (x, 0, oo), (), Rational(1, 2)),
    (t * x, (x, 0, 1), (), Max(t, 0)),
    (x * (t - x), (x, 0, oo), (), Piecewise((t**2 / 4, t > 0), (0, True))),
    (x * (t - x), (x, 0, 1), (t > 0, t < 2), t**2 / 4),
    ((x - s) * t / (x + s) ** 2, (x, s, oo), (s > 0, t >= 0), t / (8 * s)),
]


@pytest.mark.parametrize(("body", "bounds", "given", "expected"), VALUES)
def test_value_and_nothing_but_the_value(body: Expr, bounds: tuple, given: tuple, expected: Expr) -> None:
    supremum = Supremum(body, bounds)
    assert decide(Eq(supremum, expected), given).status == "valid"
    assert decide(supremum <= expected, given).status == "valid"
    assert decide(supremum >= expected, given).status == "valid"
    for wrong in (expected + Rational(1, 1000), expected - Rational(1, 1000)):
        assert decide(Eq(supremum, wrong), given).status == "invalid"


def test_a_bound_is_proved_pointwise_where_no_closed_form_is_found() -> None:
    body = Supremum(sqrt(x**2 + 1) - x, (x, 0, oo))
    assert closed_form(body, (), lambda goal, facts: pytest.fail("nothing to decide")) is None
    assert decide(body <= 1).status == "valid"
    assert decide(body <= Rational(9, 10)).status == "invalid"
    assert decide(body >= 1).status == "unknown"
    assert decide(body < 2).status == "unknown"


def test_no_value_is_claimed_for_an_unbounded_or_meaningless_body() -> None:
    assert decide(Supremum(x, (x, 0, oo)) <= y).status == "invalid"
    assert decide(Supremum(x**2, (x, 0, oo)) >= y).status == "unknown"
    assert decide(Supremum(1 / x, (x, -1, 1)) <= 10).status == "invalid"
    assert decide(Supremum(1 / x, (x, -1, 1)) <= 10**6).status != "valid"
    assert decide(Eq(Supremum(1 - 1 / x**2, (x, -1, 1)), 0)).status == "unknown"
    assert decide(Supremum(x, (x, 1, 0)) >= 0).status == "unknown"


def test_the_counterexample_is_in_the_parameters() -> None:
    decision = decide(Eq(Supremum((x - 1) / (x - t), (x, 1, oo)), 1 / (1 - t)), (t >= 0, t < 1))
    assert decision.status == "invalid"
    assert dict(decision.model) == {"t": Fraction(1, 2)}
    assert "= 1, as a limit at x = oo" in decision.detail
