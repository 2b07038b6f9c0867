"""A lower bound of the Kreiss constant of a matrix known through its products only (``scipy.sparse.linalg.LinearOperator``).

Every pair ``(z, v)`` gives ``K >= (|z| - 1) ‖v‖ / ‖(zI - J) v‖``, and the value returned is that quotient for one pair, evaluated with one fresh
product: it errs by the rounding of that product and by nothing else, however crude the search was. Nothing bounds ``K`` from above here: that
takes a factorisation of ``J``. So the label is *local lower bound*, or *infinite up to rounding* where an eigenvalue was found outside the circle. Floating
point, not rigorous.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse.linalg import ArpackError, LinearOperator, aslinearoperator, eigs, gmres

from verify.numerics.arrays import ComplexArray, RealArray
from verify.numerics.ascent import point

__all__ = ["INFINITE", "LOWER_BOUND", "KreissLowerBound", "kreiss_lower_bound"]

LOWER_BOUND = "local lower bound"
INFINITE = "infinite up to rounding: an eigenvalue was found outside"
RESTARTS = 100
"""At most, of the Arnoldi process that looks for the outermost eigenvalue; each costs about ``KRYLOV`` products."""
KRYLOV = 40
"""Dimension of the first Krylov space."""
EXCESSES = np.geomspace(1e-4, 30.0, 20)
TRIVIAL = 3.0
"""Farther out the quotient is close to 1 whatever ``J`` is: a start there says only that the Krylov space has seen nothing yet."""
ANGLES = 12
CLIMBS = 2
FARTHEST = 1e4


@dataclass(frozen=True)
class KreissLowerBound:
    """``value = (|z| - r) ‖v‖ / ‖(zI - J) v‖ <= K_r`` for the unit vector ``v``; 1 at ``z = inf`` (then ``v`` is empty): ``K_r >= 1`` always.

    ``products`` counts products with ``J`` and with ``J*`` together. ``spectral_radius`` is an estimate of ``ρ(J)``, NaN where it did not converge. The
    value is ``inf``, and the label says so, where ``z`` and ``v`` are an eigenpair with ``|z| > r`` by more than rounding can move that eigenvalue, to
    first order.
    """

    value: float
    z: complex
    v: ComplexArray
    products: int
    spectral_radius: float = float("nan")
    label: str = LOWER_BOUND


@dataclass
class _Operator:
    """The matrix, the number of its products, and the best pair seen."""

    J: LinearOperator
    solves: int
    products: int = 0
    value: float = 1.0
    z: complex = complex(np.inf, 0.0)
    v: ComplexArray = field(default_factory=lambda: np.empty(0, dtype=np.complex128))

    def times(self, v: ComplexArray) -> ComplexArray:
        self.products += 1
        return np.asarray(self.J.matvec(v)).reshape(-1)

    def adjoint_times(self, v: ComplexArray) -> ComplexArray:
        self.products += 1
        return np.asarray(self.J.rmatvec(v)).reshape(-1)

    def shifted(self, z: complex) -> LinearOperator:
        return LinearOperator(
            self.J.shape, matvec=lambda v: z * v - self.times(v), rmatvec=lambda v: np.conj(z) * v - self.adjoint_times(v), dtype=np.complex128
        )

    def consider(self, z: complex, v: ComplexArray) -> float:
        """The quotient of the pair; the best one is kept. 0 where it is no finite number."""
        v = v / np.linalg.norm(v)
        residual = float(np.linalg.norm(z * v - self.times(v)))
        value = (abs(z) - 1.0) / residual if residual > 0 else 0.0
        if np.isfinite(value) and value > self.value:
            self.value, self.z, self.v = value, complex(z), v
        return value if np.isfinite(value) else 0.0


def kreiss_lower_bound(J: Any, *, radius: float = 1.0, climbs: int = CLIMBS, solves: int = 2, seed: int = 0) -> KreissLowerBound:
    """A lower bound of ``K_r(J) = sup_{|z|>r} (|z| - r) ‖(zI - J)^{-1}‖ = K(J/r)``, ``r = radius``; ``J`` a square ``LinearOperator`` (with ``matvec`` and
    ``rmatvec``), a sparse or a dense matrix.

    First the outermost eigenvalue by Arnoldi's process with restarts, since ``K_r = inf`` where ``ρ(J) > r``; a search that may fail. Then one Arnoldi
    process without restarts: for ``v = V y`` in its space ``‖(zI - J) v‖ = ‖(zĨ - H̃) y‖``, so the rectangular Hessenberg matrix bounds ``‖R(z)‖`` from
    below at every ``z`` together (Toh and Trefethen 1996). Then ``climbs`` quasi-Newton ascents from its best points, with singular vectors by ``solves`` steps
    of inverse iteration in GMRES.

    Raises:
        TypeError: if ``J`` is not a linear operator or matrix.
        ValueError: if it is not square, a product is not finite, or ``radius`` is not positive and finite.
    """
    try:
        operator = aslinearoperator(np.asarray(J) if hasattr(J, "__array__") else J)
    except TypeError as error:
        raise TypeError(f"J is a {type(J).__name__}; a LinearOperator, a sparse or a dense matrix is needed") from error
    if operator.shape[0] != operator.shape[1] or operator.shape[0] == 0:
        raise ValueError(f"J has shape {operator.shape}; a square operator (n, n) is needed")
    if not (np.isfinite(radius) and radius > 0):
        raise ValueError(f"radius = {radius}; a positive finite radius is needed")
    dtype = np.result_type(operator.dtype, np.float32)
    state = _Operator(operator if radius == 1 else (1 / radius) * operator, solves)
    rng = np.random.default_rng(seed)
    real = not np.issubdtype(dtype, np.complexfloating)
    start = rng.standard_normal(operator.shape[0])
    V, H = _arnoldi(state, start.astype(np.complex128))
    z, v, outside = _outermost(state, dtype, start, float(np.linalg.norm(H, 2)))
    rho = radius * abs(z)
    if outside:
        return KreissLowerBound(np.inf, radius * z, v, state.products, rho, INFINITE)
    for s, t in _starts(H, real)[:climbs]:
        z = complex(point(np.array([s]), np.array([t]), False)[0])
        y = np.linalg.svd(_rectangular(H, z))[2][-1].conj()
        v = V[:, : H.shape[1]] @ y
        state.consider(z, v)
        _climb(state, s, t, v)
    z = radius * state.z if np.isfinite(state.z) else state.z
    return KreissLowerBound(state.value, z, state.v, state.products, rho)


def _outermost(state: _Operator, dtype: np.dtype[Any], start: RealArray, size: float) -> tuple[complex, ComplexArray, bool]:
    """The outermost eigenpair found, NaN if the process did not converge, and whether it is surely outside the unit disc.

    A backward error ``δ`` moves a simple eigenvalue with unit eigenvectors ``v``, ``u`` of ``J`` and ``J*`` by ``δ/|u*v|`` to first order; ``size`` is of the
    order of ``‖J‖``.
    """
    try:
        values, vectors = _outer_pairs(state.times, dtype, start)
        k = int(np.abs(values).argmax())
        z, v = complex(values[k]), vectors[:, k].astype(np.complex128)
        if abs(z) <= 1:
            return z, v, False
        state.consider(z, v)
        values, vectors = _outer_pairs(state.adjoint_times, dtype, start)
    except (ArpackError, np.linalg.LinAlgError):
        return complex(np.nan), np.empty(0, dtype=np.complex128), False
    k = int(np.abs(values.conj() - z).argmin())
    u = vectors[:, k].astype(np.complex128)
    residuals = float(np.linalg.norm(z * v - state.times(v))), float(np.linalg.norm(z.conjugate() * u - state.adjoint_times(u)))
    error = max(*residuals, float(np.finfo(dtype).eps) * size)
    return z, v, bool((abs(z) - 1) * abs(np.vdot(u, v)) > 10 * error)


def _outer_pairs(times: Callable[[ComplexArray], ComplexArray], dtype: np.dtype[Any], start: RealArray) -> tuple[ComplexArray, ComplexArray]:
    """Outer eigenvalues and eigenvectors; of a real operator with their conjugates, of which ARPACK may return either."""
    n = len(start)
    if n <= KRYLOV:
        return np.linalg.eig(np.column_stack([times(e) for e in np.eye(n)]))
    products = LinearOperator((n, n), matvec=lambda v: times(v).astype(dtype), dtype=dtype)
    values, vectors = eigs(products, k=1, ncv=KRYLOV, v0=start.astype(dtype), maxiter=RESTARTS)
    if np.issubdtype(dtype, np.complexfloating):
        return values, vectors
    return np.append(values, values.conj()), np.hstack([vectors, vectors.conj()])


def _arnoldi(state: _Operator, start: ComplexArray) -> tuple[ComplexArray, ComplexArray]:
    """Orthonormal ``V`` ``(n, m + 1)`` and ``H̃`` ``(m + 1, m)`` with ``J V[:, :m] = V H̃``, orthogonalised twice; ``m`` at most ``KRYLOV``."""
    n = len(start)
    m = min(KRYLOV, n)
    V, H = np.zeros((n, m + 1), dtype=np.complex128), np.zeros((m + 1, m), dtype=np.complex128)
    V[:, 0] = start / np.linalg.norm(start)
    for k in range(m):
        w = state.times(V[:, k])
        if not np.isfinite(w).all():
            raise ValueError("a product with J is not finite; every entry of J must be a finite number")
        size = np.linalg.norm(w)
        for _ in range(2):
            h = V[:, : k + 1].conj().T @ w
            w = w - V[:, : k + 1] @ h
            H[: k + 1, k] += h
        H[k + 1, k] = np.linalg.norm(w)
        if H[k + 1, k].real <= 1e-14 * size or k + 1 == n:  # the space is invariant
            return V[:, : k + 2], H[: k + 2, : k + 1]
        V[:, k + 1] = w / H[k + 1, k]
    return V, H


def _rectangular(H: ComplexArray, z: complex) -> ComplexArray:
    return z * np.eye(*H.shape) - H


def _starts(H: ComplexArray, real: bool) -> list[tuple[float, float]]:
    """Grid points ``(s, t)``, the best of each angle, best angles first."""
    ritz = np.linalg.eigvals(H[:-1])
    own = np.angle(ritz[np.argsort(-np.abs(ritz))[:6]])
    t = np.unique(np.concatenate([np.linspace(0, np.pi, ANGLES) if real else np.linspace(-np.pi, np.pi, 2 * ANGLES), np.abs(own) if real else own]))
    z = point(EXCESSES[:, None], t[None, :], False)
    sigma = np.linalg.svd(z[..., None, None] * np.eye(*H.shape) - H, compute_uv=False)[..., -1]
    height = EXCESSES[:, None] / np.maximum(sigma, np.finfo(float).tiny)
    best = height.argmax(axis=0)
    order = np.argsort(-height.max(axis=0))
    chosen: list[tuple[float, float]] = []
    for k in order:
        if all(abs(t[k] - other) > 0.2 for _, other in chosen):
            s = float(EXCESSES[best[k]])
            chosen.append((s if s <= TRIVIAL else 1.0, float(t[k])))
    return chosen


def _climb(state: _Operator, s: float, t: float, v: ComplexArray) -> None:
    """BFGS on ``log (|z| - 1) - log sigma`` in ``(log s, t)``, each evaluation warm-started with the vector of the one before."""
    vector = [v]

    def negative(x: RealArray) -> tuple[float, RealArray]:
        excess, angle = float(np.exp(np.clip(x[0], np.log(1e-12), np.log(FARTHEST)))), float(x[1])
        z = complex(point(np.array([excess]), np.array([angle]), False)[0])
        vector[0] = _inverse_iteration(state, z, vector[0])
        v = vector[0]
        u = z * v - state.times(v)
        sigma = float(np.linalg.norm(u))
        state.consider(z, v)
        if not sigma > 0:
            return -np.inf, np.zeros(2)
        slope = complex(np.vdot(u, v)) / sigma**2  # d log sigma = Re(dz slope)
        along, across = excess * z / abs(z), 1j * z
        return np.log(sigma) - np.log(excess), np.array([(along * slope).real - 1.0, (across * slope).real])

    minimize(negative, np.array([np.log(s), t]), jac=True, method="BFGS", options={"maxiter": 15, "gtol": 1e-6})


def _inverse_iteration(state: _Operator, z: complex, v: ComplexArray) -> ComplexArray:
    X = state.shifted(z)
    adjoint = LinearOperator(X.shape, matvec=X.rmatvec, dtype=X.dtype)
    size = min(60, X.shape[0])
    for _ in range(state.solves):
        w, _ = gmres(adjoint, v, rtol=1e-8, restart=size, maxiter=3)
        x, _ = gmres(X, w, rtol=1e-8, restart=size, maxiter=3)
        length = np.linalg.norm(x)
        if not (np.isfinite(length) and length > 0):
            break
        v = x / length
    return v
