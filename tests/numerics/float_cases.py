"""Matrices with known quantities, and the size of rounding, shared by the tests of the floating-point numerics."""

from __future__ import annotations

import numpy as np

U = float(np.finfo(float).eps)


def sharp_kreiss(kappa: float) -> float:
    """``K([[g, 0], [c, g]])`` for ``kappa = c/(1 - g)`` (theory.md, tool B)."""
    return 1.0 if kappa <= 2 else kappa / 4 + 1 / kappa


def two_by_two_kreiss(first: float, second: float, nu: float) -> float:
    """``K`` of a real 2 x 2 matrix with eigenvalues in (-1, 1) and ``nu = |x12 - x21|`` (theory.md, tool B)."""
    if first + second < 0:
        first, second = -first, -second
    tau = (nu + np.hypot(nu, first - second)) / (np.sqrt(1 - first) + np.sqrt(1 - second)) ** 2
    return float((tau + 1 / tau) / 2) if tau >= 1 else 1.0


def rotation(phi: float) -> np.ndarray:
    return np.array([[np.cos(phi), -np.sin(phi)], [np.sin(phi), np.cos(phi)]])


def thin_peak() -> np.ndarray:
    """A matrix on which published grids return 1.0 to 8.4; ``K = 25.01`` (numerics.md, trap 1)."""
    turn = 0.99999 * rotation(1.0)
    return np.block([[turn, 0.001 * np.eye(2)], [np.zeros((2, 2)), turn]])


def companion() -> np.ndarray:
    """Of ``(z - 1/2)^4``: ``K`` in [3.19190, 3.19201] (own enclosure, reference_values.md)."""
    matrix = np.diag(np.ones(3), -1)
    matrix[:, -1] = [-1 / 16, 1 / 2, -3 / 2, 2]
    return matrix


def haar(rng: np.random.Generator, n: int, real: bool) -> np.ndarray:
    """A random unitary (orthogonal) matrix."""
    gaussian = rng.standard_normal((n, n)) + (0.0 if real else 1j * rng.standard_normal((n, n)))
    return np.linalg.qr(gaussian)[0]


def stable(rng: np.random.Generator, n: int, real: bool = True) -> np.ndarray:
    """A random non-normal matrix of spectral radius below 1."""
    gaussian = rng.standard_normal((n, n)) + (0.0 if real else 1j * rng.standard_normal((n, n)))
    gaussian = gaussian + 2 * np.triu(gaussian, 1)
    return gaussian / np.abs(np.linalg.eigvals(gaussian)).max() * (1 - 10 ** rng.uniform(-3, -0.3))


def block_triangular(rng: np.random.Generator, p: int, q: int) -> np.ndarray:
    """``[[A, 0], [C, D]]`` with symmetric ``A, D`` of norm ``gamma < 1``: the class of Theorem 4."""
    gamma, c = 1 - 10 ** rng.uniform(-3, -0.3), 10 ** rng.uniform(-1, 1)
    blocks = [m + m.T for m in (rng.standard_normal((p, p)), rng.standard_normal((q, q)))]
    A, D = (m * gamma / np.linalg.norm(m, 2) for m in blocks)
    C = rng.standard_normal((q, p))
    return np.block([[A, np.zeros((p, q))], [C * c / np.linalg.norm(C, 2), D]])


def rounding(J: np.ndarray, z: complex) -> float:
    """Relative error of ``(|z| - 1) ‖R(z)‖`` in float64: backward error of a singular value decomposition, and ``|z|`` rounded."""
    if not np.isfinite(z):
        return 0.0
    sigmas = np.linalg.svd(z * np.eye(len(J)) - J, compute_uv=False)
    return 8 * len(J) * U * sigmas[0] / sigmas[-1] + 8 * U * abs(z) / abs(abs(z) - 1)
