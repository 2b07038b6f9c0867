"""Where a side of a statement is not real, fifty digits have no value for it, and no error."""

from __future__ import annotations

from fractions import Fraction

from sympy import Max, Symbol, sqrt

from verify.domain import Instance
from verify.evaluate.multiprecision import violation_margin

x = Symbol("x", real=True)


def test_a_side_that_is_not_real_has_no_margin() -> None:
    at = Instance({}, {"x": Fraction(2)})
    assert violation_margin(sqrt(1 - x) <= 1, at) is None
    assert violation_margin(Max(1, sqrt(1 - x)) <= 2, at) is None
    assert violation_margin(sqrt(x - 1) <= Fraction(1, 2), at) > 0
