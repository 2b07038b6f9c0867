"""The smallest singular value of one-way coupled matrices where the coupling has one or two columns: many at once, by NumPy.

``sigma_min(zI - J)`` is the root ``g`` of ``‖Z(g)‖ = 1`` (:mod:`verify.numerics.one_way`), and ``Z*Z`` is a number, or two by two: its top pair has a
closed form without cancellation. With ``u = g²`` and ``λ(u) = ‖Z‖²/u`` Newton's method is applied to ``1/λ(u) - u``, which has no poles (a quadratic where
both blocks are numbers), kept inside the interval where the sign changes, for all points in lockstep. Floating point, not rigorous.
"""

from __future__ import annotations

import numpy as np

from verify.numerics.arrays import Array, RealArray

__all__ = ["sigmas"]

ROUNDS = 100
LEAST = 1e-300
FINEST = 1e-14
"""No norm is more accurate."""
ROOM = 1e-13
"""Nearer to ``min(s + a, s + b)``, relatively, is there."""
_sum = np.add.reduce


def sigmas(
    a: RealArray, b: RealArray, C: Array, s: RealArray, tolerance: float | RealArray, guess: RealArray | None = None
) -> tuple[RealArray, RealArray]:
    """``sigma_min`` of ``[[diag(s + a), 0], [-C, diag(s + b)]]`` and its derivative in ``s``.

    Args:
        a, b, C, s: shapes ``(M, p)``, ``(M, q)``, ``(M, q, p)``, ``(M,)``, with ``p <= 2`` and ``s + a``, ``s + b`` positive.
        tolerance: relative accuracy of the derivative, for all points or ``(M,)`` for each; the value has about its square.
        guess: where to begin; what is no number between 0 and ``min(s + a, s + b)`` is passed over.
    """
    x, y, C = s + a.T, s + b.T, C.transpose(1, 2, 0)
    with np.errstate(all="ignore"):
        if len(x) == len(y) == 1:
            return _of_numbers(x[0], y[0], C[0, 0])
        least = np.minimum(x.min(axis=0), y.min(axis=0))
        g = _first(x, y, C, least, guess)
        found, slope = g.copy(), np.ones(len(s))
        low, high, allowed = np.zeros(len(s)), least, np.broadcast_to(np.maximum(tolerance, FINEST), s.shape)
        open_ = np.flatnonzero(g < least)
        if len(open_) < len(s):
            x, y, C = x[:, open_], y[:, open_], C[..., open_]
            g, low, high, least, allowed = (part[open_] for part in (g, low, high, least, allowed))
        for _ in range(ROUNDS):
            if not len(open_):
                break
            excess, rate, slopes = _norm(g, x, y, C)
            above = excess > 0
            low, high = np.where(above, low, g), np.where(above, g, high)
            step = -excess / rate
            following = g * np.sqrt(1.0 + step)
            reached = ~above & (g >= least * (1 - 2 * ROOM))  # as good as the smallest singular value of a part that is not coupled
            going = (np.abs(excess) > allowed) & (np.abs(step) > 4e-16) & ~reached
            following = np.minimum(following, np.where(reached, least, least * (1 - ROOM)))
            inside = (following > low) & (following < high)
            halfway = np.where(going, np.where(low > 0, 0.5 * (low + high), 0.125 * high), np.fmin(np.fmax(following, low), high))
            g = np.where(inside, following, halfway)
            found[open_], slope[open_] = g, np.where(g == least, 1.0, slopes)
            if not going.all():
                open_, x, y, C = open_[going], x[:, going], y[:, going], C[..., going]
                g, low, high, least, allowed = (part[going] for part in (g, low, high, least, allowed))
    return found, slope


def _of_numbers(x: RealArray, y: RealArray, c: Array) -> tuple[RealArray, RealArray]:
    """For ``[[x, 0], [-c, y]]``: the smaller singular value is ``2xy/(√((x + y)² + c²) + √((x - y)² + c²))``."""
    size = np.abs(c)
    wide, narrow = np.hypot(x + y, size), np.hypot(x - y, size)
    sigma = 2.0 * x * y / (wide + narrow)
    return sigma, sigma * (1.0 / x + 1.0 / y - 2.0 * (x + y) / (wide * (wide + narrow)))


def _first(x: RealArray, y: RealArray, C: Array, least: RealArray, guess: RealArray | None) -> RealArray:
    """The smallest singular value of ``[[min x, 0], [-c, min y]]`` with the Frobenius norm ``c``, which is never above the one wanted; or the guess."""
    left, right = x.min(axis=0), y.min(axis=0)
    c2 = _sum(_squares(C), axis=(0, 1))
    first = 2 * left * right / (np.sqrt((left + right) ** 2 + c2) + np.sqrt((left - right) ** 2 + c2))
    first = np.where(c2 > 0, np.minimum(first, least * (1 - ROOM)), least)
    return first if guess is None else np.where((guess > 0) & (guess < least) & (c2 > 0), guess, first)


def _squares(array: Array) -> RealArray:
    return array.real**2 + array.imag**2 if array.dtype.kind == "c" else array * array


def _norm(g: RealArray, x: RealArray, y: RealArray, C: Array) -> tuple[RealArray, RealArray, RealArray]:
    """``‖Z(g)‖² - 1``, what Newton's step divides it by (for minus the relative change of ``g²``), and ``d sigma / ds`` if ``g`` is ``sigma``."""
    alpha, beta = (x - g) * (x + g), (y - g) * (y + g)
    scaled, weight = C / np.sqrt(alpha), 1.0 / beta
    if len(x) == 1:
        inner = 1.0 / alpha[0]
        inner_s = x[0] * inner
        image = weight * _squares(scaled[:, 0])
        gram = _sum(image)
    else:
        one, two = scaled[:, 0], scaled[:, 1]
        first, second = _sum(weight * _squares(one)), _sum(weight * _squares(two))
        mixed = _sum(weight * np.conj(one) * two)
        half, across = 0.5 * (first - second), np.abs(mixed)
        apart = np.hypot(half, across)
        gram = 0.5 * (first + second) + apart
        lean = half / np.maximum(apart, LEAST)
        right = np.array((0.5 * (1.0 + lean), 0.5 * (1.0 - lean)))  # squares of the two entries of the top vector, or both 1/2
        turn = np.where(across > 0, np.conj(mixed) / np.maximum(across, LEAST), 1.0)
        right_alpha = right / alpha
        inner, inner_s = _sum(right_alpha), _sum(right_alpha * x)
        root = np.sqrt(right)
        image = weight * _squares(one * root[0] + two * (turn * root[1]))
    total = np.maximum(_sum(image), LEAST)
    image = image * weight
    outer, outer_s = _sum(image) / total, _sum(image * y) / total
    u = g * g
    bend = u * (inner + outer)
    return u * gram - 1.0, u * gram + bend, g * (inner_s + outer_s) / (1.0 + bend)
