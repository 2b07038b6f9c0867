"""The spectral abscissa, rigorously: the continuous-time counterpart of the spectral radius.

Proofs. *Upper* ``lyapunov``: ``P ≻ 0``, ``2tP − PX − X*P ⪰ 0``; an eigenvector gives ``2(t − Re λ) v*Pv >= 0``; ``psd`` is ``P = I``. *Lower* ``lyapunov``:
``2tS − SX − X*S ⪰ 0`` and ``u*Su < 0``; were ``α < t``, ``S = ∫ e^{aY*}(2tS − SX − X*S)e^{aY} da`` with ``Y = X − tI`` would be ``⪰ 0``. *eigenvector*:
``Xv = zv`` exactly; *vector*: ``α = λ_max((X + X*)/2)`` for normal ``X``. Without a witness (the checker knows them too): triangular matrices, real 2×2
matrices, ``Re tr X/n <= α``.

Proposals come from the eigenvectors, or through the Cayley transform ``W = (sI + Y)(sI − Y)^{-1}``, ``s > 0``: there
``P − W*PW = −2s (sI − Y)^{-*}(PY + Y*P)(sI − Y)^{-1}``, so that what serves ``W`` in discrete time serves ``Y`` in continuous time.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from verify.numerics.bounds.factorisation import propose_contraction, propose_stein
from verify.numerics.bounds.hermitian import largest_eigenvalue, simplest_signed
from verify.numerics.bounds.ladder import DEFAULT_RTOL, Bound, Side, Witness, require_square, slacks, vector_json, with_factor, z_json
from verify.numerics.bounds.rounding import dyadic_matrix, integer_vector, is_moderate, null_vector, sqrt_above, sqrt_below
from verify.numerics.bounds.spectral import CONTRACTION_BITS, STEIN_ORDER, propose_eigenvalues
from verify.numerics.enclosure import Enclosure
from verify.numerics.exact import GaussianRational, RationalMatrix, rational_text, shifted
from verify.numerics.gaussian import real_part
from verify.numerics.positivity import certify_psd

__all__ = ["spectral_abscissa"]

EXACT = Fraction(1, 1 << 42)
"""An exact rational value is guessed only this near the estimate, relative to the size of the matrix."""
NICE_DENOMINATOR = 1 << 16
FORM_BITS = (80, 200)


def spectral_abscissa(matrix: RationalMatrix, side: Side = "both", rtol: Fraction = DEFAULT_RTOL, target: Fraction | None = None) -> Enclosure:
    """``α(X)``, the largest real part of an eigenvalue; ``rtol`` is relative to ``|α|``, or to the size of ``X`` where ``α`` is nearly 0.

    Guarantee: rigorous (exact). Exact for triangular matrices, in closed form for real 2×2 ones; else Lyapunov inequalities on both sides, or an exact
    eigenvector. Where none could be verified: ``Re tr X/n`` and the numerical abscissa.
    """
    require_square(matrix, "a spectral abscissa")
    if (closed := _closed_form(matrix)) is not None:
        return closed
    half = (matrix + matrix.adjoint()) / 2
    if matrix.is_normal():
        return largest_eigenvalue(half, side, rtol, target)
    mean: Bound = (real_part(matrix.trace()) / matrix.shape[0], None)
    if not is_moderate(matrix):
        right, witness = _numerical_abscissa(half, rtol)
        return Enclosure(mean[0], right, upper_witness=witness)
    values, exponent = propose_eigenvalues(matrix)
    scale = Fraction(2) ** exponent
    estimate, size = Fraction(float(values.real.max())) * scale, Fraction(float(abs(values).max())) * scale
    unit = abs(estimate) if abs(estimate) > size / (1 << 30) else size
    lower: Bound = mean
    upper: Bound = _numerical_abscissa(half, rtol) if side == "lower" else _above(matrix, half, estimate, unit, Fraction(rtol), target)
    if side != "upper":
        lower = max(_below(matrix, values * float(scale), estimate, unit, Fraction(rtol), target), mean, key=lambda bound: bound[0])
    return Enclosure(lower[0], upper[0], lower_witness=lower[1], upper_witness=upper[1])


def _closed_form(matrix: RationalMatrix) -> Enclosure | None:
    """Triangular and real 2×2 matrices; None for others."""
    rows, order = matrix.rows(), matrix.shape[0]
    if all(not rows[i][j] for i in range(order) for j in range(i)) or all(not rows[j][i] for i in range(order) for j in range(i)):
        return Enclosure.exact(max(GaussianRational.of(rows[i][i]).re for i in range(order)))
    if order != 2 or not matrix.is_real:
        return None
    trace, determinant = real_part(matrix.trace()), real_part(matrix.determinant())
    discriminant = max(trace * trace - 4 * determinant, Fraction(0))
    return Enclosure((trace + sqrt_below(discriminant)) / 2, (trace + sqrt_above(discriminant)) / 2)


# -- values to try ------------------------------------------------------------------------------------------------------


def _rungs(estimate: Fraction, unit: Fraction, rtol: Fraction, target: Fraction | None, sign: int) -> Iterator[Fraction]:
    """The target, a simple value at the estimate, then short rationals ever further above it (``sign`` 1) or below (−1); of any sign."""
    if target is not None:
        yield target
    if (nice := _simple(estimate, unit)) is not None and nice != target:
        yield nice
    for slack in slacks(rtol):
        near, far = estimate + sign * unit * slack / 2, estimate + sign * unit * slack
        yield simplest_signed(min(near, far), max(near, far))


def _simple(estimate: Fraction, unit: Fraction) -> Fraction | None:
    """A simple rational indistinguishable from the estimate, if there is one: perhaps the exact value."""
    guess = simplest_signed(estimate - unit * EXACT, estimate + unit * EXACT)
    return guess if guess.denominator <= NICE_DENOMINATOR else None


# -- from above -----------------------------------------------------------------------------------------------------------


def _above(matrix: RationalMatrix, half: RationalMatrix, estimate: Fraction, unit: Fraction, rtol: Fraction, target: Fraction | None) -> Bound:
    for t in _rungs(estimate, unit, rtol, target, 1):
        if (witness := _prove_above(matrix, half, t, estimate)) is not None:
            return t, witness
    return _numerical_abscissa(half, rtol)


def _numerical_abscissa(half: RationalMatrix, rtol: Fraction) -> Bound:
    """``λ_max((X + X*)/2)``, whose ``psd`` record is one of ``α(X)``, too."""
    found = largest_eigenvalue(half, "upper", rtol)
    return found.upper, found.upper_witness  # type: ignore[return-value]


def _prove_above(matrix: RationalMatrix, half: RationalMatrix, t: Fraction, estimate: Fraction) -> Witness | None:
    """A ``psd`` or ``lyapunov`` record of ``α(X) <= t``."""
    simple = certify_psd(RationalMatrix.identity(matrix.shape[0]) * t - half)
    if simple.holds is True:
        return with_factor({"by": "psd", "value": rational_text(t)}, simple)
    for p in _contracting(matrix, t, estimate):
        if not p.is_hermitian:
            continue
        proof = certify_psd(_lyapunov(matrix, t, p))
        proof_p = certify_psd(p, strict=True) if proof.holds is True else None
        if proof_p is not None and proof_p.holds is True:
            record = {"by": "lyapunov", "value": rational_text(t), "matrix": p.to_json()}
            return with_factor(with_factor(record, proof), proof_p, "factor_p")
    return None


def _lyapunov(matrix: RationalMatrix, t: Fraction, form: RationalMatrix) -> RationalMatrix:
    """``2tP − PX − X*P``."""
    product = form * matrix
    return form * (2 * t) - product - product.adjoint()


def _contracting(matrix: RationalMatrix, t: Fraction, estimate: Fraction) -> Iterator[RationalMatrix]:
    """Candidates for ``P``."""
    for bits in FORM_BITS:
        if (form := _from_eigenvectors(matrix, None, bits)) is not None:
            yield form
    if t > estimate and (cayley := _cayley(matrix, (t + estimate) / 2)) is not None:
        for bits in CONTRACTION_BITS:
            if (form := propose_contraction(cayley, Fraction(1), bits)) is not None:
                yield form


# -- from below -----------------------------------------------------------------------------------------------------------


def _below(matrix: RationalMatrix, values: np.ndarray, estimate: Fraction, unit: Fraction, rtol: Fraction, target: Fraction | None) -> Bound:
    if (exact := _exact_eigenpair(matrix, values)) is not None:
        return exact
    for t in _rungs(estimate, unit, rtol, target, -1):
        if (witness := _prove_below(matrix, t)) is not None:
            return t, witness
    return real_part(matrix.trace()) / matrix.shape[0], None


def _prove_below(matrix: RationalMatrix, t: Fraction) -> Witness | None:
    """A ``lyapunov`` record of ``α(X) >= t``."""
    for s in _indefinite(matrix, t):
        u = integer_vector(np.linalg.eigh(s.to_numpy())[1][:, 0], 40) if s.is_hermitian else None
        if u is None or real_part((u.adjoint() * s * u).trace()) >= 0:
            continue
        proof = certify_psd(_lyapunov(matrix, t, s))
        if proof.holds is True:
            return with_factor({"by": "lyapunov", "value": rational_text(t), "matrix": s.to_json(), "vector": vector_json(u)}, proof)
    return None


def _indefinite(matrix: RationalMatrix, t: Fraction) -> Iterator[RationalMatrix]:
    """Candidates for ``S``."""
    if (form := _from_eigenvectors(matrix, t, FORM_BITS[0])) is not None:
        yield form
    if matrix.shape[0] <= STEIN_ORDER and (cayley := _cayley(matrix, t)) is not None:
        for bits in (100, 400):
            if (form := propose_stein(cayley, Fraction(1), bits)) is not None:
                yield form


def _exact_eigenpair(matrix: RationalMatrix, values: np.ndarray) -> tuple[Fraction, Witness] | None:
    """A rational eigenvalue with the largest real part (among those that floats suggest), with an exact eigenvector."""
    size = abs(values).max()
    for value in values[values.real >= values.real.max() - 1e-12 * size]:
        parts = [_simple(Fraction(float(x)), Fraction(float(size))) for x in (value.real, value.imag)]
        if parts[0] is None or parts[1] is None:
            continue
        z = GaussianRational(parts[0], parts[1])
        vector = null_vector(shifted(matrix, z))
        if vector is not None:
            return z.re, {"by": "eigenvector", "value": rational_text(z.re), "z": z_json(z), "vector": vector_json(vector)}
    return None


# -- proposals ----------------------------------------------------------------------------------------------------------


@np.errstate(all="ignore")
def _from_eigenvectors(matrix: RationalMatrix, t: Fraction | None, bits: int) -> RationalMatrix | None:
    """``V^{-*} D V^{-1}`` for the matrix ``V`` of eigenvectors: ``D = I``, or −1 where ``Re λ > t``."""
    values, vectors = np.linalg.eig(matrix.to_numpy())
    try:
        inverse = np.linalg.inv(vectors)
    except np.linalg.LinAlgError:
        return None
    signs = np.ones(len(values)) if t is None else np.where(values.real > float(t), -1.0, 1.0)
    form = (inverse.conj().T * signs) @ inverse
    form = form.real if matrix.is_real else form
    return dyadic_matrix(form / abs(form).max(), bits) if np.isfinite(form).all() else None


def _cayley(matrix: RationalMatrix, t: Fraction) -> RationalMatrix | None:
    """``(sI + Y)(sI − Y)^{-1}`` of ``Y = X − tI``, exactly; None if ``s`` is an eigenvalue of ``Y``."""
    order = matrix.shape[0]
    y = matrix - RationalMatrix.identity(order) * t
    s = Fraction(float(np.linalg.norm(y.to_numpy(), 2))).limit_denominator(1 << 20) or Fraction(1)
    try:
        return (RationalMatrix.identity(order) * s + y) * shifted(y, s).inverse()
    except ZeroDivisionError:
        return None
