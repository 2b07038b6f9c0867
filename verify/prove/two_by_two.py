"""Closed forms for real matrices of order one and two: each function is a lemma, with its proof.

Throughout ``X = [[a, b], [c, d]]`` is real, ``t = a + d``, ``D = ad − bc``, ``ν = |b − c|``. Singular values ``σ1 >= σ2`` of any ``Y`` of
order two satisfy ``σ1² + σ2² = ‖Y‖_F²`` and ``σ1 σ2 = |det Y|`` (trace and determinant of ``Y*Y``), so ``(σ1 ± σ2)² = ‖Y‖_F² ± 2|det
Y|``.

A form that holds only under a condition is a ``Piecewise`` without a last case: elsewhere it has no value, and a statement about it is
neither true nor false (``verify.prove.tableau``).
"""

from __future__ import annotations

from sympy import Abs, Add, Eq, Expr, Integer, Max, Mul, Piecewise, Pow, Rational, S, sqrt
from sympy.logic.boolalg import And
from sympy.matrices import ImmutableDenseMatrix as Matrix

from verify.prove.ring import factored

__all__ = [
    "kreiss_constant",
    "norm",
    "numerical_radius",
    "pseudospectral_radius",
    "root",
    "shifted_norms",
    "smallest_singular_value",
    "spectral_abscissa",
    "spectral_radius",
]

_HALF = Rational(1, 2)
_ONE = Integer(1)


def root(radicand: Expr) -> Expr:
    """``√e`` with square factors pulled out: ``√(k ∏ f^{2m}) = √k ∏ |f|^m``; if ``k < 0``, it has a value, 0, only where ``∏ |f|`` is 0."""
    if not radicand.free_symbols or not radicand.is_polynomial(*radicand.free_symbols):
        return sqrt(radicand)
    coefficient, factors = factored(radicand)
    outside = Mul(*(Abs(base) ** (power // 2) for base, power in factors))
    inside = Mul(coefficient, *(base for base, power in factors if power % 2))
    if inside.is_Rational and inside < 0:
        return Piecewise((S.Zero, Eq(outside, 0)), evaluate=False)
    return sqrt(radicand) if outside == 1 else outside * sqrt(inside)


def _entries(matrix: Matrix) -> tuple[Expr, Expr, Expr, Expr]:
    return matrix[0, 0], matrix[0, 1], matrix[1, 0], matrix[1, 1]


def _sum_and_difference(matrix: Matrix) -> tuple[Expr, Expr]:
    """``{σ1 + σ2, σ1 − σ2}`` of a real matrix in some order.

    ``‖X‖_F² + 2 det X = (a + d)² + (b − c)²`` and ``‖X‖_F² − 2 det X = (a − d)² + (b + c)²``; which one is the sum depends on the sign of
    ``det X``.
    """
    a, b, c, d = _entries(matrix)
    return root((a + d) ** 2 + (b - c) ** 2), root((a - d) ** 2 + (b + c) ** 2)


def norm(matrix: Matrix) -> Expr:
    """``‖X‖``: a row or column has its Euclidean length; of order two, ``σ1 = ((σ1+σ2) + (σ1−σ2))/2``."""
    if 1 in matrix.shape:
        return Abs(matrix[0, 0]) if matrix.shape == (1, 1) else root(Add(*(entry**2 for entry in matrix)))
    a, b, c, d = _entries(matrix)
    if b == c == 0:
        return Max(Abs(a), Abs(d))
    first, second = _sum_and_difference(matrix)
    return (first + second) / 2


def smallest_singular_value(matrix: Matrix) -> Expr:
    """``σ_min(X)``: ``|x|`` of order one; of order two ``|(σ1+σ2) − (σ1−σ2)|/2``, whichever of the two roots is the sum."""
    if matrix.shape == (1, 1):
        return Abs(matrix[0, 0])
    first, second = _sum_and_difference(matrix)
    return Abs(first - second) / 2


def spectral_radius(matrix: Matrix) -> Expr:
    """``ρ(X)``: the eigenvalues are ``t/2 ± √q``, ``q = t²/4 − D = ((a−d)/2)² + bc``.

    Real (``q >= 0``): the larger modulus is ``|t|/2 + √q``. Complex: both have modulus ``√D``, and ``D = t²/4 − q > 0``.
    """
    if matrix.shape == (1, 1):
        return Abs(matrix[0, 0])
    a, b, c, d = _entries(matrix)
    if b == 0 or c == 0:
        return Max(Abs(a), Abs(d))
    real = Abs(a + d) / 2 + root((a - d) ** 2 + 4 * b * c) / 2
    if b == c:
        return real
    return Piecewise((real, (a - d) ** 2 / 4 + b * c >= 0), (root(a * d - b * c), True))


def spectral_abscissa(matrix: Matrix) -> Expr:
    """``α(X)``: the eigenvalues are ``t/2 ± √q``, ``4q = (a−d)² + 4bc``; where ``q < 0`` both have the real part ``t/2``."""
    if matrix.shape == (1, 1):
        return matrix[0, 0]
    a, b, c, d = _entries(matrix)
    if b == 0 or c == 0:
        return Max(a, d)
    real = (a + d) / 2 + root((a - d) ** 2 + 4 * b * c) / 2
    return real if b == c else Piecewise((real, (a - d) ** 2 / 4 + b * c >= 0), ((a + d) / 2, True))


def numerical_radius(matrix: Matrix) -> Expr:
    """``w(X)`` where the eigenvalues are real: ``|t|/2 + Δ/2`` with ``Δ² = (a−d)² + (b+c)²``.

    The numerical range is an ellipse (disc, segment) with centre ``t/2`` and the eigenvalues for foci, so its longer axis is real; the
    real points of the range are those of the symmetric part, ``t/2 ± Δ/2``. Hence it lies in the disc of radius ``Δ/2`` about ``t/2``,
    and reaches its real points.
    """
    if matrix.shape == (1, 1):
        return Abs(matrix[0, 0])
    a, b, c, d = _entries(matrix)
    value = Abs(a + d) / 2 + root((a - d) ** 2 + (b + c) ** 2) / 2
    return _where((value, S.true), given=_real_eigenvalues(matrix))


def shifted_norms(matrix: Matrix, x: Expr, y: Expr) -> tuple[Expr, Expr]:
    """``(σ_min(Y), ‖Y^{-1}‖)`` of ``Y = zI − X``, ``z = x + iy``; the second has no value at an eigenvalue, where the norm is infinite.

    Of order one ``|z − a|``. Of order two ``‖Y^{-1}‖ = 1/σ2 = σ1/|det Y|``. If ``z`` is real, by :func:`norm`. If ``X`` is triangular,
    ``|det Y| = pq`` with ``p = |z−a|``, ``q = |z−d|``, and ``(σ1 ± σ2)² = (p ± q)² + ν²``; if moreover ``a = d`` then ``p = q`` and ``σ1
    − σ2 = ν``. In general ``2σ1² = F + √(F² − 4|det Y|²)`` with ``F = ‖Y‖_F²``, and ``F² − 4|det Y|² = (σ1² − σ2²)² = (|r1|² − |r2|²)² +
    4|⟨r1, r2⟩|²`` for the rows ``r1``, ``r2`` of ``Y`` (trace and determinant of ``YY*``), which shows the radicand as a sum of squares;
    there ``σ2`` has no value where ``Y = 0``.
    """
    if matrix.shape == (1, 1):
        distance = _modulus(x - matrix[0, 0], y)
        return distance, 1 / distance
    a, b, c, d = _entries(matrix)
    if y == 0:
        shifted = Matrix([[x - a, -b], [-c, x - d]])
        return smallest_singular_value(shifted), norm(shifted) / Abs(_product((x - a) * (x - d) - b * c))
    if b == 0 or c == 0:
        return _triangular_shift(a, d, Abs(b - c), x, y)
    upper, lower = (x - a) ** 2 + y**2 + b**2, (x - d) ** 2 + y**2 + c**2
    overlap_re, overlap_im = -c * (x - a) - b * (x - d), y * (b - c)
    spread = root((upper - lower) ** 2 + 4 * (overlap_re**2 + overlap_im**2))
    square = ((x - a) * (x - d) - y**2 - b * c) ** 2 + (y * (2 * x - a - d)) ** 2
    return sqrt(2 * square / (upper + lower + spread)), sqrt((upper + lower + spread) / (2 * square))


def _triangular_shift(a: Expr, d: Expr, coupling: Expr, x: Expr, y: Expr) -> tuple[Expr, Expr]:
    if a == d:
        square = (x - a) ** 2 + y**2
        outer, inner = sqrt(4 * square + coupling**2), coupling
        return (outer - inner) / 2, (outer + inner) / (2 * square)
    p, q = _modulus(x - a, y), _modulus(x - d, y)
    outer, inner = sqrt((p + q) ** 2 + coupling**2), sqrt((p - q) ** 2 + coupling**2)
    return (outer - inner) / 2, (outer + inner) / (2 * p * q)


def _modulus(x: Expr, y: Expr) -> Expr:
    return Abs(x) if y == 0 else root(x**2 + y**2)


def _product(value: Expr) -> Expr:
    """A polynomial as the product of its irreducible factors."""
    if not value.is_polynomial(*value.free_symbols):
        return value
    coefficient, factors = factored(value)
    return Mul(coefficient, *(Pow(base, power) for base, power in factors))


def _real_eigenvalues(matrix: Matrix) -> Expr:
    a, b, c, d = _entries(matrix)
    return S.true if b == 0 or c == 0 or b == c else (a - d) ** 2 + 4 * b * c >= 0


def _where(*cases: tuple[Expr, object], given: object) -> Expr:
    """A ``Piecewise`` that has a value only where ``given`` holds."""
    return Piecewise(*((value, And(given, condition)) for value, condition in cases), evaluate=False)


def pseudospectral_radius(matrix: Matrix, epsilon: Expr) -> Expr:
    """``ρ_ε(X) = |t|/2 + √(q + ε² + εΔ)`` for real eigenvalues, ``ε > 0``; ``q = t²/4 − D``, ``Δ = √((a−d)² + (b+c)²)``.

    Proof. ``X`` and ``−X`` have the same ``ρ_ε``, so let ``t >= 0``; by a rotation let ``X = [[λ1, ν], [0, λ2]]``, ``λ1 >= |λ2|``. For
    ``|z| = r > λ1`` put ``p = |z − λ1|``, ``q' = |z − λ2|``; ``σ_i²`` are the roots of ``f(s) = s² − (p² + q'² + ν²) s + p²q'²``.
    *Circle.* ``σ2`` is least at ``z = r``: with ``h = 1 − cos θ`` in ``[0, 2]``, ``p² = (r−λ1)² + 2rλ1 h`` and ``q'² = (r−λ2)² + 2rλ2
    h``. If ``λ2 >= 0``, both grow with ``h`` and ``σ2^{-1} = ‖[[1/p, ν/(pq')], [0, 1/q']]‖`` falls. If ``λ2 < 0``, then at ``s = σ2(r)²``
    ``f`` is a concave function of ``h``, zero at ``h = 0`` and not negative at ``h = 2``, since at ``z = ±r`` ``|p − q'| = λ1 − λ2`` is
    the same and ``p + q' = 2r ∓ t``, so that ``2σ2 = √((p+q')² + ν²) − √((p−q')² + ν²)`` is larger at ``−r``. So ``f >= 0`` for all
    ``h``: ``s`` is at most ``σ2²`` or at least ``σ1²``, and the latter only with equality of both, because ``σ1² >= (p² + q'² + ν²)/2``,
    which grows with ``h`` (``t >= 0``) and is at least ``s`` at ``h = 0``. *Axis.* ``2σ2(r) = √((2r − t)² + ν²) − Δ`` grows from 0 at ``r
    = λ1`` to infinity; ``σ2(r) = ε`` solves to ``(2r − t)² = 4ε² + 4εΔ + 4q``.
    """
    if matrix.shape == (1, 1):
        return _where((Abs(matrix[0, 0]) + epsilon, S.true), given=epsilon > 0)
    a, b, c, d = _entries(matrix)
    gap = root((a - d) ** 2 + (b + c) ** 2)
    value = Abs(a + d) / 2 + root((a - d) ** 2 / 4 + b * c + epsilon**2 + epsilon * gap)
    return _where((value, S.true), given=And(_real_eigenvalues(matrix), epsilon > 0))


def kreiss_constant(matrix: Matrix) -> Expr:
    """``K(X)`` for eigenvalues real and in ``(−1, 1)``: ``(τ + 1/τ)/2`` if ``τ >= 1``, else 1; with ``Δ`` as above

        ``τ = (ν + Δ)/(√(1−λ1) + √(1−λ2))²``, the square being ``2 − |t| + 2√(1 − |t| + D)``.

    Proof. Let ``t >= 0`` (else take ``−X``). By the circle lemma of :func:`pseudospectral_radius`, ``K = sup (r − 1)/ε`` over ``r > 1``,
    ``ε = σ2(r)``, ``r = t/2 + √(q + ε² + εΔ)``; points with ``r <= 1`` do not count. So ``K <= k`` iff for all ``ε > 0``: ``q + ε² + εΔ
    <= (kε + 1 − t/2)²``, that is ``(k² − 1)ε² + (k(2 − t) − Δ)ε + (1 − t + D) >= 0``, with ``1 − t + D = (1−λ1)(1−λ2) > 0``. This fails
    for ``k < 1`` (large ``ε``); for ``k >= 1`` it holds iff ``k(2 − t) + 2√(k² − 1)√(1 − t + D) >= Δ``. The left side grows with ``k``,
    so ``K = 1`` iff ``2 − t >= Δ``, and otherwise equality holds at ``k = K``. With ``k = (τ + 1/τ)/2``, ``τ >= 1``, ``u = √(1−λ1)``, ``w
    = √(1−λ2)`` it reads ``(u+w)² τ² − 2Δτ + (u−w)² = 0``; as ``(u² − w²)² = (λ1 − λ2)² = Δ² − ν²``, the larger root is the ``τ`` above;
    the roots' product is at most 1, so it is ``>= 1`` exactly if the quadratic is ``<= 0`` at 1, which is ``2 − t <= Δ``.
    """
    if matrix.shape == (1, 1):
        return _where((_ONE, S.true), given=Abs(matrix[0, 0]) < 1)
    a, b, c, d = _entries(matrix)
    trace, determinant = Abs(a + d), a * d - b * c
    gap = root((a - d) ** 2 + (b + c) ** 2)
    double = a == d and (b == 0 or c == 0)
    width = 4 * (1 - Abs(a)) if double else 2 - trace + 2 * sqrt(1 - trace + determinant)
    ratio = (Abs(b - c) + gap) / width
    inside = And(_real_eigenvalues(matrix), determinant < 1, trace < 1 + determinant)
    return _where((_ONE, ratio <= 1), ((ratio + 1 / ratio) * _HALF, S.true), given=inside)
