"""The numerical radius ``w(X) = max |v*Xv|/‖v‖²``, rigorously.

Proofs. *vector*: any ``v`` gives a lower bound. *ando*: if ``[[wI + Z, X], [X*, wI − Z]] ⪰ 0`` with Hermitian ``Z``, test it on
``(v, −e^{iθ}v)``: the ``Z`` terms cancel and ``2w‖v‖² >= 2 Re(e^{iθ} v*Xv)`` for every ``θ``. (Ando 1973: such a ``Z`` exists exactly
when ``w(X) <= w``.)
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

import numpy as np
from scipy.optimize import minimize_scalar

from verify.numerics.bounds.factorisation import propose_ando
from verify.numerics.bounds.ladder import (
    DEFAULT_RTOL,
    Bound,
    Side,
    Witness,
    accuracy_bits,
    nice_value,
    require_square,
    rungs_above,
    vector_json,
    with_factor,
)
from verify.numerics.bounds.rounding import dyadic_matrix, integer_vector, null_space, null_vector, scaled_floats, sqrt_above, sqrt_below
from verify.numerics.enclosure import Enclosure
from verify.numerics.exact import GaussianRational, RationalMatrix, rational_text
from verify.numerics.gaussian import real_part
from verify.numerics.positivity import PsdProof, certify_psd

__all__ = ["ando_above", "numerical_radius", "propose_numerical_radius", "verify_ando"]

FAST_ORDER = 3
"""Above this order floats propose first."""
CRITICAL_BITS = 100
"""At ``w = w(X)`` cyclic reduction loses half the digits: ``Z`` is then known to about half as many bits."""


def numerical_radius(matrix: RationalMatrix, side: Side = "both", rtol: Fraction = DEFAULT_RTOL, target: Fraction | None = None) -> Enclosure:
    """``w(X)`` of a square matrix.

    Guarantee: rigorous (exact); both sides finite. Witnesses ``vector`` (lower) and ``ando`` (upper).
    """
    require_square(matrix, "a numerical radius")
    rtol = Fraction(rtol)
    if matrix == RationalMatrix.zeros(*matrix.shape):
        return Enclosure(Fraction(0), Fraction(0), upper_witness={"by": "ando", "value": "0", "matrix": matrix.to_json()})
    estimate, vector = propose_numerical_radius(matrix)
    lower: Bound = (Fraction(0), None)
    upper: Bound = (math.inf, None)
    if side != "lower":
        upper = ando_above(matrix, estimate, rtol, target)
    if side != "upper":
        lower = _below(matrix, vector, {nice_value(estimate), target})
    return Enclosure(lower[0], upper[0], lower_witness=lower[1], upper_witness=upper[1])


# -- proposals ----------------------------------------------------------------------------------------------------------


def propose_numerical_radius(matrix: RationalMatrix) -> tuple[Fraction, RationalMatrix | None]:
    """An estimate of ``w(X) = max_θ λ_max(Re e^{−iθ}X)`` and its vector; floats, never trusted."""
    array, exponent = scaled_floats(matrix)

    def tilted(angle: np.ndarray) -> np.ndarray:
        turned = np.exp(-1j * angle)[..., None, None] * array
        return (turned + np.conj(np.swapaxes(turned, -1, -2))) / 2

    angles = np.linspace(-math.pi, math.pi, 8 * len(array) + 17)
    step = angles[1] - angles[0]
    if not np.iscomplexobj(array):  # w(θ) = w(−θ); and where no entry is negative, |v*Xv| <= |v|*X|v|, so that θ = 0 is best
        angles = angles[angles >= -step / 2] if (array < 0).any() else np.zeros(1)
    tops = np.linalg.eigvalsh(tilted(angles))[:, -1]
    best = (float(tops[-1]), float(angles[-1]))
    for index in _summits(tops)[:4] if len(angles) > 1 else ():
        found = minimize_scalar(
            lambda x: -np.linalg.eigvalsh(tilted(np.array(x)))[-1],
            bounds=(angles[index] - step, angles[index] + step),
            method="bounded",
            options={"xatol": 1e-9},
        )
        best = max(best, (float(tops[index]), float(angles[index])), (-float(found.fun), float(found.x)))
    if best[0] <= np.linalg.eigvalsh(tilted(np.array(0.0)))[-1] * (1 + 1e-13):
        best = (float(np.linalg.eigvalsh(tilted(np.array(0.0)))[-1]), 0.0)
    vector = np.linalg.eigh(tilted(np.array(best[1])))[1][:, -1]
    if matrix.is_real and best[1] == 0:
        vector = np.real(vector / vector[np.argmax(abs(vector))])
    return Fraction(best[0]) * Fraction(2) ** exponent, integer_vector(vector, 30)


def _summits(tops: np.ndarray) -> np.ndarray:
    """Local maxima, the highest first; an end counts with the one neighbour that it has."""
    padded = np.concatenate([[-math.inf], tops, [-math.inf]])
    local = np.flatnonzero((tops >= padded[:-2]) & (tops >= padded[2:]))
    return local[np.argsort(-tops[local], kind="stable")]


def propose_certificates(matrix: RationalMatrix, w: Fraction, estimate: Fraction, rtol: Fraction) -> Iterator[RationalMatrix]:
    """Candidates for ``Z``: nothing (enough if ``‖X‖ <= w``), the solution between the estimate and ``w``, or at equality
    one with short entries.
    """
    yield RationalMatrix.zeros(*matrix.shape)
    gap = (w - estimate) / estimate if estimate > 0 else Fraction(1)
    scale = max(0, -(w.numerator.bit_length() - w.denominator.bit_length()))
    bits, between = accuracy_bits(min(max(gap, Fraction(0)), Fraction(1, 8))) + scale + 16, w - (w - estimate) / 2
    if gap > Fraction(1, 1 << 40) and matrix.shape[0] > FAST_ORDER:
        yield from _present(propose_ando(matrix, between, bits, fast=True))
    if gap > Fraction(1, 1 << 44):
        yield from _present(propose_ando(matrix, between, bits))
    if abs(gap) < Fraction(1, 1 << 20):
        yield from _present(propose_on_face(matrix, w))


def propose_on_face(matrix: RationalMatrix, w: Fraction) -> RationalMatrix | None:
    """A candidate for ``w = w(X)`` exactly, where the inequality is singular and rounding a solution would leave the cone.

    If ``(2wI ∓ (X + X*))v = 0`` then the block matrix must annihilate ``(v, ∓v)``: ``Zv = ±Xv − wv``. A rounded solution in the interior
    of the face is corrected to satisfy ``ZV = B`` exactly: with ``G = (V*V)^{-1}``, ``U = B − ZV``, add ``UGV* + VGU* − VG(V*U)GV*``.
    """
    z = propose_ando(matrix, w * (1 + Fraction(1, 1 << CRITICAL_BITS)), CRITICAL_BITS)
    if z is None:
        return None
    z = dyadic_matrix(z.to_numpy(), 40 + max(0, w.denominator.bit_length() - w.numerator.bit_length()))
    double, disc = matrix + matrix.adjoint(), RationalMatrix.identity(matrix.shape[0]) * w
    kernels = [(null_space(disc * 2 - double * sign), matrix * sign - disc) for sign in (1, -1)]
    pairs = [(kernel, image * kernel) for kernel, image in kernels if kernel is not None]
    if z is None or not pairs:
        return z
    v, b = (RationalMatrix.blocks([[pair[k] for pair in pairs]]) for k in (0, 1))
    g, u = (v.adjoint() * v).inverse() * v.adjoint(), b - z * v
    return z + u * g + g.adjoint() * u.adjoint() - g.adjoint() * (v.adjoint() * u) * g


def _present(z: RationalMatrix | None) -> list[RationalMatrix]:
    return [] if z is None else [z]


# -- verified sides -----------------------------------------------------------------------------------------------------


def verify_ando(matrix: RationalMatrix, w: Fraction, z: RationalMatrix) -> PsdProof:
    """Is ``[[wI + Z, X], [X*, wI − Z]] ⪰ 0``? (Exact; ``z`` must be Hermitian.)"""
    disc = RationalMatrix.identity(matrix.shape[0]) * w
    return certify_psd(RationalMatrix.blocks([[disc + z, matrix], [matrix.adjoint(), disc - z]]))


def prove_ando(matrix: RationalMatrix, w: Fraction, estimate: Fraction, rtol: Fraction = DEFAULT_RTOL) -> Witness | None:
    """The ``ando`` record of ``w(X) <= w``, or None if no candidate ``Z`` passes."""
    for z in propose_certificates(matrix, w, estimate, rtol):
        proof = verify_ando(matrix, w, z) if z.is_hermitian else PsdProof(None)
        if proof.holds is True:
            return with_factor({"by": "ando", "value": rational_text(w), "matrix": z.to_json()}, proof)
    return None


def ando_above(matrix: RationalMatrix, estimate: Fraction, rtol: Fraction, target: Fraction | None = None) -> Bound:
    """The first rung above the estimate that is proved; the Frobenius norm is the last resort (``Z = 0`` always proves it)."""
    frobenius = sqrt_above(real_part((matrix.adjoint() * matrix).trace()))
    for w in (*rungs_above(estimate, rtol, target), frobenius):
        witness = prove_ando(matrix, w, estimate, rtol) if w > 0 else None
        if witness is not None:
            return w, witness
    return frobenius, None


def _below(matrix: RationalMatrix, vector: RationalMatrix | None, guesses: set[Fraction | None]) -> tuple[Fraction, Witness | None]:
    order = matrix.shape[0]
    candidates = [RationalMatrix.column([int(i == k) for i in range(order)]) for k in range(order)] + ([vector] if vector is not None else [])
    double = matrix + matrix.adjoint()
    for equal in (guess for guess in guesses if guess is not None):
        exact = [null_vector(RationalMatrix.identity(order) * (2 * sign * equal) - double) for sign in (1, -1)]
        candidates += [v for v in exact if v is not None]
    square, best = max(((verify_quotient(matrix, v), v) for v in candidates), key=lambda pair: pair[0])
    value = sqrt_below(square)
    return value, {"by": "vector", "vector": vector_json(best), "value": rational_text(value)}


def verify_quotient(matrix: RationalMatrix, vector: RationalMatrix) -> Fraction:
    """``(|v*Xv|/‖v‖²)²`` exactly."""
    length = real_part((vector.adjoint() * vector).trace())
    return GaussianRational.of((vector.adjoint() * matrix * vector).trace()).abs_squared / (length * length)
