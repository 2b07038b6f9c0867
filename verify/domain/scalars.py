"""Classes of parameters: real intervals, integers, complex numbers."""

from __future__ import annotations

import builtins
import functools
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import autograd.numpy as np
import numpy
from hypothesis import strategies as st
from sympy import Abs, Expr, oo, sympify
from sympy.logic.boolalg import Boolean

from verify.domain.base import DomainClass, Environment, ExactEnvironment, Shape, exact_value, float_value
from verify.domain.rational import fractions_up_to, rounded
from verify.numerics.exact import GaussianRational

__all__ = ["between", "complex_outside", "complex_plane", "integer", "nonnegative", "positive", "real"]

_SPREAD = 1e3


@functools.cache
def _shares(without_low: bool, without_high: bool) -> st.SearchStrategy[Fraction]:
    """Parts of an interval: simple ones, and ones near its ends."""
    low, high = Fraction(int(without_low), 20), 1 - Fraction(int(without_high), 20)
    simple = [f for f in fractions_up_to(1, 20) if low <= f <= high]
    near = [share for e in range(1, 7) for share in (Fraction(1, 10**e), 1 - Fraction(1, 10**e))]
    return st.sampled_from(simple) | st.sampled_from(near)


@dataclass(frozen=True)
class _Interval(DomainClass):
    """A real interval; an infinite end is reached on a logarithmic scale."""

    low: Expr
    high: Expr
    open_low: bool
    open_high: bool

    @property
    def free(self) -> bool:
        return self.high == oo and self.low in (-oo, 0)

    def relations(self, symbol: Any) -> tuple[Boolean, ...]:
        found: list[Boolean] = []
        if self.low != -oo:
            found.append(symbol > self.low if self.open_low else symbol >= self.low)
        if self.high != oo:
            found.append(symbol < self.high if self.open_high else symbol <= self.high)
        return tuple(found)

    def wider(self, symbol: Any) -> Sequence[tuple[str, DomainClass]]:
        if self.low == -oo or self.high == oo:
            return ()
        return ((f"{symbol} {'<' if self.open_high else '<='} {self.high}", _Interval(self.low, oo, self.open_low, True)),)

    def dimension(self, shape: Shape) -> int:
        return 1

    def dial(self, shape: Shape) -> tuple[int, str] | None:
        return 0, "real" if self.low == -oo and self.high == oo else "log"

    def build(self, x: Any, shape: Shape, env: Environment) -> Any:
        u = x[:, 0]
        if self.low == -oo and self.high == oo:
            return u
        if self.high == oo:
            return float_value(self.low, env) + np.exp(u)
        if self.low == -oo:
            return float_value(self.high, env) - np.exp(u)
        low, high = float_value(self.low, env), float_value(self.high, env)
        return low + (high - low) * _sigmoid(u)

    def parameters(self, value: Any, shape: Shape, env: Environment) -> numpy.ndarray:
        x = float(value)
        if self.low == -oo and self.high == oo:
            return numpy.array([x])
        if self.high == oo or self.low == -oo:
            distance = x - _first(float_value(self.low, env)) if self.high == oo else _first(float_value(self.high, env)) - x
            return numpy.array([numpy.log(max(distance, 1e-12))])
        low, high = _first(float_value(self.low, env)), _first(float_value(self.high, env))
        part = numpy.clip((x - low) / (high - low), 1e-12, 1 - 1e-12) if high > low else 0.5
        return numpy.array([numpy.log(part / (1 - part))])

    def sample(self, rng: numpy.random.Generator, count: int, shape: Shape, env: Environment) -> Any:
        if self.low == -oo and self.high == oo:
            return rng.standard_normal(count) * 10.0 ** rng.uniform(-2, 1, count)
        if self.low == -oo or self.high == oo:
            return self.build(numpy.log(10.0) * rng.uniform(-4, numpy.log10(_SPREAD), (count, 1)), shape, env)
        # A mixture: uniform inside, and logarithmically close to either end.
        u = rng.uniform(0, 1, count)
        near = 10.0 ** rng.uniform(-5, 0, count) / 2
        kind = rng.integers(0, 3, count)
        fraction = numpy.where(kind == 0, u, numpy.where(kind == 1, near, 1 - near))
        low, high = float_value(self.low, env), float_value(self.high, env)
        return low + (high - low) * fraction

    def strategy(self, shape: Shape, env: ExactEnvironment) -> st.SearchStrategy[Fraction]:
        low = None if self.low == -oo else exact_value(self.low, env)
        high = None if self.high == oo else exact_value(self.high, env)
        if low is not None and high is not None:
            return _shares(self.open_low, self.open_high).map(lambda f: low + (high - low) * f)
        if low is None and high is None:
            return st.fractions(min_value=-20, max_value=20, max_denominator=20) | st.integers(-1000, 1000).map(Fraction)
        step = st.fractions(min_value=0, max_value=20, max_denominator=20) | st.integers(0, 1000).map(Fraction)
        if self.open_low if low is not None else self.open_high:
            step = st.fractions(min_value=Fraction(1, 20), max_value=20, max_denominator=20) | st.integers(1, 1000).map(Fraction)
        if low is not None:
            return step.map(lambda f: low + f)
        assert high is not None  # both infinite: returned above
        return step.map(lambda f: high - f)

    def extremes(self, shape: Shape, env: ExactEnvironment) -> Sequence[Fraction]:
        offsets = [Fraction(k) for k in ("1", "1/10", "10", "1/100", "100", "2", "4", "1000", "1/1000")]
        if self.low == -oo and self.high == oo:
            return [Fraction(0), *offsets, *(-x for x in offsets)]
        if self.high == oo or self.low == -oo:
            base, sign = (exact_value(self.low, env), 1) if self.high == oo else (exact_value(self.high, env), -1)
            closed = not (self.open_low if sign == 1 else self.open_high)
            return [*([base] if closed else []), *(base + sign * x for x in offsets)]
        low, high = exact_value(self.low, env), exact_value(self.high, env)
        inner = [low + (high - low) * Fraction(f) for f in ("1/2", "9/10", "99/100", "1/10", "999/1000", "1/100", "999999/1000000")]
        return [*inner, *([] if self.open_low else [low]), *([] if self.open_high else [high])]

    def round(self, value: Any, shape: Shape, env: ExactEnvironment, digits: int) -> Fraction:
        near = rounded(float(value), digits)
        low = None if self.low == -oo else exact_value(self.low, env)
        high = None if self.high == oo else exact_value(self.high, env)
        if low is not None and (near < low or (near == low and self.open_low)):
            near = low if not self.open_low else low + Fraction(1, 10**digits) * (1 if high is None else high - low)
        if high is not None and (near > high or (near == high and self.open_high)):
            near = high if not self.open_high else high - Fraction(1, 10**digits) * (1 if low is None else high - low)
        return near


    def snap(self, value: Any, shape: Shape, env: ExactEnvironment, digits: int) -> Fraction:
        """The distance to the nearer end is rounded relative to its size, so that a member near an open end keeps its place."""
        low = None if self.low == -oo else exact_value(self.low, env)
        high = None if self.high == oo else exact_value(self.high, env)
        x = Fraction(float(value))
        if high is not None and (low is None or high - x < x - low):
            near = high - rounded(float(high - x), digits)
            tied = near == high and self.open_high
        elif low is not None:
            near = low + rounded(float(x - low), digits)
            tied = near == low and self.open_low
        else:
            return rounded(float(x), digits)
        outside = (low is not None and near < low) or (high is not None and near > high)
        return self.round(value, shape, env, digits) if tied or outside else near


def _first(value: Any) -> float:
    return float(numpy.ravel(value)[0])


def _sigmoid(u: Any) -> Any:
    return 0.5 * (1 + np.tanh(u / 2))


def real() -> DomainClass:
    """Any real number."""
    return _Interval(-oo, oo, True, True)


def positive() -> DomainClass:
    """A real number ``> 0``."""
    return _Interval(sympify(0), oo, True, True)


def nonnegative() -> DomainClass:
    """A real number ``>= 0``."""
    return _Interval(sympify(0), oo, False, True)


def between(low: Any, high: Any, *, open_low: bool = False, open_high: bool = False) -> DomainClass:
    """A real number between two bounds (numbers or parameters); each end is included unless declared open; ``oo`` is allowed."""
    return _Interval(sympify(low), sympify(high), open_low or low == -oo, open_high or high == oo)


@dataclass(frozen=True)
class _Integer(DomainClass):
    low: int
    high: int
    discrete: bool = field(default=True, init=False)

    def relations(self, symbol: Any) -> tuple[Boolean, ...]:
        return (symbol >= self.low,)

    def dimension(self, shape: Shape) -> int:
        return 0

    def build(self, x: Any, shape: Shape, env: Environment) -> Any:
        raise TypeError("an integer parameter has no smooth parametrisation")

    def parameters(self, value: Any, shape: Shape, env: Environment) -> numpy.ndarray:
        return numpy.empty(0)

    def sample(self, rng: numpy.random.Generator, count: int, shape: Shape, env: Environment) -> int:
        return int(rng.integers(self.low, self.high + 1)) if rng.uniform() < 0.5 else int(self.low + rng.integers(0, min(4, self.high - self.low) + 1))

    def strategy(self, shape: Shape, env: ExactEnvironment) -> st.SearchStrategy[int]:
        return st.integers(self.low, self.high)

    def extremes(self, shape: Shape, env: ExactEnvironment) -> Sequence[int]:
        return sorted({self.low, min(self.low + 1, self.high), min(self.low + 2, self.high), (self.low + self.high) // 2, self.high})

    def round(self, value: Any, shape: Shape, env: ExactEnvironment, digits: int) -> int:
        return int(value)


def integer(low: int, high: int) -> DomainClass:
    """An integer ``>= low``; the search draws it up to ``high`` (which is effort, not a hypothesis)."""
    return _Integer(low, high)


@dataclass(frozen=True)
class _Complex(DomainClass):
    """Complex numbers, optionally with ``|z| > bound`` or ``Re z > 0``."""

    bound: Expr | None = None
    complex: bool = field(default=True, init=False)

    def relations(self, symbol: Any) -> tuple[Boolean, ...]:
        return () if self.bound is None else (Abs(symbol) > self.bound,)

    def dimension(self, shape: Shape) -> int:
        return 2

    def dial(self, shape: Shape) -> tuple[int, str] | None:
        return 0, "real" if self.bound is None else "log"

    def build(self, x: Any, shape: Shape, env: Environment) -> Any:
        if self.bound is None:
            return x[:, 0] + 1j * x[:, 1]
        modulus = float_value(self.bound, env) + np.exp(x[:, 0])
        return modulus * np.cos(x[:, 1]) + 1j * (modulus * np.sin(x[:, 1]))

    def parameters(self, value: Any, shape: Shape, env: Environment) -> numpy.ndarray:
        z = complex(value)
        if self.bound is None:
            return numpy.array([z.real, z.imag])
        return numpy.array([numpy.log(max(abs(z) - _first(float_value(self.bound, env)), 1e-12)), numpy.angle(z)])

    def sample(self, rng: numpy.random.Generator, count: int, shape: Shape, env: Environment) -> Any:
        angle = numpy.where(rng.uniform(size=count) < 0.3, rng.integers(0, 4, count) * (numpy.pi / 2), rng.uniform(-numpy.pi, numpy.pi, count))
        base = 0.0 if self.bound is None else float_value(self.bound, env)
        return (base + 10.0 ** rng.uniform(-4, 2, count)) * numpy.exp(1j * angle)

    def strategy(self, shape: Shape, env: ExactEnvironment) -> st.SearchStrategy[GaussianRational]:
        part = st.sampled_from(fractions_up_to(4, 12))
        if self.bound is None:
            return st.tuples(part, part).map(lambda pair: GaussianRational(*pair))
        base = exact_value(self.bound, env)
        radius = st.fractions(min_value=Fraction(1, 100), max_value=8, max_denominator=100).map(lambda f: base + f)
        return st.tuples(radius, st.fractions(min_value=-3, max_value=3, max_denominator=8), st.booleans()).map(lambda t: _on_circle(t[0], t[1], t[2]))

    def extremes(self, shape: Shape, env: ExactEnvironment) -> Sequence[GaussianRational]:
        base = Fraction(0) if self.bound is None else exact_value(self.bound, env)
        radii = [base + Fraction(f) for f in ("1", "1/10", "1/100", "10", "1/1000", "1000")]
        return [_on_circle(radius, turn, flip) for radius in radii for turn, flip in ((Fraction(0), False), (Fraction(0), True), (Fraction(1), False))]

    def round(self, value: Any, shape: Shape, env: ExactEnvironment, digits: int) -> GaussianRational:
        return self._rounded(complex(value), env, digits, Fraction(0))

    def snap(self, value: Any, shape: Shape, env: ExactEnvironment, digits: int) -> GaussianRational:
        """The distance to the circle is rounded relative to its size."""
        base = Fraction(0) if self.bound is None else exact_value(self.bound, env)
        return self._rounded(complex(value), env, digits, base)

    def _rounded(self, z: builtins.complex, env: ExactEnvironment, digits: int, origin: Fraction) -> GaussianRational:
        if self.bound is None:
            return GaussianRational(rounded(z.real, digits), rounded(z.imag, digits))
        base = exact_value(self.bound, env)
        near = origin + rounded(float(Fraction(abs(z)) - origin), digits)
        radius = near if near > base else base + Fraction(1, 10**digits)
        flip = z.real < 0
        half = numpy.tan(numpy.angle(-z if flip else z) / 2)
        return _on_circle(radius, rounded(float(half), digits), flip)


def _on_circle(radius: Fraction, half_tangent: Fraction, flip: bool) -> GaussianRational:
    """The point of rational modulus ``radius`` whose argument has the given tangent of its half (turned by π if ``flip``)."""
    square = half_tangent * half_tangent
    sign = -1 if flip else 1
    return GaussianRational(sign * radius * (1 - square) / (1 + square), sign * radius * 2 * half_tangent / (1 + square))


def complex_plane() -> DomainClass:
    """Any complex number."""
    return _Complex()


def complex_outside(radius: Any) -> DomainClass:
    """A complex number with modulus greater than ``radius``."""
    return _Complex(sympify(radius))
