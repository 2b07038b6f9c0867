"""The portfolio: random batches, Hypothesis, gradient ascent, extreme members, each seeding the others.

Everything here is float work that proposes; what a proposal is worth is decided in :mod:`verify.search.promotion`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any

import numpy as np
from hypothesis import HealthCheck, Phase, Verbosity, given, settings, target
from hypothesis import seed as hypothesis_seed
from hypothesis.internal.conjecture import providers

from verify.domain import Batch, Instance
from verify.search.ascent import maximise
from verify.search.effort import Budget
from verify.search.lines import at_thresholds, lines_of, summits
from verify.search.problem import Problem, seed_stream

__all__ = ["Candidate", "Pool", "Search", "evaluated"]

_KEEP = 12
_TOGETHER = 256


@dataclass(frozen=True)
class Candidate:
    """An instance with its margin and where it came from; ``exact`` if it was drawn exactly."""

    margin: float
    batch: Batch
    source: str
    exact: Instance | None = None

    def same_as(self, other: Candidate) -> bool:
        mine, theirs = self.batch.values, other.batch.values
        return all(np.array_equal(np.asarray(mine[name]), np.asarray(theirs[name])) for name in mine)


@dataclass
class Pool:
    """The best candidates seen, a few for each choice of sizes and source, and how much was spent."""

    best: dict[tuple[Any, ...], list[Candidate]] = field(default_factory=dict)
    evaluations: dict[str, int] = field(default_factory=dict)

    def spend(self, source: str, count: int) -> None:
        self.evaluations[source] = self.evaluations.get(source, 0) + count

    def offer(self, batch: Batch, margins: np.ndarray, source: str, exact: list[Instance] | None = None) -> None:
        """Keep the largest margins of a batch."""
        for index in np.argsort(-margins, kind="stable")[:3]:
            if np.isfinite(margins[index]):
                member = None if exact is None else exact[index]
                self._insert(Candidate(float(margins[index]), batch.member(int(index)), source, member))

    def _insert(self, candidate: Candidate) -> None:
        shelf = self.best.setdefault((tuple(sorted(candidate.batch.sizes.items())), candidate.source), [])
        if any(known.margin == candidate.margin and known.same_as(candidate) for known in shelf):
            return
        shelf.append(candidate)
        shelf.sort(key=lambda c: -c.margin)
        del shelf[_KEEP:]

    def ranked(self, sources: Iterable[str] | None = None) -> list[Candidate]:
        """All kept candidates, largest margin first."""
        wanted = None if sources is None else set(sources)
        found = [c for (_, source), shelf in self.best.items() if wanted is None or source in wanted for c in shelf]
        return sorted(found, key=lambda c: -c.margin)


class Search:
    """One reading's search: strategies that fill a pool."""

    def __init__(self, problem: Problem, budget: Budget, seed: int) -> None:
        self.problem, self.budget, self.seed = problem, budget, seed
        self.pool = Pool()

    def _stream(self, strategy: str) -> np.random.Generator:
        return seed_stream(self.seed, self.problem.claim.id, self.problem.reading.key, strategy)

    def random(self) -> None:
        """Seeded random batches over block orders and strata.

        Every other one is at the smallest sizes, where most claims that are false fail, and of these some with blocks of order 2, where matrices
        first are not normal.
        """
        rng = self._stream("random")
        smallest = list(islice(self.problem.domain.smallest_sizes(1), 5))
        pairs = [smallest[k : k + 2] for k in range(0, len(smallest), 2)]
        small = [sizes for pair in pairs for sizes in (*pair, *map(self._in_twos, pair))]
        for k in range(self.budget.batches):
            sizes = self.problem.domain.draw_sizes(rng, self.budget.largest_order) if k % 2 else small[k // 2 % len(small)]
            batch = self.problem.domain.sample(rng, sizes, self.budget.batch_size)
            self.pool.offer(batch, self.problem.margins(batch), "random")
            self.pool.spend("random", batch.count)

    def random_blocks(self) -> None:
        """One more random batch with every block of order 2: a counterexample of order 1 may hide that larger ones exist."""
        rng = self._stream("random blocks")
        sizes = self._in_twos(self.problem.domain.draw_sizes(rng, 2))
        batch = self.problem.domain.sample(rng, sizes, 4 * self.budget.batch_size)
        self.pool.offer(batch, self.problem.margins(batch), "random")
        self.pool.spend("random", batch.count)

    def _in_twos(self, sizes: Mapping[str, int]) -> dict[str, int]:
        """The same sizes with every block of order 2, or as near to it as is allowed."""
        return {**sizes, **{name: max(self.problem.domain.allowed(name, (2,))) for name in self.problem.domain.orders}}

    def hypothesis(self) -> None:
        """Hypothesis examples of small exact members, steered by the margin; a failure is shrunk by Hypothesis itself."""
        largest = min(self.budget.largest_order, 2)
        phases = (Phase.generate, Phase.target, *((Phase.shrink,) if self.budget.hypothesis_shrinks else ()))
        found: list[tuple[float, Instance]] = []

        @hypothesis_seed(int(self._stream("Hypothesis").integers(2**32)))
        @settings(
            max_examples=self.budget.examples, database=None, deadline=None, derandomize=False, verbosity=Verbosity.quiet, print_blob=False,
            phases=phases, suppress_health_check=list(HealthCheck), report_multiple_bugs=False,
        )
        @given(self.problem.domain.strategy(largest))
        def attempt(instance: Instance) -> None:
            margin = self.problem.instance_margin(instance)
            self.pool.spend("Hypothesis", 1)
            found.append((margin, instance))
            if np.isfinite(margin):
                target(margin)
            first = next((k for k, (earlier, _) in enumerate(found) if earlier > self.problem.suspicion), len(found))
            if len(found) - first > self.budget.hypothesis_shrinks:
                raise _Enough
            if margin > self.problem.suspicion:
                raise _Found

        with contextlib.suppress(_Found, _Enough), _no_local_constants():
            attempt()
        suspects = sorted((pair for pair in found if pair[0] > self.problem.suspicion), key=lambda pair: pair[1].weight)
        for margin, instance in suspects[:1] + sorted(found, key=lambda pair: -pair[0])[:_KEEP]:
            self.pool.offer(instance.batch(), np.array([margin]), "Hypothesis", [instance])

    def extremes(self) -> None:
        """Products of extreme members at all small orders; then with what has no bound of its own scaled to the numbers that the statement names."""
        rng = self._stream("extreme member")
        for sizes in self._size_choices(rng):
            members = self.problem.domain.extremes(sizes, self.budget.extreme_members, rng)
            if self.problem.landmarks:
                members += self.problem.domain.extremes(sizes, self.budget.extreme_members, rng, self.problem.landmarks)
            if members:
                batch = _stacked(members)
                self.pool.offer(batch, self.problem.margins(batch), "extreme member", members)
                self.pool.spend("extreme member", batch.count)

    def _size_choices(self, rng: np.random.Generator) -> list[dict[str, int]]:
        """Every small order with the least values of the integer parameters, then a random choice of the others."""
        choices = list(self.problem.domain.smallest_sizes(min(2, self.budget.largest_order)))
        integers = [v.name for v in self.problem.domain.integers]
        least = {name: choices[0][name] for name in integers}
        first = [k for k, sizes in enumerate(choices) if all(sizes[name] == least[name] for name in integers)][: self.budget.size_choices - 1]
        others = np.array([k for k in range(len(choices)) if k not in first], dtype=int)
        room = min(self.budget.size_choices - len(first), len(others))
        return [choices[k] for k in (*first, *sorted(rng.choice(others, size=room, replace=False)))] if room > 0 else [choices[k] for k in first]

    def ascend(self, sources: Iterable[str], label: str) -> None:
        """Quasi-Newton ascent of the margin, in lockstep, from the best candidates of the given sources and from fresh random points."""
        rng = self._stream(label)
        for sizes, starts in self._starts(sources, rng):
            result = maximise(partial(self.problem.values_and_gradients, sizes=sizes), starts, self.budget.steps)
            batch = Batch(sizes, self.problem.domain.build(result.points, sizes))
            self.pool.offer(batch, self.problem.margins(batch), label)
            self.pool.spend(label, result.evaluations)

    def lines(self, sources: Iterable[str], label: str, *, corners: bool = False) -> None:
        """One parameter at a time over decades: both sides of every threshold of the statement, then the highest point of each line (see `lines`).

        The lines go through the best candidates of the given sources and through random members; with ``corners``, through members with equal blocks.
        """
        if not self.budget.lines:
            return
        rng = self._stream(label)
        for sizes, points in self._line_points(sources, rng, corners=corners):
            lines = lines_of(self.problem.domain, sizes, points)
            tried = at_thresholds(lines, self.problem.exacting, self.problem.thresholds, self.budget.crossings, rng) if lines.dials else None
            if tried is not None:
                batch, found, spent = tried
                self.pool.offer(batch, found, label)
                self.pool.spend(label, spent)
            if lines.dials:
                self._summits(sizes, points, label)

    def _summits(self, sizes: Mapping[str, int], points: np.ndarray, label: str) -> None:
        """From the best points so far: along every line through them, then on from the best of those."""
        near = [c.batch for c in self.pool.ranked() if c.batch.sizes == sizes][: self.budget.summits]
        x = self._points_of(near) if near else points[: self.budget.summits]
        for _ in range(self.budget.sweeps):
            lines = lines_of(self.problem.domain, sizes, x)
            best, height, spent = summits(lines, self.problem.exacting, self.budget.zooms)
            self.pool.offer(lines.batch(np.arange(lines.count), best), height, label)
            self.pool.spend(label, spent)
            winner = height.reshape(-1, len(x)).argmax(axis=0) * len(x) + np.arange(len(x))
            x = lines.at(winner, best[winner])

    def _line_points(self, sources: Iterable[str], rng: np.random.Generator, *, corners: bool) -> Iterator[tuple[Mapping[str, int], np.ndarray]]:
        """Points to draw lines through: of the smallest sizes, and of those of the best candidate that has others."""
        domain = self.problem.domain
        ranked = self.pool.ranked(sources)
        groups: list[Mapping[str, int]] = [next(iter(domain.smallest_sizes(1)))]
        groups += [c.batch.sizes for c in ranked if c.batch.sizes != groups[0]][:1]
        for sizes in groups:
            if domain.dimension(sizes) == 0:
                continue
            seeds = [c.batch for c in ranked if c.batch.sizes == sizes][: self.budget.lines // 4]
            room = self.budget.lines - len(seeds)
            if corners:
                seeds += [instance.batch() for instance in domain.corners(sizes, room, rng)]
            else:
                fresh = domain.sample(rng, sizes, room)
                seeds += [fresh.member(k) for k in range(room)]
            yield sizes, self._points_of(seeds)

    def _points_of(self, batches: list[Batch]) -> np.ndarray:
        with np.errstate(all="ignore"):
            points = np.stack([self.problem.domain.parameters(batch) for batch in batches])
        return np.nan_to_num(points, nan=0.0, posinf=30.0, neginf=-30.0)

    def _starts(self, sources: Iterable[str], rng: np.random.Generator) -> Iterator[tuple[Mapping[str, int], np.ndarray]]:
        """Groups of equal sizes: seeds from the pool, the group filled up with random members."""
        domain = self.problem.domain
        groups: dict[tuple[tuple[str, int], ...], list[Batch]] = {}
        for candidate in self.pool.ranked(sources):
            groups.setdefault(tuple(sorted(candidate.batch.sizes.items())), []).append(candidate.batch)
        while len(groups) < self.budget.groups:
            sizes = domain.draw_sizes(rng, self.budget.largest_order)
            key = tuple(sorted(sizes.items()))
            if key in groups:
                break
            groups[key] = []
        for key, seeds in list(groups.items())[: self.budget.groups]:
            sizes = dict(key)
            if domain.dimension(sizes) == 0:
                continue
            fresh = domain.sample(rng, sizes, max(1, self.budget.starts - len(seeds)))
            chosen = seeds[: self.budget.starts - 1] + [fresh.member(k) for k in range(fresh.count)]
            yield sizes, self._points_of(chosen[: self.budget.starts])


@contextlib.contextmanager
def _no_local_constants() -> Iterator[None]:
    """Hypothesis without the constants that it reads out of the sources of all modules loaded so far and mixes into its draws.

    They would make the examples of a claim depend on which other claims a process has loaded, and on any number changed anywhere in this project; and
    reading them takes longer than drawing. There is no setting for it; a Hypothesis that is built otherwise is left as it is.
    """
    known = getattr(providers, "_get_local_constants", None), getattr(providers, "CONSTANTS_CACHE", None), getattr(providers, "Constants", None)
    reader, cache, constants = known
    if reader is None or cache is None or constants is None or not hasattr(cache, "cache"):
        yield
        return
    cache.cache.clear()
    providers._get_local_constants = constants  # type: ignore[attr-defined]
    try:
        yield
    finally:
        providers._get_local_constants = reader  # type: ignore[attr-defined]
        cache.cache.clear()


class _Found(Exception):
    """Raised inside a Hypothesis run when a suspect turns up, so that Hypothesis shrinks it."""


class _Enough(BaseException):
    """Ends a Hypothesis run that has shrunk for as long as the budget says (an ``Exception`` would count as another failure)."""


def evaluated(batches: Sequence[Batch], function: Callable[[Batch], np.ndarray]) -> list[float]:
    """A function at the first members of many batches: those of equal sizes are evaluated together, which costs little more than one."""
    groups: dict[tuple[tuple[str, int], ...], list[int]] = {}
    for index, batch in enumerate(batches):
        groups.setdefault(tuple(sorted(batch.sizes.items())), []).append(index)
    values = np.empty(len(batches))
    for group in groups.values():
        for start in range(0, len(group), _TOGETHER):
            part = group[start : start + _TOGETHER]
            values[part] = function(_joined([batches[index].member(0) for index in part]))
    return [float(value) for value in values]


def _stacked(members: list[Instance]) -> Batch:
    return _joined([member.batch() for member in members])


def _joined(parts: Sequence[Batch]) -> Batch:
    names = parts[0].values
    return Batch(
        parts[0].sizes,
        {
            name: tuple(np.concatenate(terms) for terms in zip(*(part.values[name] for part in parts), strict=True))
            if isinstance(names[name], tuple)
            else np.concatenate([part.values[name] for part in parts])
            for name in names
        },
    )
