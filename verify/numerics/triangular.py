"""Smallest singular values of many shifts of one matrix: complex Schur form once, then inverse iteration by substitution.

``zI - J`` and ``zI - T`` have the same singular values when ``J = Q T Q*``, and a triangular solve costs ``O(n^2)`` a shift, done here
for all shifts together (Lui 1997; Trefethen and Embree 2005, section 39). Floating point, not rigorous: every value is ``‖(zI - T) v‖``
for a unit vector ``v``, hence at least the smallest singular value up to rounding.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import lapack

from verify.numerics.arrays import EPS, TINY, Array, ComplexArray, RealArray

__all__ = ["lanczos_estimates", "schur_forms", "smallest_singular_estimates", "starting_vector"]

OVERFLOWN = 1e150
SMALLEST_ESTIMATE = 1e-70
"""Below it an estimate may come from an overflow."""


def schur_forms(stack: Array) -> ComplexArray:
    """Upper triangular matrices ``T``, unitarily similar to those of a stack ``(N, n, n)`` up to rounding; the diagonals are the eigenvalues.

    Raises:
        ArithmeticError: if LAPACK's QR iteration does not converge on a matrix, nor on one that is as good.
    """
    forms = np.empty(stack.shape, dtype=np.complex128)
    for index, J in enumerate(stack):
        for matrix in _as_good(J):
            forms[index], _, _, _, _, info = lapack.zgees(_no_sorting, matrix, compute_v=0)
            if info == 0:
                break
        else:
            raise ArithmeticError(f"LAPACK zgees stopped with info = {info} on matrix {index}; scale the matrix or perturb it slightly")
    return forms


def _as_good(J: Array) -> Iterator[Array]:
    """The matrix, then what the QR iteration may converge on where it does not on that (a multiple of the identity up to entries of ``1e-20`` is an
    example): its coordinates in reverse order, and two matrices within its rounding error."""
    yield J
    yield J[::-1, ::-1]
    rng = np.random.default_rng(0)
    for _ in range(2):
        yield J + EPS * np.linalg.norm(J) / len(J) * rng.standard_normal(J.shape)


@np.errstate(over="ignore", invalid="ignore", divide="ignore")
def smallest_singular_estimates(forms: ComplexArray, z: ComplexArray, steps: int) -> RealArray:
    """Upper estimates of ``sigma_min(z[i, k] I - forms[i])`` after ``steps`` inverse iterations; ``(N, n, n)``, ``(N, P)`` -> ``(N, P)``.

    The relative error shrinks by ``(sigma_min / sigma_2)^4`` a step. A shift at an eigenvalue gives a value at rounding level.
    """
    lower = np.ascontiguousarray(forms.conj().swapaxes(1, 2))
    pivots = _pivots(forms, z)
    conjugate_pivots = pivots.conj()
    v = _solve_upper(forms, pivots, starting_vector(forms.shape[1])[None, :, None])
    for _ in range(steps - 1):
        # Not normalised in between: growth beyond the range of floats means a singular value below 1e-30, and becomes 0.
        v = _solve_upper(forms, pivots, _solve_lower(lower, conjugate_pivots, v))
    w = _solve_lower(lower, conjugate_pivots, v)
    return np.nan_to_num(np.sqrt(_squared_lengths(v) / _squared_lengths(w)), nan=0.0)


@np.errstate(over="ignore", invalid="ignore", divide="ignore")
def lanczos_estimates(form: ComplexArray, z: ComplexArray, rtol: float, steps: int = 24) -> tuple[RealArray, NDArray[np.bool_]]:
    """Upper estimates of ``sigma_min(z[k] I - T)`` by inverse Lanczos, and which have settled to ``rtol``; shapes ``(n, n)``, ``(P,)``.

    Largest Ritz value of ``((zI - T)* (zI - T))^{-1}`` (Lui 1997, as in EigTool); settled means that two more steps changed it by less
    than ``rtol``.
    """
    forms, lower = form[None], np.ascontiguousarray(form.conj().T)[None]
    sigma, settled = np.full(z.shape, np.inf), np.zeros(z.shape, dtype=bool)
    open_ = np.arange(len(z))
    pivots = _pivots(forms, z[None])
    q = np.repeat(starting_vector(len(form))[None, :, None], len(z), axis=2)
    before, beta = np.zeros_like(q), np.zeros(len(z))
    diagonals, sides = np.empty((len(z), steps)), np.empty((len(z), steps))
    for step in range(min(steps, len(form) + 2)):
        w = _solve_upper(forms, pivots, _solve_lower(lower, pivots.conj(), q)) - beta * before
        alpha = np.einsum("nip,nip->np", q.conj(), w).real[0]
        w -= alpha * q
        beta = np.sqrt(_squared_lengths(w)[0])
        diagonals[:, step], sides[:, step] = alpha, beta
        before, q = q, w / np.maximum(beta, TINY)
        if step % 2 == 1 or step + 1 == len(form):
            ritz = 1.0 / np.sqrt(_largest_eigenvalues(diagonals[:, : step + 1], sides[:, :step]))
            done = ((np.abs(ritz - sigma[open_]) <= rtol * ritz) | (step + 1 == len(form))) & (ritz > SMALLEST_ESTIMATE)
            sigma[open_], settled[open_] = np.minimum(ritz, sigma[open_]), done
            going = ~done
            if not going.any():
                break
            pivots, q, before = (np.compress(going, part, axis=2) for part in (pivots, q, before))
            open_, beta, diagonals, sides = open_[going], beta[going], diagonals[going], sides[going]
    return sigma, settled


def _largest_eigenvalues(diagonals: RealArray, sides: RealArray) -> RealArray:
    """Of symmetric tridiagonal matrices, one for each row."""
    # At an eigenvalue the iteration overflows: any huge number will do there, it settles nowhere.
    diagonals, sides = (np.nan_to_num(part, nan=OVERFLOWN, posinf=OVERFLOWN, neginf=-OVERFLOWN) for part in (diagonals, sides))
    size = diagonals.shape[1]
    T = np.zeros((len(diagonals), size, size))
    index = np.arange(size)
    T[:, index, index] = diagonals
    T[:, index[1:], index[:-1]] = sides
    return np.linalg.eigvalsh(T)[:, -1]


def _no_sorting(_: complex) -> None:
    return None


@functools.lru_cache(maxsize=64)
def starting_vector(n: int) -> ComplexArray:
    """A unit vector, read-only: fixed, so that results repeat; generic, so that it is orthogonal to no singular vector of a structured matrix."""
    rng = np.random.default_rng(20240607)
    v = rng.standard_normal(n) + 1j * rng.standard_normal(n)
    v /= np.linalg.norm(v)
    v.setflags(write=False)
    return v


def _pivots(forms: ComplexArray, z: ComplexArray) -> ComplexArray:
    """``1/(z - t_ii)``, a pivot at rounding level replaced by that level: the solve then grows as it should."""
    pivots = z[:, None, :] - np.diagonal(forms, axis1=1, axis2=2)[:, :, None]
    scale = np.abs(forms).max(axis=(1, 2))[:, None, None] + np.abs(z)[:, None, :]
    floor = EPS * scale + TINY
    return 1.0 / np.where(np.abs(pivots) < floor, floor, pivots)


def _solve_upper(forms: ComplexArray, inverse_pivots: ComplexArray, b: ComplexArray) -> ComplexArray:
    """``(zI - T) x = b`` by back substitution, for all shifts of all matrices."""
    n = forms.shape[1]
    x = np.empty_like(inverse_pivots)
    np.multiply(b[:, n - 1], inverse_pivots[:, n - 1], out=x[:, n - 1])
    for i in range(n - 2, -1, -1):
        right = _row_times(forms[:, i, i + 1 :], x[:, i + 1 :])
        right += b[:, i]
        np.multiply(right, inverse_pivots[:, i], out=x[:, i])
    return x


def _solve_lower(lower: ComplexArray, inverse_pivots: ComplexArray, b: ComplexArray) -> ComplexArray:
    """``(zI - T)* x = b`` by forward substitution; ``lower`` is ``T*`` and the pivots are conjugated."""
    x = np.empty_like(inverse_pivots)
    np.multiply(b[:, 0], inverse_pivots[:, 0], out=x[:, 0])
    for i in range(1, lower.shape[1]):
        right = _row_times(lower[:, i, :i], x[:, :i])
        right += b[:, i]
        np.multiply(right, inverse_pivots[:, i], out=x[:, i])
    return x


def _row_times(row: ComplexArray, x: ComplexArray) -> ComplexArray:
    if row.shape[1] > 2:
        return np.matmul(row[:, None, :], x)[:, 0]
    # Below three terms BLAS costs more in overhead than in arithmetic.
    total = row[:, 0, None] * x[:, 0]
    if row.shape[1] == 2:
        total += row[:, 1, None] * x[:, 1]
    return total


def _squared_lengths(v: ComplexArray) -> RealArray:
    parts = np.ascontiguousarray(v).view(np.float64).reshape(*v.shape, 2)
    return np.einsum("nipc,nipc->np", parts, parts)
