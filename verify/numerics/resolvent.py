"""Norm and singular vectors of the resolvent at one point. Floating point, not rigorous."""

from __future__ import annotations

import cmath

import numpy as np
from numpy.typing import ArrayLike

from verify.numerics.arrays import Array, ComplexArray, square

__all__ = ["resolvent_norm", "smallest_singular_triplet"]


def resolvent_norm(J: ArrayLike, z: complex) -> float:
    """``‖(zI - J)^{-1}‖ = 1/sigma_min(zI - J)``; ``inf`` at an eigenvalue. Relative error about ``u ‖zI - J‖ ‖R(z)‖``.

    Raises:
        TypeError, ValueError: if ``J`` is not a square matrix of finite machine numbers, or ``z`` is not finite.
    """
    X = _shifted(J, z)
    sigma = float(np.linalg.svd(X, compute_uv=False)[-1])
    return np.inf if sigma == 0.0 else 1.0 / sigma


def smallest_singular_triplet(J: ArrayLike, z: complex) -> tuple[float, ComplexArray, ComplexArray]:
    """``(sigma, u, v)`` with unit vectors, ``(zI - J) v = sigma u`` and ``sigma`` the smallest singular value; ``u, v`` of shape ``(n,)``.

    The gradient of ``sigma`` in ``z`` is ``dsigma = Re(dz u* v)``, in ``J`` it is ``-Re(u* dJ v)``. Errors as :func:`resolvent_norm`.
    """
    U, sigmas, Vh = np.linalg.svd(_shifted(J, z))
    return float(sigmas[-1]), U[:, -1].astype(np.complex128), Vh[-1].conj().astype(np.complex128)


def _shifted(J: ArrayLike, z: complex) -> Array:
    matrix = square(J)
    if not cmath.isfinite(z):
        raise ValueError(f"z = {z}; the resolvent is taken at a finite complex number")
    shift = z.real if np.imag(z) == 0 else z
    return shift * np.eye(len(matrix)) - matrix
