"""Bounds by a change of norm: ``I ⪯ P ⪯ s²I`` and ``X*PX ⪯ P`` give ``K(X) <= sup_t ‖X^t‖ <= s``.

Proof. ``‖X^t v‖² <= (X^t v)*P(X^t v) <= v*Pv <= s²‖v‖²``, and ``‖R(z)‖ <= Σ_t ‖X^t‖/|z|^{t+1} <= s/(|z| − 1)``. In continuous time
``PX + X*P ⪯ 0`` does the same for ``e^{tX}`` and ``Re z ‖R(z)‖``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from verify.numerics.bounds.factorisation import propose_contraction
from verify.numerics.bounds.ladder import Witness, with_factor
from verify.numerics.bounds.rounding import above_root, shortened
from verify.numerics.bounds.singular import norm
from verify.numerics.bounds.spectral import propose_from_eigenvectors
from verify.numerics.exact import RationalMatrix, rational_text
from verify.numerics.positivity import PsdProof, certify_psd

__all__ = ["prove_continuous_similarity", "prove_similarity", "verify_similarity"]

BITS = 100


def prove_similarity(matrix: RationalMatrix) -> tuple[Fraction, Witness] | None:
    """The least ``s`` found, with its ``similarity`` record; None if no candidate could be verified."""
    return _best(matrix, propose_forms(matrix), continuous=False)


def prove_continuous_similarity(matrix: RationalMatrix) -> tuple[Fraction, Witness] | None:
    """The same for ``e^{tX}``."""
    return _best(matrix, propose_continuous_forms(matrix), continuous=True)


def propose_forms(matrix: RationalMatrix) -> Iterator[RationalMatrix]:
    """Candidates for ``P``, at any scale."""
    yield RationalMatrix.identity(matrix.shape[0])
    eigen = propose_from_eigenvectors(matrix, None, BITS)
    if eigen is not None:
        yield from (eigen, shortened(eigen, Fraction(1, 1 << 34)))
    radius = float(abs(np.linalg.eigvals(matrix.to_numpy())).max())
    for share in (0.0, 0.5, 0.9) if radius < 1 else ():
        stein = propose_contraction(matrix, Fraction(1 - share * (1 - radius)), BITS)
        if stein is not None:
            yield stein


def propose_continuous_forms(matrix: RationalMatrix) -> Iterator[RationalMatrix]:
    """Candidates for ``P`` with ``PX + X*P ⪯ 0``."""
    yield RationalMatrix.identity(matrix.shape[0])
    eigen = propose_from_eigenvectors(matrix, None, BITS)
    if eigen is not None:
        yield from (eigen, shortened(eigen, Fraction(1, 1 << 34)))
    lyapunov = propose_continuous_lyapunov(matrix)
    if lyapunov is not None:
        yield lyapunov


@np.errstate(all="ignore")
def propose_continuous_lyapunov(matrix: RationalMatrix) -> RationalMatrix | None:
    """A ``P`` with ``PX + X*P ≺ 0`` where ``X`` is stable: one that contracts the Cayley transform ``W = (cI + X)(cI − X)^{-1}``, found by doubling.

    For ``x = (cI − X)y`` one has ``x*(W*PW − P)x = 2c y*(X*P + PX)y``.
    """
    array = matrix.to_numpy()
    values = np.linalg.eigvals(array)
    if not values.real.max() < 0:
        return None
    c = Fraction(2) ** math.frexp(math.sqrt(float(abs(values).min() * np.linalg.norm(array, 2))))[1]
    identity = RationalMatrix.identity(matrix.shape[0])
    try:
        inverse = (identity * c - matrix).inverse()
    except ZeroDivisionError:
        return None
    return propose_contraction((identity * c + matrix) * inverse, Fraction(1), BITS)


def verify_similarity(matrix: RationalMatrix, form: RationalMatrix, s: Fraction, continuous: bool) -> tuple[PsdProof, PsdProof, PsdProof]:
    """The proofs of ``P − X*PX ⪰ 0`` (continuous: ``−PX − X*P ⪰ 0``), ``P ⪰ I`` and ``P ⪯ s²I`` (exact)."""
    identity, image = RationalMatrix.identity(matrix.shape[0]), matrix.adjoint() * form
    decay = -(image + image.adjoint()) if continuous else form - image * matrix
    return certify_psd(decay), certify_psd(form - identity), certify_psd(identity * (s * s) - form)


def _best(matrix: RationalMatrix, forms: Iterator[RationalMatrix], continuous: bool) -> tuple[Fraction, Witness] | None:
    best: tuple[Fraction, Witness] | None = None
    for form in forms:
        scaled = _scaled(form) if form.is_hermitian else None
        if scaled is None or (best is not None and scaled[1] >= best[0]):
            continue
        proofs = verify_similarity(matrix, scaled[0], scaled[1], continuous)
        if all(proof.holds is True for proof in proofs):
            record: Witness = {"by": "similarity", "value": rational_text(scaled[1]), "matrix": scaled[0].to_json()}
            best = scaled[1], with_factor(with_factor(with_factor(record, proofs[0]), proofs[1], "factor_lower"), proofs[2], "factor_upper")
    return best


def _scaled(form: RationalMatrix) -> tuple[RationalMatrix, Fraction] | None:
    """``(P, s)`` with ``I ⪯ P ⪯ s²I``: the form divided by its least eigenvalue ``1/‖P^{-1}‖``, bounded from below; None
    if it is singular.
    """
    try:
        least = norm(form.inverse(), "upper").upper
    except ZeroDivisionError:
        return None
    largest = norm(form, "upper").upper
    return form * least, above_root(largest * least)  # type: ignore[operator, arg-type]
