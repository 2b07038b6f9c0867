"""What every class of matrices or parameters provides."""

from __future__ import annotations

import functools
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy
from hypothesis.strategies import SearchStrategy
from sympy import Expr, Rational, Symbol, lambdify
from sympy.logic.boolalg import Boolean

from verify.domain.instance import ExactValue

__all__ = ["DomainClass", "Environment", "ExactEnvironment", "Shape", "exact_value", "float_value"]

Shape = tuple[int, ...]
Environment = Mapping[str, Any]
"""Float values by name: arrays ``(N,)`` and ``(N, rows, cols)`` of what was drawn before, and sizes as ints."""
ExactEnvironment = Mapping[str, Any]


class DomainClass(ABC):
    """A set of scalars, matrices or sequences of matrices that a symbol ranges over.

    A bound may depend on parameters that stand earlier in the domain (``symmetric(rho=gamma)``).
    """

    sizes: tuple[Any, ...] = ()
    discrete = False
    """True for integer parameters: one value serves a whole batch."""
    complex = False
    """Are the members complex numbers?"""
    square = False
    """Are the members square matrices?"""

    @abstractmethod
    def relations(self, symbol: Any) -> tuple[Boolean, ...]:
        """The hypotheses that membership means, as relations of the claim language."""

    @abstractmethod
    def strategy(self, shape: Shape, env: ExactEnvironment) -> SearchStrategy[ExactValue]:
        """Small exact members, so that failures shrink to small exact data."""

    @abstractmethod
    def sample(self, rng: numpy.random.Generator, count: int, shape: Shape, env: Environment) -> Any:
        """``count`` random members at once."""

    @abstractmethod
    def dimension(self, shape: Shape) -> int:
        """Number of real parameters of the smooth parametrisation."""

    @abstractmethod
    def build(self, x: Any, shape: Shape, env: Environment) -> Any:
        """Members from parameters ``x`` of shape ``(N, dimension)``: smooth, onto the class up to closure, differentiable by autograd."""

    @abstractmethod
    def parameters(self, value: Any, shape: Shape, env: Environment) -> numpy.ndarray:
        """Parameters ``(dimension,)`` whose member is near one float member: where an optimiser starts from a known instance."""

    @abstractmethod
    def extremes(self, shape: Shape, env: ExactEnvironment) -> Sequence[ExactValue]:
        """Structured members at the edge of the class, simplest first."""

    @property
    def free(self) -> bool:
        """Is every matrix (number) of the right shape a member, whatever its size?"""
        return False

    def snap(self, value: Any, shape: Shape, env: ExactEnvironment, digits: int) -> ExactValue:
        """As :meth:`round`, but coordinate by coordinate: what is within ``10**-digits`` of an end of its range, of zero, or of another is made equal to it."""
        return self.round(value, shape, env, digits)

    def dial(self, shape: Shape) -> tuple[int, str] | None:
        """The parameter that moves a member over its range by itself, and its scale: ``log`` (logarithmic towards the ends), ``real`` (the whole line),
        ``sine`` (a part of a bound, from −1 to 1); None if there is none."""
        return None

    def wider(self, symbol: Any) -> Sequence[tuple[str, DomainClass]]:
        """Classes with one hypothesis fewer, each with the hypothesis that was dropped, in words; for errors planted on purpose."""
        return ()

    @abstractmethod
    def round(self, value: Any, shape: Shape, env: ExactEnvironment, digits: int) -> ExactValue:
        """An exact member near a float one, with denominators around ``10**digits``."""


@functools.cache
def _compiled(bound: Expr) -> tuple[tuple[str, ...], Callable[..., Any]]:
    symbols = sorted(bound.free_symbols, key=str)
    return tuple(map(str, symbols)), lambdify(symbols, bound, "numpy")


def float_value(bound: Expr, env: Environment) -> Any:
    """A bound's float value in an environment (an array where it depends on drawn parameters)."""
    names, function = _compiled(bound)
    return function(*(env[name] for name in names))


def exact_value(bound: Expr, env: ExactEnvironment) -> Fraction:
    """A bound's exact rational value.

    Raises:
        ValueError: if it is not rational.
    """
    if isinstance(bound, Symbol):
        return Fraction(env[str(bound)])
    value = bound.xreplace({symbol: Rational(*Fraction(env[str(symbol)]).as_integer_ratio()) for symbol in bound.free_symbols})
    if not value.is_Rational:
        raise ValueError(f"the bound {bound} is not rational at {dict(env)}: state the class with rational bounds")
    return Fraction(int(value.p), int(value.q))
