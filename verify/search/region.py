"""Where a refuted reading fails: a map over two quantities that the claim names, such as ``γ`` and ``κ``.

Each cell of the map counts, in floats, the random members of the class that fell into it and how many of them violate the reading, and carries one exact
counterexample where one could be certified. So a cell says *fails* on proof, and *no violation found* on the search's word only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product

import numpy as np

from verify.domain import Batch, Instance
from verify.evaluate.errors import NotEvaluable
from verify.evaluate.floats import scalar_values
from verify.language.claim import Axis
from verify.search.effort import Budget
from verify.search.portfolio import Candidate
from verify.search.problem import Problem, seed_stream
from verify.search.promotion import Certified, promote

__all__ = ["Cell", "failure_map"]

BATCH = 512


@dataclass(frozen=True)
class Cell:
    """One cell ``(i, j)`` of the map: members sampled, members that violate in floats, and a certified one."""

    index: tuple[int, int]
    sampled: int
    violating: int
    found: Certified | None


def failure_map(problem: Problem, budget: Budget, seed: int) -> list[Cell]:
    """The cells of ``claim.axes``, in order; empty if the claim names no axes or the effort has no room for a map."""
    axes = problem.claim.axes
    if not axes or budget.map_batches == 0:
        return []
    shape = (len(axes[0].breaks) - 1, len(axes[1].breaks) - 1)
    cells = list(product(range(shape[0]), range(shape[1])))
    sampled, violating = np.zeros(shape, dtype=int), np.zeros(shape, dtype=int)
    best: dict[tuple[int, int], Candidate] = {}
    for batch in _batches(problem, budget, seed):
        try:
            places = [_placed(axis, batch) for axis in axes]
        except (NotEvaluable, KeyError):
            return []
        margins = problem.margins(batch)
        inside = np.all([place >= 0 for place in places], axis=0)
        for index in cells:
            here = inside & (places[0] == index[0]) & (places[1] == index[1])
            sampled[index] += here.sum()
            violating[index] += (here & (margins > problem.suspicion)).sum()
            if here.any():
                top = int(np.where(here, margins, -np.inf).argmax())
                if index not in best or margins[top] > best[index].margin:
                    best[index] = Candidate(float(margins[top]), batch.member(top), "random")
    return [Cell(index, int(sampled[index]), int(violating[index]), _certified(problem, best.get(index), index, budget)) for index in cells]


def _batches(problem: Problem, budget: Budget, seed: int) -> Iterator[Batch]:
    rng = seed_stream(seed, problem.claim.id, problem.reading.key, "map")
    smallest = list(islice(problem.domain.smallest_sizes(1), 3))
    for k in range(budget.map_batches):
        sizes = smallest[k // 2 % len(smallest)] if k % 2 == 0 else problem.domain.draw_sizes(rng, budget.largest_order)
        yield problem.domain.sample(rng, sizes, BATCH)


def _placed(axis: Axis, batch: Batch) -> np.ndarray:
    """The index of each member's cell along an axis; −1 outside."""
    values = np.broadcast_to(np.asarray(scalar_values(axis.quantity, {**batch.sizes, **batch.values}), dtype=float), (batch.count,))
    index = np.searchsorted([float(b) for b in axis.breaks], values, side="right") - 1
    return np.where((index < len(axis.breaks) - 1) & np.isfinite(values), index, -1)


def _certified(problem: Problem, candidate: Candidate | None, index: tuple[int, int], budget: Budget) -> Certified | None:
    """An exact counterexample in the cell, from its worst member."""
    if candidate is None or candidate.margin <= problem.suspicion:
        return None
    return promote(problem, candidate, budget.rtol, lambda instance: _cell_of(problem, instance) == index)


def _cell_of(problem: Problem, instance: Instance) -> tuple[int, ...]:
    return tuple(int(_placed(axis, instance.batch())[0]) for axis in problem.claim.axes)
