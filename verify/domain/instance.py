"""Instances: the free data of a statement, as exact values or as batches of floats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from verify.numerics.exact import GaussianRational, RationalMatrix

__all__ = ["Batch", "ExactValue", "Instance"]

LARGEST_SIZE = 400
"""What the certificate format allows for an order."""
ExactValue = Fraction | int | GaussianRational | RationalMatrix | tuple[RationalMatrix, ...]


@dataclass(frozen=True)
class Instance:
    """Exact free data: ``sizes`` are block orders and integer parameters, ``values`` everything else, by name."""

    sizes: Mapping[str, int]
    values: Mapping[str, ExactValue]

    def batch(self) -> Batch:
        """The same data rounded to floats, as a batch of one."""
        return Batch(self.sizes, {name: _rounded(value) for name, value in self.values.items()})

    def replace(self, name: str, value: ExactValue) -> Instance:
        return Instance(self.sizes, {**self.values, name: value})

    def to_json(self) -> dict[str, Any]:
        """The ``instance`` object of a certificate; an integer parameter that could not be a size (0, say) stands among the values."""
        sizes = {name: size for name, size in sorted(self.sizes.items()) if 1 <= size <= LARGEST_SIZE}
        integers = {name: {"type": "integer", "value": size} for name, size in self.sizes.items() if name not in sizes}
        values = {name: value_to_json(value) for name, value in self.values.items()}
        return {"sizes": sizes, "values": dict(sorted({**values, **integers}.items()))}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Instance:
        """The inverse of :meth:`to_json`."""
        integers = {name: int(value["value"]) for name, value in data["values"].items() if value["type"] == "integer"}
        values = {name: value_from_json(value) for name, value in data["values"].items() if name not in integers}
        return Instance({**data["sizes"], **integers}, values)

    @property
    def weight(self) -> int:
        """How much there is to read: bits of all numbers and entries that are not zero; what shrinking reduces."""
        return sum(_weight(value) for value in self.values.values()) + 40 * sum(abs(size) for size in self.sizes.values())


@dataclass(frozen=True)
class Batch:
    """``N`` instances of equal sizes: a scalar is an array ``(N,)``, a matrix ``(N, rows, cols)``, a sequence a tuple of such."""

    sizes: Mapping[str, int]
    values: Mapping[str, Any]

    @property
    def count(self) -> int:
        for value in self.values.values():
            return len(value[0]) if isinstance(value, tuple) else len(value)
        return 1

    def member(self, index: int) -> Batch:
        pick = slice(index, index + 1)
        values = {name: tuple(x[pick] for x in value) if isinstance(value, tuple) else value[pick] for name, value in self.values.items()}
        return Batch(self.sizes, values)


def value_to_json(value: ExactValue) -> dict[str, Any]:
    """An exact value as the certificate format writes it."""
    if isinstance(value, tuple):
        return {"type": "sequence", "terms": [value_to_json(term) for term in value]}
    if isinstance(value, RationalMatrix):
        return value.to_json()
    if isinstance(value, GaussianRational):
        return {"type": "complex", "re": str(value.re), "im": str(value.im)}
    return {"type": "rational", "value": str(Fraction(value))}


def value_from_json(value: Mapping[str, Any]) -> ExactValue:
    """The inverse of :func:`value_to_json`."""
    if value["type"] == "sequence":
        return tuple(RationalMatrix.from_json(term) for term in value["terms"])
    if value["type"] == "complex":
        return GaussianRational(Fraction(value["re"]), Fraction(value["im"]))
    return Fraction(value["value"]) if value["type"] == "rational" else RationalMatrix.from_json(value)


def _rounded(value: ExactValue) -> Any:
    if isinstance(value, tuple):
        return tuple(term.to_numpy()[None] for term in value)
    if isinstance(value, RationalMatrix):
        return value.to_numpy()[None]
    if isinstance(value, GaussianRational):
        return np.array([complex(float(value.re), float(value.im))])
    return np.array([float(value)])


def _weight(value: Any) -> int:
    if isinstance(value, tuple):
        return sum(_weight(term) for term in value)
    if isinstance(value, RationalMatrix):
        return sum(_weight(entry) for row in value.rows() for entry in row)
    if isinstance(value, GaussianRational):
        return _weight(value.re) + _weight(value.im)
    value = Fraction(value)
    return 0 if value == 0 else 1 + value.numerator.bit_length() + 2 * (value.denominator.bit_length() - 1) + (value < 0)
