"""How a bound is found: proposals from the sharpest to the safest, the first that is *verified* is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any, Literal

from verify.numerics.bounds.rounding import ROOT_BITS, above, simplest_between
from verify.numerics.enclosure import Endpoint
from verify.numerics.exact import GaussianRational, RationalMatrix, rational_text
from verify.numerics.gaussian import entry_to_json
from verify.numerics.positivity import PsdProof

__all__ = [
    "DEFAULT_RTOL",
    "Bound",
    "Side",
    "Witness",
    "accuracy_bits",
    "first_proved",
    "nice_value",
    "require_square",
    "root_bits",
    "rungs_above",
    "rungs_below",
    "slacks",
    "vector_json",
    "with_factor",
    "z_json",
]

Side = Literal["lower", "upper", "both"]
Witness = dict[str, Any]
Bound = tuple[Endpoint, Witness | None]
"""A proved value of one side, and its record."""

DEFAULT_RTOL = Fraction(1, 10**9)
SLACKS = (Fraction(1, 10**7), Fraction(1, 10**4), Fraction(1, 10), Fraction(1))
"""What is given away, in turn, when the requested accuracy cannot be proved."""
FINE_SLACKS = tuple(Fraction(1, 10**k) for k in (18, 16, 15, 14, 13, 12, 10, 9, 8))
"""Tried before these where more digits than floats have were requested."""
FLOAT_RTOL = Fraction(1, 10**12)
"""What a proposal in floats is asked for at most."""
NICE = Fraction(1, 1 << 42)
"""An exact value is guessed only this near the estimate, …"""
NICE_DENOMINATOR = 1 << 16
"""… and only with a denominator up to this."""


def require_square(matrix: RationalMatrix, what: str) -> None:
    """Raises ``ValueError`` unless the matrix is square and not empty."""
    if not matrix.is_square or matrix.shape[0] == 0:
        raise ValueError(f"{what} needs a square matrix of order at least 1, got shape {matrix.shape}")


def accuracy_bits(rtol: Fraction) -> int:
    """Bits of relative accuracy that a proposal needs so that it is not what limits the bound."""
    exact = Fraction(rtol)
    return max(20, exact.denominator.bit_length() - exact.numerator.bit_length() + 7) if exact > 0 else 128


def root_bits(rtol: Fraction) -> int:
    """Bits of a rational square root so that it is not what limits the bound."""
    return max(ROOT_BITS, accuracy_bits(rtol) + 8)


def nice_value(estimate: Fraction) -> Fraction | None:
    """A simple rational indistinguishable from the estimate, if there is one: perhaps the exact value."""
    if estimate <= 0:
        return None
    guess = simplest_between(estimate * (1 - NICE), estimate * (1 + NICE))
    return guess if guess.denominator <= NICE_DENOMINATOR else None


def slacks(rtol: Fraction) -> tuple[Fraction, ...]:
    """What a bound gives away, in turn."""
    coarser = (*FINE_SLACKS, *SLACKS) if rtol < FLOAT_RTOL else SLACKS
    return (rtol / 4, rtol / 2, *(s for s in coarser if s > rtol))


def rungs_above(estimate: Fraction, rtol: Fraction, target: Fraction | None = None) -> Iterator[Fraction]:
    """The target, a simple value at the estimate, then short rationals ever further above it."""
    if target is not None:
        yield target
    nice = nice_value(estimate)
    if nice is not None and nice != target:
        yield nice
    for slack in slacks(rtol):
        if estimate > 0:
            yield above(estimate, slack)


def rungs_below(estimate: Fraction, rtol: Fraction, target: Fraction | None = None) -> Iterator[Fraction]:
    """The same downward; all positive (a target of any sign comes first)."""
    if target is not None:
        yield target
    nice = nice_value(estimate)
    if nice is not None and nice != target:
        yield nice
    for slack in slacks(rtol):
        if estimate > 0:
            yield simplest_between(estimate / (1 + slack), estimate / (1 + slack / 2))


def first_proved(candidates: Iterator[Fraction], prove: Callable[[Fraction], PsdProof]) -> tuple[Fraction, PsdProof] | None:
    """The first candidate whose inequality is proved, with the proof."""
    for value in candidates:
        proof = prove(value)
        if proof.holds is True:
            return value, proof
    return None


def with_factor(witness: Witness, proof: PsdProof, key: str = "factor") -> Witness:
    return witness if proof.factor is None else {**witness, key: proof.factor}


def vector_json(column: RationalMatrix) -> list[Any]:
    return [entry_to_json(row[0]) for row in column.rows()]


def z_json(z: GaussianRational) -> list[str]:
    return [rational_text(z.re), rational_text(z.im)]
