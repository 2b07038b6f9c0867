"""The paper's Kreiss estimator: the largest ``(|z| − 1)/σ_min(zI − J)`` on a grid of radii and equally spaced arguments, an SVD each.

The number of arguments (360) is quoted; the radii did not survive and are a parameter here. Every grid value is a lower bound of ``K``, up to rounding.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from verify.numerics.arrays import Array, RealArray, square

__all__ = ["ANGLES", "COUNTS", "FARTHEST", "NEAREST", "SPACINGS", "Spacing", "grid_estimate", "grid_estimate_on_real_axis", "grid_radii"]

Spacing = Literal["log r", "log(r-1)"]
SPACINGS: tuple[Spacing, ...] = ("log r", "log(r-1)")
COUNTS = (20, 60, 200)
ANGLES = 360
NEAREST, FARTHEST = 1e-3, 2.0
"""The excesses ``r − 1`` of the first and the last circle."""
PIECE = 2**22
"""Complex entries that are decomposed at a time."""


def grid_radii(count: int, spacing: Spacing, nearest: float = NEAREST, farthest: float = FARTHEST) -> RealArray:
    """The excesses ``r − 1`` of ``count`` circles, equally spaced in ``log r`` or in ``log(r − 1)``; shape ``(count,)``.

    Raises:
        ValueError: if ``count < 2``, the spacing is unknown or the excesses are not ``0 < nearest < farthest``.
    """
    if count < 2:
        raise ValueError(f"count = {count}; at least 2 radii are needed")
    if not 0 < nearest < farthest < np.inf:
        raise ValueError(f"nearest = {nearest}, farthest = {farthest}; 0 < nearest < farthest is needed")
    if spacing == "log(r-1)":
        return np.geomspace(nearest, farthest, count)
    if spacing == "log r":
        return np.expm1(np.linspace(np.log1p(nearest), np.log1p(farthest), count))
    raise ValueError(f"spacing = {spacing!r}; choose one of {', '.join(SPACINGS)}")


def grid_estimate(J: Any, excesses: RealArray, angles: int = ANGLES) -> float:
    """The estimator as described: every circle, every argument ``2πk/angles``, one SVD each. Conjugate points of a real ``J`` share theirs."""
    matrix = square(J)
    turns = np.exp(2j * np.pi * np.arange(angles) / angles)
    if not np.iscomplexobj(matrix):
        turns = turns[: angles // 2 + 1]
    excess, turn = (grid.ravel() for grid in np.meshgrid(np.asarray(excesses, dtype=float), turns, indexing="ij"))
    return _largest(matrix, excess, turn)


def grid_estimate_on_real_axis(J: Any, excesses: RealArray) -> float:
    """What :func:`grid_estimate` returns for an even number of angles and ``J = [[A, 0], [C, D]]`` with symmetric ``A``, ``D``.

    There ``‖R(re^{iθ})‖ <= max(‖R(r)‖, ‖R(−r)‖)`` (claim S11), and the arguments 0 and π are on the grid, so the others cannot raise the maximum.
    """
    excess = np.repeat(np.asarray(excesses, dtype=float), 2)
    return _largest(square(J), excess, np.tile([1.0, -1.0], len(excess) // 2))


def _largest(J: Array, excess: RealArray, turn: Array) -> float:
    identity, best = np.eye(len(J)), 0.0
    piece = max(1, PIECE // len(J) ** 2)
    for start in range(0, len(excess), piece):
        part = slice(start, start + piece)
        z = (1.0 + excess[part]) * turn[part]
        sigma = np.linalg.svd(z[:, None, None] * identity - J, compute_uv=False)[:, -1]
        best = max(best, float((excess[part] / np.maximum(sigma, np.finfo(float).tiny)).max()))
    return best
