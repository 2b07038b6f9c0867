"""Largest resolvent norm on a circle and on a vertical line: a discrete and a continuous H-infinity norm. Floating point, not rigorous.

``g`` is a singular value of ``r e^{i theta} I - J`` iff ``w = e^{i theta}`` is an eigenvalue of the pencil ``F - wG``,
``F = [[-gI, -J], [rI, 0]]``, ``G = [[0, -rI], [J*, gI]]`` (Mengi and Overton 2005), and of ``(x + iy)I - A`` iff ``iy`` is an eigenvalue
of the Hamiltonian matrix ``[[A - xI, gI], [-gI, (xI - A)*]]`` (Byers 1988).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from verify.numerics.arrays import Array, RealArray, square
from verify.numerics.level_sets import maximise_by_level_sets
from verify.numerics.pencils import circle_crossings, line_crossings

__all__ = ["CircleMaximum", "LineMaximum", "resolvent_norm_on_circle", "resolvent_norm_on_line"]

GRID = 8


@dataclass(frozen=True)
class CircleMaximum:
    """``value = ‖R(r e^{i theta})‖``, attained up to rounding; ``settled`` if the last level-set test found nothing better."""

    value: float
    theta: float
    eigenproblems: int
    svds: int
    settled: bool = True


@dataclass(frozen=True)
class LineMaximum:
    """``value = ‖R(x + iy)‖``, attained up to rounding; ``settled`` if the last level-set test found nothing better."""

    value: float
    y: float
    eigenproblems: int
    svds: int
    settled: bool = True


def resolvent_norm_on_circle(J: ArrayLike, r: float, rtol: float = 1e-10) -> CircleMaximum:
    """``M(r) = max_{|z| = r} ‖(zI - J)^{-1}‖``, global up to ``rtol`` and rounding; ``inf`` if an eigenvalue lies on the circle.

    Level-set test started at the eigenvalues' arguments and a few grid angles (Boyd and Balakrishnan 1990; Mengi and Overton 2005). For
    an entrywise non-negative ``J`` with ``r > rho(J)`` the Neumann series puts the maximum at ``z = r`` and no test is made.

    Raises:
        TypeError, ValueError: if ``J`` is not a square matrix of finite machine numbers, ``r`` is not positive and finite, or ``rtol``
        not in (0, 1).
    """
    matrix = square(J)
    if not (np.isfinite(r) and r > 0):
        raise ValueError(f"r = {r}; a circle needs a positive finite radius")
    _check_tolerance(rtol)
    eigenvalues = np.linalg.eigvals(matrix)
    real = not np.iscomplexobj(matrix)
    if real and (matrix >= 0).all() and r > np.abs(eigenvalues).max():
        return CircleMaximum(float(_norms(matrix, np.array([r]))[0]), 0.0, 0, 1)
    grid = np.linspace(0.0, np.pi, GRID + 1) if real else np.linspace(-np.pi, np.pi, 2 * GRID, endpoint=False)
    own = np.angle(eigenvalues)
    start = np.unique(np.concatenate([grid, np.abs(own) if real else own]))
    found = maximise_by_level_sets(
        lambda theta: _norms(matrix, r * np.exp(1j * theta)),
        lambda level: circle_crossings(matrix, np.array([r]), np.array([1.0 / level]))[0],
        start,
        rtol,
        2 * np.pi,
    )
    return CircleMaximum(found.value, found.place, found.eigenproblems, found.evaluations, found.settled)


def resolvent_norm_on_line(G: ArrayLike, x: float, rtol: float = 1e-10) -> LineMaximum:
    """``M(x) = sup_y ‖((x + iy)I - G)^{-1}‖``, global up to ``rtol`` and rounding; ``inf`` if an eigenvalue lies on the line.

    Level-set test as on a circle. For real ``G`` with non-negative off-diagonal entries and ``x`` right of the spectrum the maximum sits
    at ``y = 0``.

    Raises:
        TypeError, ValueError: if ``G`` is not a square matrix of finite machine numbers, ``x`` is not finite, or ``rtol`` not in (0, 1).
    """
    matrix = square(G, "G")
    if not np.isfinite(x):
        raise ValueError(f"x = {x}; a vertical line needs a finite abscissa")
    _check_tolerance(rtol)
    eigenvalues = np.linalg.eigvals(matrix)
    real = not np.iscomplexobj(matrix)
    off_diagonal = matrix - np.diag(np.diag(matrix))
    if real and (off_diagonal >= 0).all() and x > eigenvalues.real.max():
        return LineMaximum(float(_norms(matrix, np.array([x]))[0]), 0.0, 0, 1)
    own = np.abs(eigenvalues.imag) if real else eigenvalues.imag
    found = maximise_by_level_sets(
        lambda y: _norms(matrix, x + 1j * y),
        lambda level: line_crossings(matrix, np.array([x]), np.array([1.0 / level]))[0],
        np.unique(np.append(own, 0.0)),
        rtol,
        None,
    )
    return LineMaximum(found.value, found.place, found.eigenproblems, found.evaluations, found.settled)


def _norms(J: Array, z: Array) -> RealArray:
    with np.errstate(divide="ignore"):
        return 1.0 / np.linalg.svd(z[:, None, None] * np.eye(len(J)) - J, compute_uv=False)[:, -1]


def _check_tolerance(rtol: float) -> None:
    if not 0 < rtol < 1:
        raise ValueError(f"rtol = {rtol}; a relative tolerance lies strictly between 0 and 1, such as 1e-10")
