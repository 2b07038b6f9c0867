"""The smallest condition number of a contracting change of norm, ``min √cond(P)`` over ``P ≻ 0`` with ``J*PJ ⪯ P``. Floating point.

Every such ``P`` bounds the peak, ``sup_t ‖J^t‖ <= √cond(P)``; it is the bound that an integral quadratic constraint with a static
multiplier gives. Minimise ``s`` over ``I ⪯ P ⪯ sI``, ``J*PJ ⪯ P``.

*Dual.* For ``X, Z ⪰ 0`` with ``Y = X + Z − JZJ* ⪰ 0`` every feasible ``P`` has ``tr X <= tr PX + tr Z(P − J*PJ) = tr PY <= s tr Y``, hence
``s >= tr X / tr Y``. (``Z = Σ_{t<m} J^t v v* J*^t``, ``X = J^m v v* J*^m``, ``Y = vv*`` gives ``‖J^m v‖²/‖v‖²``: the peak is one dual point.)

*Method.* Newton's method for the barrier ``τs − log det(P − I) − log det(sI − P) − log det(P − J*PJ)`` with ``τ = 3n·c/s`` and few rising
``c``: on the central path the relative gap is about ``1/c``. In the eigenbasis of ``P`` the Hessians of the first two terms are diagonal, and
the diagonal of the third completes a preconditioner for conjugate gradients; a step costs ``O(n³)`` times some dozens of iterations, where a
solver that forms the ``n²/2`` unknowns needs ``O(n⁶)``. Dual points come from the Newton step (as in Boyd and Vandenberghe 2004, §11.2):
``X`` and ``Y`` are taken from the barriers of ``P − I`` and ``sI − P``, and ``Z = Σ_t J^t (Y − X) J*^t`` closes the equation; ``X`` is scaled by
the largest factor for which ``Z ⪰ 0``, a generalised eigenvalue, so that an inexact Newton step costs sharpness only.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from verify.numerics.arrays import Array, RealArray, square
from verify.numerics.spectra import spectral_norms, surely_outside_disc

__all__ = ["SimilarityBound", "discrete_lyapunov", "noise_gain", "similarity_bound"]

GLOBAL = "global in floating point"
LOCAL = "local"
DOUBLINGS = 64
FIRST_WEIGHT, LARGER, LAST_WEIGHT = 2.0, 4.0, 512.0
NEWTON_STEPS = 48
CENTRED = (0.7, 2.0)
"""A Newton decrement below this lets ``c`` rise, at first and later: the first centre moves ``P`` far, the others are only passed by."""
INNER_STEPS = 300
INNER_TOLERANCE = 1e-2
TO_THE_BOUNDARY = 0.9


@dataclass(frozen=True)
class SimilarityBound:
    """``value = √cond(P)`` with ``J*PJ ⪯ P`` up to rounding, and ``lower <= min √cond(P)`` by a dual point.

    Attributes:
        P: positive definite with least eigenvalue 1; None where none exists (``value = inf``).
        label: ``"global in floating point"`` if ``value <= lower (1 + rtol)``, else ``"local"``: then ``P`` is admissible, but may not be the best.
        dual: the pair ``(X, Z)`` behind ``lower``.
    """

    value: float
    lower: float
    label: str
    P: Array | None = field(default=None, repr=False)
    dual: tuple[Array, Array] | None = field(default=None, repr=False)


def similarity_bound(J: ArrayLike, rtol: float = 0.05) -> SimilarityBound:
    """``min √cond(P)`` over ``P ≻ 0`` with ``J*PJ ⪯ P``, within ``rtol``; ``inf`` for a spectral radius surely above 1. Not rigorous.

    With eigenvalues on the unit circle, up to rounding, the forms tried are the identity and the one that makes the eigenvectors orthonormal;
    the value is then local.

    Raises:
        TypeError: if the entries are not machine numbers.
        ValueError: if ``J`` is not square and finite, or ``rtol`` not in ``[1e-3, 1)``.
    """
    matrix = square(J)
    if not 1e-3 <= rtol < 1:
        raise ValueError(f"rtol = {rtol}; the bound is optimised to relative tolerances in [1e-3, 1), such as 0.05")
    if float(spectral_norms(matrix[None])[0]) <= 1:
        return SimilarityBound(1.0, 1.0, GLOBAL, np.eye(len(matrix), dtype=matrix.dtype))
    values = np.linalg.eigvals(matrix)
    if surely_outside_disc(matrix[None], values[None].astype(complex))[0]:
        return SimilarityBound(np.inf, np.inf, GLOBAL)
    with np.errstate(all="ignore"):
        start = _start(matrix, float(abs(values).max()))
        if start is None:
            return _marginal(matrix)
        return _optimise(matrix, start, rtol)


def noise_gain(J: ArrayLike) -> float:
    """``‖Σ_{t>=0} (J^t)*J^t‖``: the largest energy of a trajectory, and the gain from unit white noise to variance; ``inf`` if ``ρ(J) >= 1``.

    The largest eigenvalue of the solution of ``P − J*PJ = I``. Not rigorous.

    Raises:
        TypeError, ValueError: if ``J`` is not a square matrix of finite machine numbers.
    """
    form = discrete_lyapunov(square(J))
    return np.inf if form is None else float(np.linalg.eigvalsh(form)[-1])


@np.errstate(all="ignore")
def discrete_lyapunov(J: Array, Q: Array | None = None) -> Array | None:
    """``Σ_t (J*)^t Q J^t`` by doubling (``Q = I`` if not given); None if it does not converge. Quadratically convergent for ``ρ(J) < 1``."""
    total, power = np.eye(len(J), dtype=J.dtype) if Q is None else Q, J
    for _ in range(DOUBLINGS):
        step = power.conj().T @ total @ power
        total, power = _hermitian(total + step), power @ power
        if not np.isfinite(total).all():
            return None
        if abs(step).max() <= 1e-16 * abs(total).max():
            return total
    return None


def _start(J: Array, radius: float) -> tuple[Array, float] | None:
    """A strictly admissible ``(P, s)``: the best of the Lyapunov forms of ``J/θ`` for a few ``θ`` between ``ρ(J)`` and 1."""
    best: tuple[float, Array] | None = None
    for share in (0.0, 0.3, 0.6, 0.8, 0.9, 0.97) if radius < 1 else ():
        form = discrete_lyapunov(J / (1 - share * (1 - radius)))
        if form is None:
            continue
        w = np.linalg.eigvalsh(form)
        decay = np.linalg.eigvalsh(_hermitian(form - J.conj().T @ form @ J))[0]
        if w[0] > 0 and decay > 0 and (best is None or w[-1] / w[0] < best[0]):
            best = (float(w[-1] / w[0]), form / w[0])
    return None if best is None else (1.3 * best[1], 1.69 * best[0])


def _marginal(J: Array) -> SimilarityBound:
    """No Lyapunov form was found: only the form of the eigenvectors is left."""
    vectors = np.linalg.eig(J)[1]
    sigmas = np.linalg.svd(vectors, compute_uv=False)
    if not sigmas[-1] > 1e-8 * sigmas[0]:
        return SimilarityBound(np.inf, 1.0, LOCAL)
    inverse = np.linalg.inv(vectors)
    form = inverse.conj().T @ inverse
    form = _hermitian(form if np.iscomplexobj(J) else form.real)
    w = np.linalg.eigvalsh(form)
    return SimilarityBound(float(np.sqrt(w[-1] / w[0])), 1.0, LOCAL, form / w[0])


def _optimise(J: Array, start: tuple[Array, float], rtol: float) -> SimilarityBound:
    (P, s), weight = start, FIRST_WEIGHT
    best, lower, dual = (np.inf, P), 1.0, None
    for _ in range(NEWTON_STEPS):
        centre = _Centre.at(J, P, s)
        if centre is None:
            break
        D, ds, decrement = centre.newton_step(3 * len(J) * weight / s, INNER_TOLERANCE)
        if not (np.isfinite(D).all() and np.isfinite(ds)):
            break
        found = centre.dual_point(D, ds)
        if found is not None and found[0] > lower:
            lower, dual = found[0], found[1]
        length = min(1.0, TO_THE_BOUNDARY * centre.reach(D, ds))
        P, s = centre.moved(length * D), s + length * ds
        w = np.linalg.eigvalsh(P)
        if 0 < w[0] and w[-1] / w[0] < best[0]:
            best = (float(w[-1] / w[0]), P / w[0])
        if best[0] <= lower * (1 + rtol) ** 2 or (weight >= LAST_WEIGHT and decrement < 1):
            break
        if decrement < CENTRED[weight > FIRST_WEIGHT]:
            weight = min(LARGER * weight, LAST_WEIGHT)
    settled = best[0] <= lower * (1 + rtol) ** 2
    return SimilarityBound(float(np.sqrt(best[0])), float(np.sqrt(lower)), GLOBAL if settled else LOCAL, best[1], dual)


@dataclass(frozen=True)
class _Centre:
    """The barrier at ``(P, s)``, in the eigenbasis ``U`` of ``P``: ``K = U*JU``, ``a = 1/(p − 1)``, ``b = 1/(s − p)``, ``C = P − K*PK = F^{-1}F^{-*}``."""

    U: Array
    p: RealArray
    s: float
    K: Array
    a: RealArray
    b: RealArray
    F: Array
    inverse: Array

    @staticmethod
    def at(J: Array, P: Array, s: float) -> _Centre | None:
        """None where rounding has driven the point out of the interior."""
        p, U = np.linalg.eigh(P)
        K = U.conj().T @ J @ U
        c, V = np.linalg.eigh(_hermitian(np.diag(p) - K.conj().T @ (p[:, None] * K)))
        if not (c[0] > 0 and p[0] > 1 and p[-1] < s):
            return None
        F = (V / np.sqrt(c)).conj().T
        return _Centre(U, p, s, K, 1 / (p - 1), 1 / (s - p), F, _hermitian(F.conj().T @ F))

    def newton_step(self, tau: float, tolerance: float) -> tuple[Array, float, float]:
        """``(D, ds, decrement)`` by preconditioned conjugate gradients, ``ds`` eliminated."""
        K, inverse, b2 = self.K, self.inverse, self.b**2
        adjoint, total = K.conj().T, float(b2.sum())
        image, mixed = _hermitian(K @ inverse @ adjoint), np.diag(K @ inverse)
        fixed = np.outer(self.a, self.a) + np.outer(self.b, self.b)
        c, e = np.diag(inverse).real, np.diag(image).real
        diagonal = np.maximum(fixed + np.outer(c, c) + np.outer(e, e) - 2 * (mixed[:, None] * mixed.conj()).real, fixed)
        rest = tau - float(self.b.sum())
        right = np.diag(self.a - self.b) + inverse - image - np.diag(b2 * rest / total)

        def hessian(D: Array) -> Array:
            inner = inverse @ (D - adjoint @ D @ K) @ inverse
            result = fixed * D + inner - K @ inner @ adjoint
            result[np.diag_indices(len(D))] -= b2 * (b2 @ np.diag(D).real) / total
            return result

        D = _conjugate_gradients(hessian, right, diagonal, tolerance)
        ds = (float(b2 @ np.diag(D).real) - rest) / total
        return D, ds, float(np.sqrt(max(0.0, np.vdot(D, right).real + rest * rest / total)))

    def reach(self, D: Array, ds: float) -> float:
        """The step length at which the boundary is met."""
        identity = np.eye(len(D))
        pieces = (
            np.sqrt(np.outer(self.a, self.a)) * D,
            np.sqrt(np.outer(self.b, self.b)) * (ds * identity - D),
            self.F @ (D - self.K.conj().T @ D @ self.K) @ self.F.conj().T,
        )
        least = min(float(np.linalg.eigvalsh(_hermitian(piece))[0]) for piece in pieces)
        return np.inf if least >= 0 else -1 / least

    def moved(self, D: Array) -> Array:
        return self._back(np.diag(self.p) + D)

    def dual_point(self, D: Array, ds: float) -> tuple[float, tuple[Array, Array]] | None:
        """``(tr X / tr Y, (X, Z))`` for the ``X``, ``Y`` that the Newton step predicts, cut at 0 and rescaled so that ``Z ⪰ 0``."""
        X = _positive_part(np.diag(self.a) - np.outer(self.a, self.a) * D)
        Y = _positive_part(np.diag(self.b) - np.outer(self.b, self.b) * (ds * np.eye(len(D)) - D))
        sums = [discrete_lyapunov(self.K.conj().T, M) for M in (X, Y)]
        if sums[0] is None or sums[1] is None:
            return None
        w, V = np.linalg.eigh(sums[1])
        if not w[0] > 0:
            return None
        half = V / np.sqrt(w)
        X = X / np.linalg.eigvalsh(_hermitian(half.conj().T @ sums[0] @ half))[-1]
        Z = discrete_lyapunov(self.K.conj().T, Y - X)
        ratio = float(np.trace(X).real / np.trace(Y).real)
        return None if Z is None or not np.isfinite(ratio) else (ratio, (self._back(X), self._back(Z)))

    def _back(self, M: Array) -> Array:
        return _hermitian(self.U @ M @ self.U.conj().T)


def _conjugate_gradients(hessian, right: Array, diagonal: RealArray, tolerance: float) -> Array:  # type: ignore[no-untyped-def]
    D, residual = np.zeros_like(right), right.copy()
    preconditioned = residual / diagonal
    direction = preconditioned.copy()
    size = first = np.vdot(residual, preconditioned).real
    for _ in range(INNER_STEPS):
        if not size > tolerance**2 * first:
            break
        image = hessian(direction)
        length = size / np.vdot(direction, image).real
        D += length * direction
        residual -= length * image
        preconditioned = residual / diagonal
        size, before = np.vdot(residual, preconditioned).real, size
        direction = preconditioned + size / before * direction
    return _hermitian(D)


def _hermitian(M: Array) -> Array:
    return (M + M.conj().T) / 2


def _positive_part(M: Array) -> Array:
    w, V = np.linalg.eigh(_hermitian(M))
    return _hermitian((V * np.maximum(w, 0.0)) @ V.conj().T)
