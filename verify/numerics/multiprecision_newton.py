"""Newton's method in multiprecision for maximisers of ``s ‖R(z)‖`` and for the pseudospectral radius. Not rigorous.

The formulas are those of :mod:`verify.numerics.ascent`: derivatives of the smallest singular value from one singular value decomposition.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath
from mpmath import mp

__all__ = ["climb", "squeeze"]

GUARD = 15
STEPS = 250
LONGEST_STEP = 2
"""In ``log s`` (or ``log r``) and, as a fraction of the distance, in the angle."""


def climb(matrix: Callable[[], mpmath.matrix], z0: complex, dps: int, continuous: bool) -> tuple[mpmath.mpc, mpmath.mpf]:
    """The local maximiser of ``(|z| - 1) ‖R(z)‖`` (``Re z ‖R(z)‖``) near ``z0`` and its value; ``matrix()`` is at the working precision."""
    with mp.workdps(dps + GUARD):
        J = matrix()
        real = z0.imag == 0 and _is_real(J)
        log_s = mp.log(z0.real if continuous else abs(mp.mpc(z0)) - 1)
        t = mp.mpf(z0.imag) if continuous else (mp.zero if z0.real > 0 else +mp.pi) if real else mp.arg(mp.mpc(z0))
        best = None
        trust = mp.mpf(LONGEST_STEP)
    for _ in range(STEPS):
        with mp.workdps(_digits(dps, log_s)):
            f, gradient, hessian = (_height_on_axis if real else _height)(matrix(), log_s, t, continuous)
            if best is not None and f <= best[0]:
                trust /= 4
                if f >= best[0] - mp.mpf(10) ** (-dps - 5) or trust < mp.mpf(10) ** (-dps):
                    break
                f, gradient, hessian, log_s, t = best
            best = (f, gradient, hessian, log_s, t)
            step = _uphill(gradient, hessian, real, trust)
            if abs(gradient[0] * step[0]) + abs(gradient[1] * step[1]) < mp.mpf(10) ** (-dps - 5):
                break
            log_s, t = log_s + step[0], t + step[1]
    f, _, _, log_s, t = best if best is not None else (f, gradient, hessian, log_s, t)
    with mp.workdps(_digits(dps, log_s)):
        return _point(log_s, t, continuous, real)[0], mp.exp(f)


def squeeze(matrix: Callable[[], mpmath.matrix], eps: Callable[[], mpmath.mpf], z0: complex, dps: int) -> tuple[mpmath.mpf, mpmath.mpf, bool]:
    """The local maximum of ``|z|`` with ``sigma_min(zI - J) = eps`` near ``z0``: modulus, argument, and whether Newton's method has come to rest."""
    with mp.workdps(dps + GUARD):
        real = z0.imag == 0 and _is_real(matrix())
        log_r, t = mp.log(abs(mp.mpc(z0))), mp.arg(mp.mpc(z0))
        digits = _digits(dps, mp.log(eps()))
    with mp.workdps(digits):
        J, target = matrix(), mp.log(eps())
        for _ in range(STEPS):
            z = mp.exp(log_r) * (mp.re(mp.expj(t)) if real else mp.expj(t))
            log_sigma, g, H = _log_sigma_model(J, z, (z, 1j * z), ((z, 1j * z), (1j * z, -z)))
            lag = target - log_sigma
            if real:
                outward, turn = lag / g[0], mp.zero
            else:
                outward = (lag + g[1] ** 2 / H[1][1]) / (g[0] - g[1] * H[0][1] / H[1][1])
                turn = -(g[1] + H[0][1] * outward) / H[1][1]
            outward, turn = (max(-LONGEST_STEP, min(LONGEST_STEP, part)) for part in (outward, turn))  # beside a saddle Newton's step knows no limit
            log_r, t = log_r + outward, t + turn
            if abs(outward) + turn**2 < mp.mpf(10) ** (-dps - 5):
                return mp.exp(log_r), +t, True
        return mp.exp(log_r), +t, False


def _digits(dps: int, log_small: mpmath.mpf) -> int:
    """Guard digits for a singular value as small as ``exp(log_small)``."""
    return dps + GUARD + max(0, int(-2 * log_small / mp.log(10)))


def _is_real(J: mpmath.matrix) -> bool:
    return all(mp.im(entry) == 0 for entry in J)


def _point(log_s: mpmath.mpf, t: mpmath.mpf, continuous: bool, real: bool) -> tuple[Any, Any, Any]:
    """``z``, ``s`` and the unit direction of growing ``s``."""
    s = mp.exp(log_s)
    if continuous:
        return (s if real else mp.mpc(s, t)), s, mp.one
    unit = mp.mpf(1 if mp.cos(t) > 0 else -1) if real else mp.expj(t)
    return (1 + s) * unit, s, unit


def _height(J: mpmath.matrix, log_s: mpmath.mpf, t: mpmath.mpf, continuous: bool) -> tuple[Any, Any, Any]:
    """``log s - log sigma_min`` with gradient and Hessian in ``(log s, t)``."""
    z, s, unit = _point(log_s, t, continuous, real=False)
    along, mixed, twice = (mp.j, 0, 0) if continuous else (mp.j * z, mp.j * s * unit, -z)
    log_sigma, g, H = _log_sigma_model(J, z, (s * unit, along), ((s * unit, mixed), (mixed, twice)))
    return log_s - log_sigma, [1 - g[0], -g[1]], [[-entry for entry in row] for row in H]


def _height_on_axis(J: mpmath.matrix, log_s: mpmath.mpf, t: mpmath.mpf, continuous: bool) -> tuple[Any, Any, Any]:
    """The same for a real matrix on the real axis, by real arithmetic; derivatives in ``log s`` alone, 0 in the other coordinate."""
    z, s, unit = _point(log_s, t, continuous, real=True)
    n, k, along = J.rows, J.rows - 1, s * unit
    U, S, V = mp.svd_r(z * mp.eye(n) - J.apply(mp.re))
    sigma = S[k]
    alpha = [mp.fdot((U[j, i], V[k, j]) for j in range(n)) for i in range(n)]
    beta = [mp.fdot((V[i, j], U[j, k]) for j in range(n)) for i in range(n)]
    apart = mp.fsum((alpha[i] + beta[i]) ** 2 / (S[i] - sigma) for i in range(k) if S[i] > sigma)
    together = mp.fsum((alpha[i] - beta[i]) ** 2 / (S[i] + sigma) for i in range(n))
    slope = along * alpha[k] / sigma
    bend = (along**2 * (together - apart) / 2 + along * alpha[k]) / sigma - slope**2
    return log_s - mp.log(sigma), [1 - slope, mp.zero], [[-bend, mp.zero], [mp.zero, -mp.one]]


def _uphill(gradient: Any, hessian: Any, real: bool, trust: mpmath.mpf) -> tuple[Any, Any]:
    """Newton's step where the Hessian is negative definite, else along the gradient; no longer than ``trust``."""
    a, b, d = hessian[0][0], hessian[0][1], hessian[1][1]
    if real:
        step = (-gradient[0] / a if a < 0 else mp.sign(gradient[0]) * trust, mp.zero)
    elif a < 0 and a * d - b * b > 0:
        area = a * d - b * b
        step = ((b * gradient[1] - d * gradient[0]) / area, (b * gradient[0] - a * gradient[1]) / area)
    else:
        step = (gradient[0] / abs(a), gradient[1] / max(abs(d), abs(b)))
    length = max(abs(step[0]), abs(step[1]))
    return step if length <= trust else (step[0] * trust / length, step[1] * trust / length)


def _log_sigma_model(J: mpmath.matrix, z: Any, first: Any, second: Any) -> tuple[Any, list[Any], list[list[Any]]]:
    """``log sigma_min(zI - J)``, gradient and Hessian in two coordinates of ``z`` (derivatives ``first``, ``second`` of ``z``)."""
    n = J.rows
    U, S, V = mp.svd_c(z * mp.eye(n) - J)
    sigmas = [S[i] for i in range(n)]
    k = n - 1
    alpha = [mp.fsum(mp.conj(U[j, i]) * mp.conj(V[k, j]) for j in range(n)) for i in range(n)]
    beta = [mp.fsum(V[i, j] * U[j, k] for j in range(n)) for i in range(n)]
    sigma = sigmas[k]
    plus = [[e * alpha[i] + mp.conj(e) * beta[i] for i in range(n)] for e in first]
    minus = [[e * alpha[i] - mp.conj(e) * beta[i] for i in range(n)] for e in first]

    def bend(a: int, b: int) -> Any:
        apart = mp.fsum(mp.re(plus[a][i] * mp.conj(plus[b][i])) / (sigmas[i] - sigma) for i in range(k) if sigmas[i] > sigma)
        together = mp.fsum(mp.re(minus[a][i] * mp.conj(minus[b][i])) / (sigmas[i] + sigma) for i in range(n))
        return (together - apart) / 2 + mp.re(second[a][b] * alpha[k])

    slope = [mp.re(e * alpha[k]) / sigma for e in first]
    hessian = [[bend(a, b) / sigma - slope[a] * slope[b] for b in (0, 1)] for a in (0, 1)]
    return mp.log(sigma), slope, hessian
