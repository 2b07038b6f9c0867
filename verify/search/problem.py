"""A reading, prepared for search: its domain, its violation margin on batches, and the gradient of that margin."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import autograd
import numpy as np
from sympy import And, Gt, Implies, Lt, MatrixSymbol, Ne, Rational, Symbol
from sympy.core.relational import Relational

from verify.domain import Batch, Domain, Instance
from verify.evaluate.floats import Shared, margins
from verify.language.claim import Claim, Reading
from verify.language.logic import instantiated
from verify.search.lines import exacting, thresholds

__all__ = ["SUSPICION", "Problem", "seed_stream"]

SUSPICION = 1e-9
"""A relative violation above this is worth an exact examination."""
_USUAL = {Fraction(word) for word in ("0", "1", "1/2", "1/4", "2", "4", "10", "100")}
_MOST_LANDMARKS = 5


def seed_stream(seed: int, *words: str) -> np.random.Generator:
    """A random stream of its own for each (claim, reading, strategy), independent of order and of the number of processes."""
    digest = hashlib.sha256("\x1f".join((str(seed), *words)).encode()).digest()
    return np.random.default_rng(np.random.SeedSequence(list(digest)))


@dataclass(frozen=True)
class Problem:
    """One reading of one claim."""

    claim: Claim
    reading: Reading

    @cached_property
    def domain(self) -> Domain:
        classes = self.claim.domain_of(self.reading)
        scalars = {symbol.name for symbol in classes if isinstance(symbol, Symbol)}
        spoken = (part for part in self.extra if isinstance(part, Relational) and len(part.free_symbols) == 1 and not part.atoms(MatrixSymbol))
        return Domain(classes, tuple(part for part in spoken if not {symbol.name for symbol in part.free_symbols} & scalars))

    @property
    def name(self) -> str:
        return f"{self.claim.id}({self.reading.key})"

    @cached_property
    def hypotheses(self) -> tuple[Any, ...]:
        """Everything that an instance must satisfy, class membership included."""
        return self.claim.hypotheses_of(self.reading)

    @cached_property
    def conclusion(self) -> Any:
        return instantiated(self.reading.statement)

    @cached_property
    def suspicion(self) -> float:
        """The margin above which a float violation is worth an exact examination: equality already violates a strict relation."""
        return -SUSPICION if self.conclusion.atoms(Lt, Gt, Ne) else SUSPICION

    @cached_property
    def extra(self) -> tuple[Any, ...]:
        """Hypotheses beyond class membership (those hold by construction in float batches)."""
        return (*self.claim.hypotheses, *self.reading.hypotheses)

    @cached_property
    def landmarks(self) -> tuple[Fraction, ...]:
        """Positive numbers that the statement itself names, beyond the usual ones: where a case, or a hypothesis, may begin."""
        numbers = {abs(Fraction(x.p, x.q)) for part in (self.conclusion, *self.extra) for x in part.atoms(Rational)}
        return tuple(sorted(numbers - _USUAL)[:_MOST_LANDMARKS])

    @cached_property
    def thresholds(self) -> tuple[Relational, ...]:
        """Where the statement changes: conditions of its cases, terms of its maxima, its hypotheses."""
        names = frozenset(v.name for v in self.domain.variables) | set(self.domain.orders)
        return thresholds(self.whole, names)

    @cached_property
    def exacting(self) -> Any:
        """The whole statement, for members right beside a threshold."""
        return exacting(self.whole)

    @cached_property
    def whole(self) -> Any:
        """The conclusion under the hypotheses beyond class membership."""
        return Implies(And(*self.extra, evaluate=False), self.conclusion, evaluate=False) if self.extra else self.conclusion

    def margins(self, batch: Batch) -> np.ndarray:
        """Violation margins; where the statement has no value (a division by zero, say) −∞."""
        with np.errstate(all="ignore"):
            found = np.broadcast_to(np.asarray(margins(self.whole, {**batch.sizes, **batch.values}), dtype=float), (batch.count,))
        return np.where(np.isfinite(found), found, -np.inf)

    def sharpness(self, batch: Batch) -> np.ndarray:
        """Margins of the conclusion where the hypotheses hold, −∞ elsewhere: for the ranking of sharp instances."""
        if not self.extra:
            return self.margins(batch)
        with np.errstate(all="ignore"):
            env = Shared({**batch.sizes, **batch.values})
            held = np.asarray(margins(And(*self.extra, evaluate=False), env))
            alone = np.broadcast_to(np.asarray(margins(self.conclusion, env), dtype=float), (batch.count,))
        return np.where((held <= 0) & np.isfinite(alone), alone, -np.inf)

    def met(self, batch: Batch) -> np.ndarray:
        """Where the hypotheses beyond class membership hold, to float accuracy."""
        with np.errstate(all="ignore"):
            held = np.asarray(margins(And(*self.extra, evaluate=False), {**batch.sizes, **batch.values}), dtype=float)
        return np.broadcast_to(held <= 0, (batch.count,))

    def instance_margin(self, instance: Instance) -> float:
        return float(self.margins(instance.batch())[0])

    def values_and_gradients(self, x: np.ndarray, sizes: Mapping[str, int]) -> tuple[np.ndarray, np.ndarray]:
        """Margins ``(N,)`` and their gradients ``(N, d)`` at points of the smooth parametrisation; undefined ones are very negative and flat."""

        def objective(points: Any) -> Any:
            found = margins(self.whole, {**sizes, **self.domain.build(points, sizes)})
            values.append(getattr(found, "_value", found))
            return autograd.numpy.sum(autograd.numpy.where(np.isfinite(values[-1]), found, 0.0))

        values: list[Any] = []
        with np.errstate(all="ignore"):
            gradient = autograd.grad(objective)(np.asarray(x, dtype=float))
        found = np.broadcast_to(np.asarray(values[-1], dtype=float), (len(x),))
        return np.where(np.isfinite(found), found, -2.0), np.where(np.isfinite(gradient), gradient, 0.0)
