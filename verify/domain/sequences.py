"""Finite sequences of matrices, each from one class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy
from hypothesis import strategies as st
from sympy import Symbol
from sympy.logic.boolalg import And, Boolean

from verify.domain.base import DomainClass, Environment, ExactEnvironment, Shape
from verify.language.logic import ForAllIndex
from verify.numerics.exact import RationalMatrix

__all__ = ["sequence"]


@dataclass(frozen=True)
class _SequenceOf(DomainClass):
    """``X_1, …, X_T`` with every term in one class; the length is an integer parameter of the domain."""

    of: DomainClass
    length: Symbol

    def relations(self, symbol: Any) -> tuple[Boolean, ...]:
        index = Symbol("s", integer=True)
        each = self.of.relations(symbol[index])
        return (ForAllIndex(And(*each, evaluate=False) if len(each) != 1 else each[0], (index, 1, self.length)),) if each else ()

    @property
    def square(self) -> bool:  # type: ignore[override]
        return self.of.square

    def wider(self, symbol: Any) -> Sequence[tuple[str, DomainClass]]:
        return tuple((f"{words} in every term", _SequenceOf(cls, self.length)) for words, cls in self.of.wider(symbol))

    def dimension(self, shape: Shape) -> int:
        return self.of.dimension(shape[:2]) * shape[2]

    def build(self, x: Any, shape: Shape, env: Environment) -> Any:
        width = self.of.dimension(shape[:2])
        return tuple(self.of.build(x[:, k * width : (k + 1) * width], shape[:2], env) for k in range(shape[2]))

    def parameters(self, value: Any, shape: Shape, env: Environment) -> numpy.ndarray:
        return numpy.concatenate([self.of.parameters(term, shape[:2], env) for term in value])

    def sample(self, rng: numpy.random.Generator, count: int, shape: Shape, env: Environment) -> Any:
        return tuple(self.of.sample(rng, count, shape[:2], env) for _ in range(shape[2]))

    def strategy(self, shape: Shape, env: ExactEnvironment) -> st.SearchStrategy[tuple[RationalMatrix, ...]]:
        terms = cast("st.SearchStrategy[RationalMatrix]", self.of.strategy(shape[:2], env))
        return st.lists(terms, min_size=shape[2], max_size=shape[2]).map(tuple)

    def extremes(self, shape: Shape, env: ExactEnvironment) -> Sequence[tuple[RationalMatrix, ...]]:
        members = cast("Sequence[RationalMatrix]", self.of.extremes(shape[:2], env))
        return [*((member,) * shape[2] for member in members), *(tuple(members[k % 2] for k in range(shape[2])) for _ in range(int(len(members) > 1)))]

    def round(self, value: Any, shape: Shape, env: ExactEnvironment, digits: int) -> tuple[RationalMatrix, ...]:
        return tuple(cast(RationalMatrix, self.of.round(term, shape[:2], env, digits)) for term in value)

    def snap(self, value: Any, shape: Shape, env: ExactEnvironment, digits: int) -> tuple[RationalMatrix, ...]:
        return tuple(cast(RationalMatrix, self.of.snap(term, shape[:2], env, digits)) for term in value)


def sequence(of: DomainClass, length: Symbol) -> DomainClass:
    """Sequences of the given length whose terms lie in one class, independently."""
    return _SequenceOf(of, length)
