"""Spectral radius, numerical radius, distance to instability. Floating point, not rigorous."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq

from verify.numerics.arrays import TINY, Array, ComplexArray, RealArray, positive_vector, square, square_stack
from verify.numerics.circle import resolvent_norm_on_circle, resolvent_norm_on_line
from verify.numerics.level_sets import maximise_by_level_sets
from verify.numerics.pencils import line_crossings, numerical_range_crossings

__all__ = [
    "NumericalRadius",
    "distance_to_instability",
    "numerical_radii",
    "numerical_radius",
    "pseudospectral_abscissa",
    "ranges_beyond",
    "spectral_abscissa",
    "spectral_radius",
]

ANGLES = 16
"""Coarse angles on the whole circle; the support function of the numerical range has few maxima."""
SPACING = 2 * np.pi / ANGLES
CLEARLY = 0.05
"""A numerical radius this far (relatively) beyond a level is not refined to see that it is."""

CRISS_CROSS_ROUNDS = 30


class NumericalRadius(NamedTuple):
    """``v* J v = value e^{i theta}`` for the unit vector ``v``."""

    value: float
    theta: float
    v: ComplexArray


def spectral_radius(J: ArrayLike) -> float:
    """``rho(J)``, the largest modulus of an eigenvalue (a defective eigenvalue of order ``m`` is off by about ``u^(1/m)``)."""
    return float(np.abs(np.linalg.eigvals(square(J))).max())


def spectral_abscissa(G: ArrayLike) -> float:
    """``alpha(G)``, the largest real part of an eigenvalue; accuracy as :func:`spectral_radius`."""
    return float(np.linalg.eigvals(square(G, "G")).real.max())


def numerical_radius(J: ArrayLike, rtol: float = 1e-12) -> NumericalRadius:
    """``w(J) = max_{‖v‖=1} |v* J v| = max_theta lambda_max(Re(e^{-i theta} J))``, global up to rounding.

    Refined local maxima, then the level-set test of Mengi and Overton (2005): the unimodular eigenvalues ``mu`` of ``mu² J* - 2 c mu I +
    J`` are the angles at which ``c`` is an eigenvalue of ``Re(e^{-i theta} J)``.

    Raises:
        TypeError, ValueError: if ``J`` is not a square matrix of finite machine numbers.
    """
    matrix = square(J)
    if not matrix.any():
        return NumericalRadius(0.0, 0.0, np.eye(len(matrix), dtype=np.complex128)[0])
    _, theta = numerical_ranges_support(matrix[None])
    if np.iscomplexobj(matrix) or (matrix < 0).any():
        found = maximise_by_level_sets(
            lambda angles: _support(np.broadcast_to(matrix, (len(angles), *matrix.shape)), angles),
            lambda level: numerical_range_crossings(matrix, level),
            theta,
            rtol,
            2 * np.pi,
        )
        theta = np.array([found.place])
    values, vectors = np.linalg.eigh(_hermitian_part(matrix[None], theta))
    return NumericalRadius(float(values[0, -1]), float(theta[0]), vectors[0, :, -1].astype(np.complex128))


def numerical_radii(stack: ArrayLike) -> RealArray:
    """Local values of the numerical radius for a stack ``(N, n, n)``, attained up to rounding, hence lower bounds; shape ``(N,)``."""
    array = square_stack(stack)
    return numerical_ranges_support(array)[0] if len(array) else np.empty(0)


def numerical_ranges_support(stack: Array) -> tuple[RealArray, RealArray]:
    """The largest value of ``h(theta) = lambda_max(Re(e^{-i theta} J))`` found from ``ANGLES`` angles, and its angle; shapes ``(N,)``."""
    grid, coarse = _coarse_support(stack)
    return _summit(stack, grid, coarse)


def ranges_beyond(stack: Array, level: RealArray) -> tuple[NDArray[np.bool_], RealArray]:
    """Whether the numerical radius exceeds ``level``, and an angle where the range reaches far; shapes ``(N,)``.

    The grid of angles settles most matrices: a value above the level by ``CLEARLY``, or no two supporting lines that meet beyond it.
    Only between the two is the maximum refined.
    """
    grid, coarse = _coarse_support(stack)
    farthest = coarse.max(axis=1)
    beyond, theta = farthest > level * (1 + CLEARLY), grid[coarse.argmax(axis=1)]
    unsettled = np.flatnonzero(~beyond & (np.maximum(_corners(coarse).max(axis=1), farthest) > level))
    if unsettled.size:
        radius, theta[unsettled] = _summit(stack[unsettled], grid, coarse[unsettled])
        beyond[unsettled] = radius > level[unsettled]
    return beyond, theta


def _coarse_support(stack: Array) -> tuple[RealArray, RealArray]:
    """``h`` on the grid of angles, shape ``(N, T)``; half the circle for real matrices."""
    grid = np.arange(ANGLES + 1) * SPACING
    if not np.iscomplexobj(stack):
        grid = grid[: ANGLES // 2 + 1]
    return grid, np.stack([_support(stack, np.full(len(stack), angle)) for angle in grid], axis=1)


def _corners(coarse: RealArray) -> RealArray:
    """How far out the supporting lines of neighbouring grid angles meet: no point of the range between them is farther."""
    left, right = coarse[:, :-1], coarse[:, 1:]
    return np.hypot(left, (right - left * np.cos(SPACING)) / np.sin(SPACING))


def _summit(stack: Array, grid: RealArray, coarse: RealArray) -> tuple[RealArray, RealArray]:
    """The maximum of ``h``, refined from the best grid angle and wherever a better value can still hide behind a corner."""
    values, theta = _refine(stack, grid[coarse.argmax(axis=1)], SPACING)
    owner, k = np.nonzero(_corners(coarse) > values[:, None] * (1 + 1e-12))
    others, places = _refine(stack[owner], grid[k] + 0.5 * SPACING, SPACING)
    owner, values, theta = np.append(np.arange(len(stack)), owner), np.append(values, others), np.append(theta, places)
    order = np.lexsort((values, owner))
    best = order[np.append(owner[order][1:] != owner[order][:-1], True)]
    return values[best], theta[best]


def _refine(stack: Array, theta: RealArray, spacing: float) -> tuple[RealArray, RealArray]:
    """Newton's method on ``h`` with halving of failed steps; ``h'' = -h + 2 sum |v_j* H' v|²/(h - lambda_j)``."""
    h, slope, bend = _support_derivatives(stack, theta)
    reach = np.full(theta.shape, spacing)
    active = np.ones(theta.shape, dtype=bool)
    for _ in range(20):
        step = np.where(bend < 0, -slope / np.minimum(bend, -1e-300), np.sign(slope) * spacing)
        step = np.clip(step, -reach, reach)
        active &= np.abs(step * slope) > 1e-16 * np.abs(h)
        index = np.flatnonzero(active)
        if index.size == 0:
            break
        trial = _support_derivatives(stack[index], theta[index] + step[index])
        better = trial[0] > h[index]
        reach[index] = np.where(better, spacing, 0.25 * np.abs(step[index]))
        target = index[better]
        theta[target] += step[target]
        h[target], slope[target], bend[target] = (part[better] for part in trial)
    return h, theta


def _support_derivatives(stack: Array, theta: RealArray) -> tuple[RealArray, RealArray, RealArray]:
    values, vectors = np.linalg.eigh(_hermitian_part(stack, theta))
    turned = _hermitian_part(stack, theta + np.pi / 2)
    couplings = np.einsum("mji,mjk,mk->mi", vectors.conj(), turned, vectors[:, :, -1], optimize=True)
    h = values[:, -1]
    gaps = np.maximum(h[:, None] - values[:, :-1], 1e-14 * np.abs(values).max(axis=1, keepdims=True) + TINY)
    return h, couplings[:, -1].real, -h + 2 * (np.abs(couplings[:, :-1]) ** 2 / gaps).sum(axis=1)


def _hermitian_part(stack: Array, theta: RealArray) -> Array:
    """``Re(e^{-i theta} J)``."""
    rotated = np.exp(-1j * theta)[:, None, None] * stack
    return 0.5 * (rotated + rotated.conj().swapaxes(1, 2))


def _support(stack: Array, theta: RealArray) -> RealArray:
    return np.linalg.eigvalsh(_hermitian_part(stack, theta))[:, -1]


def distance_to_instability(J: ArrayLike, continuous: bool = False) -> float:
    """``min_{|z|=1} sigma_min(zI - J)``, or over the imaginary axis: the smallest ``‖E‖`` for which ``J + E`` is not asymptotically stable.

    0 if ``J`` itself is not (a spectral radius ``>= 1``, a spectral abscissa ``>= 0``). Global up to rounding (Byers 1988; Boyd and
    Balakrishnan 1990).

    Raises:
        TypeError, ValueError: if ``J`` is not a square matrix of finite machine numbers.
    """
    matrix = square(J)
    if continuous:
        return 0.0 if spectral_abscissa(matrix) >= 0 else 1.0 / resolvent_norm_on_line(matrix, 0.0).value
    return 0.0 if spectral_radius(matrix) >= 1 else 1.0 / resolvent_norm_on_circle(matrix, 1.0).value


def pseudospectral_abscissa(G: ArrayLike, eps: float) -> float:
    """``alpha_eps(G) = max{Re z : sigma_min(zI - G) <= eps}``, global up to rounding: criss-cross of Burke, Lewis and Overton (2003).

    The ordinates at which the line ``Re z = x`` crosses the boundary of the pseudospectrum are imaginary eigenvalues of a Hamiltonian matrix; from the
    middle of every arc inside one goes right to the boundary, which gives the next ``x``. Converges quadratically; no arc left means done.

    Raises:
        TypeError, ValueError: if ``G`` is not a square matrix of finite machine numbers or ``eps`` is not positive and finite.
    """
    matrix = square(G, "G")
    level = float(positive_vector(eps, 1)[0])
    values = np.linalg.eigvals(matrix)
    end = float(np.linalg.eigvalsh(0.5 * (matrix + matrix.conj().T))[-1]) + level
    size = float(np.linalg.norm(matrix, 2)) + level
    rightmost = values[int(values.real.argmax())]
    x = _rightward(matrix, level, float(rightmost.real), float(rightmost.imag), end + 1e-12 * size)
    for _ in range(CRISS_CROSS_ROUNDS):
        ordinates = np.sort(line_crossings(matrix, np.array([x + 1e-12 * size]), np.array([level]))[0])
        middles = 0.5 * (ordinates[1:] + ordinates[:-1])
        reached = [_rightward(matrix, level, x, y, end + 1e-12 * size) for y in middles]
        best = max(reached, default=x)
        if not best > x + 1e-12 * size:
            break
        x = best
    return x


def _rightward(G: Array, level: float, x: float, y: float, end: float) -> float:
    """The boundary of the pseudospectrum on the half line from ``x + iy`` to the right; ``x`` itself if that is outside."""
    identity = np.eye(len(G))

    def excess(real: float) -> float:
        return float(np.linalg.svd((real + 1j * y) * identity - G, compute_uv=False)[-1]) - level

    return float(brentq(excess, x, end, xtol=1e-15 * (abs(x) + abs(end)))) if x < end and excess(x) < 0 < excess(end) else x
