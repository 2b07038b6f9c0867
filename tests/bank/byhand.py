"""Plain NumPy values of the quantities in the bank, made for it and sharing no code with the package.

Scans with successive refinement in floating point: no guarantee.
"""

from __future__ import annotations

import itertools

import numpy as np


def norm(X):
    """The largest singular value."""
    return np.linalg.svd(np.atleast_2d(X), compute_uv=False)[0]


def radius(X):
    """The largest modulus of an eigenvalue."""
    return np.abs(np.linalg.eigvals(X)).max()


def smallest(X):
    """The smallest singular value."""
    return np.linalg.svd(X, compute_uv=False)[-1]


def resolvent_norm(X, z):
    return 1 / smallest(z * np.eye(len(X)) - X)


def _scan(f, low, high, angles, rounds=14, points=49):
    """The largest value of ``f(u, θ)``, ``u`` in ``[low, high]``, θ in ``angles``, by a grid that shrinks around its best point."""
    us, thetas = np.linspace(low, high, points), np.asarray(angles)
    best = -np.inf
    for _ in range(rounds):
        values = np.array([[f(u, th) for th in thetas] for u in us])
        i, j = np.unravel_index(values.argmax(), values.shape)
        best = max(best, values[i, j])
        du, u = (us[1] - us[0]), us[i]
        us = np.linspace(max(low, u - 1.5 * du), min(high, u + 1.5 * du), 13)
        if len(thetas) > 1:
            dt = thetas[1] - thetas[0]
            thetas = np.linspace(thetas[j] - 1.5 * dt, thetas[j] + 1.5 * dt, 13)
    return best


def kreiss(X, angles=24, real=False):
    """``sup (|z| − 1)‖R(z)‖`` over ``|z| = 1 + e^u``; at least 1, the limit at infinity; infinite if ``ρ > 1``."""
    X = np.asarray(X, float)
    if radius(X) > 1 + 1e-12:
        return np.inf
    thetas = [0.0] if real else np.linspace(0, np.pi, angles)
    return max(1.0, _scan(lambda u, th: np.exp(u) * resolvent_norm(X, (1 + np.exp(u)) * np.exp(1j * th)), -16, 8, thetas))


def continuous_kreiss(G):
    """``sup Re z ‖(zI − G)^{-1}‖`` over ``z = e^u (1 + i tan θ)``."""
    return max(1.0, _scan(lambda u, y: np.exp(u) * resolvent_norm(G, np.exp(u) + 1j * y), -12, 12, np.linspace(0, 3, 25)))


def numerical_radius(X):
    """``max_θ λ_max(Re e^{iθ}X)``."""
    def top(u, _):
        Y = np.exp(1j * u) * X
        return np.linalg.eigvalsh((Y + Y.conj().T) / 2)[-1]
    return _scan(top, 0, 2 * np.pi, [0.0], points=361)


def reach(X, eps):
    """The pseudospectral radius: the largest ``r`` over a fan of angles with ``σ_min(re^{iθ}I − X) <= ε`` (scan from outside, then bisection)."""
    best = 0.0
    for th in np.linspace(0, np.pi, 25):
        e, high = np.exp(1j * th), norm(X) + eps
        rs = np.linspace(high, 0, 80)
        inside = [r for r in rs if smallest(r * e * np.eye(len(X)) - X) <= eps]
        if not inside:
            continue
        low, up = inside[0], min(high, inside[0] + rs[0] - rs[1])
        for _ in range(60):
            mid = (low + up) / 2
            low, up = (mid, up) if smallest(mid * e * np.eye(len(X)) - X) <= eps else (low, mid)
        best = max(best, low)
    return best


def power(X, t):
    return np.linalg.matrix_power(np.asarray(X, float), t)


def peak(X, horizon=4000):
    return max(norm(P) for P in itertools.accumulate([np.asarray(X, float)] * horizon, np.matmul, initial=np.eye(len(X))))


def gram(X, t):
    return sum(power(X, k).T @ power(X, k) for k in range(t + 1))


def k(x):
    """The sharp function of ``κ``."""
    return 1.0 if x <= 2 else x / 4 + 1 / x
