"""The transient peak ``sup_{t>=0} ‖X^t‖``, rigorously.

Proofs. *powers*: if ``‖X^m‖ <= 1`` and ``‖X^t‖ <= s`` for ``t < m`` then ``‖X^{km+t}‖ <= ‖X^m‖^k ‖X^t‖ <= s``. *similarity*:
:mod:`similarity`. *power*: one ``t``, one vector.
"""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np

from verify.numerics.bounds.defective import prove_defective
from verify.numerics.bounds.ladder import DEFAULT_RTOL, Bound, Side, require_square, rungs_above
from verify.numerics.bounds.rounding import is_moderate
from verify.numerics.bounds.similarity import prove_similarity
from verify.numerics.bounds.singular import norm
from verify.numerics.bounds.spectral import prove_unstable
from verify.numerics.enclosure import Enclosure
from verify.numerics.exact import RationalMatrix, rational_text
from verify.numerics.positivity import certify_psd

__all__ = ["transient_peak"]

MAX_WORK = 15 * 10**7
"""A *powers* record takes ``m`` exact gram tests of order ``n`` with growing entries; its ``m² n³ bits`` is at most this."""
MAX_BITS = 40_000
"""Powers whose entries would be longer than this are not formed exactly, …"""
HORIZON = 4000
"""… nor powers beyond this one."""


def transient_peak(matrix: RationalMatrix, side: Side = "both", rtol: Fraction = DEFAULT_RTOL, target: Fraction | None = None) -> Enclosure:
    """``sup_{t>=0} ‖X^t‖`` of a square matrix; ``+infinity`` where ``ρ(X) > 1`` or a defective unimodular eigenvalue is proved.

    Guarantee: rigorous (exact). Tight where the powers fall below 1 soon enough to be formed exactly; else the upper end is the (loose)
    bound of a similarity, or infinite. Witnesses ``power``, ``one``, ``radius``, ``defective``; ``powers``, ``similarity``.
    """
    require_square(matrix, "a transient peak")
    if not is_moderate(matrix):
        return Enclosure(Fraction(1), math.inf, lower_witness={"by": "one"})
    rtol, longest = Fraction(rtol), max(1, min(HORIZON, MAX_BITS // _bits(matrix)))
    unstable = prove_unstable(matrix) or prove_defective(matrix)
    if unstable is not None:
        return Enclosure(math.inf, math.inf, lower_witness=unstable)
    heights = propose_heights(matrix, longest)
    lower: Bound = (Fraction(1), {"by": "one"})
    upper: Bound = (math.inf, None)
    if side != "lower":
        upper = _above(matrix, heights, rtol, target)
    if side != "upper":
        lower = max(lower, _below(matrix, heights, rtol, target), key=lambda pair: pair[0])
    return Enclosure(lower[0], upper[0], lower_witness=lower[1], upper_witness=upper[1])


@np.errstate(all="ignore")
def propose_heights(matrix: RationalMatrix, longest: int) -> list[float]:
    """``‖X^t‖`` in floats for ``t = 0, 1, …, longest``, or until it is at most 1 for the first time."""
    array, power, heights = matrix.to_numpy(), np.eye(matrix.shape[0]), [1.0]
    while len(heights) <= longest:
        power = power @ array
        height = float(np.linalg.norm(power, 2)) if np.isfinite(power).all() else math.inf
        heights.append(height)
        if height <= 1 + 1e-13 or not height < 1e150:
            break
    return heights


def verify_powers(matrix: RationalMatrix, m: int, s: Fraction) -> bool:
    """Is ``‖X^t‖ <= s`` for ``0 <= t < m``, and ``‖X^m‖ <= 1``? (Exact.)"""
    identity, power = RationalMatrix.identity(matrix.shape[0]), matrix
    for t in range(1, m + 1):
        bound = s if t < m else Fraction(1)
        if certify_psd(identity * (bound * bound) - power.adjoint() * power).holds is not True:
            return False
        power = power * matrix if t < m else power
    return s >= 1


def _above(matrix: RationalMatrix, heights: list[float], rtol: Fraction, target: Fraction | None) -> Bound:
    m = len(heights) - 1
    if m * m * matrix.shape[0] ** 3 * _bits(matrix) <= MAX_WORK and heights[-1] <= 1 + 1e-12:
        top = max(heights[:-1])
        rungs = [Fraction(1)] if top == 1 else [s for s in rungs_above(Fraction(top), rtol, target) if s >= 1]
        for s in rungs:
            if verify_powers(matrix, m, s):
                return s, {"by": "powers", "value": rational_text(s), "m": m}
    return prove_similarity(matrix) or (math.inf, None)


def _below(matrix: RationalMatrix, heights: list[float], rtol: Fraction, target: Fraction | None) -> Bound:
    t = int(np.argmax(heights))
    found = norm(matrix.power(t), "lower", rtol, target)
    record = found.lower_witness
    return found.lower, None if record is None else {**record, "by": "power", "t": t}


def _bits(matrix: RationalMatrix) -> int:
    """How much longer an entry grows by one multiplication."""
    parts = [part for part in (matrix.re, matrix.im) if part is not None]
    return max(
        [int(part.numer_denom()[1]).bit_length() for part in parts] + [int(x).bit_length() for part in parts for x in part.numer_denom()[0].entries()] + [1]
    )
