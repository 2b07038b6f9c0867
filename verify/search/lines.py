"""Search along lines: one parameter of an instance moves over decades, and all the rest stays.

Two things that batches and gradients miss lie on lines. A *threshold* of the statement, where a case of its case split begins, where the terms of a maximum
change places or where a hypothesis becomes active, has no gradient that leads to it, and a violation on one side of it may be as thin as one likes: so the
places where a line meets a threshold are bracketed and bisected, and both sides are tried at relative distances down to ``2^-40``. And a violation in a
narrow strip of one parameter is found by a grid over decades with golden section around its best point.

A parameter is moved in the smooth parametrisation of its class, on a coordinate ``s`` in ``[-SPAN, SPAN]`` that is logarithmic towards the ends of the class.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import sympy
from sympy import Ge
from sympy.core.relational import Relational

from verify.domain import Batch, Domain
from verify.evaluate.errors import NotEvaluable
from verify.evaluate.floats import margins, scalar_values
from verify.language.quantities import MatrixQuantity, Norm

__all__ = ["SPAN", "Line", "Tried", "at_thresholds", "crossings", "lines_of", "summits", "thresholds"]

SPAN = 14.0
"""``e^14`` is a million: six decades to either side."""
_ORDER = (sympy.Le, sympy.Lt, sympy.Ge, sympy.Gt)
_MOST = 8
_FIRST = (2.0**-12, 2.0**-32)
"""Distances (in ``s``) at which every threshold is tried, to both sides."""
_LADDER = tuple(2.0**-k for k in (4, 8, 16, 20, 24, 28, 36, 40))
"""Distances at which the most promising are."""
_LADDERS = 4
_DEAR = 6
_GRID = 15


# -- thresholds --------------------------------------------------------------------------------------------------------


def thresholds(statement: Any, names: frozenset[str]) -> tuple[Relational, ...]:
    """Relations of the statement whose two sides meet where it changes: conditions of cases, terms of maxima, premises, sides of an equivalence.

    The conclusion's own relation is none of them. Relations that speak of more than the ``names`` (of a bound variable) are left out, and of very many the
    first are taken.
    """
    found: dict[Any, None] = {}
    for relation in _thresholds(statement, conclusion=True):
        if {str(s) for s in relation.free_symbols} <= names and relation.free_symbols:
            found.setdefault(relation)
    return tuple(found)[:_MOST]


def _thresholds(node: Any, *, conclusion: bool) -> Iterator[Relational]:
    if isinstance(node, _ORDER):
        if not conclusion:
            yield node
        yield from _thresholds(node.lhs, conclusion=False)
        yield from _thresholds(node.rhs, conclusion=False)
    elif isinstance(node, sympy.Implies):
        yield from _thresholds(node.args[0], conclusion=False)
        yield from _thresholds(node.args[1], conclusion=conclusion)
    elif isinstance(node, sympy.Equivalent):
        for arg in node.args:
            yield from _thresholds(arg, conclusion=False)
    elif isinstance(node, sympy.Piecewise):
        for value, condition in node.args:
            yield from _thresholds(condition, conclusion=False)
            yield from _thresholds(value, conclusion=False)
    else:
        if isinstance(node, (sympy.Max, sympy.Min)):
            yield from (Ge(one, other, evaluate=False) for one, other in pairwise(node.args))
        for arg in getattr(node, "args", ()):
            yield from _thresholds(arg, conclusion=conclusion)


# -- lines -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """The lines through ``N`` members of equal sizes along which one parameter moves: column ``column`` of the ``points`` ``(N, d)``."""

    domain: Domain
    sizes: Mapping[str, int]
    points: np.ndarray
    variable: str
    column: int
    scale: str

    @property
    def count(self) -> int:
        return len(self.points)

    def moved(self, s: np.ndarray) -> np.ndarray:
        """The points with every member at its own coordinate ``s``."""
        return self._points(np.arange(self.count), s)

    def _points(self, rows: np.ndarray, s: np.ndarray) -> np.ndarray:
        x = self.points[rows].copy()
        x[:, self.column] = s if self.scale == "log" else np.sinh(s) if self.scale == "real" else s * (np.pi / (2 * SPAN))
        return x

    def at(self, rows: np.ndarray, s: np.ndarray) -> dict[str, Any]:
        """The members at coordinates ``s`` of the lines with the given indices."""
        return self.domain.build(self._points(rows, s), self.sizes)

    def batch(self, rows: np.ndarray, s: np.ndarray) -> Batch:
        return Batch(self.sizes, self.at(rows, s))

    @cached_property
    def place(self) -> np.ndarray:
        """Where on its line each member is."""
        x = self.points[:, self.column]
        return x if self.scale == "log" else np.arcsinh(x) if self.scale == "real" else x * (2 * SPAN / np.pi)

    @cached_property
    def _still(self) -> dict[str, Any]:
        """The members where they are: what does not move along the line is computed here, once."""
        return self.domain.build(self.points, self.sizes)

    def frozen(self, statement: Any) -> Frozen:
        """A statement or relation with every matrix quantity that does not move along the line replaced by its values."""
        moved = self.domain.depending_on(self.variable)
        known = {v.name for v in self.domain.continuous} | set(self.sizes)
        names, values = {}, {}
        for quantity in sorted(statement.atoms(MatrixQuantity), key=str):
            speaks_of = {str(s) for s in quantity.free_symbols}
            if speaks_of <= known and not speaks_of & moved and speaks_of - set(self.sizes):
                symbol = sympy.Symbol(f"_still{len(names)}", real=True)
                value = scalar_values(quantity, {**self.sizes, **self._still})
                names[quantity], values[symbol.name] = symbol, np.broadcast_to(np.asarray(value, dtype=float), (self.count,))
        return Frozen(self, statement.xreplace(names), values)


@dataclass(frozen=True)
class Frozen:
    """A statement on lines; its values at a point of a line."""

    line: Line
    statement: Any
    values: Mapping[str, np.ndarray]

    @property
    def cheap(self) -> bool:
        """Does a value cost no more than norms?"""
        return all(isinstance(quantity, Norm) for quantity in self.statement.atoms(MatrixQuantity))

    def margins(self, rows: np.ndarray, s: np.ndarray) -> np.ndarray:
        """Violation margins at coordinates ``s`` of the lines ``rows``; −∞ without a value."""
        if not len(rows):
            return np.empty(0)
        env = {**self.line.sizes, **self.line.at(rows, s), **{name: value[rows] for name, value in self.values.items()}}
        with np.errstate(all="ignore"):
            found = np.broadcast_to(np.asarray(margins(self.statement, env), dtype=float), (len(rows),))
        return np.where(np.isfinite(found), found, -np.inf)


def lines_of(domain: Domain, sizes: Mapping[str, int], points: np.ndarray) -> Iterator[Line]:
    """One family of lines for each parameter that can be moved by itself."""
    for variable, column, scale in domain.dials(sizes):
        yield Line(domain, sizes, points, variable, column, scale)


# -- what is tried on them ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tried:
    """Members tried on lines, their margins, and how many single evaluations of anything it took to choose them."""

    batch: Batch
    margins: np.ndarray
    evaluations: int


def at_thresholds(line: Line, statement: Any, relations: tuple[Relational, ...], most: int) -> Tried | None:
    """Both sides of every place where the lines meet a threshold, at most ``most`` of them; None if they meet none."""
    rows, low, high, spent = _all_crossings(line, relations, most)
    if not len(rows):
        return None
    frozen = line.frozen(statement)
    where, s = _both_sides(rows, low, high, _FIRST)
    margins_there = frozen.margins(where, s)
    promising = np.unique(np.argsort(-margins_there, kind="stable")[: 2 * _LADDERS] % len(rows))[:_LADDERS]
    more_rows, more_s = _both_sides(rows[promising], low[promising], high[promising], _LADDER)
    where, s = np.concatenate([where, more_rows]), np.concatenate([s, more_s])
    found = np.concatenate([margins_there, frozen.margins(more_rows, more_s)])
    return Tried(line.batch(where, s), found, spent + len(where))


def _both_sides(rows: np.ndarray, low: np.ndarray, high: np.ndarray, distances: tuple[float, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Places at these distances to both sides; the place of one crossing has its index modulo the number of crossings."""
    places = [place for distance in distances for place in (low - distance, high + distance)]
    return np.tile(rows, len(places)), np.concatenate(places)


def _all_crossings(line: Line, relations: tuple[Relational, ...], most: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    rows, lows, highs, spent = [np.empty(0, dtype=int)], [np.empty(0)], [np.empty(0)], 0
    for relation in relations:
        try:
            found, low, high, count = crossings(line.frozen(relation), most)
        except NotEvaluable:
            continue
        rows, lows, highs, spent = [*rows, found], [*lows, low], [*highs, high], spent + count
    return np.concatenate(rows), np.concatenate(lows), np.concatenate(highs), spent


def crossings(frozen: Frozen, most: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    """Where the two sides of a relation change places: lines, lower and upper coordinates, and the number of evaluations.

    What costs more than norms is followed on a few lines only, less closely.
    """
    grid, halvings, count = (29, 48, frozen.line.count) if frozen.cheap else (8, 24, min(frozen.line.count, _DEAR))
    s = np.linspace(-SPAN, SPAN, grid)
    signs = (frozen.margins(np.repeat(np.arange(count), grid), np.tile(s, count)) > 0).reshape(count, grid)
    changes = np.argwhere(signs[:, 1:] != signs[:, :-1])[: most if frozen.cheap else _DEAR]
    rows, cell = changes[:, 0], changes[:, 1]
    low, high, sign_low = s[cell], s[cell + 1], signs[rows, cell]
    for _ in range(halvings if len(rows) else 0):
        middle = (low + high) / 2
        same = (frozen.margins(rows, middle) > 0) == sign_low
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    return rows, low, high, count * grid + len(rows) * halvings


def summits(line: Line, statement: Any, steps: int) -> tuple[np.ndarray, np.ndarray, int]:
    """The coordinate of the largest margin found on each line and the margin, by a grid and golden section around its best point; the evaluations spent."""
    frozen, count = line.frozen(statement), line.count
    s, every = np.linspace(-SPAN, SPAN, _GRID), np.arange(count)
    values = frozen.margins(np.repeat(every, _GRID), np.tile(s, count)).reshape(count, _GRID)
    top, own = values.argmax(axis=1), frozen.margins(every, line.place)
    best = np.where(own >= values[every, top], line.place, s[top])
    height = np.maximum(own, values[every, top])
    step, ratio = 2 * SPAN / (_GRID - 1), (np.sqrt(5) - 1) / 2
    low, high = best - step, best + step
    left, right = high - ratio * (high - low), low + ratio * (high - low)
    at_left, at_right = frozen.margins(every, left), frozen.margins(every, right)
    for _ in range(steps):
        for place, value in ((left, at_left), (right, at_right)):
            best, height = np.where(value > height, place, best), np.maximum(value, height)
        falls = at_left > at_right
        low, high = np.where(falls, low, left), np.where(falls, right, high)
        new = np.where(falls, high - ratio * (high - low), low + ratio * (high - low))
        value = frozen.margins(every, new)
        left, right = np.where(falls, new, right), np.where(falls, left, new)
        at_left, at_right = np.where(falls, value, at_right), np.where(falls, at_left, value)
    return best, height, count * (_GRID + 3 + steps)
