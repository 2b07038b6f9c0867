"""Where a singular value of ``zI - J`` equals a given level: structured eigenproblems, for many circles or lines of one matrix at once.

On the circle ``|z| = r``: the unimodular eigenvalues of ``F - wG``, ``F = [[-gI, -J], [rI, 0]]``, ``G = [[0, -rI], [J*, gI]]`` (Mengi and
Overton 2005). On the line ``Re z = x``: the imaginary eigenvalues of ``[[A - xI, gI], [-gI, (xI - A)*]]`` (Byers 1988). Rounding moves
such eigenvalues off the circle or line by far more than ``u`` when ``g`` is small against ``‖J‖``; the acceptance band grows accordingly,
so candidates are a superset: evaluate before you believe.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from verify.numerics.arrays import Array, ComplexArray, RealArray

__all__ = ["circle_crossings", "line_crossings", "numerical_range_crossings", "resolvable"]

EPS = float(np.finfo(float).eps)
SHIFTS = (-0.618, 0.618)
"""Off the circle: a crossing at ``w = 1``, the usual place for real matrices, must not make the shifted pencil singular."""
WELL_CONDITIONED = 100.0
"""Largest entry of the inverted pencil up to which the other shift is not tried."""


def circle_crossings(J: Array, r: RealArray, g: RealArray) -> list[RealArray]:
    """Candidate angles at which ``g[k]`` is a singular value of ``r[k] e^{i theta} I - J``; one array for each circle."""
    n, count = len(J), len(r)
    identity = np.eye(n)
    F = np.zeros((count, 2 * n, 2 * n), dtype=J.dtype)
    G = np.zeros_like(F)
    F[:, :n, :n] = -g[:, None, None] * identity
    F[:, :n, n:] = -J
    F[:, n:, :n] = r[:, None, None] * identity
    G[:, :n, n:] = -r[:, None, None] * identity
    G[:, n:, :n] = J.conj().T
    G[:, n:, n:] = g[:, None, None] * identity
    return _unimodular_angles(F, G, _band(np.linalg.norm(J) + r, g))


def line_crossings(A: Array, x: RealArray, g: RealArray) -> list[RealArray]:
    """Candidate ordinates at which ``g[k]`` is a singular value of ``(x[k] + iy)I - A``; one array for each line."""
    n, count = len(A), len(x)
    identity = np.eye(n)
    H = np.zeros((count, 2 * n, 2 * n), dtype=A.dtype)
    H[:, :n, :n] = A - x[:, None, None] * identity
    H[:, :n, n:] = g[:, None, None] * identity
    H[:, n:, :n] = -g[:, None, None] * identity
    H[:, n:, n:] = x[:, None, None] * identity - A.conj().T
    values = np.linalg.eigvals(H)
    size = np.linalg.norm(A) + np.abs(x)
    near = np.abs(values.real) <= (_band(size, g) * size)[:, None]
    return [row.imag[keep] for row, keep in zip(values, near, strict=True)]


def numerical_range_crossings(J: Array, level: float) -> RealArray:
    """Candidate angles at which ``c = level`` is an eigenvalue of ``Re(e^{-i theta} J)``: unimodular roots of ``mu² J* - 2 c mu I + J``."""
    n = len(J)
    identity, zero, scaled = np.eye(n), np.zeros((n, n)), J / level
    F = np.block([[zero, identity], [-scaled, 2 * identity]])
    G = np.block([[identity, zero], [zero, scaled.conj().T]])
    return _unimodular_angles(F[None], G[None], np.array([1e-4]))[0]


def resolvable(size: RealArray, g: RealArray) -> NDArray[np.bool_]:
    """Whether a level ``g`` stands clear of rounding in a pencil of norm ``size``; where not, a test that finds nothing means nothing."""
    return g > 1e4 * EPS * size


def _band(size: RealArray, g: RealArray) -> RealArray:
    # A tangential crossing is a double eigenvalue: it moves by the root of the relative perturbation u size / g.
    return np.minimum(0.1, 1e-6 + 30 * np.sqrt(EPS * size / g))


def _unimodular_angles(F: ComplexArray, G: ComplexArray, band: RealArray) -> list[RealArray]:
    """Arguments of the eigenvalues ``w`` of ``F - wG`` with ``| |w| - 1 | <= band``.

    The pencil is inverted at a real ``w0`` of ``SHIFTS`` (real stays real), the better conditioned one if the first is poor: ``nu = 1/(w
    - w0)`` are the eigenvalues of ``(F - w0 G)^{-1} G``. QZ would be steadier and five times slower.
    """
    shift = np.full(len(F), SHIFTS[0])
    inverted = _solve(F - SHIFTS[0] * G, G)
    poor = np.flatnonzero(np.abs(inverted).max(axis=(1, 2)) > WELL_CONDITIONED)
    if poor.size:
        other = _solve(F[poor] - SHIFTS[1] * G[poor], G[poor])
        better = np.abs(other).max(axis=(1, 2)) < np.abs(inverted[poor]).max(axis=(1, 2))
        inverted[poor[better]], shift[poor[better]] = other[better], SHIFTS[1]
    nu = np.linalg.eigvals(inverted)
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):  # an eigenvalue 0 of the inverse is w = infinity
        w = shift[:, None] + 1.0 / nu
    near = np.abs(np.abs(w) - 1.0) <= band[:, None]
    return [np.angle(row[keep]) for row, keep in zip(w, near, strict=True)]


def _solve(left: ComplexArray, right: ComplexArray) -> ComplexArray:
    """``left^{-1} right`` for a stack; a singular one is solved least-squares, its huge size makes the other shift win."""
    try:
        return np.linalg.solve(left, right)
    except np.linalg.LinAlgError:
        return np.linalg.pinv(left, rcond=EPS) @ right
