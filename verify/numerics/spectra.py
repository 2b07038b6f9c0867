"""Spectral norms, spectral radii and smallest singular values of stacks. Floating point, not rigorous."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from verify.numerics.arrays import EPS, TINY, Array, ComplexArray, RealArray, matrix_stack, shift_vector, square_stack

__all__ = [
    "above_rounding",
    "eigenvalues",
    "resolvent_norms",
    "shifted",
    "smallest_singular_values",
    "spectral_norms",
    "spectral_radii",
    "spectrum_distances",
    "surely_outside_disc",
    "surely_right_of_axis",
]

SEGMENT = np.array([0.0, 0.1, 0.25, 0.5, 0.75])
"""Several points, because another eigenvalue may sit at the very end."""


def eigenvalues(stack: ArrayLike) -> ComplexArray:
    """Eigenvalues of a stack ``(N, n, n)``, shape ``(N, n)``, backward stable (LAPACK geev)."""
    array = square_stack(stack)
    return np.linalg.eigvals(array).astype(np.complex128) if len(array) else np.empty(array.shape[:2], dtype=np.complex128)


def spectral_norms(stack: ArrayLike) -> RealArray:
    """``‖M‖`` of a stack ``(N, p, q)`` of any one shape, relative error a few units of rounding; shape ``(N,)``.

    Raises:
        TypeError, ValueError: see :func:`verify.numerics.arrays.square`.
    """
    array = matrix_stack(stack)
    return np.linalg.svd(array, compute_uv=False)[:, 0] if len(array) else np.empty(0)


def smallest_singular_values(stack: ArrayLike) -> RealArray:
    """``sigma_min`` of a stack ``(N, p, q)``, absolute error a few ``eps ‖M‖``; shape ``(N,)``."""
    array = matrix_stack(stack)
    return np.linalg.svd(array, compute_uv=False)[:, -1] if len(array) else np.empty(0)


def spectral_radii(stack: ArrayLike) -> RealArray:
    """``rho(J)`` of a stack ``(N, n, n)``; shape ``(N,)``. A defective eigenvalue of order ``m`` is off by about ``eps^(1/m)``."""
    return np.abs(eigenvalues(stack)).max(axis=1, initial=0.0)


def spectrum_distances(stack: ArrayLike, z: ArrayLike) -> RealArray:
    """``dist(z[i], spectrum of stack[i])``; ``z`` of shape ``(N,)`` or one number; shape ``(N,)``."""
    values = eigenvalues(stack)
    return np.abs(values - shift_vector(z, len(values))[:, None]).min(axis=1, initial=np.inf)


def resolvent_norms(stack: ArrayLike, z: ArrayLike) -> RealArray:
    """``‖(z[i] I - stack[i])^{-1}‖``; ``inf`` at an eigenvalue, 0 at infinity; ``z`` of shape ``(N,)`` or one number; shape ``(N,)``."""
    array = square_stack(stack)
    shifts = shift_vector(z, len(array))
    finite = np.isfinite(shifts)
    sigma = np.full(len(array), np.inf)
    sigma[finite] = smallest_singular_values(shifted(array[finite], shifts[finite]))
    with np.errstate(divide="ignore"):
        return 1.0 / sigma


def above_rounding(sigmas: RealArray) -> RealArray:
    """The smallest of singular values ``(N, n)``, at least a quarter of rounding: below, it is noise with a huge or infinite inverse."""
    return np.maximum(sigmas[:, -1], 0.25 * EPS * sigmas[:, 0] + TINY)


def shifted(stack: Array, z: Array) -> Array:
    """``z[i] I - stack[i]``."""
    return z[:, None, None] * np.eye(stack.shape[-1]) - stack


def surely_outside_disc(stack: Array, values: ComplexArray) -> NDArray[np.bool_]:
    """Whether some eigenvalue lies outside the closed unit disc by more than a backward error can explain; shape ``(N,)``.

    A computed ``|lambda| > 1`` may belong to a defective eigenvalue inside: it counts only if on the way from it to the disc some point
    is clear of the pseudospectrum for ``eps = 8 n u ‖J‖``.
    """
    outermost = np.take_along_axis(values, np.abs(values).argmax(axis=1)[:, None], axis=1)[:, 0]
    outside = np.abs(outermost) > 1.0
    outside[outside] = _separated(stack[outside], outermost[outside], outermost[outside] / np.abs(outermost[outside]))
    return outside


def surely_right_of_axis(stack: Array, values: ComplexArray) -> NDArray[np.bool_]:
    """Whether some eigenvalue has a positive real part, in the sense of :func:`surely_outside_disc`; shape ``(N,)``."""
    rightmost = np.take_along_axis(values, values.real.argmax(axis=1)[:, None], axis=1)[:, 0]
    outside = rightmost.real > 0.0
    outside[outside] = _separated(stack[outside], rightmost[outside], 1j * rightmost[outside].imag)
    return outside


def _separated(stack: Array, start: ComplexArray, end: ComplexArray) -> NDArray[np.bool_]:
    """Whether some point of the segment has ``sigma_min > 8 n u`` times the norm; shape ``(N,)``."""
    if len(stack) == 0:
        return np.empty(0, dtype=bool)
    z = end[:, None] + (start - end)[:, None] * SEGMENT
    sigmas = np.linalg.svd(z[:, :, None, None] * np.eye(stack.shape[-1]) - stack[:, None], compute_uv=False)
    norms = np.maximum(sigmas[:, :, 0], np.linalg.norm(stack, axis=(1, 2))[:, None])
    return (sigmas[:, :, -1] > 8 * stack.shape[-1] * EPS * norms).any(axis=1)
