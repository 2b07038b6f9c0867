"""``min √cond(P)`` over ``P ≻ 0`` with ``X*PX ⪯ P``, and the noise gain ``‖Σ_t (X^t)*X^t‖``, rigorously.

*Similarity bound.* Above: any verified ``P`` (:mod:`similarity`). Below, *dual*: matrices ``V, Z ⪰ 0`` with ``Y = V + Z − XZX* ⪰ 0`` prove
``cond(P) >= tr V / tr Y`` for every admissible ``P``, since ``λ_min(P) tr V <= tr PV + tr Z(P − X*PX) = tr PY <= λ_max(P) tr Y``. ``V`` and
``Z`` are products ``FF*`` of dyadic matrices, hence positive by their form; ``Y ⪰ 0`` is verified exactly.

*Noise gain.* If ``P̃ ≻ 0`` and ``lI ⪯ P̃ − X*P̃X ⪯ uI`` with ``l > 0`` then ``ρ(X) < 1``, and summing ``X*^t(P̃ − X*P̃X)X^t`` over ``t`` gives
``l Σ ⪯ P̃ ⪯ u Σ`` for ``Σ = Σ_t (X^t)*X^t``: so ``‖P̃‖/u <= ‖Σ‖ <= ‖P̃‖/l``. All inequalities are exact.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np

from verify.numerics.bounds.factorisation import propose_contraction
from verify.numerics.bounds.hermitian import largest_eigenvalue, smallest_eigenvalue
from verify.numerics.bounds.ladder import DEFAULT_RTOL, Bound, Side, Witness, accuracy_bits, require_square, with_factor
from verify.numerics.bounds.rounding import above_root, dyadic_matrix, is_moderate, sqrt_below
from verify.numerics.bounds.similarity import prove_similarity, verify_similarity
from verify.numerics.bounds.singular import norm
from verify.numerics.bounds.spectral import prove_radius_above, prove_unstable
from verify.numerics.enclosure import Enclosure
from verify.numerics.exact import RationalMatrix, rational_text
from verify.numerics.gaussian import real_part
from verify.numerics.positivity import PsdProof, certify_psd
from verify.numerics.similarity import SimilarityBound
from verify.numerics.similarity import similarity_bound as propose_similarity_bound

__all__ = ["noise_gain", "similarity_bound", "verify_dual"]

SIMILARITY_RTOL = Fraction(1, 20)
BITS = 100
ROOM = (2.0**-36, 2.0**-28, 2.0**-18)
"""What a float ``P`` gives away, in turn, so that its rounding can be verified."""
REPAIRS = (2.0**-40, 2.0**-32, 2.0**-22, 2.0**-14)
LARGE_ORDER = 40
"""Above this order the dear proposals of :mod:`similarity` are not tried where the optimised one was verified."""


def similarity_bound(matrix: RationalMatrix, side: Side = "both", rtol: Fraction = SIMILARITY_RTOL) -> Enclosure:
    """``min √cond(P)`` over ``P ≻ 0`` with ``X*PX ⪯ P``; ``+infinity`` where ``ρ(X) > 1`` is proved. Its upper end bounds the transient peak.

    Guarantee: rigorous (exact). ``rtol``: the relative width aimed at; with a huge condition number (beyond ``1e12`` or so) floats propose badly and
    the enclosure is wider. Witness ``similarity`` (upper); the lower end has none.
    """
    require_square(matrix, "a similarity bound")
    identity = RationalMatrix.identity(matrix.shape[0])
    proofs = verify_similarity(matrix, identity, Fraction(1), continuous=False) if propose_norm_at_most_one(matrix) else ()
    if proofs and all(proof.holds is True for proof in proofs):
        return Enclosure(Fraction(1), Fraction(1), upper_witness=_similarity_record(identity, Fraction(1), proofs))
    if not is_moderate(matrix):
        return Enclosure(Fraction(1), math.inf)
    if prove_unstable(matrix) is not None:
        return Enclosure(math.inf, math.inf)
    proposal = propose_similarity_bound(matrix.to_numpy(), max(float(rtol), 1e-3))
    upper: Bound = (math.inf, None)
    lower = Fraction(1)
    if side != "lower":
        upper = prove_form(matrix, proposal) or upper
        if upper[0] == math.inf or (proposal.label == "local" and matrix.shape[0] <= LARGE_ORDER):
            upper = min(upper, prove_similarity(matrix) or upper, key=lambda bound: bound[0])
    if side != "upper" and proposal.dual is not None:
        lower = max(lower, *(verify_dual(matrix, *pair) for pair in propose_duals(*proposal.dual)))
    return Enclosure(lower, upper[0], upper_witness=upper[1])


def prove_form(matrix: RationalMatrix, proposal: SimilarityBound) -> Bound | None:
    """The optimised ``P``, rounded to dyadics, with its ``similarity`` record; None if it could not be verified."""
    if proposal.P is None or not np.isfinite(proposal.P).all():
        return None
    for room in ROOM:
        form = dyadic_matrix(proposal.P * (1 + room), BITS)
        top = float(np.linalg.eigvalsh(proposal.P)[-1]) * (1 + 4 * room)
        if form is None or not 1 <= top < math.inf:
            return None
        s = above_root(Fraction(top))
        proofs = verify_similarity(matrix, form, s, continuous=False)
        if all(proof.holds is True for proof in proofs):
            return s, _similarity_record(form, s, proofs)
    return None


def propose_norm_at_most_one(matrix: RationalMatrix) -> bool:
    """Whether ``‖X‖ <= 1`` is worth trying, by floats."""
    return is_moderate(matrix) and float(np.linalg.norm(matrix.to_numpy(), 2)) <= 1 + 1e-12


def _similarity_record(form: RationalMatrix, s: Fraction, proofs: Sequence[PsdProof]) -> Witness:
    record = {"by": "similarity", "value": rational_text(s), "matrix": form.to_json()}
    return with_factor(with_factor(with_factor(record, proofs[0]), proofs[1], "factor_lower"), proofs[2], "factor_upper")


def propose_duals(first: np.ndarray, second: np.ndarray) -> Iterator[tuple[RationalMatrix, RationalMatrix]]:
    """Dyadic ``(V, Z)`` near a float dual point, with growing multiples of the identity added to ``V`` for its rounding."""
    scale = float(np.trace(first).real)
    if not 0 < scale < math.inf:
        return
    roots = [_root(first / scale), _root(second / scale)]
    if roots[0] is None or roots[1] is None:
        return
    identity = RationalMatrix.identity(len(first))
    for repair in REPAIRS:
        yield roots[0] * roots[0].adjoint() + identity * Fraction(repair), roots[1] * roots[1].adjoint()


def verify_dual(matrix: RationalMatrix, v: RationalMatrix, z: RationalMatrix) -> Fraction:
    """The bound ``√(tr V / tr Y)`` that positive ``V`` and ``Z`` prove, 1 if ``Y`` is not positive (exact). ``V, Z ⪰ 0`` is the caller's."""
    y = v + z - matrix * z * matrix.adjoint()
    top, bottom = real_part(v.trace()), real_part(y.trace())
    if not 0 < bottom < top or certify_psd(y).holds is not True:
        return Fraction(1)
    return sqrt_below(top / bottom)


def _root(array: np.ndarray) -> RationalMatrix | None:
    """A dyadic ``F`` with ``FF*`` near the array."""
    w, vectors = np.linalg.eigh(array)
    factor = vectors * np.sqrt(np.maximum(w, 0.0))
    return RationalMatrix.from_floats(factor) if np.isfinite(factor).all() else None


def noise_gain(matrix: RationalMatrix, rtol: Fraction = DEFAULT_RTOL) -> Enclosure:
    """``‖Σ_{t>=0} (X^t)*X^t‖``; ``+infinity`` where ``ρ(X) >= 1`` is proved.

    Guarantee: rigorous (exact), no witness. ``[1, +infinity]`` where neither stability nor instability could be proved.
    """
    require_square(matrix, "a noise gain")
    rtol = Fraction(rtol)
    if not is_moderate(matrix):
        return Enclosure(Fraction(1), math.inf)
    if prove_unstable(matrix) is not None or prove_radius_above(matrix, Fraction(1)) is not None:
        return Enclosure(math.inf, math.inf)
    for bits in (accuracy_bits(rtol) + 40, 2 * accuracy_bits(rtol) + 200, 800):
        form = propose_contraction(matrix, Fraction(1), bits)
        if form is None:
            continue
        decay = form - matrix.adjoint() * form * matrix
        low = smallest_eigenvalue(decay, "lower", rtol / 8).lower
        if low <= 0 or certify_psd(form, strict=True).holds is not True:
            continue
        high, size = largest_eigenvalue(decay, "upper", rtol / 8).upper, norm(form, rtol=rtol / 8)
        found = Enclosure(max(Fraction(1), size.lower / high), size.upper / low)
        if found.upper <= found.lower * (1 + rtol) or bits >= 800:
            return found
    return Enclosure(Fraction(1), math.inf)
