"""Proposals of matrices ``P``, ``Z``, ``S`` for the matrix inequalities. Nothing here is rigorous; the inequalities are verified elsewhere.

**One equation serves three inequalities.** A Hermitian trigonometric polynomial ``Q + wA + w̄A*`` of degree one is positive on
``|w| = 1`` iff ``Y + A*Y^{-1}A = Q`` has a solution ``Y ≻ 0``; then ``[[Q − Y, A*], [A, Y]] ⪰ 0``. Its maximal solution comes from cyclic
reduction (Meini, *Math. Comp.* 71 (2002) 1189), quadratically convergent while the polynomial is strictly positive:

    Y ← Y − A*Q^{-1}A,   (Q, A) ← (Q − AQ^{-1}A* − A*Q^{-1}A, AQ^{-1}A).

*Circle* (``‖R(z)‖ < g`` for ``|z| >= r``): the form of the inequality in ``(x, y)``, ``y = zx = Xx + u``, is
``[[r²P − I + g²X*X, −g²X*], [−g²X, g²I − P]]``; with ``Y = I − P/g²`` and after scaling, ``Q = I + X*X/r² − I/(g²r²)``, ``A = −X/r``.

*Line* (``‖R(z)‖ < g`` for ``Re z >= x``): the Cayley transform ``z = x + s(1+w)/(1−w)`` turns ``zI − X`` into ``(E − wF)/(1−w)``,
``E = (x+s)I − X``, ``F = (x−s)I − X``: ``Q = E*E + F*F − 2I/g²``, ``A* = I/g² − E*F``, and ``P = (g²(Y − F*F) + I)/2s``.

*Numerical radius* (Ando): ``Q = 2wI``, ``A* = X``, ``Z = wI − Y``; the mean with the other extreme solution lies inside.

Arithmetic is FLINT's, on midpoints, at any precision: for orders up to 3 it is as fast as NumPy's calls, and it survives ``κ = 1e12``;
larger orders start from floats.
"""

from __future__ import annotations

from fractions import Fraction

import flint
import numpy as np

from verify.numerics.bounds.precise import ball_matrix, precision
from verify.numerics.bounds.rounding import dyadic_matrix
from verify.numerics.exact import RationalMatrix

__all__ = ["propose_ando", "propose_circle", "propose_contraction", "propose_line", "propose_stein"]

MAX_DOUBLINGS = 128
MAX_NEWTON = 16
SPARE_BITS = 48
START_LIFTS = (0.0, 2.0**-46, 2.0**-40)
BallMatrix = flint.arb_mat | flint.acb_mat


def propose_circle(matrix: RationalMatrix, r: Fraction, g: Fraction, margin: Fraction, bits: int, fast: bool = False) -> RationalMatrix | None:
    """A ``P`` for the circle inequality with slack ``margin`` in its first block, rounded to ``2^-bits``; None if the iteration broke down.

    ``fast`` starts from floats.
    """
    with precision(bits + 2 * _size_bits(g) + 64):
        identity, x = RationalMatrix.identity(matrix.shape[0]), matrix / r
        q = identity * (1 - (1 + margin) / (g * g * r * r)) + x.adjoint() * x
        y = _solve(q, -x, fast)
        return None if y is None else dyadic_matrix((ball_matrix(identity) - y) * _ball(g * g), bits)


def propose_line(matrix: RationalMatrix, x: Fraction, g: Fraction, margin: Fraction, bits: int, scale: Fraction, fast: bool = False) -> RationalMatrix | None:
    """A ``P`` for the half-plane inequality; ``scale`` is the ``s > 0`` of the Cayley transform, near the size of the matrix."""
    with precision(bits + 2 * _size_bits(g) + 2 * _size_bits(1 / scale) + 64):
        identity = RationalMatrix.identity(matrix.shape[0])
        e, f = identity * (x + scale) - matrix, identity * (x - scale) - matrix
        unit, square = identity * ((1 + margin) / (g * g)), f.adjoint() * f
        y = _solve(e.adjoint() * e + square - unit * 2, unit - f.adjoint() * e, fast)
        return None if y is None else dyadic_matrix((y - ball_matrix(square - unit)) * _ball(g * g / (2 * scale)), bits)


def propose_ando(matrix: RationalMatrix, w: Fraction, bits: int, fast: bool = False) -> RationalMatrix | None:
    """A ``Z`` with ``[[wI + Z, X], [X*, wI − Z]] ⪰ 0`` up to rounding, for ``w`` above the numerical radius.

    The mean of the extreme solutions, ``wI − Y`` and ``Y' − wI`` (``Y'`` of the reversed polynomial), lies inside the set of all.
    """
    with precision(2 * bits + 32):
        q = RationalMatrix.identity(matrix.shape[0]) * (2 * w)
        y, reverse = _solve(q, matrix.adjoint(), fast), _solve(q, matrix, fast)
        return None if y is None or reverse is None else dyadic_matrix((reverse - y) * _ball(Fraction(1, 2)), bits)


def _solve(q: RationalMatrix, a: RationalMatrix, fast: bool) -> BallMatrix | None:
    """The maximal solution at the working precision; ``fast``: by floats, refined."""
    precise = (ball_matrix(q), ball_matrix(a)) if q.is_real and a.is_real else (flint.acb_mat(ball_matrix(q)), flint.acb_mat(ball_matrix(a)))
    if not fast:
        return maximal_solution(*precise)
    array = q.to_numpy()
    for lift in START_LIFTS:
        start = maximal_solution_fast(array + lift * abs(array).max() * np.eye(len(array)), a.to_numpy())
        y = None if start is None else refined_solution(*precise, start)
        if y is not None:
            return y
    return None


def refined_solution(q: BallMatrix, a: BallMatrix, start: np.ndarray) -> BallMatrix | None:
    """Newton's method from a float solution: the residual in the working precision, its Stein equation ``D − K*DK = residual``,
    ``K = Y^{-1}A``, in floats.

    If ``start`` solves the equation for a slightly larger ``Q`` then ``K`` is stable and the iteration converges monotonically (Guo and
    Lancaster,
    *Math. Comp.* 68 (1999) 1589). None if it does not settle.
    """
    start = (start + start.conj().T) / 2  # a skew part of the start would stay
    y = type(q)(start.tolist())
    tolerance = flint.arb(2) ** (SPARE_BITS - flint.ctx.prec) * _size(q)
    try:
        for _ in range(MAX_NEWTON):
            k = (y.inv().mid() * a).mid()
            residual = (q - y - _adjoint(a) * k).mid()
            size = _size(residual)
            if size <= tolerance:
                return y
            step = _stein_sum(_to_floats(k), _to_floats(residual * (1 / size)))
            if step is None:
                return None
            y = (y + type(y)(step.tolist()) * size).mid()
    except ZeroDivisionError:
        return None
    return None


@np.errstate(all="ignore")
def _stein_sum(k: np.ndarray, right: np.ndarray) -> np.ndarray | None:
    """``Σ_j K*^j right K^j`` by doubling, in floats."""
    total = right
    for _ in range(MAX_DOUBLINGS):
        step = k.conj().T @ total @ k
        total, k = total + step, k @ k
        if not np.isfinite(total).all():
            return None
        if abs(step).max() <= 1e-15 * abs(total).max():
            return (total + total.conj().T) / 2
    return None


def _to_floats(matrix: BallMatrix) -> np.ndarray:
    kind: type = float if isinstance(matrix, flint.arb_mat) else complex
    return np.array([kind(entry) for entry in matrix.entries()]).reshape(matrix.nrows(), matrix.ncols())


def maximal_solution(q: BallMatrix, a: BallMatrix) -> BallMatrix | None:
    """Cyclic reduction for ``Y + A*Y^{-1}A = Q`` at the working precision; None if it breaks down or does not settle."""
    y, tolerance = q, flint.arb(2) ** (8 - flint.ctx.prec) * _size(q)
    try:
        for _ in range(MAX_DOUBLINGS):
            inverse = q.inv()
            step = ((_adjoint(a) * inverse).mid() * a).mid()
            right = (a * inverse).mid()
            y = (y - step).mid()
            q, a = (q - step - right * _adjoint(a)).mid(), (right * a).mid()
            if all(abs(entry).mid() <= tolerance for entry in step.entries()):
                return y
    except ZeroDivisionError:
        return None
    return None


@np.errstate(all="ignore")
def maximal_solution_fast(q: np.ndarray, a: np.ndarray) -> np.ndarray | None:
    """The same in floats, about 100 times faster at order 20."""
    y, size = q, abs(q).max()
    try:
        for _ in range(MAX_DOUBLINGS):
            right = np.linalg.solve(q.conj().T, a.conj().T).conj().T
            step = a.conj().T @ np.linalg.solve(q, a)
            y, q, a = y - step, q - step - right @ a.conj().T, right @ a
            if not np.isfinite(step).all() or abs(step).max() <= 1e-16 * size:
                return y if np.isfinite(y).all() else None
    except np.linalg.LinAlgError:
        return None
    return None


def propose_contraction(matrix: RationalMatrix, t: Fraction, bits: int) -> RationalMatrix | None:
    """``P = Σ_k (X*/t)^k (X/t)^k`` by doubling: ``P ≻ 0`` and ``P − X*PX/t² = I`` where ``t > ρ(X)``; scaled to size 1.
    None if it diverges.
    """
    with precision(2 * bits + 32):
        a, p = ball_matrix(matrix / t), ball_matrix(RationalMatrix.identity(matrix.shape[0]))
        for _ in range(MAX_DOUBLINGS):
            step = (_adjoint(a) * p * a).mid()
            p, a = (p + step).mid(), (a * a).mid()
            if _size(step) <= flint.arb(2) ** (-bits) * _size(p):
                return dyadic_matrix(p * (1 / _size(p)), bits)
            if not _size(p) < flint.arb(2) ** (8 * bits):
                return None
    return None


def propose_stein(matrix: RationalMatrix, t: Fraction, bits: int) -> RationalMatrix | None:
    """The solution of ``t²S − X*SX = I`` by its ``n²`` linear equations, scaled to size 1; None if they are singular."""
    order = matrix.shape[0]
    with precision(2 * bits + 32):
        x = flint.acb_mat(ball_matrix(matrix))
        rows = [[x[k, i].conjugate() * x[m, j] * -1 for k in range(order) for m in range(order)] for i in range(order) for j in range(order)]
        system = flint.acb_mat(rows) + flint.acb_mat(order * order, order * order, 0) * 0
        for i in range(order * order):
            system[i, i] += _ball(t * t)
        right = flint.acb_mat([[int(i == j)] for i in range(order) for j in range(order)])
        try:
            solution = system.solve(right).mid()
        except ZeroDivisionError:
            return None
        whole = flint.acb_mat([[solution[i * order + j, 0] for j in range(order)] for i in range(order)])
        s = whole.real if matrix.is_real else whole
        return dyadic_matrix((s * (1 / _size(s))).mid(), bits)


def _adjoint(matrix: BallMatrix) -> BallMatrix:
    return matrix.transpose() if isinstance(matrix, flint.arb_mat) else matrix.transpose().conjugate()


def _size(matrix: BallMatrix) -> flint.arb:
    return max((abs(entry).mid() for entry in matrix.entries()), key=lambda x: x, default=flint.arb(0))


def _size_bits(value: Fraction) -> int:
    return max(0, value.numerator.bit_length() - value.denominator.bit_length() + 1)


def _ball(value: Fraction) -> flint.arb:
    return flint.arb(flint.fmpq(value.numerator, value.denominator))
