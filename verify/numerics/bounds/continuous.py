"""The continuous-time Kreiss constant ``sup_{Re z>0} Re z ‖(zI − G)^{-1}‖``, rigorously from both sides.

As in :mod:`kreiss`, with lines for circles and the numerical abscissa ``ω(G) = λ_max((G + G*)/2)`` for the numerical radius less one.
"""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np

from verify.numerics.bounds.boundary import HalfPlane, ResolventSearch
from verify.numerics.bounds.defective import prove_defective
from verify.numerics.bounds.fine import fine_plan
from verify.numerics.bounds.hermitian import largest_eigenvalue
from verify.numerics.bounds.kreiss import KREISS_RTOL, ONE
from verify.numerics.bounds.ladder import FLOAT_RTOL, Bound, Side, Witness, require_square, vector_json, z_json
from verify.numerics.bounds.point import points_below
from verify.numerics.bounds.rounding import is_moderate, null_vector
from verify.numerics.bounds.similarity import prove_continuous_similarity
from verify.numerics.bounds.spectral import prove_unstable
from verify.numerics.bounds.sweep import Tail, plan, prove_sweep
from verify.numerics.enclosure import Enclosure
from verify.numerics.exact import GaussianRational, RationalMatrix, shifted
from verify.numerics.gaussian import to_float

__all__ = ["continuous_kreiss_constant"]


def continuous_kreiss_constant(matrix: RationalMatrix, side: Side = "both", rtol: Fraction = KREISS_RTOL, target: Fraction | None = None) -> Enclosure:
    """``K_c(G)`` of a square matrix; ``+infinity`` where an eigenvalue with positive real part is proved.

    Guarantee: rigorous, as :func:`kreiss_constant`. Witnesses ``point``, ``one``; ``lines``, ``similarity``. An infinite value has a
    witness only if a rational unstable eigenvalue was found. With spectral abscissa 0 the upper end is ``+infinity`` unless a similarity
    proves otherwise.
    """
    require_square(matrix, "a Kreiss constant")
    if not is_moderate(matrix):
        return Enclosure(Fraction(1), math.inf, lower_witness=ONE)
    rtol, half = Fraction(rtol), (matrix + matrix.adjoint()) / 2
    abscissa = largest_eigenvalue(half, "upper", target=Fraction(0))
    if abscissa.upper <= 0:
        found = prove_continuous_similarity(matrix)
        return Enclosure(Fraction(1), Fraction(1), lower_witness=ONE, upper_witness=None if found is None or found[0] != 1 else found[1])
    values = np.linalg.eigvals(matrix.to_numpy())
    distance = -float(values.real.max())
    if distance < 0 and (unstable := prove_growing(matrix, values)) is not None:
        return Enclosure(math.inf, math.inf, lower_witness=unstable or None)
    if (defective := prove_defective(matrix, continuous=True)) is not None:
        return Enclosure(math.inf, math.inf, lower_witness=defective)
    lower, upper = _sides(matrix, half, distance, side, rtol, target)
    return Enclosure(lower[0], upper[0], lower_witness=lower[1], upper_witness=upper[1])


def _sides(matrix: RationalMatrix, half: RationalMatrix, distance: float, side: Side, rtol: Fraction, target: Fraction | None) -> tuple[Bound, Bound]:
    search, tail = ResolventSearch(matrix, HalfPlane()), _tail(half)
    wanted = None if target is None or side == "lower" else to_float(target)
    with np.errstate(all="ignore"):
        sweep = plan(search, max(distance, 0.0), float(tail.excess), float(max(rtol, FLOAT_RTOL)), wanted)
        fine = fine_plan(search, sweep.nodes, rtol)
        lower: Bound = (Fraction(1), ONE)
        upper: Bound = (math.inf, None)
        if side != "upper":
            lower = max([lower, *points_below(search, sweep, rtol, target, fine.points)], key=lambda bound: bound[0])
        if side != "lower":
            upper = prove_sweep(search, fine.nodes, tail, rtol, target) or prove_continuous_similarity(matrix) or upper
    return lower, upper


def _tail(half: RationalMatrix) -> Tail:
    found = largest_eigenvalue(half, "upper", Fraction(1, 10**6))
    record = found.upper_witness or {}
    return Tail(Fraction(found.upper), {"w": str(found.upper), **({"factor": record["factor"]} if "factor" in record else {})})


def prove_growing(matrix: RationalMatrix, values: np.ndarray) -> Witness | None:
    """Evidence of an eigenvalue with positive real part: a ``point`` record if it is rational, an empty record if only its existence was
    verified, else None.

    Existence: for ``c > 0`` the Cayley transform ``W = (cI + X)(cI − X)^{-1}``, formed exactly, has ``|w| > 1`` exactly where ``Re λ > 0``.
    """
    top = values[int(np.argmax(values.real))]
    short = [Fraction(float(x)).limit_denominator(1 << 16) for x in (top.real, top.imag)]
    if short[0] > 0 and abs(complex(short[0], short[1]) - top) <= 1e-12 * abs(top):
        z = GaussianRational(*short)
        vector = null_vector(shifted(matrix, z))
        if vector is not None:
            return {"by": "point", "z": z_json(z), "vector": vector_json(vector)}
    c = Fraction(float(abs(top))).limit_denominator(1 << 20) or Fraction(1)
    try:
        transformed = (RationalMatrix.identity(matrix.shape[0]) * c + matrix) * shifted(matrix, c).inverse()
    except ZeroDivisionError:
        return {}
    return None if prove_unstable(transformed) is None else {}
