"""The domain of a statement: all its free symbols with their classes, drawn together."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, cast

import numpy
from hypothesis import strategies as st
from sympy import Integer, true

from verify.domain.base import DomainClass
from verify.domain.instance import Batch, ExactValue, Instance
from verify.language.matrices import MatrixSequence
from verify.numerics.exact import RationalMatrix

__all__ = ["Domain", "Variable"]

_DEFAULT_ORDERS = (1, 1, 2, 2, 3)
_SHARED = (0, 1, 0, 2, 0, 3)
"""Which of their extremes the bounded blocks of a corner are at, in turn."""
_LARGEST_ORDER = 64


@dataclass(frozen=True)
class Variable:
    """A free symbol, its class and the size symbols of its shape."""

    symbol: Any
    cls: DomainClass

    @property
    def name(self) -> str:
        return self.symbol.name

    @property
    def is_matrix(self) -> bool:
        return hasattr(self.symbol, "rows")

    def shape(self, sizes: Mapping[str, int]) -> tuple[int, ...]:
        """Rows and columns; for a sequence, its length as well; for a scalar, nothing."""
        if not self.is_matrix:
            return ()
        key = tuple(sizes[name] for name in self._orders)
        if key not in self._shapes:
            values = dict(zip(self._orders, key, strict=True))
            self._shapes[key] = tuple(int(dim.xreplace({s: values[str(s)] for s in dim.free_symbols})) if dim.free_symbols else int(dim) for dim in self._dims)
        return self._shapes[key]

    @cached_property
    def _dims(self) -> tuple[Any, ...]:
        return (self.symbol.rows, self.symbol.cols, *([self.symbol.length] if isinstance(self.symbol, MatrixSequence) else []))

    @cached_property
    def _orders(self) -> tuple[str, ...]:
        return tuple(sorted({str(s) for dim in self._dims for s in dim.free_symbols}))

    @cached_property
    def _shapes(self) -> dict[tuple[int, ...], tuple[int, ...]]:
        return {}


@dataclass(frozen=True)
class Domain:
    """An ordered product of classes; a class may refer to parameters that stand before it.

    ``about_orders`` are hypotheses that speak of a single block order (``n = 3``, ``p >= 2``): they choose the orders, where chance would seldom meet them.
    """

    classes: Mapping[Any, DomainClass]
    about_orders: tuple[Any, ...] = ()

    def __hash__(self) -> int:
        return id(self)

    @cached_property
    def variables(self) -> tuple[Variable, ...]:
        """Scalars first, then vectors and matrices, each group in the order of the claim file."""
        found = [Variable(symbol, cls) for symbol, cls in self.classes.items()]
        return tuple(sorted(found, key=lambda v: (v.is_matrix, v.is_matrix and v.symbol.cols != 1)))

    @cached_property
    def orders(self) -> tuple[str, ...]:
        """Names of the size symbols (block orders), sorted."""
        shapes = itertools.chain.from_iterable((v.symbol.rows, v.symbol.cols) for v in self.variables if v.is_matrix)
        return tuple(sorted({str(symbol) for dim in shapes for symbol in dim.free_symbols}))

    @cached_property
    def integers(self) -> tuple[Variable, ...]:
        return tuple(v for v in self.variables if v.cls.discrete)

    @cached_property
    def continuous(self) -> tuple[Variable, ...]:
        return tuple(v for v in self.variables if not v.cls.discrete)

    # -- sizes -------------------------------------------------------------------------------------------------------

    def allowed(self, order: str, pool: Iterable[int]) -> list[int]:
        """What of a pool a block order may be; the smallest order that it may be, where that is nothing of the pool."""
        said = [part for part in self.about_orders if {str(symbol) for symbol in part.free_symbols} == {order}]
        if not said:
            return list(pool)

        def may_be(size: int) -> bool:
            return all(part.xreplace(dict.fromkeys(part.free_symbols, Integer(size))) == true for part in said)

        return [size for size in pool if may_be(size)] or list(itertools.islice(filter(may_be, range(1, _LARGEST_ORDER + 1)), 1)) or list(pool)

    def draw_sizes(self, rng: numpy.random.Generator, largest: int = 3) -> dict[str, int]:
        """Block orders (small ones more often) and integer parameters for one batch."""
        pool = [order for order in _DEFAULT_ORDERS if order <= largest] + list(range(4, largest + 1))
        sizes = {name: int(rng.choice(self.allowed(name, pool))) for name in self.orders}
        return sizes | {v.name: v.cls.sample(rng, 1, (), {}) for v in self.integers}

    def smallest_sizes(self, largest: int = 2) -> Iterator[dict[str, int]]:
        """Every combination of small block orders and of the integers' extreme values, simplest first."""
        orders = sorted(itertools.product(*(self.allowed(name, range(1, largest + 1)) for name in self.orders)), key=lambda o: (sum(o), o))
        integers = list(itertools.product(*(v.cls.extremes((), {}) for v in self.integers)))
        for order, values in itertools.product(orders, integers):
            yield dict(zip(self.orders, order, strict=True)) | {v.name: int(cast(int, x)) for v, x in zip(self.integers, values, strict=True)}

    # -- floats ------------------------------------------------------------------------------------------------------

    def sample(self, rng: numpy.random.Generator, sizes: Mapping[str, int], count: int) -> Batch:
        """``count`` random instances of these sizes."""
        env: dict[str, Any] = dict(sizes)
        for v in self.continuous:
            env[v.name] = v.cls.sample(rng, count, v.shape(sizes), env)
        return Batch(sizes, {v.name: env[v.name] for v in self.continuous})

    def dimension(self, sizes: Mapping[str, int]) -> int:
        """Number of real parameters of the smooth parametrisation at these sizes."""
        return sum(v.cls.dimension(v.shape(sizes)) for v in self.continuous)

    def build(self, x: Any, sizes: Mapping[str, int]) -> dict[str, Any]:
        """Values from parameters ``(N, dimension)``; differentiable by autograd."""
        env: dict[str, Any] = dict(sizes)
        start = 0
        for v in self.continuous:
            shape = v.shape(sizes)
            width = v.cls.dimension(shape)
            env[v.name] = v.cls.build(x[:, start : start + width], shape, env)
            start += width
        return {v.name: env[v.name] for v in self.continuous}

    def parameters(self, batch: Batch) -> numpy.ndarray:
        """Parameters of the first member of a batch, up to the closure of the classes."""
        env: dict[str, Any] = {**batch.sizes, **batch.values}
        parts = [v.cls.parameters(_first_member(batch.values[v.name]), v.shape(batch.sizes), env) for v in self.continuous]
        return numpy.concatenate([*parts, numpy.empty(0)])

    def dials(self, sizes: Mapping[str, int]) -> Iterator[tuple[str, int, str]]:
        """Each variable that one parameter moves by itself: its name, the parameter's column among all of :meth:`build`, and the scale of its class."""
        start = 0
        for v in self.continuous:
            shape = v.shape(sizes)
            if (dial := v.cls.dial(shape)) is not None:
                yield v.name, start + dial[0], dial[1]
            start += v.cls.dimension(shape)

    def depending_on(self, name: str) -> set[str]:
        """A variable and all whose classes speak of it: what moves when it moves."""
        moved = {name}
        for v in self.continuous:  # a class refers only to what stands before it
            if moved & set(self._spoken_of[v.name]):
                moved.add(v.name)
        return moved

    def corners(self, sizes: Mapping[str, int], count: int, rng: numpy.random.Generator) -> list[Instance]:
        """Members with all bounded blocks at the same kind of extreme (all at their bound, all zero, …), and the other variables at random extremes.

        Equal blocks are rare among random products of extremes, and it is they that many bounds are sharp for.
        """
        found = []
        for k in range(count):
            env: dict[str, ExactValue] = {}
            for v in self.continuous:
                edge = self._edge(v, v.shape(sizes), {**sizes, **env})
                shared = v.is_matrix and not v.cls.free
                env[v.name] = edge[_SHARED[k % len(_SHARED)] % len(edge) if shared else int(rng.integers(len(edge)))]
            found.append(Instance(sizes, env))
        return list({str(instance.to_json()): instance for instance in found}.values())

    # -- exact -------------------------------------------------------------------------------------------------------

    def strategy(self, largest: int = 2) -> st.SearchStrategy[Instance]:
        """Hypothesis strategy of small exact instances; it shrinks to small orders and simple entries."""
        return _instances(self, largest)

    def extremes(
        self, sizes: Mapping[str, int], limit: int, rng: numpy.random.Generator, landmarks: Sequence[Fraction] = ()
    ) -> list[Instance]:
        """Products of the classes' extreme members; a random choice of ``limit`` where there are more.

        With ``landmarks``, members of classes without a bound are scaled so that their largest entry is one of these numbers.
        """
        found: list[dict[str, ExactValue]] = [{}]
        for v in self.continuous:
            grown = [
                {**env, v.name: value}
                for env in found
                for value in _scaled_to(landmarks if v.cls.free else (), self._edge(v, v.shape(sizes), {**sizes, **env}))
            ]
            keep = sorted(rng.choice(len(grown), size=limit, replace=False)) if len(grown) > limit else range(len(grown))
            found = [grown[k] for k in keep]
        return [Instance(sizes, env) for env in found]

    def _edge(self, v: Variable, shape: tuple[int, ...], env: Mapping[str, Any]) -> Sequence[ExactValue]:
        """The extreme members of one class, computed once for all that its definition speaks of."""
        key = (v.name, shape, *(env[name] for name in self._spoken_of[v.name]))
        if key not in self._edges:
            self._edges[key] = v.cls.extremes(shape, env)
        return self._edges[key]

    @cached_property
    def _edges(self) -> dict[Any, Sequence[ExactValue]]:
        return {}

    @cached_property
    def _spoken_of(self) -> dict[str, tuple[str, ...]]:
        """For each variable the names of the others in the relations that define its class."""
        names = {v.name for v in self.variables}
        return {v.name: tuple(sorted({str(s) for r in v.cls.relations(v.symbol) for s in r.free_symbols} & names - {v.name})) for v in self.continuous}

    def round(self, batch: Batch, digits: int) -> Instance:
        """An exact instance near the first member of a float batch, inside every class by construction."""
        return self._exact(batch, lambda v, *place: v.cls.round(*place, digits))

    def snap(self, batch: Batch, digits: int) -> Instance:
        """As :meth:`round`, with near-coincidences (an eigenvalue and its bound, two eigenvalues, an angle and zero) made exact."""
        return self._exact(batch, lambda v, *place: v.cls.snap(*place, digits))

    def _exact(self, batch: Batch, member: Callable[..., ExactValue]) -> Instance:
        env: dict[str, Any] = dict(batch.sizes)
        for v in self.continuous:
            env[v.name] = member(v, _first_member(batch.values[v.name]), v.shape(batch.sizes), env)
        return Instance(batch.sizes, {v.name: env[v.name] for v in self.continuous})


def _scaled_to(landmarks: Sequence[Fraction], members: Sequence[ExactValue]) -> Sequence[ExactValue]:
    """Each direction among the members at each landmark; the members as they are if there is no landmark."""
    if not landmarks:
        return members
    unit: dict[RationalMatrix | Fraction, None] = {}
    for member in members:
        if isinstance(member, RationalMatrix):
            largest = max(abs(cast(Fraction, entry)) for row in member.rows() for entry in row)  # classes without a bound are real
            unit |= {member * (1 / largest): None} if largest else {}
        elif isinstance(member, Fraction) and member > 0:
            unit[Fraction(1)] = None
    return [landmark * direction for landmark in landmarks for direction in unit] or members


def _first_member(value: Any) -> Any:
    return tuple(term[0] for term in value) if isinstance(value, tuple) else value[0]


def _order(orders: Sequence[int]) -> st.SearchStrategy[int]:
    whole = list(orders) == list(range(1, len(orders) + 1))
    return st.integers(1, len(orders)) if whole else st.sampled_from(list(orders))


@st.composite
def _instances(draw: Any, domain: Domain, largest: int) -> Instance:
    sizes = {name: draw(_order(domain.allowed(name, range(1, largest + 1))), label=name) for name in domain.orders}
    sizes |= {v.name: draw(v.cls.strategy((), {}), label=v.name) for v in domain.integers}
    env: dict[str, Any] = dict(sizes)
    for v in domain.continuous:
        env[v.name] = draw(v.cls.strategy(v.shape(sizes), env), label=v.name)
    return Instance(sizes, {v.name: env[v.name] for v in domain.continuous})


