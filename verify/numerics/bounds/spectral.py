"""The spectral radius, rigorously.

Proofs. *Upper* ``lyapunov``: ``P ≻ 0``, ``t²P − X*PX ⪰ 0``; an eigenvector gives ``(t² − |λ|²) v*Pv >= 0``. *Lower* ``lyapunov``:
``t²S − X*SX ⪰ 0`` and ``u*Su < 0``; were ``ρ < t``, ``S = Σ_k (X*/t)^k (S − X*SX/t²) (X/t)^k`` would be ``⪰ 0``. *eigenvector*:
``Xv = zv`` exactly. Without a witness (the checker knows them too): triangular matrices, real 2×2 matrices; normal matrices have
``ρ = ‖X‖``.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
from scipy.sparse.csgraph import connected_components

from verify.numerics.bounds.factorisation import propose_contraction, propose_stein
from verify.numerics.bounds.ladder import (
    DEFAULT_RTOL,
    FLOAT_RTOL,
    Bound,
    Side,
    Witness,
    accuracy_bits,
    nice_value,
    require_square,
    rungs_above,
    rungs_below,
    vector_json,
    with_factor,
    z_json,
)
from verify.numerics.bounds.precise import eigenpairs, precision
from verify.numerics.bounds.rounding import (
    dyadic,
    dyadic_matrix,
    integer_vector,
    is_moderate,
    null_vector,
    scaled_floats,
    shortened,
    simplest_between,
    sqrt_above,
    sqrt_below,
)
from verify.numerics.bounds.singular import norm
from verify.numerics.enclosure import Enclosure
from verify.numerics.exact import GaussianRational, RationalMatrix, rational_text, shifted
from verify.numerics.gaussian import real_part
from verify.numerics.positivity import PsdProof, certify_psd

__all__ = ["prove_radius_above", "prove_radius_below", "prove_unstable", "spectral_radius"]

CLOSE, PRECISE_BITS = 1e-9, 512
"""Spectral radii this near 1 are looked at with so many bits."""
CONTRACTION_BITS = (100, 400, 1600)
PRECISE_ORDER, DEFECTIVE = 16, 1e5
"""Up to this order, and from this condition number of the eigenvectors on, eigenvalues are proposed in more than double precision."""
STEIN_ORDER = 10
"""Up to this order ``t²S − X*SX = I`` is solved as ``n²`` linear equations."""


def spectral_radius(matrix: RationalMatrix, side: Side = "both", rtol: Fraction = DEFAULT_RTOL, target: Fraction | None = None) -> Enclosure:
    """``ρ(X)`` of a square matrix.

    Guarantee: rigorous (exact). Exact for triangular matrices and in closed form for real 2×2 ones, as ``‖X‖`` for normal ones; else
    Lyapunov inequalities on both sides, or an exact eigenvector. A target that only the diagonal blocks of a reducible matrix attain is
    proved without a witness.
    """
    require_square(matrix, "a spectral radius")
    closed = closed_form(matrix)
    if closed is not None:
        return closed
    if matrix.is_normal():
        return norm(matrix, side, rtol, target)
    if not is_moderate(matrix):
        return Enclosure(Fraction(0), norm(matrix, "upper", rtol).upper)
    values, exponent = propose_eigenvalues(matrix)
    scale = Fraction(2) ** exponent
    estimate = Fraction(float(abs(values).max())) * scale
    if rtol < FLOAT_RTOL:
        estimate = _precise_radius(matrix, accuracy_bits(Fraction(rtol))) or estimate
    lower: Bound = (Fraction(0), None)
    upper: Bound = (math.inf, None)
    if side != "lower":
        upper = _above(matrix, estimate, Fraction(rtol), target)
    if side != "upper":
        lower = _below(matrix, values * float(scale), estimate, Fraction(rtol), target)
    return Enclosure(lower[0], upper[0], lower_witness=lower[1], upper_witness=upper[1])


def closed_form(matrix: RationalMatrix) -> Enclosure | None:
    """Triangular and real 2×2 matrices; None for others."""
    rows, order = matrix.rows(), matrix.shape[0]
    if all(not rows[i][j] for i in range(order) for j in range(i)) or all(not rows[j][i] for i in range(order) for j in range(i)):
        largest = max((GaussianRational.of(rows[i][i]).abs_squared for i in range(order)), default=Fraction(0))
        return Enclosure(sqrt_below(largest), sqrt_above(largest))
    if order != 2 or not matrix.is_real:
        return None
    trace, determinant = real_part(matrix.trace()), real_part(matrix.determinant())
    discriminant = trace * trace - 4 * determinant
    if discriminant < 0:
        return Enclosure(sqrt_below(determinant), sqrt_above(determinant))
    return Enclosure((abs(trace) + sqrt_below(discriminant)) / 2, (abs(trace) + sqrt_above(discriminant)) / 2)


# -- proposals ----------------------------------------------------------------------------------------------------------


def propose_eigenvalues(matrix: RationalMatrix) -> tuple[np.ndarray, int]:
    """``(λ, e)``: the eigenvalues are near ``2^e λ``.

    Floats; but a nearly defective matrix of moderate order is given more digits, since an ``m``-fold defective eigenvalue keeps only
    ``1/m`` of them.
    """
    array, exponent = scaled_floats(matrix)
    values, vectors = np.linalg.eig(array)
    if len(values) <= PRECISE_ORDER and np.linalg.cond(vectors) > DEFECTIVE:
        # More digits may fail on a truly defective matrix; the floats are a proposal all the same.
        with contextlib.suppress(ValueError):
            precise = eigenpairs(matrix * Fraction(2) ** -exponent, 64 + 64 * len(values))[0]
            return np.array([complex(value) for value in precise]), exponent
    return values, exponent


@np.errstate(all="ignore")
def propose_from_eigenvectors(matrix: RationalMatrix, t: Fraction | None, bits: int) -> RationalMatrix | None:
    """``V^{-*} D V^{-1}`` for the matrix ``V`` of eigenvectors: ``D = I``, or -1 where ``|λ| > t``.

    Columns have length near 1 and a largest entry that is a power of 2, so that rational eigenvectors give a rational form.
    """
    array, exponent = scaled_floats(matrix)
    values, vectors = np.linalg.eig(array)
    pivots = vectors[np.argmax(abs(vectors), axis=0), np.arange(len(values))]
    vectors = vectors / pivots * 2.0 ** np.round(np.log2(abs(pivots)))
    try:
        inverse = np.linalg.inv(vectors)
    except np.linalg.LinAlgError:
        return None
    signs = np.ones(len(values)) if t is None else np.where(abs(values) > float(t / Fraction(2) ** exponent), -1.0, 1.0)
    form = (inverse.conj().T * signs) @ inverse
    form = form.real if matrix.is_real else form
    return dyadic_matrix(form / abs(form).max(), bits) if np.isfinite(form).all() else None


def propose_contractions(matrix: RationalMatrix, t: Fraction, estimate: Fraction) -> Iterator[RationalMatrix]:
    """Candidates for ``P``."""
    candidate = propose_from_eigenvectors(matrix, None, 80)
    if candidate is not None:
        yield candidate
        if t <= estimate * (1 + Fraction(1, 1 << 40)):
            yield shortened(candidate, Fraction(1, 1 << 34))
    if t > estimate:
        for bits in CONTRACTION_BITS:
            candidate = propose_contraction(matrix, (t + estimate) / 2, bits)
            if candidate is not None:
                yield candidate


def propose_expansions(matrix: RationalMatrix, t: Fraction) -> Iterator[tuple[RationalMatrix, RationalMatrix]]:
    """Candidates for ``(S, u)``."""
    makers: list[Callable[[], RationalMatrix | None]] = [lambda: propose_from_eigenvectors(matrix, t, 80)]
    if matrix.shape[0] <= STEIN_ORDER:
        makers += [lambda: propose_stein(matrix, t, 100), lambda: propose_stein(matrix, t, 400)]
    for form in (make() for make in makers):
        vector = None if form is None else integer_vector(np.linalg.eigh(form.to_numpy())[1][:, 0], 40)
        if form is not None and vector is not None:
            yield form, vector


# -- verified inequalities --------------------------------------------------------------------------------------------


def verify_above(matrix: RationalMatrix, t: Fraction, p: RationalMatrix) -> tuple[PsdProof, PsdProof]:
    """Is ``t²P − X*PX ⪰ 0``, and ``P ≻ 0``? (Exact.)"""
    if not p.is_hermitian:
        return PsdProof(None), PsdProof(None)
    first = certify_psd(p * (t * t) - matrix.adjoint() * p * matrix)
    return first, certify_psd(p, strict=True) if first.holds else PsdProof(None)


def verify_below(matrix: RationalMatrix, t: Fraction, s: RationalMatrix, u: RationalMatrix) -> PsdProof:
    """Is ``t²S − X*SX ⪰ 0`` and ``u*Su < 0``? (Exact.)"""
    if not s.is_hermitian or real_part((u.adjoint() * s * u).trace()) >= 0:
        return PsdProof(False)
    return certify_psd(s * (t * t) - matrix.adjoint() * s * matrix)


def prove_radius_below(matrix: RationalMatrix, t: Fraction, estimate: Fraction) -> Witness | None:
    """A ``gram`` or ``lyapunov`` record of ``ρ(X) <= t``."""
    identity = RationalMatrix.identity(matrix.shape[0])
    gram = certify_psd(identity * (t * t) - matrix.adjoint() * matrix)
    if gram.holds is True:
        return with_factor({"by": "gram", "value": rational_text(t)}, gram)
    for p in propose_contractions(matrix, t, estimate):
        proof, proof_p = verify_above(matrix, t, p)
        if proof.holds is True and proof_p.holds is True:
            record = {"by": "lyapunov", "value": rational_text(t), "matrix": p.to_json()}
            return with_factor(with_factor(record, proof), proof_p, "factor_p")
    return None


def prove_radius_above(matrix: RationalMatrix, t: Fraction) -> Witness | None:
    """A ``lyapunov`` record of ``ρ(X) >= t``."""
    for s, u in propose_expansions(matrix, t):
        proof = verify_below(matrix, t, s, u)
        if proof.holds is True:
            return with_factor({"by": "lyapunov", "value": rational_text(t), "matrix": s.to_json(), "vector": vector_json(u)}, proof)
    return None


def prove_unstable(matrix: RationalMatrix) -> Witness | None:
    """A ``radius`` record of ``ρ(X) > 1``, or None."""
    values, exponent = propose_eigenvalues(matrix)
    above = {Fraction(float(x)) for x in abs(values) * 2.0**exponent if 1 < x < math.inf}
    if len(values) <= PRECISE_ORDER and abs(float(abs(values).max()) * 2.0**exponent - 1) <= CLOSE:
        above |= set(_precise_moduli(matrix))
    gaps = sorted(pairwise(sorted({Fraction(1), *above})), key=lambda pair: pair[0] / pair[1])
    for low, high in gaps[:3]:
        third = (high - low) / 3
        t = simplest_between(Fraction(low) + third, Fraction(high) - third)
        witness = prove_radius_above(matrix, t) if t > 1 else None
        if witness is not None:
            return {**witness, "by": "radius"}
    return None


def _precise_moduli(matrix: RationalMatrix) -> list[Fraction]:
    """Moduli beyond 1 by more than ``2^-PRECISE_BITS/2``, where floats cannot tell them from 1."""
    with contextlib.suppress(ValueError), precision(PRECISE_BITS):
        moduli = [dyadic(abs(value).mid(), PRECISE_BITS) for value in eigenpairs(matrix, PRECISE_BITS)[0]]
        return [x for x in moduli if x > 1 + Fraction(1, 2 ** (PRECISE_BITS // 2))]
    return []


def _precise_radius(matrix: RationalMatrix, bits: int) -> Fraction | None:
    with contextlib.suppress(ValueError), precision(2 * bits + 64):
        return max(dyadic(abs(value).mid(), bits + 64) for value in eigenpairs(matrix, 2 * bits + 64)[0])
    return None


def _above(matrix: RationalMatrix, estimate: Fraction, rtol: Fraction, target: Fraction | None) -> Bound:
    for t in (t for t in rungs_above(estimate, rtol, target) if t >= 0):
        witness = prove_radius_below(matrix, t, estimate)
        if witness is not None:
            return t, witness
        if t == target and (blocks := _by_blocks(matrix, target)) is not None and blocks.upper <= target:
            return target, None
    fallback = norm(matrix, "upper", rtol)
    return fallback.upper, fallback.upper_witness  # type: ignore[return-value]


def _below(matrix: RationalMatrix, values: np.ndarray, estimate: Fraction, rtol: Fraction, target: Fraction | None) -> tuple[Fraction, Witness | None]:
    exact = _exact_eigenpair(matrix, values)
    if exact is not None:
        return exact
    for t in (t for t in rungs_below(estimate, rtol, target) if t > 0):
        witness = prove_radius_above(matrix, t)
        if witness is not None:
            return t, witness
    order = matrix.shape[0]
    return sqrt_below(GaussianRational.of(matrix.trace()).abs_squared) / order, None


def _exact_eigenpair(matrix: RationalMatrix, values: np.ndarray) -> tuple[Fraction, Witness] | None:
    """A rational eigenvalue of largest modulus (among those that floats suggest), with an exact eigenvector."""
    largest = abs(values).max()
    for value in values[abs(values) >= largest * (1 - 1e-12)]:
        parts = [Fraction(0) if abs(x) <= 1e-13 * largest else nice_value(Fraction(abs(float(x)))) for x in (value.real, value.imag)]
        if parts[0] is None or parts[1] is None:
            continue
        z = GaussianRational(_signed(parts[0], value.real), _signed(parts[1], value.imag))
        vector = null_vector(shifted(matrix, z))
        if vector is not None:
            modulus = sqrt_below(z.abs_squared)
            return modulus, {"by": "eigenvector", "value": rational_text(modulus), "z": z_json(z), "vector": vector_json(vector)}
    return None


def _signed(magnitude: Fraction, like: float) -> Fraction:
    return -magnitude if like < 0 else magnitude


def _by_blocks(matrix: RationalMatrix, target: Fraction) -> Enclosure | None:
    """The largest spectral radius of the diagonal blocks of a reducible matrix; None if it is irreducible.

    Proof: if no entry leads from a later class to an earlier one (checked on the exact zeros), the permuted matrix is block triangular.
    """
    rows, order = matrix.rows(), matrix.shape[0]
    count, labels = connected_components(np.array([[bool(x) for x in row] for row in rows]), directed=True, connection="strong")
    if count == 1:
        return None
    edges = {(int(labels[i]), int(labels[j])) for i in range(order) for j in range(order) if rows[i][j] and labels[i] != labels[j]}
    if not _is_acyclic(edges, count):
        return None
    blocks = [
        RationalMatrix.from_rows([[rows[i][j] for j in members] for i in members])
        for members in ([i for i in range(order) if labels[i] == k] for k in range(count))
    ]
    found = [spectral_radius(block, "upper", target=target) for block in blocks]
    return replace(found[0], lower=Fraction(0), upper=max(enclosure.upper for enclosure in found), lower_witness=None, upper_witness=None)


def _is_acyclic(edges: set[tuple[int, int]], count: int) -> bool:
    """Remove sources until nothing is left."""
    left = set(range(count))
    while left:
        sources = {k for k in left if not any(j == k for i, j in edges if i in left)}
        if not sources:
            return False
        left -= sources
    return True
