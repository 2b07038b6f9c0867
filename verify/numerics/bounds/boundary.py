"""Where the resolvent is large: float proposals for ``M(s)``, the maximum of ``‖R(z)‖`` on a circle or on a vertical line.

Nothing here is rigorous. ``s`` is the distance to the stability boundary: ``|z| = 1 + s`` (:class:`Disc`) or ``Re z = s``
(:class:`HalfPlane`); it is carried as such, because ``(1 + s) − 1`` cancels. Both regions share everything above this module:
``K = sup_s s M(s)``, and ``log M`` is convex in the region's ``coordinate``: ``log(1 + s)`` by Hadamard's three circles, ``s`` by his
three lines.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

import flint
import numpy as np
from scipy.linalg import matrix_balance

from verify.numerics.bounds.precise import ball_matrix, precision
from verify.numerics.exact import RationalMatrix
from verify.numerics.one_way import one_way_partition

__all__ = ["Disc", "HalfPlane", "Peak", "Region", "ResolventSearch"]

DELICATE = 1e-6
"""Below this relative size of ``σ_min`` a float singular value is not accurate enough, and the inverse is formed in higher precision."""


class Region(ABC):
    """The exterior of the unit disc or the right half-plane, described by the distance ``s`` to its boundary."""

    @abstractmethod
    def coordinate(self, s: float) -> float:
        """Where ``log M`` is convex."""

    @abstractmethod
    def maximiser(self, slope: float) -> float:
        """The ``s`` that maximises ``log s − slope · coordinate(s)``; infinite if there is none."""

    @abstractmethod
    def point(self, s: float, position: np.ndarray) -> np.ndarray:
        """The points ``z`` at distance ``s`` and the given angles or heights."""

    @abstractmethod
    def tangent(self, z: complex) -> complex:
        """``dz/d(position)``."""

    @abstractmethod
    def precise_point(self, s: Fraction, position: float) -> flint.acb:
        """The same at FLINT's working precision."""

    @abstractmethod
    def highest_at_zero(self, array: np.ndarray, eigenvalues: np.ndarray, s: float) -> bool:
        """Whether the signs of the entries alone put the maximum of ``‖R(z)‖`` at position 0."""

    @abstractmethod
    def positions(self, eigenvalues: np.ndarray, s: float, real: bool) -> np.ndarray:
        """Sorted angles or heights where a maximum may be near."""


class Disc(Region):
    """``|z| > 1``; position: the argument of ``z``."""

    def coordinate(self, s: float) -> float:
        return math.log1p(s)

    def maximiser(self, slope: float) -> float:
        return 1 / (slope - 1) if slope > 1 else math.inf

    def point(self, s: float, position: np.ndarray) -> np.ndarray:
        return (1 + s) * np.exp(1j * position)

    def tangent(self, z: complex) -> complex:
        return 1j * z

    def precise_point(self, s: Fraction, position: float) -> flint.acb:
        angle = flint.arb(position)
        return flint.acb(angle.cos(), angle.sin()) * flint.arb(flint.fmpq((1 + s).numerator, (1 + s).denominator))

    def highest_at_zero(self, array: np.ndarray, eigenvalues: np.ndarray, s: float) -> bool:
        """For ``X >= 0`` entrywise and ``|z| > ρ(X)``: ``|R(z)| = |Σ X^k/z^{k+1}| <= R(|z|)`` entrywise, and norms of non-negative matrices increase."""
        return not np.iscomplexobj(array) and bool((array >= 0).all() and abs(eigenvalues).max() < 1 + s)

    def positions(self, eigenvalues: np.ndarray, s: float, real: bool) -> np.ndarray:
        moduli = np.maximum(abs(eigenvalues), 1e-3)
        widths = np.clip(abs(1 + s - moduli) / moduli, 1e-13, 1.0)
        near = (np.angle(eigenvalues)[:, None] + widths[:, None] * OFFSETS).ravel()
        if real:
            grid = np.linspace(0, math.pi, 4 * len(eigenvalues) + 9)
            return _distinct(np.concatenate([grid, np.clip(abs(near), 0, math.pi)]))
        return _distinct(np.concatenate([np.linspace(-math.pi, math.pi, 8 * len(eigenvalues) + 17), near]))


class HalfPlane(Region):
    """``Re z > 0``; position: the imaginary part of ``z``."""

    def coordinate(self, s: float) -> float:
        return s

    def maximiser(self, slope: float) -> float:
        return 1 / slope if slope > 0 else math.inf

    def point(self, s: float, position: np.ndarray) -> np.ndarray:
        return s + 1j * position

    def tangent(self, z: complex) -> complex:
        return 1j

    def precise_point(self, s: Fraction, position: float) -> flint.acb:
        return flint.acb(flint.arb(flint.fmpq(s.numerator, s.denominator)), flint.arb(position))

    def highest_at_zero(self, array: np.ndarray, eigenvalues: np.ndarray, s: float) -> bool:
        """For ``X >= 0`` off the diagonal and ``Re z > α(X)``: ``|R(z)| = |∫ e^{−tz} e^{tX} dt| <= R(Re z)`` entrywise, because ``e^{tX} >= 0``."""
        off_diagonal = array - np.diag(np.diag(array))
        return not np.iscomplexobj(array) and bool((off_diagonal >= 0).all() and eigenvalues.real.max() < s)

    def positions(self, eigenvalues: np.ndarray, s: float, real: bool) -> np.ndarray:
        widths = abs(s - eigenvalues.real) + 1e-13 * abs(eigenvalues)
        near = (eigenvalues.imag[:, None] + widths[:, None] * OFFSETS).ravel()
        low, high = near.min(), near.max()
        reach = (high - low) / 2 + s + abs(eigenvalues).max() / 4
        grid = np.concatenate([np.linspace(low - reach, high + reach, 8 * len(eigenvalues) + 17), near])
        return _distinct(abs(grid) if real else grid)


ACCURACY = 1e-5
MAX_CLIMB = 12
OFFSETS = np.array([-3.0, -1.0, -0.3, 0.0, 0.3, 1.0, 3.0])


@dataclass(frozen=True)
class Peak:
    """``M(s) ≈ height``, attained near ``position``."""

    s: float
    height: float
    position: float

    @property
    def value(self) -> float:
        return self.s * self.height


@dataclass(frozen=True)
class ResolventSearch:
    """Finds the peaks of one matrix."""

    matrix: RationalMatrix
    region: Region
    effort: int = 1
    """Density of the starting positions."""
    array: np.ndarray = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "array", self.matrix.to_numpy())

    @cached_property
    def eigenvalues(self) -> np.ndarray:
        return np.linalg.eigvals(self.array)

    @cached_property
    def size(self) -> float:
        return float(np.linalg.norm(self.array, 2))

    def peak(self, s: float) -> Peak:
        """The largest maximum found at distance ``s``."""
        if (known := self._known_positions(s)) is not None:
            heights = self._heights(s, known)
            return Peak(s, float(heights.max()), float(known[heights.argmax()]))
        positions = self._starts(s)
        heights = self._heights(s, positions)
        best = (-math.inf, 0.0)
        for index in self._summits(heights):
            best = max(best, self._climb(s, positions, heights, index))
        return Peak(s, best[0], best[1])

    def _known_positions(self, s: float) -> np.ndarray | None:
        """Positions one of which is the highest by a theorem: 0 (the region's), or the two real points of a circle (:mod:`verify.numerics.one_way`)."""
        if self.region.highest_at_zero(self.array, self.eigenvalues, s):
            return np.zeros(1)
        if isinstance(self.region, Disc) and self._is_one_way and abs(self.eigenvalues).max() < 1 + s:
            return np.array([0.0, math.pi])
        return None

    @cached_property
    def _is_one_way(self) -> bool:
        """``[[A, 0], [C, D]]`` with Hermitian ``A``, ``D``, or the transpose of that, up to rounding."""
        return len(self.array) > 1 and bool(one_way_partition(self.array) or one_way_partition(self.array.T))

    def height(self, s: float, position: float) -> float:
        """``‖R(z)‖`` at one point, accurate also where ``zI − X`` is nearly singular."""
        return float(self._heights(s, np.array([position]))[0])

    @cached_property
    def _balanced(self) -> tuple[np.ndarray, np.ndarray]:
        """``B`` and ``t`` with ``X = T B T^{-1}``, ``T = diag(t)`` of powers of 2: rows and columns of ``B`` are of like size."""
        balanced, (scales, _) = matrix_balance(self.array, permute=False, separate=True)
        return balanced, scales

    def _resolvents(self, s: float, positions: np.ndarray) -> np.ndarray:
        """``R(z)`` itself, accurate where floats lose the smallest singular value of ``zI − X``.

        A large coupling makes ``zI − X`` nearly singular without making any entry of its inverse hard to compute: the balanced matrix is
        well conditioned, and scaling back by powers of 2 is exact. Where it is not, the inverse is formed at 256 bits. A pole gives ``inf``.
        """
        balanced, scales = self._balanced
        shifts = self.region.point(s, positions)[:, None, None] * np.eye(len(balanced)) - balanced
        smallest = np.linalg.svd(shifts, compute_uv=False)[:, -1]
        sound = smallest > DELICATE * (1 + s + np.linalg.norm(balanced, 2))  # not of the shifted matrix: near 1 its entries cancel
        found = np.full(shifts.shape, np.inf, dtype=complex)
        found[sound] = scales[:, None] * np.linalg.inv(shifts[sound]) / scales
        for index in np.flatnonzero(~sound):
            found[index] = self._precise_resolvent(s, float(positions[index]))
        return found

    def _precise_resolvent(self, s: float, position: float) -> np.ndarray:
        with precision(256):
            x = flint.acb_mat(ball_matrix(self.matrix))
            unit = flint.acb_mat(ball_matrix(RationalMatrix.identity(len(self.array))))
            try:
                inverse = (unit * self.region.precise_point(Fraction(s), position) - x).inv()
            except ZeroDivisionError:
                return np.full(self.array.shape, np.inf, dtype=complex)
        return np.array([complex(entry) for entry in inverse.entries()]).reshape(self.array.shape)

    def _starts(self, s: float) -> np.ndarray:
        positions = self.region.positions(self.eigenvalues, s, self.matrix.is_real)
        for _ in range(self.effort - 1):
            positions = _distinct(np.concatenate([positions, (positions[1:] + positions[:-1]) / 2]))
        return positions

    def _heights(self, s: float, positions: np.ndarray) -> np.ndarray:
        shifts = self.region.point(s, positions)[:, None, None] * np.eye(len(self.array)) - self.array
        smallest = np.linalg.svd(shifts, compute_uv=False)[:, -1]
        delicate = smallest <= self._delicate(s)
        heights = 1 / np.where(delicate, 1.0, smallest)
        if delicate.any():
            resolvents = self._resolvents(s, positions[delicate])
            finite = np.isfinite(resolvents).all(axis=(1, 2))
            heights[delicate] = np.where(finite, np.linalg.norm(np.where(finite[:, None, None], resolvents, 0), 2, axis=(1, 2)), np.inf)
        return heights

    def _delicate(self, s: float) -> float:
        return DELICATE * (1 + s + self.size)

    def _summits(self, heights: np.ndarray) -> list[int]:
        """The highest few local maxima among the starts."""
        padded = np.concatenate([[-math.inf], heights, [-math.inf]])
        local = np.flatnonzero((padded[1:-1] >= padded[:-2]) & (padded[1:-1] >= padded[2:]))
        local = local[heights[local] >= heights[local].max() / (1 + self.effort)]
        return list(local[np.argsort(-heights[local])][: 3 * self.effort])

    def _climb(self, s: float, positions: np.ndarray, heights: np.ndarray, index: int) -> tuple[float, float]:
        """From a start that is higher than its neighbours to the maximum between them."""
        start = (float(heights[index]), float(positions[index]))
        low, high = float(positions[max(index - 1, 0)]), float(positions[min(index + 1, len(positions) - 1)])
        if not math.isfinite(start[0]) or high <= low:
            return start
        return max(start, self._root_of_slope(s, start[1], low, high))

    def _root_of_slope(self, s: float, middle: float, low: float, high: float) -> tuple[float, float]:
        """Illinois' rule on the derivative of ``σ_min`` (a minimum of ``σ_min`` is smooth: where singular values cross,
        their minimum has a peak).
        """
        height, slope = self._height_and_slope(s, middle)
        best, scale = (height, middle), abs(high - low) * ACCURACY
        other = high if slope < 0 else low
        if other == middle or slope == 0:
            return best
        height, far = self._height_and_slope(s, other)
        for _ in range(MAX_CLIMB):
            if slope * far >= 0 or abs(other - middle) <= scale:
                break
            new = middle - slope * (other - middle) / (far - slope)
            height, fresh = self._height_and_slope(s, new)
            best, step = max(best, (height, new)), abs(new - middle)
            other, far = (middle, slope) if fresh * slope < 0 else (other, far / 2)
            middle, slope = new, fresh
            if step <= scale:
                break
        return best

    def radial_slope(self, s: float, position: float) -> float:
        """The derivative of ``log(s ‖R(z)‖)`` by ``log s`` at a fixed angle or height."""
        outward = complex(np.exp(1j * position)) if isinstance(self.region, Disc) else 1.0 + 0j
        height, turn = self._height_and_turn(s, position)
        if math.isinf(height):
            return -math.inf
        return 1 - s * height * float(np.real(outward * turn))

    def _height_and_slope(self, s: float, position: float) -> tuple[float, float]:
        """``‖R(z)‖`` and the derivative of ``σ_min(zI − X)`` along the boundary."""
        height, turn = self._height_and_turn(s, position)
        z = complex(self.region.point(s, np.array(position)))
        return height, float(np.real(self.region.tangent(z) * turn))

    def _height_and_turn(self, s: float, position: float) -> tuple[float, complex]:
        """``‖R(z)‖`` and ``u*v`` for the singular vectors of ``(zI − X)v = σ_min u``: the derivative of ``σ_min`` by ``z`` is ``Re(u*v dz)``."""
        z = complex(self.region.point(s, np.array(position)))
        left, values, right = np.linalg.svd(z * np.eye(len(self.array)) - self.array)
        if values[-1] > self._delicate(s):
            return float(1 / values[-1]), complex(np.vdot(left[:, -1], right[-1].conj()))
        resolvent = self._resolvents(s, np.array([position]))[0]
        if not np.isfinite(resolvent).all():
            return math.inf, 0j
        left, values, right = np.linalg.svd(resolvent)  # R u = v / σ_min: the same two vectors, the other way round
        return float(values[0]), complex(np.vdot(right[0].conj(), left[:, 0]))


def _distinct(positions: np.ndarray) -> np.ndarray:
    return np.unique(positions)
