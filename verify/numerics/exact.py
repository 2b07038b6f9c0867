"""Exact matrices: rational and Gaussian-rational entries, on FLINT's ``fmpq_mat``.

Everything here is exact: no rounding, no tolerance. A matrix is immutable; its imaginary part is stored only if it is not zero, so that
equal matrices have equal representations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import flint
import mpmath
import numpy as np

from verify.numerics.gaussian import Exact, GaussianRational, entry_from_json, entry_to_json, rational_text, to_mpmath_number
from verify.numerics.parts import assembled, complex_determinant, floats_of, fmpq_of, fraction_of_fmpq, fractions_of, is_zero, part_of

__all__ = ["Exact", "GaussianRational", "RationalMatrix", "rational_text", "shifted"]


@dataclass(frozen=True, eq=False, repr=False)
class RationalMatrix:
    """An immutable matrix over the Gaussian rationals; ``im`` is None when the matrix is real.

    Products are written ``X * Y``; a scalar may stand on either side. Shapes that do not fit raise ``ValueError``.
    """

    re: flint.fmpq_mat
    im: flint.fmpq_mat | None = None

    def __post_init__(self) -> None:
        if self.im is not None and is_zero(self.im):
            object.__setattr__(self, "im", None)

    # -- constructors -----------------------------------------------------------------------------------------------

    @staticmethod
    def from_rows(rows: Iterable[Iterable[Exact | tuple[Any, Any]]]) -> RationalMatrix:
        """Entries: int, Fraction, GaussianRational or a pair ``(re, im)``.

        Raises:
            ValueError: if the rows have different lengths.
        """
        table = [list(row) for row in rows]
        if len({len(row) for row in table}) > 1:
            raise ValueError(f"rows of one matrix have equal length, got lengths {[len(row) for row in table]}")
        shape = (len(table), len(table[0]) if table else 0)
        entries = [entry for row in table for entry in row]
        re = [entry if isinstance(entry, (int, Fraction)) else GaussianRational.of(entry).re for entry in entries]
        im = [0 if isinstance(entry, (int, Fraction)) else GaussianRational.of(entry).im for entry in entries]
        return RationalMatrix(part_of(shape, re), part_of(shape, im) if any(im) else None)

    @staticmethod
    def from_floats(array: np.ndarray) -> RationalMatrix:
        """Exactly these floats (real or complex; a vector becomes a column).

        Raises:
            ValueError: if an entry is not finite.
        """
        array = np.asarray(array)
        if not np.isfinite(array).all():
            raise ValueError("an exact matrix needs finite entries")
        table = array.reshape(-1, 1) if array.ndim == 1 else array
        re = part_of(table.shape, [Fraction(float(x)) for x in table.real.ravel()])
        im = part_of(table.shape, [Fraction(float(x)) for x in table.imag.ravel()]) if np.iscomplexobj(table) else None
        return RationalMatrix(re, im)

    @staticmethod
    def column(vector: Sequence[Exact]) -> RationalMatrix:
        return RationalMatrix.from_rows([entry] for entry in vector)

    @staticmethod
    def zeros(rows: int, columns: int) -> RationalMatrix:
        return RationalMatrix(flint.fmpq_mat(rows, columns))

    @staticmethod
    def identity(order: int) -> RationalMatrix:
        return RationalMatrix.diagonal([1] * order)

    @staticmethod
    def diagonal(entries: Sequence[Exact]) -> RationalMatrix:
        return RationalMatrix.from_rows([x if i == j else 0 for j in range(len(entries))] for i, x in enumerate(entries))

    @staticmethod
    def blocks(table: Sequence[Sequence[RationalMatrix]]) -> RationalMatrix:
        """The block matrix.

        Raises:
            ValueError: if the blocks do not fit together.
        """
        if any(block.shape[0] != row[0].shape[0] for row in table for block in row):
            raise ValueError("blocks of one row must have equally many rows")
        if len({sum(block.shape[1] for block in row) for row in table}) != 1:
            raise ValueError("block rows must have equally many columns")
        real = all(block.is_real for row in table for block in row)
        im = None if real else assembled([[flint.fmpq_mat(*x.shape) if x.im is None else x.im for x in row] for row in table])
        return RationalMatrix(assembled([[block.re for block in row] for row in table]), im)

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> RationalMatrix:
        """Read a ``matrix`` or ``symmetric`` value of the certificate format.

        Raises:
            ValueError: if it is neither.
        """
        if value.get("type") == "matrix":
            return RationalMatrix.from_rows([entry_from_json(entry) for entry in row] for row in value["rows"])
        if value.get("type") != "symmetric":
            raise ValueError(f"expected a value of type 'matrix' or 'symmetric', got {value.get('type')!r}")
        upper = [[Fraction(entry) for entry in row] for row in value["upper"]]
        order = len(upper)
        return RationalMatrix.from_rows([upper[min(i, j)][abs(i - j)] for j in range(order)] for i in range(order))

    # -- reading ------------------------------------------------------------------------------------------------------

    @property
    def shape(self) -> tuple[int, int]:
        return (self.re.nrows(), self.re.ncols())

    @property
    def is_square(self) -> bool:
        return self.shape[0] == self.shape[1]

    @property
    def is_real(self) -> bool:
        return self.im is None

    @cached_property
    def is_hermitian(self) -> bool:
        return self.is_square and self == self.adjoint()

    @property
    def is_symmetric(self) -> bool:
        return self.is_square and self == self.transpose()

    def is_normal(self) -> bool:
        return self.is_square and (self.is_hermitian or self * self.adjoint() == self.adjoint() * self)

    def rows(self) -> tuple[tuple[Exact, ...], ...]:
        """The entries: Fractions if the matrix is real, else Gaussian rationals."""
        re = fractions_of(self.re)
        if self.im is None:
            return re
        return tuple(tuple(map(GaussianRational, *pair)) for pair in zip(re, fractions_of(self.im), strict=True))

    def to_numpy(self) -> np.ndarray:
        """Every part of every entry correctly rounded (``±inf`` where it exceeds the range of floats)."""
        return self.to_scaled_numpy(0)

    def to_scaled_numpy(self, exponent: int) -> np.ndarray:
        """``2^-exponent X``, correctly rounded (no intermediate overflow)."""
        re = floats_of(self.re, exponent)
        return re if self.im is None else re + 1j * floats_of(self.im, exponent)

    def to_mpmath(self) -> mpmath.matrix:
        """Rounded to mpmath's working precision."""
        rows = self.rows()
        return mpmath.matrix([[to_mpmath_number(x) for x in row] for row in rows])

    def real_form(self) -> RationalMatrix:
        """``[[Re, −Im], [Im, Re]]``: the same linear map on real vectors of twice the length."""
        re, im = RationalMatrix(self.re), RationalMatrix(flint.fmpq_mat(*self.shape) if self.im is None else self.im)
        return RationalMatrix.blocks([[re, -im], [im, re]])

    def trace(self) -> Exact:
        rows = self.rows()
        return sum((rows[i][i] for i in range(self.shape[0])), start=Fraction(0))

    def determinant(self) -> Exact:
        """Exact; a Fraction if the matrix is real."""
        self._require_square("a determinant")
        if self.im is None:
            return fraction_of_fmpq(self.re.det())
        return complex_determinant(self.re, self.im)

    # -- arithmetic ---------------------------------------------------------------------------------------------------

    def __neg__(self) -> RationalMatrix:
        return RationalMatrix(-self.re, None if self.im is None else -self.im)

    def __add__(self, other: RationalMatrix) -> RationalMatrix:
        if self.im is None or other.im is None:
            return RationalMatrix(self.re + other.re, self.im if other.im is None else other.im)
        return RationalMatrix(self.re + other.re, self.im + other.im)

    def __sub__(self, other: RationalMatrix) -> RationalMatrix:
        return self + (-other)

    def __mul__(self, other: RationalMatrix | Exact) -> RationalMatrix:
        if not isinstance(other, RationalMatrix):
            return self._scaled(other)
        re = self.re * other.re
        if self.im is None:
            return RationalMatrix(re, None if other.im is None else self.re * other.im)
        if other.im is None:
            return RationalMatrix(re, self.im * other.re)
        return RationalMatrix(re - self.im * other.im, self.re * other.im + self.im * other.re)

    def __rmul__(self, scalar: Exact) -> RationalMatrix:
        return self._scaled(scalar)

    def __truediv__(self, scalar: Exact) -> RationalMatrix:
        return self._scaled(1 / scalar if isinstance(scalar, GaussianRational) else 1 / Fraction(scalar))

    def transpose(self) -> RationalMatrix:
        return RationalMatrix(self.re.transpose(), None if self.im is None else self.im.transpose())

    def adjoint(self) -> RationalMatrix:
        """The conjugate transpose."""
        return RationalMatrix(self.re.transpose(), None if self.im is None else -self.im.transpose())

    def inverse(self) -> RationalMatrix:
        """Exact.

        Raises:
            ZeroDivisionError: if the matrix is singular.
        """
        self._require_square("an inverse")
        if self.im is None:
            return RationalMatrix(self.re.inv())
        order = self.shape[0]
        rows = fractions_of(self.real_form().re.inv())
        half = (order, order)
        re = part_of(half, [x for row in rows[:order] for x in row[:order]])
        return RationalMatrix(re, part_of(half, [x for row in rows[order:] for x in row[:order]]))

    def power(self, exponent: int) -> RationalMatrix:
        """``X^t``; a negative ``t`` inverts.

        Raises:
            ZeroDivisionError: if ``t < 0`` and the matrix is singular.
        """
        self._require_square("a power")
        if exponent < 0:
            return self.inverse().power(-exponent)
        result, square = RationalMatrix.identity(self.shape[0]), self
        while exponent:
            result = result * square if exponent & 1 else result
            exponent >>= 1
            square = square * square if exponent else square
        return result

    def _scaled(self, scalar: Exact) -> RationalMatrix:
        if not isinstance(scalar, (int, Fraction, GaussianRational)):
            return NotImplemented
        factor = GaussianRational.of(scalar)
        re, im = fmpq_of(factor.re), fmpq_of(factor.im)
        own = RationalMatrix(self.re * re, None if self.im is None else self.im * re)
        if factor.im == 0:
            return own
        return own + RationalMatrix(flint.fmpq_mat(*self.shape) if self.im is None else self.im * -im, self.re * im)

    def _require_square(self, what: str) -> None:
        if not self.is_square:
            raise ValueError(f"{what} needs a square matrix, got shape {self.shape}")

    # -- identity -----------------------------------------------------------------------------------------------------

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RationalMatrix):
            return NotImplemented
        if self.shape != other.shape or (self.im is None) != (other.im is None):
            return False
        return bool(self.re == other.re) and (self.im is None or bool(self.im == other.im))

    def __hash__(self) -> int:
        return hash((self.shape, self.rows()))

    def __reduce__(self) -> tuple[Any, ...]:
        """FLINT's matrices cannot be pickled; their entries can (worker processes need it)."""
        return _rebuilt, (self.shape, fractions_of(self.re), None if self.im is None else fractions_of(self.im))

    def __repr__(self) -> str:
        return f"RationalMatrix({[[entry_to_json(x) for x in row] for row in self.rows()]})"

    def to_json(self) -> dict[str, Any]:
        """The certificate format's value: ``symmetric`` for real symmetric matrices of order 2 and more, else ``matrix``."""
        if self.is_real and self.shape[0] > 1 and self.is_symmetric:
            return {"type": "symmetric", "upper": [[entry_to_json(x) for x in row[i:]] for i, row in enumerate(self.rows())]}
        return {"type": "matrix", "rows": [[entry_to_json(entry) for entry in row] for row in self.rows()]}


def shifted(matrix: RationalMatrix, z: Exact) -> RationalMatrix:
    """``zI − X``."""
    return RationalMatrix.identity(matrix.shape[0]) * z - matrix


def _rebuilt(shape: tuple[int, int], re: tuple[tuple[Fraction, ...], ...], im: tuple[tuple[Fraction, ...], ...] | None) -> RationalMatrix:
    flat = [None if part is None else [x for row in part for x in row] for part in (re, im)]
    return RationalMatrix(part_of(shape, flat[0] or []), None if flat[1] is None else part_of(shape, flat[1]))
