"""Three-valued truth: what a rigorous comparison can answer."""

from __future__ import annotations

import enum
from collections.abc import Iterable

__all__ = ["Truth"]


class Truth(enum.Enum):
    """The answer of a comparison of enclosures.

    ``HOLDS`` and ``VIOLATED`` are statements; ``UNDECIDED`` means that nothing is known. The logic is Kleene's strong
    three-valued logic. A ``Truth`` has no truth value of its own: ``if enclosure <= bound`` raises ``TypeError``, so that
    *unknown* can never pass for *false* or *true* by accident.
    """

    HOLDS = "holds"
    VIOLATED = "violated"
    UNDECIDED = "undecided"

    def __bool__(self) -> bool:
        raise TypeError("a three-valued comparison has no truth value: test `is Truth.HOLDS` or `is Truth.VIOLATED`")

    def __invert__(self) -> Truth:
        return {Truth.HOLDS: Truth.VIOLATED, Truth.VIOLATED: Truth.HOLDS}.get(self, Truth.UNDECIDED)

    def __and__(self, other: Truth) -> Truth:
        return Truth.all((self, other))

    def __or__(self, other: Truth) -> Truth:
        return Truth.any((self, other))

    def implies(self, other: Truth) -> Truth:
        return ~self | other

    def equivalent(self, other: Truth) -> Truth:
        return self.implies(other) & other.implies(self)

    @staticmethod
    def of(known: bool) -> Truth:
        """The truth of a fact that has been decided exactly."""
        return Truth.HOLDS if known else Truth.VIOLATED

    @staticmethod
    def all(parts: Iterable[Truth]) -> Truth:
        """Conjunction; of nothing, it holds."""
        parts = tuple(parts)
        if Truth.VIOLATED in parts:
            return Truth.VIOLATED
        return Truth.UNDECIDED if Truth.UNDECIDED in parts else Truth.HOLDS

    @staticmethod
    def any(parts: Iterable[Truth]) -> Truth:
        """Disjunction; of nothing, it is violated."""
        return ~Truth.all(~part for part in parts)
