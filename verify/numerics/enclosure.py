"""Enclosures: a real number known through a lower and an upper bound, with the rigour of both.

An enclosure is closed: ``lower <= x <= upper`` with rational endpoints (or infinite ones). Arithmetic is outward: rational operations are exact until the
endpoints grow past ``PRECISION`` bits, then they are rounded outward to dyadic rationals; roots, exponentials and logarithms go
through ball arithmetic (FLINT's ``arb``) and take the ball's outer endpoints. Rigour is contagious: a combination is as rigorous as its worst part.
"""

from __future__ import annotations

import decimal
import enum
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import flint

from verify.numerics.truth import Truth

__all__ = ["Enclosure", "Endpoint", "Rigour", "ball", "fraction_of"]

Endpoint = Fraction | float
"""A Fraction, or ``±math.inf``."""

PRECISION = 256
"""Bits kept in an endpoint before it is rounded outward."""


class Rigour(enum.IntEnum):
    """How an endpoint was obtained; larger is better (evidence levels R0 to R3)."""

    FLOAT = 0
    TWO_PRECISIONS = 1
    BALL = 2
    EXACT = 3


@dataclass(frozen=True)
class Enclosure:
    """A real number in ``[lower, upper]``; the witnesses say why (see ``docs/certificate-format.md``)."""

    lower: Endpoint
    upper: Endpoint
    rigour: Rigour = Rigour.EXACT
    lower_witness: Mapping[str, Any] | None = None
    upper_witness: Mapping[str, Any] | None = None
    stopped: str = field(default="", compare=False)
    """What kept the enclosure from the accuracy asked for, where that is known."""

    def __post_init__(self) -> None:
        if not self.lower <= self.upper:
            raise ValueError(f"an enclosure needs lower <= upper, got [{self.lower}, {self.upper}]")

    @staticmethod
    def exact(value: Fraction | int) -> Enclosure:
        value = Fraction(value)
        return Enclosure(value, value)

    @staticmethod
    def pi() -> Enclosure:
        saved, flint.ctx.prec = flint.ctx.prec, PRECISION
        try:
            value = flint.arb.pi()
            return Enclosure(fraction_of(value.lower()), fraction_of(value.upper()))
        finally:
            flint.ctx.prec = saved

    @staticmethod
    def everything() -> Enclosure:
        return Enclosure(-math.inf, math.inf)

    @property
    def is_exact(self) -> bool:
        return self.lower == self.upper

    @property
    def width(self) -> float:
        return float(self.upper) - float(self.lower)

    @property
    def floats(self) -> tuple[float, float]:
        """The endpoints rounded outward to floats."""
        return _float_end(self.lower, -math.inf), _float_end(self.upper, math.inf)

    def __str__(self) -> str:
        """Decimal endpoints, rounded outward to some digits beyond the first in which they differ."""
        return f"[{_decimal(self.lower, self, up=False)}, {_decimal(self.upper, self, up=True)}]"

    def intersection(self, other: Enclosure) -> Enclosure:
        """Both are known to hold: keep the better endpoint of each side, with its witness."""
        low, high = (self if self.lower >= other.lower else other), (self if self.upper <= other.upper else other)
        return Enclosure(low.lower, high.upper, min(low.rigour, high.rigour), low.lower_witness, high.upper_witness)

    def hull(self, other: Enclosure) -> Enclosure:
        return Enclosure(min(self.lower, other.lower), max(self.upper, other.upper), min(self.rigour, other.rigour))

    def without_witnesses(self) -> Enclosure:
        return replace(self, lower_witness=None, upper_witness=None)

    # -- comparisons: three-valued ------------------------------------------------------------------------------

    def __le__(self, other: Enclosure) -> Truth:
        if self.upper <= other.lower:
            return Truth.HOLDS
        return Truth.VIOLATED if self.lower > other.upper else Truth.UNDECIDED

    def __lt__(self, other: Enclosure) -> Truth:
        if self.upper < other.lower:
            return Truth.HOLDS
        return Truth.VIOLATED if self.lower >= other.upper else Truth.UNDECIDED

    def __ge__(self, other: Enclosure) -> Truth:
        return other <= self

    def __gt__(self, other: Enclosure) -> Truth:
        return other < self

    def equals(self, other: Enclosure) -> Truth:
        if self.is_exact and other.is_exact and self.lower == other.lower:
            return Truth.HOLDS
        return Truth.VIOLATED if self.lower > other.upper or self.upper < other.lower else Truth.UNDECIDED

    # -- arithmetic: outward -------------------------------------------------------------------------------------

    def __neg__(self) -> Enclosure:
        return Enclosure(-self.upper, -self.lower, self.rigour)

    def __add__(self, other: Enclosure) -> Enclosure:
        return _outward(_sum(self.lower, other.lower, -math.inf), _sum(self.upper, other.upper, math.inf), min(self.rigour, other.rigour))

    def __sub__(self, other: Enclosure) -> Enclosure:
        return self + (-other)

    def __mul__(self, other: Enclosure) -> Enclosure:
        products = [_times(x, y) for x in (self.lower, self.upper) for y in (other.lower, other.upper)]
        return _outward(min(products), max(products), min(self.rigour, other.rigour))

    def reciprocal(self) -> Enclosure:
        """``1/x``; if 0 lies inside, everything (an endpoint 0 gives an infinite endpoint on that side)."""
        if self.lower < 0 < self.upper or (self.lower == 0 and self.upper == 0):
            return replace(Enclosure.everything(), rigour=self.rigour)
        if self.lower >= 0:
            return _outward(_inverse(self.upper), math.inf if self.lower == 0 else _inverse(self.lower), self.rigour)
        return -(-self).reciprocal()

    def __truediv__(self, other: Enclosure) -> Enclosure:
        return self * other.reciprocal()

    def integer_power(self, exponent: int) -> Enclosure:
        if exponent < 0:
            return self.integer_power(-exponent).reciprocal()
        if exponent == 0:
            return replace(Enclosure.exact(1), rigour=self.rigour)
        low, high = _power(self.lower, exponent), _power(self.upper, exponent)
        if exponent % 2 == 0 and self.lower < 0:
            low, high = (Fraction(0) if self.upper > 0 else high), max(low, high)
        return _outward(low, high, self.rigour)

    def increasing(self, function: Callable[[flint.arb], flint.arb], at_minus_infinity: Endpoint, at_infinity: Endpoint) -> Enclosure:
        """The image under an increasing function given on balls, with its limits at both ends."""
        low = _of_ball(function, self.lower, False) if math.isfinite(self.lower) else at_minus_infinity
        high = _of_ball(function, self.upper, True) if math.isfinite(self.upper) else at_infinity
        return Enclosure(low, high, min(self.rigour, Rigour.EXACT))

    def root(self, degree: int) -> Enclosure:
        """``x^(1/degree)`` of a non-negative number; a negative lower endpoint is cut at 0.

        Raises:
            ValueError: if the number is certainly negative.
        """
        if self.upper < 0:
            raise ValueError("an even root of a negative number is not real")
        cut = Enclosure(max(self.lower, Fraction(0)), self.upper, self.rigour)
        exact = [_exact_root(end, degree) for end in (cut.lower, cut.upper)]
        if None not in exact:
            return Enclosure(exact[0], exact[1], self.rigour)  # type: ignore[arg-type]
        return cut.increasing(lambda x: x.root(degree), Fraction(0), math.inf)

    def exp(self) -> Enclosure:
        return self.increasing(lambda x: x.exp(), Fraction(0), math.inf)

    def log(self) -> Enclosure:
        """Natural logarithm; a lower endpoint ``<= 0`` gives ``-inf``.

        Raises:
            ValueError: if the number is certainly not positive.
        """
        if self.upper <= 0:
            raise ValueError("the logarithm of a non-positive number is not real")
        if self.lower <= 0:
            high = _of_ball(lambda x: x.log(), self.upper, True) if math.isfinite(self.upper) else math.inf
            return Enclosure(-math.inf, high, self.rigour)
        return self.increasing(lambda x: x.log(), -math.inf, math.inf)

    def maximum(self, other: Enclosure) -> Enclosure:
        return Enclosure(max(self.lower, other.lower), max(self.upper, other.upper), min(self.rigour, other.rigour))

    def minimum(self, other: Enclosure) -> Enclosure:
        return Enclosure(min(self.lower, other.lower), min(self.upper, other.upper), min(self.rigour, other.rigour))

    def absolute(self) -> Enclosure:
        if self.lower >= 0:
            return self
        return -self if self.upper <= 0 else Enclosure(Fraction(0), max(-self.lower, self.upper), self.rigour)

    def __float__(self) -> float:
        """The midpoint (for printing and plotting, never for deciding)."""
        low, high = float(self.lower), float(self.upper)
        return low if low == high else low + (high - low) / 2 if math.isfinite(high - low) else (low if math.isfinite(low) else high)


def fraction_of(exact: flint.arb) -> Endpoint:
    """An exact ball (radius zero) as a Fraction, or ±infinity."""
    if not exact.is_finite():
        return math.inf if exact > 0 else -math.inf
    mantissa, exponent = exact.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def ball(value: Fraction) -> flint.arb:
    """The smallest ball around a rational at the working precision."""
    return flint.arb(flint.fmpq(value.numerator, value.denominator))


def _of_ball(function: Callable[[flint.arb], flint.arb], end: Endpoint, up: bool) -> Endpoint:
    saved = flint.ctx.prec
    flint.ctx.prec = PRECISION
    try:
        image = function(ball(Fraction(end)))
        if image.is_nan():
            return math.inf if up else -math.inf
        return fraction_of(image.upper() if up else image.lower())
    finally:
        flint.ctx.prec = saved


def _outward(low: Endpoint, high: Endpoint, rigour: Rigour) -> Enclosure:
    return Enclosure(_round(low, up=False), _round(high, up=True), rigour)


def _round(end: Endpoint, up: bool) -> Endpoint:
    """Round a rational with a long numerator and denominator outward to a dyadic one."""
    if not isinstance(end, Fraction):
        return end
    if end.numerator.bit_length() + end.denominator.bit_length() <= 4 * PRECISION or end == 0:
        return end
    shift = PRECISION - (end.numerator.bit_length() - end.denominator.bit_length())
    scaled = end * Fraction(2) ** shift
    return Fraction(math.ceil(scaled) if up else math.floor(scaled)) / Fraction(2) ** shift


def _sum(x: Endpoint, y: Endpoint, clash: float) -> Endpoint:
    if math.isinf(x) and math.isinf(y) and x != y:
        return clash
    return x if math.isinf(x) else y if math.isinf(y) else x + y


def _times(x: Endpoint, y: Endpoint) -> Endpoint:
    if x == 0 or y == 0:
        return Fraction(0)
    if math.isinf(x) or math.isinf(y):
        return math.inf if (x > 0) == (y > 0) else -math.inf
    return x * y


def _inverse(x: Endpoint) -> Endpoint:
    return Fraction(0) if math.isinf(x) else 1 / Fraction(x)


def _power(x: Endpoint, exponent: int) -> Endpoint:
    if math.isinf(x):
        return math.inf if x > 0 or exponent % 2 == 0 else -math.inf
    return Fraction(x) ** exponent


def _exact_root(end: Endpoint, degree: int) -> Endpoint | None:
    """The rational root, if there is one (square roots only), else None."""
    if math.isinf(end):
        return end
    if degree != 2:
        return Fraction(0) if end == 0 else None
    top, bottom = math.isqrt(Fraction(end).numerator), math.isqrt(Fraction(end).denominator)
    return Fraction(top, bottom) if top * top == Fraction(end).numerator and bottom * bottom == Fraction(end).denominator else None


def _float_end(end: Endpoint, outward: float) -> float:
    if not isinstance(end, Fraction):
        return end
    try:
        near = float(end)
    except OverflowError:
        near = math.inf if end > 0 else -math.inf
    if math.isinf(near):  # beyond the floats: the largest one is still inside
        return near if near == outward else math.copysign(math.nextafter(math.inf, 0.0), near)
    wrong = Fraction(near) > end if outward < 0 else Fraction(near) < end
    return math.nextafter(near, outward) if wrong else near


def _decimal(end: Endpoint, whole: Enclosure, up: bool) -> str:
    if not isinstance(end, Fraction):
        return "inf" if end > 0 else "-inf"
    if end == 0:
        return "0"
    size = abs(end)
    gap = Fraction(whole.upper) - Fraction(whole.lower) if math.isfinite(whole.lower) and math.isfinite(whole.upper) else size
    digits = 17 if gap == 0 else min(max(_leading(size) - _leading(gap) + 2, 5), 40)
    if end.denominator == 1 and size < 10**12:
        return str(end.numerator)
    return _rounded_text(end, digits, up)


def _rounded_text(end: Fraction, digits: int, up: bool) -> str:
    exponent = _leading(abs(end)) - digits + 1
    scaled = end / Fraction(10) ** exponent
    mantissa = math.ceil(scaled) if up else math.floor(scaled)
    value = decimal.Decimal(mantissa).scaleb(exponent, decimal.Context(prec=60)).normalize(decimal.Context(prec=60))
    return f"{value:f}" if -6 < _leading(abs(end)) < 12 else f"{value:e}"


def _leading(value: Fraction) -> int:
    """The exponent of the leading decimal digit."""
    guess = math.floor((value.numerator.bit_length() - value.denominator.bit_length()) * math.log10(2)) - 1
    while Fraction(10) ** (guess + 1) <= value:
        guess += 1
    return guess
