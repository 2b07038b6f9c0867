"""Matrices and games that the experiments run on, all generated from a seed."""

from __future__ import annotations

import numpy as np

from verify.numerics.arrays import RealArray

__all__ = ["coupled_quadratics", "extremal", "generator"]


def generator(seed: int, *words: object) -> np.random.Generator:
    """A stream of its own for every use: of the seed and the words alone, whatever else was drawn before."""
    return np.random.default_rng([seed, *"/".join(map(str, words)).encode()])


def extremal(gamma: float, c: float) -> RealArray:
    """``[[γ, 0], [c, γ]]``, where the worst case over the class is attained."""
    return np.array([[gamma, 0.0], [c, gamma]])


def coupled_quadratics(gamma: float, c: float, p: int, q: int, rng: np.random.Generator) -> RealArray:
    """The Jacobian of gradient descent on ``F(x) = ½ xᵀHx`` and ``G(x, y) = ½ yᵀSy + yᵀNx`` with unit steps in scaled variables.

    ``A = I − H``, ``D = I − S``, ``C = −N``: the scaled Hessians have random eigenvectors and eigenvalues uniform in ``[1 − γ, 1 + γ]``, the smallest
    equal to ``1 − γ``, so that ``ρ(A) = ρ(D) = γ`` as Assumption 3 demands; ``N`` is Gaussian with ``‖N‖ = c``. Shape ``(p + q, p + q)``.
    """
    coupling = rng.standard_normal((q, p))
    coupling *= c / np.linalg.norm(coupling, 2)
    J = np.zeros((p + q, p + q))
    J[:p, :p], J[p:, p:], J[p:, :p] = _step(gamma, p, rng), _step(gamma, q, rng), -coupling
    return J


def _step(gamma: float, n: int, rng: np.random.Generator) -> RealArray:
    values = rng.uniform(1 - gamma, 1 + gamma, n)
    values[0] = 1 - gamma
    basis = np.linalg.qr(rng.standard_normal((n, n)))[0]
    hessian = (basis * values) @ basis.T
    step = np.eye(n) - 0.5 * (hessian + hessian.T)
    return 0.5 * (step + step.T)
