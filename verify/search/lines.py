"""Search along lines: one parameter of an instance moves over decades, and all the rest stays.

Two things that batches and gradients miss lie on lines. A *threshold* of the statement, where a case of its case split begins, where the terms of a maximum
change places or where a hypothesis becomes active, has no gradient that leads to it, and a violation on one side of it may be as thin as one likes: so the
places where a line meets a threshold are bracketed and bisected, and both sides are tried at relative distances down to ``2^-40``. And a violation in a
narrow strip of one parameter is found by a grid over decades with golden section around its best point.

A parameter is moved in the smooth parametrisation of its class, on a coordinate ``s`` in ``[-SPAN, SPAN]`` that is logarithmic towards the ends of the class.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import sympy
from sympy import Ge
from sympy.core.relational import Relational

from verify.domain import Batch, Domain
from verify.evaluate.errors import NotEvaluable
from verify.evaluate.floats import Given, margins, quantities, scalar_values
from verify.language.quantities import Norm

__all__ = ["SPAN", "Lines", "at_thresholds", "crossings", "exacting", "lines_of", "summits", "thresholds"]

SPAN = 14.0
"""``e^14`` is a million: six decades to either side."""
_ORDER = (sympy.Le, sympy.Lt, sympy.Ge, sympy.Gt)
_MOST = 8
_FIRST = (2.0**-26,)
"""Distance (in ``s``) at which every threshold is tried, to both sides: a violation that begins at a threshold is there, however narrow."""
_LADDER = tuple(2.0**-k for k in (4, 8, 11, 14, 17, 20, 23, 32, 40))
"""Distances at which the most promising are tried."""
_LADDERS = 3
_GRID, _FINE = 29, 48
_COARSE, _PARTS, _ROUNDS = 8, 8, 8
_SUMMIT = 15


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


def exacting(statement: Any) -> Any:
    """The same statement for members right beside a threshold: a premise that is an inequality is met only where the floats say so, without tolerance."""
    if isinstance(statement, sympy.And):
        return sympy.And(*map(exacting, statement.args), evaluate=False)
    if not isinstance(statement, sympy.Implies):
        return statement
    premise, conclusion = statement.args[0], exacting(statement.args[1])
    parts = premise.args if isinstance(premise, sympy.And) else (premise,)
    orders = [part for part in parts if isinstance(part, _ORDER)]
    others = [part for part in parts if not isinstance(part, _ORDER)]
    if others:
        conclusion = sympy.Implies(sympy.And(*others, evaluate=False), conclusion, evaluate=False)
    return Given(sympy.And(*orders, evaluate=False), conclusion) if orders else conclusion


# -- lines -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Lines:
    """Through each of ``N`` members of equal sizes, with parameters ``points`` ``(N, d)``, one line for each dial: its variable, column and scale.

    Line ``k`` is that of dial ``k // N`` through member ``k % N``.
    """

    domain: Domain
    sizes: Mapping[str, int]
    points: np.ndarray
    dials: tuple[tuple[str, int, str], ...]

    @property
    def count(self) -> int:
        return len(self.points) * len(self.dials)

    def at(self, rows: np.ndarray, s: np.ndarray) -> np.ndarray:
        """The parameters ``(len(rows), d)`` at coordinates ``s`` of the lines ``rows``."""
        x = self.points[rows % len(self.points)].copy()
        for k, (_, column, scale) in enumerate(self.dials):
            here = rows // len(self.points) == k
            x[here, column] = _unscaled(s[here], scale)
        return x

    def batch(self, rows: np.ndarray, s: np.ndarray) -> Batch:
        return Batch(self.sizes, self.domain.build(self.at(rows, s), self.sizes))

    @property
    def places(self) -> np.ndarray:
        """Where on each line its member is."""
        return np.concatenate([_scaled(self.points[:, column], scale) for _, column, scale in self.dials])

    def values(self, statement: Any, rows: np.ndarray, s: np.ndarray, known: Mapping[str, np.ndarray] | None = None) -> np.ndarray:
        """Violation margins at coordinates ``s`` of the lines ``rows``; −∞ without a value. ``known``: values of symbols by line."""
        if not len(rows):
            return np.empty(0)
        env = {**self.sizes, **self.domain.build(self.at(rows, s), self.sizes), **{name: value[rows] for name, value in (known or {}).items()}}
        with np.errstate(all="ignore"):
            found = np.broadcast_to(np.asarray(margins(statement, env), dtype=float), (len(rows),))
        return np.where(np.isfinite(found), found, -np.inf)

    def along(self, dial: int) -> Lines:
        """The lines of one dial alone."""
        return Lines(self.domain, self.sizes, self.points, (self.dials[dial],))

    def still(self, statement: Any) -> tuple[Any, dict[str, np.ndarray]]:
        """For the lines of one dial: the statement with every matrix quantity that does not move replaced by a symbol, and the symbols' values by line."""
        ((variable, _, _),) = self.dials
        moved, known = self.domain.depending_on(variable), {v.name for v in self.domain.continuous}
        env = {**self.sizes, **self.domain.build(self.points, self.sizes)}
        names: dict[Any, sympy.Symbol] = {}
        values: dict[str, np.ndarray] = {}
        for quantity in quantities(statement):
            speaks_of = {str(s) for s in quantity.free_symbols} - set(self.sizes)
            if speaks_of and speaks_of <= known - moved:
                names[quantity] = sympy.Symbol(f"_still{len(names)}", real=True)
                values[names[quantity].name] = np.broadcast_to(np.asarray(scalar_values(quantity, env), dtype=float), (self.count,))
        return statement.xreplace(names), values


def _unscaled(s: np.ndarray, scale: str) -> np.ndarray:
    return s if scale == "log" else np.sinh(s) if scale == "real" else s * (np.pi / (2 * SPAN))


def _scaled(x: np.ndarray, scale: str) -> np.ndarray:
    return x if scale == "log" else np.arcsinh(x) if scale == "real" else x * (2 * SPAN / np.pi)


def lines_of(domain: Domain, sizes: Mapping[str, int], points: np.ndarray) -> Lines:
    """All lines through members with these parameters."""
    return Lines(domain, sizes, points, tuple(domain.dials(sizes)))


# -- both sides of a threshold -----------------------------------------------------------------------------------------


def at_thresholds(lines: Lines, statement: Any, relations: tuple[Relational, ...], most: int, rng: np.random.Generator) -> tuple[Batch, np.ndarray, int] | None:
    """Members at both sides of places where a line meets a threshold, with their margins and the evaluations spent; None if none does.

    Of more than ``most`` places a random choice is tried at one distance, and the most promising at many. What lies farther away stands first.
    """
    rows, low, high, spent = crossings(lines, relations, most)
    if len(rows) > most:
        chosen = np.sort(rng.choice(len(rows), size=most, replace=False))
        rows, low, high = rows[chosen], low[chosen], high[chosen]
    if not len(rows):
        return None
    places, s = _both_sides(rows, low, high, _FIRST)
    first = lines.values(statement, places, s)
    best = list(dict.fromkeys((np.argsort(-first, kind="stable") % len(rows)).tolist()))[:_LADDERS]
    more, more_s = _both_sides(rows[best], low[best], high[best], _LADDER)
    found = np.concatenate([lines.values(statement, more, more_s), first])
    return lines.batch(np.concatenate([more, places]), np.concatenate([more_s, s])), found, spent + len(found)


def _both_sides(rows: np.ndarray, low: np.ndarray, high: np.ndarray, distances: tuple[float, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Places at these distances to both sides; the index of a place is that of its crossing modulo the number of crossings."""
    places = [place for distance in distances for place in (low - distance, high + distance)]
    return np.tile(rows, len(places)), np.concatenate(places)


def crossings(lines: Lines, relations: tuple[Relational, ...], most: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    """Where the two sides of a relation change places: lines, lower and upper coordinates, and the number of evaluations.

    Where nothing dearer than a norm moves along the lines they are followed closely. All others are followed together, a few of them, in fewer and larger
    steps: there a call costs as much for forty members as for one.
    """
    found = [(np.empty(0, dtype=int), np.empty(0), np.empty(0), 0)]
    for relation in relations:
        dear = []
        for dial in range(len(lines.dials)):
            alone = lines.along(dial)
            try:
                cheaper, known = alone.still(relation)
                if any(not isinstance(quantity, Norm) for quantity in quantities(cheaper)):
                    dear.append(dial)
                    continue
                rows, low, high, spent = _sectioned(alone, cheaper, known, np.arange(alone.count), _GRID, 2, _FINE, most)
            except NotEvaluable:
                continue
            found.append((rows + dial * len(lines.points), low, high, spent))
        if dear:
            few = np.array([dial * len(lines.points) + k for dial in dear for k in range(min(len(lines.points), most // 4))])
            with contextlib.suppress(NotEvaluable):
                found.append(_sectioned(lines, relation, {}, few, _COARSE, _PARTS, _ROUNDS, most // 2))
    every_row, every_low, every_high, evaluations = zip(*found, strict=True)
    return np.concatenate(every_row), np.concatenate(every_low), np.concatenate(every_high), sum(evaluations)


def _sectioned(
    lines: Lines, relation: Relational, known: Mapping[str, np.ndarray], rows: np.ndarray, grid: int, parts: int, rounds: int, most: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    """Changes of sign on a grid, then narrowed to one of ``parts`` of the interval in each round."""
    s = np.linspace(-SPAN, SPAN, grid)
    signs = (lines.values(relation, np.repeat(rows, grid), np.tile(s, len(rows)), known) > 0).reshape(len(rows), grid)
    changes = np.argwhere(signs[:, 1:] != signs[:, :-1])
    changes = changes[:: max(1, -(-len(changes) // most))]
    here, cell = rows[changes[:, 0]], changes[:, 1]
    low, high, below = s[cell], s[cell + 1], signs[changes[:, 0], cell]
    shares = np.arange(1, parts) / parts
    for _ in range(rounds if len(here) else 0):
        inner = low[:, None] + (high - low)[:, None] * shares
        same = (lines.values(relation, np.repeat(here, parts - 1), inner.ravel(), known) > 0).reshape(inner.shape) == below[:, None]
        first = np.where(same.all(axis=1), parts - 1, np.argmin(same, axis=1))  # how many inner points lie below the change
        ladder = np.concatenate([low[:, None], inner, high[:, None]], axis=1)
        index = np.arange(len(here))
        low, high = ladder[index, first], ladder[index, first + 1]
    return here, low, high, len(rows) * grid + len(here) * (parts - 1) * rounds


# -- the highest point of a line ---------------------------------------------------------------------------------------


def summits(lines: Lines, statement: Any, rounds: int) -> tuple[np.ndarray, np.ndarray, int]:
    """The coordinate of the largest margin found on each line and that margin, by a grid and ever finer ones around its best point; the evaluations spent."""
    every, s = np.arange(lines.count), np.linspace(-SPAN, SPAN, _SUMMIT)
    trial = np.concatenate([np.tile(s, (lines.count, 1)), lines.places[:, None]], axis=1)
    values = lines.values(statement, np.repeat(every, trial.shape[1]), trial.ravel()).reshape(trial.shape)
    top = values.argmax(axis=1)
    best, height, step = trial[every, top], values[every, top], s[1] - s[0]
    offsets = np.delete(np.linspace(-1, 1, 9), 4)
    for _ in range(rounds):
        trial = best[:, None] + step * offsets
        values = lines.values(statement, np.repeat(every, len(offsets)), trial.ravel()).reshape(trial.shape)
        top = values.argmax(axis=1)
        better = values[every, top] > height
        best, height = np.where(better, trial[every, top], best), np.where(better, values[every, top], height)
        step /= 4
    return best, height, lines.count * (_SUMMIT + 1 + rounds * len(offsets))
