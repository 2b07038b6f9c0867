"""One-way coupled matrices with symmetric blocks: the resolvent norm on a whole circle from two real numbers.

``J = [[A, 0], [C, D]]`` with symmetric (Hermitian) ``A = Q Λ Q*``, ``D = W M W*`` is unitarily similar to ``[[Λ, 0], [W*CQ, M]]``.

**The maximum on a circle is on the real axis.** For ``|z| = r > max(‖A‖, ‖D‖)`` write ``x = cos arg z`` and ``f(x) = (r² + A² - 2rxA)^{-1/2}``,
``g(x) = (r² + D² - 2rxD)^{-1/2}``: the moduli of the resolvents ``P``, ``Q`` of ``A`` and ``D``. Their unitary factors commute with them, and
multiplying ``R(z) = [[P, 0], [QCP, Q]]`` from the left and the right by unitary block-diagonal matrices leaves ``F(x) = [[f, 0], [gCf, g]]``
of the same norm. ``f`` and ``g`` are analytic in the strip ``|Re x| < 1`` and continuous on its closure, because for every eigenvalue
``Re(r² + λ² - 2rxλ) >= (r - |λ|)² > 0`` there. The same inequality gives ``|r² + λ² - 2r(x + iy)λ| >= r² + λ² - 2rxλ``, so ``F(x + iy)`` is, up to
unitary factors, ``F(x)`` multiplied from both sides by contractions: ``‖F(x + iy)‖ <= ‖F(x)‖``. By the three-lines theorem ``log ‖F‖`` is convex
in ``x`` on ``[-1, 1]``. Hence ``M(r) = max(‖R(r)‖, ‖R(-r)‖)``.

**A level is one norm of size** ``q x p``. With the gaps ``a = 1 - λ``, ``b = 1 - μ`` and ``z = 1 + s`` the second diagonal block of
``(zI - J)*(zI - J) - g²I`` and its Schur complement show: ``sigma_min(zI - J) > g`` iff ``g < min(s + a, s + b)`` and ``‖Z(g)‖ < 1``, where

    Z(g) = diag(g / √((s + b)² - g²)) W*CQ diag(1 / √((s + a)² - g²)).

``‖Z‖`` increases with ``g``, so ``sigma_min`` is the root of ``‖Z(g)‖ = 1``; its slope in ``s`` follows from the top singular pair. Since the gaps
enter and not the eigenvalues, nothing cancels near the unit circle. ``z = -(1 + s)`` is the same for ``-Λ``, ``-M``. Floating point, not rigorous.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import LinAlgError, cholesky
from scipy.sparse.linalg import LinearOperator, eigsh

from verify.numerics import few_columns, kernels
from verify.numerics.arrays import Array, RealArray

__all__ = ["OneWay", "one_way_partition", "one_way_partitions"]

SVD_SIZE = 64
"""Up to this order a stacked singular value decomposition is used where there is no kernel; beyond, Krylov and Cholesky."""
FEW_COLUMNS = 2
"""Up to this order of the smaller block ``‖Z(g)‖`` has a closed form."""
STEPS = 60
ILL_CONDITIONED = 1e3
"""A singular value decomposition has the absolute error ``u σ_max``: beyond this ratio the smallest one comes from ``‖Z(g)‖ = 1`` instead."""


def one_way_partition(J: Array) -> int:
    """The order ``p`` of the first block if ``J`` is ``[[A, 0], [C, D]]`` with Hermitian ``A``, ``D`` up to rounding, else 0; ``0 < p < n``."""
    n = len(J)
    noise = 4 * n * np.finfo(float).eps * np.linalg.norm(J)
    skew = np.abs(J - J.conj().T) > noise
    rows, columns = np.nonzero(np.tril(skew))
    low, high = (int(columns.max()) + 1, int(rows.min())) if rows.size else (1, n - 1)
    for p in range(max(low, 1), min(high, n - 1) + 1):
        if np.abs(J[:p, p:]).max() <= noise:
            return p
    return 0


def one_way_partitions(stack: Array) -> NDArray[np.intp]:
    """:func:`one_way_partition` of each member, some admissible order where there are several; shape ``(N,)``. For small orders: all at once."""
    count, n = stack.shape[:2]
    noise = 4 * n * np.finfo(float).eps * np.linalg.norm(stack, axis=(1, 2))[:, None, None]
    skew, large = np.abs(stack - stack.conj().swapaxes(1, 2)) > noise, np.abs(stack) > noise
    found, open_ = np.zeros(count, dtype=np.intp), np.arange(count)
    for p in sorted(range(1, n), key=lambda p: abs(2 * p - n)):
        bad = large[open_, :p, p:].any(axis=(1, 2)) | skew[open_, :p, :p].any(axis=(1, 2)) | skew[open_, p:, p:].any(axis=(1, 2))
        found[open_[~bad]] = p
        open_ = open_[bad]
        if open_.size == 0:
            break
    return found


@dataclass(frozen=True)
class OneWay:
    """Rows of gaps ``a`` ``(B, p)``, ``b`` ``(B, q)`` (eigenvalues subtracted from 1), each with the coupling ``C[coupling[row]]`` in eigenbases."""

    a: RealArray
    b: RealArray
    C: RealArray
    coupling: NDArray[np.int64]
    compiled: bool = True
    """Whether the compiled kernels may be used."""

    @staticmethod
    def of(A: Array, C: Array, D: Array, *, compiled: bool = True) -> OneWay:
        """Stacks ``(N, p, p)``, ``(N, q, p)``, ``(N, q, q)``; row ``i`` is ``J[i]``, row ``N + i`` is ``-J[i]``. The smaller block becomes the columns."""
        if A.shape[1] > D.shape[1]:  # J* has the same norms and the blocks change places
            A, C, D = D, C.conj().swapaxes(1, 2), A
        (first, Q), (second, W) = np.linalg.eigh(A), np.linalg.eigh(D)
        coupling = np.matmul(np.matmul(W.conj().swapaxes(1, 2), C), Q)
        index = np.arange(len(A))
        return OneWay(
            np.concatenate([1.0 - first, 1.0 + first]), np.concatenate([1.0 - second, 1.0 + second]), coupling, np.concatenate([index, index]),
            compiled,
        )

    def rows(self, chosen: NDArray[np.intp]) -> OneWay:
        """Only these rows."""
        return OneWay(self.a[chosen], self.b[chosen], self.C, self.coupling[chosen], self.compiled)

    @property
    def gaps(self) -> RealArray:
        """The least gap of every matrix to either side, shape ``(2, N)``; only of all rows, as they come from :meth:`of`."""
        return np.minimum(self.a.min(axis=1), self.b.min(axis=1)).reshape(2, -1)

    @property
    def _compiled(self) -> bool:
        return self.compiled and self.a.shape[1] <= kernels.MOST_COLUMNS and not np.iscomplexobj(self.C) and kernels.available()

    @property
    def _stacked(self) -> bool:
        return self.a.shape[1] + self.b.shape[1] <= SVD_SIZE

    def sigmas(self, owner: NDArray[np.int64], s: RealArray, rtol: float = 1e-13) -> tuple[RealArray, RealArray]:
        """``sigma_min(zI - J)`` at ``z = 1 + s[m]`` for the row ``owner[m]``, and its derivative in ``s``, to about ``√rtol``; shapes ``(M,)``."""
        if self._compiled:
            return kernels.one_way_sigmas(self.a, self.b, self.C, owner, self.coupling, s, rtol)
        if self.a.shape[1] <= FEW_COLUMNS:
            return self.refined(owner, s, rtol**0.5)
        if self._stacked:
            return self._stacked_sigmas(owner, s)
        found = [self._krylov_sigma(int(row), float(x), rtol) for row, x in zip(owner, s, strict=True)]
        return np.array([sigma for sigma, _ in found]), np.array([slope for _, slope in found])

    def refined(self, owner: NDArray[np.int64], s: RealArray, tolerance: float | RealArray, guess: RealArray | None = None) -> tuple[RealArray, RealArray]:
        """As :meth:`sigmas`, the derivative to a relative tolerance, that of each point if it is an array; from a guess, where that may help."""
        if not self._compiled and self.a.shape[1] <= FEW_COLUMNS:
            return few_columns.sigmas(self.a[owner], self.b[owner], self.C[self.coupling[owner]], s, tolerance, guess)
        return self.sigmas(owner, s)

    def above(self, owner: NDArray[np.int64], s: RealArray, g: RealArray) -> NDArray[np.bool_]:
        """Whether ``sigma_min > g[m]`` at ``1 + s[m]`` for the row ``owner[m]``; relative rounding about ``n u`` in ``g``."""
        if self._compiled:
            return kernels.one_way_above(self.a, self.b, self.C, owner, self.coupling, s, g)
        if self._stacked:
            return self._stacked_above(owner, s, g)
        return np.array([self._cholesky_above(int(row), float(x), float(level)) for row, x, level in zip(owner, s, g, strict=True)], dtype=bool)

    @property
    def exact_heights(self) -> bool:
        return self._compiled or self._stacked or self.a.shape[1] <= FEW_COLUMNS

    def heights(self, s: RealArray) -> tuple[RealArray, RealArray]:
        """``log(s / sigma_min)`` at ``1 + s[row, k]``, each row ascending, and its slope in ``log s``; shapes as ``s``, ``(B, K)``.

        To six digits or so; beyond order :data:`SVD_SIZE`, without kernels, both are estimates.
        """
        rows, flat = np.repeat(np.arange(len(s)), s.shape[1]), s.ravel()
        if self.exact_heights:
            found = self.sigmas(rows, flat, 1e-8) if self._compiled else self.refined(rows, flat, 1e-6)
            sigma, slope = (part.reshape(s.shape) for part in found)
            return np.log(s) - np.log(sigma), 1.0 - s * slope / sigma
        chunk = max(1, 200000 // (s.shape[1] * (self.a.shape[1] + self.b.shape[1])))
        pieces = [slice(i, i + chunk) for i in range(0, len(s), chunk)]
        sigma = np.concatenate([OneWay(self.a[k], self.b[k], self.C, self.coupling[k]).estimates(s[k], 8) for k in pieces])
        log_s = np.log(s)
        height = log_s - np.log(sigma)
        rise = np.diff(height, axis=1) / np.diff(log_s, axis=1)
        return height, np.concatenate([rise[:, :1], 0.5 * (rise[:, 1:] + rise[:, :-1]), rise[:, -1:]], axis=1)

    def estimates(self, s: RealArray, steps: int = 3) -> RealArray:
        """Upper estimates of ``sigma_min`` at ``1 + s[row, k]`` by ``steps`` power iterations on ``R* R``; shape as ``s``, ``(B, K)``.

        One multiplication by the coupling, which does not depend on the shift, serves all shifts of a row.
        """
        P, Q = 1.0 / (s[:, None, :] + self.a[:, :, None]), 1.0 / (s[:, None, :] + self.b[:, :, None])
        C = self.C[self.coupling]
        adjoint = C.conj().swapaxes(1, 2)
        first, second = np.ones_like(P), np.ones_like(Q)
        for step in range(steps):
            length = np.sqrt(_square(first) + _square(second))[:, None]
            first, second = P * (first / length), second / length
            second = Q * (np.matmul(C, first) + second)
            norm = np.sqrt(_square(first) + _square(second))
            if step + 1 < steps:
                second = Q * second
                first = P * (first + np.matmul(adjoint, second))
        return 1.0 / norm

    def _stacked_sigmas(self, owner: NDArray[np.int64], s: RealArray) -> tuple[RealArray, RealArray]:
        p, n = self.a.shape[1], self.a.shape[1] + self.b.shape[1]
        X = np.zeros((len(s), n, n), dtype=self.C.dtype)
        index = np.arange(n)
        X[:, index, index] = s[:, None] + np.concatenate([self.a[owner], self.b[owner]], axis=1)
        X[:, p:, :p] = -self.C[self.coupling[owner]]
        U, sigmas, Vh = np.linalg.svd(X)
        smallest, slopes = sigmas[:, -1].copy(), np.einsum("mi,mi->m", U[:, :, -1].conj(), Vh[:, -1].conj()).real
        for m in np.flatnonzero(sigmas[:, 0] > ILL_CONDITIONED * sigmas[:, -1]):
            smallest[m], slopes[m] = self._krylov_sigma(int(owner[m]), float(s[m]), 1e-13)
        return smallest, slopes

    def _stacked_above(self, owner: NDArray[np.int64], s: RealArray, g: RealArray) -> NDArray[np.bool_]:
        alpha, beta = self._spans(owner, s, g)
        inside = (alpha > 0).all(axis=1) & (beta > 0).all(axis=1)
        Z = self.C[self.coupling[owner[inside]]] * (g[inside, None] / np.sqrt(beta[inside]))[:, :, None] / np.sqrt(alpha[inside])[:, None, :]
        above = np.zeros(len(s), dtype=bool)
        above[inside] = np.linalg.svd(Z, compute_uv=False)[:, 0] < 1.0
        return above

    def _spans(self, owner: NDArray[np.int64], s: RealArray, g: RealArray) -> tuple[RealArray, RealArray]:
        """``(s + a)² - g²`` and ``(s + b)² - g²``, negative where a factor is."""
        a, b = s[:, None] + self.a[owner], s[:, None] + self.b[owner]
        return (a - g[:, None]) * (a + g[:, None]), (b - g[:, None]) * (b + g[:, None])

    def _scaled(self, row: int, s: float, g: float) -> tuple[RealArray, RealArray, RealArray] | None:
        """``Z(g)``, ``(s + a)² - g²`` and ``(s + b)² - g²``; ``None`` where ``g`` is too large for them."""
        alpha, beta = (span[0] for span in self._spans(np.array([row]), np.array([s]), np.array([g])))
        if alpha.min() <= 0 or beta.min() <= 0:
            return None
        return self.C[self.coupling[row]] * (g / np.sqrt(beta))[:, None] / np.sqrt(alpha), alpha, beta

    def _cholesky_above(self, row: int, s: float, g: float) -> bool:
        scaled = self._scaled(row, s, g)
        if scaled is None:
            return False
        Z = scaled[0]
        try:
            cholesky(np.eye(Z.shape[1]) - Z.conj().T @ Z, overwrite_a=True, check_finite=False)
        except LinAlgError:
            return False
        return True

    def _krylov_sigma(self, row: int, s: float, rtol: float) -> tuple[float, float]:
        """Newton's method for ``log ‖Z(g)‖ = 0`` in ``log g``, kept inside the interval where the sign changes."""
        high = s + min(float(self.a[row].min()), float(self.b[row].min()))
        low, slope = 0.0, 0.0
        g = min(float(self.estimates(np.full((len(self.a), 1), s))[row, 0]), high * (1 - 1e-12))
        v = np.ones(self.a.shape[1])
        for _ in range(STEPS):
            scaled = self._scaled(row, s, g)
            log_tau, rate = np.inf, 1.0
            if scaled is not None:
                log_tau, rate, slope, v = self._newton_data(row, s, g, *scaled, v)
            low, high = (low, g) if log_tau > 0 else (g, high)
            if abs(log_tau) <= rtol * rate or high - low <= 1e-16 * high:
                break
            following = g * np.exp(-log_tau / rate)
            g = following if low < following < high else 0.5 * (low + high)
        return g, slope

    def _newton_data(
        self, row: int, s: float, g: float, Z: RealArray, alpha: RealArray, beta: RealArray, v: RealArray
    ) -> tuple[float, float, float, RealArray]:
        """``log ‖Z‖``, its derivative in ``log g``, ``d sigma / ds`` and the right singular vector."""
        if not Z.any():
            return -np.inf, 1.0, 1.0, v
        if Z.shape[1] < 3:
            values, vectors = np.linalg.eigh(Z.conj().T @ Z)
        else:
            gram = LinearOperator((Z.shape[1],) * 2, matvec=lambda x: Z.conj().T @ (Z @ x), dtype=Z.dtype)
            values, vectors = eigsh(gram, k=1, which="LA", v0=v.astype(Z.dtype), tol=1e-14)
        v = vectors[:, -1]
        right, left = np.abs(v) ** 2, np.abs(Z @ v) ** 2 / values[-1]
        rate = 1.0 + g * g * float((right / alpha).sum() + (left / beta).sum())
        slope = g * float((right * (s + self.a[row]) / alpha).sum() + (left * (s + self.b[row]) / beta).sum()) / rate
        return 0.5 * float(np.log(values[-1])), rate, slope, v


def _square(v: Array) -> RealArray:
    """Squared lengths along the middle axis."""
    return (np.abs(v) ** 2 if np.iscomplexobj(v) else v * v).sum(axis=1)
