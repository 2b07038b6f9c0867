"""The portfolio: random batches, Hypothesis, gradient ascent, extreme members, each seeding the others.

Everything here is float work that proposes; what a proposal is worth is decided in :mod:`verify.search.promotion`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np
from hypothesis import HealthCheck, Phase, Verbosity, given, settings, target
from hypothesis import seed as hypothesis_seed

from verify.domain import Batch, Instance
from verify.search.ascent import maximise
from verify.search.effort import Budget
from verify.search.problem import Problem, seed_stream

__all__ = ["Candidate", "Pool", "Search"]

_KEEP = 12


@dataclass(frozen=True)
class Candidate:
    """An instance with its margin and where it came from; ``exact`` if it was drawn exactly."""

    margin: float
    batch: Batch
    source: str
    exact: Instance | None = None


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
        """Seeded random batches over block orders and strata; every other one at the smallest sizes, where most claims that are false fail."""
        rng = self._stream("random")
        smallest = list(islice(self.problem.domain.smallest_sizes(1), 5))
        for k in range(self.budget.batches):
            small = k % 2 == 0
            sizes = smallest[k // 2 % len(smallest)] if small else self.problem.domain.draw_sizes(rng, self.budget.largest_order)
            batch = self.problem.domain.sample(rng, sizes, self.budget.batch_size)
            self.pool.offer(batch, self.problem.margins(batch), "random")
            self.pool.spend("random", batch.count)

    def random_blocks(self) -> None:
        """One more random batch with every block of order 2: a counterexample of order 1 may hide that larger ones exist."""
        rng = self._stream("random blocks")
        sizes = {**self.problem.domain.draw_sizes(rng, 2), **{name: max(self.problem.domain.allowed(name, (2,))) for name in self.problem.domain.orders}}
        batch = self.problem.domain.sample(rng, sizes, 4 * self.budget.batch_size)
        self.pool.offer(batch, self.problem.margins(batch), "random")
        self.pool.spend("random", batch.count)

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

        with contextlib.suppress(_Found, _Enough):
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
            result = maximise(lambda x, s=sizes: self.problem.values_and_gradients(x, s), starts, self.budget.steps)
            batch = Batch(sizes, self.problem.domain.build(result.points, sizes))
            self.pool.offer(batch, self.problem.margins(batch), label)
            self.pool.spend(label, result.evaluations)

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
            with np.errstate(all="ignore"):
                points = np.stack([domain.parameters(batch) for batch in chosen[: self.budget.starts]])
            yield sizes, np.nan_to_num(points, nan=0.0, posinf=30.0, neginf=-30.0)


class _Found(Exception):
    """Raised inside a Hypothesis run when a suspect turns up, so that Hypothesis shrinks it."""


class _Enough(BaseException):
    """Ends a Hypothesis run that has shrunk for as long as the budget says (an ``Exception`` would count as another failure)."""


def _stacked(members: list[Instance]) -> Batch:
    parts = [member.batch() for member in members]
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
