"""Exact complex numbers, and how exact scalars are written and rounded."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

import mpmath

__all__ = [
    "Exact",
    "GaussianRational",
    "entry_from_json",
    "entry_to_json",
    "i_power",
    "quotient",
    "rational_text",
    "real_part",
    "to_float",
    "to_mpmath_number",
]


@dataclass(frozen=True, eq=False)
class GaussianRational:
    """The complex number ``re + i im`` with rational parts; equal to (and hashed as) its real part when ``im`` is 0."""

    re: Fraction
    im: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        if type(self.re) is not Fraction or type(self.im) is not Fraction:
            object.__setattr__(self, "re", Fraction(self.re))
            object.__setattr__(self, "im", Fraction(self.im))

    @staticmethod
    def of(value: Exact | tuple[Any, Any] | complex) -> GaussianRational:
        """An int, Fraction, Gaussian rational, pair ``(re, im)``, or exactly this finite float or complex."""
        if isinstance(value, GaussianRational):
            return value
        if isinstance(value, tuple):
            return GaussianRational(*value)
        if isinstance(value, complex):
            return GaussianRational(Fraction(value.real), Fraction(value.imag))
        return GaussianRational(Fraction(value))

    @property
    def abs_squared(self) -> Fraction:
        return self.re * self.re + self.im * self.im

    def conjugate(self) -> GaussianRational:
        return GaussianRational(self.re, -self.im)

    def to_json(self) -> list[str]:
        """The pair ``["re", "im"]`` of the certificate format."""
        return [rational_text(self.re), rational_text(self.im)]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, (int, Fraction)):
            return self.im == 0 and self.re == other
        return isinstance(other, GaussianRational) and (self.re, self.im) == (other.re, other.im)

    def __hash__(self) -> int:
        return hash(self.re) if self.im == 0 else hash((self.re, self.im))

    def __complex__(self) -> complex:
        return complex(to_float(self.re), to_float(self.im))

    def __bool__(self) -> bool:
        return self.re != 0 or self.im != 0

    def __neg__(self) -> GaussianRational:
        return GaussianRational(-self.re, -self.im)

    def __add__(self, other: Exact) -> GaussianRational:
        w = GaussianRational.of(other)
        return GaussianRational(self.re + w.re, self.im + w.im)

    def __sub__(self, other: Exact) -> GaussianRational:
        return self + (-GaussianRational.of(other))

    def __rsub__(self, other: Exact) -> GaussianRational:
        return GaussianRational.of(other) - self

    def __mul__(self, other: Exact) -> GaussianRational:
        if not isinstance(other, (int, Fraction, GaussianRational)):
            return NotImplemented
        w = GaussianRational.of(other)
        return GaussianRational(self.re * w.re - self.im * w.im, self.re * w.im + self.im * w.re)

    def __truediv__(self, other: Exact) -> GaussianRational:
        w = GaussianRational.of(other)
        product = self * w.conjugate()
        return GaussianRational(product.re / w.abs_squared, product.im / w.abs_squared)

    def __rtruediv__(self, other: Exact) -> GaussianRational:
        return GaussianRational.of(other) / self

    __radd__ = __add__
    __rmul__ = __mul__


Exact: TypeAlias = int | Fraction | GaussianRational
"""An exact scalar."""


def real_part(value: Exact) -> Fraction:
    return value.re if isinstance(value, GaussianRational) else Fraction(value)


def rational_text(value: Fraction | int) -> str:
    """``"-3"`` or ``"5/7"``."""
    return str(Fraction(value))


def entry_to_json(entry: Exact) -> str | list[str]:
    """A rational string, or the pair of a properly complex number."""
    if isinstance(entry, GaussianRational):
        return entry.to_json() if entry.im else rational_text(entry.re)
    return rational_text(entry)


def entry_from_json(entry: str | Sequence[str]) -> Exact:
    return Fraction(entry) if isinstance(entry, str) else GaussianRational(Fraction(entry[0]), Fraction(entry[1]))


def to_float(value: Fraction) -> float:
    """Correctly rounded; ``±inf`` where it exceeds the range of floats."""
    return quotient(value.numerator, value.denominator)


def quotient(top: int, bottom: int) -> float:
    """``top / bottom`` for ``bottom > 0``, correctly rounded; ``±inf`` beyond the range of floats."""
    try:
        return top / bottom
    except OverflowError:
        return math.inf if top > 0 else -math.inf


def to_mpmath_number(value: Exact) -> mpmath.mpf | mpmath.mpc:
    if isinstance(value, GaussianRational):
        return mpmath.mpc(to_mpmath_number(value.re), to_mpmath_number(value.im))
    return mpmath.mpf(value.numerator) / value.denominator


def i_power(exponent: int) -> GaussianRational:
    """``i`` to an integer power."""
    return (GaussianRational(1), GaussianRational(0, 1), GaussianRational(-1), GaussianRational(0, -1))[exponent % 4]  # type: ignore[arg-type]
