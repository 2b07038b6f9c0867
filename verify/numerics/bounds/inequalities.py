"""The matrix inequalities behind every upper bound of a resolvent outside a disc or right of a line: verified, then found.

*Circle*: if ``P ≻ 0`` and ``[[r²P − I − X*PX, −X*P], [−PX, g²I − P]] ≻ 0`` then ``‖R(z)‖ < g`` for all ``|z| >= r``, and ``ρ(X) < r``.
Put ``u = (zI − X)x``, so ``Xx + u = zx``, into the form: ``(r² − |z|²) x*Px − ‖x‖² + g²‖u‖² > 0``. For an eigenvector (``u = 0``) this
needs ``|z| < r``; and for ``|z| >= r`` it says ``‖x‖ < g‖u‖``.

*Line*: if ``P ≻ 0`` and ``[[2xP − PX − X*P − I, −P], [−P, g²I]] ≻ 0`` then ``‖R(z)‖ < g`` for all ``Re z >= x``: the form is
``2(x − Re z) v*Pv − ‖v‖² + g²‖u‖²``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.numerics.bounds.boundary import Disc, Peak, ResolventSearch
from verify.numerics.bounds.chords import Node
from verify.numerics.bounds.factorisation import propose_circle, propose_line
from verify.numerics.bounds.rounding import above
from verify.numerics.exact import RationalMatrix, rational_text
from verify.numerics.positivity import PsdProof, certify_psd

__all__ = ["Barrier", "prove_barrier", "verify_circle", "verify_line"]

FAST_ORDER, SMALL_ORDER, EASY_BITS = 3, 12, 90
"""Above the first order floats propose first; up to the second one only where no more than so many bits are needed."""
RELAXATIONS = (1, 8, 64, 2**10, 2**16)
"""What a barrier gives away, in turn, in multiples of the requested slack."""
LARGEST_SLACK = Fraction(1, 2)


@dataclass(frozen=True)
class Barrier:
    """A verified circle or line: ``‖R(z)‖ < g`` at distance ``s`` from the stability boundary and beyond."""

    s: Fraction
    g: Fraction
    p: RationalMatrix
    proof: PsdProof
    proof_p: PsdProof

    @property
    def node(self) -> Node:
        return Node(self.s, self.g)

    def to_json(self, radius_key: str) -> dict[str, Any]:
        """``radius_key`` is ``"r"`` (then ``r = 1 + s``) or ``"x"``."""
        place = 1 + self.s if radius_key == "r" else self.s
        record: dict[str, Any] = {radius_key: rational_text(place), "g": rational_text(self.g), "matrix": self.p.to_json()}
        if self.proof.factor is not None:
            record["factor"] = self.proof.factor
        if self.proof_p.factor is not None:
            record["factor_p"] = self.proof_p.factor
        return record


def verify_circle(matrix: RationalMatrix, r: Fraction, g: Fraction, p: RationalMatrix) -> tuple[PsdProof, PsdProof]:
    """The proofs of the inequality and of ``P ≻ 0`` (exact)."""
    identity, image = RationalMatrix.identity(matrix.shape[0]), matrix.adjoint() * p
    return _verify(p * (r * r) - identity - image * matrix, -image, identity * (g * g) - p, p)


def verify_line(matrix: RationalMatrix, x: Fraction, g: Fraction, p: RationalMatrix) -> tuple[PsdProof, PsdProof]:
    """The proofs of the inequality and of ``P ≻ 0`` (exact)."""
    identity, image = RationalMatrix.identity(matrix.shape[0]), matrix.adjoint() * p
    return _verify(p * (2 * x) - image - image.adjoint() - identity, -p, identity * (g * g), p)


def _verify(first: RationalMatrix, corner: RationalMatrix, last: RationalMatrix, p: RationalMatrix) -> tuple[PsdProof, PsdProof]:
    if not p.is_hermitian:
        return PsdProof(None), PsdProof(None)
    whole = certify_psd(RationalMatrix.blocks([[first, corner], [corner.adjoint(), last]]), strict=True)
    return whole, certify_psd(p, strict=True) if whole.holds else PsdProof(None)


def prove_barrier(search: ResolventSearch, peak: Peak, slack: Fraction, exact_g: Fraction | None = None) -> Barrier | None:
    """A verified ``g`` slightly above the proposed maximum of ``‖R‖`` at the peak's distance; None if nothing could be proved.

    ``slack`` is the relative excess of ``g``, enlarged step by step where the inequality cannot be verified. ``exact_g`` prescribes ``g``.
    """
    if not (math.isfinite(peak.height) and peak.height > 0):
        return None
    s = Fraction(peak.s)
    for index, relaxation in enumerate(RELAXATIONS):
        if index == 1 and exact_g is None:
            peak = _second_look(search, peak)
        wide = min(slack * relaxation, LARGEST_SLACK)
        g = above(Fraction(peak.height), wide) if exact_g is None else exact_g
        for p in propose_matrices(search, s, g, wide / 2):
            proof, proof_p = verify_circle(search.matrix, 1 + s, g, p) if isinstance(search.region, Disc) else verify_line(search.matrix, s, g, p)
            if proof.holds is True and proof_p.holds is True:
                return Barrier(s, g, p, proof, proof_p)
        if exact_g is not None or wide == LARGEST_SLACK:
            break
    return None


def propose_matrices(search: ResolventSearch, s: Fraction, g: Fraction, margin: Fraction) -> Iterator[RationalMatrix]:
    """Candidates for ``P``: from floats for larger orders where they can be precise enough, then from FLINT."""
    matrix, size = search.matrix, 1 + search.size
    bits = max(8, math.ceil(-math.log2(margin) + 2 * max(0.0, math.log2(g)) + 2 * math.log2(size + s)) + 8)
    easy = bits <= EASY_BITS or matrix.shape[0] > SMALL_ORDER
    modes = (True, False) if matrix.shape[0] > FAST_ORDER and easy else (False,)
    for fast in modes:
        if isinstance(search.region, Disc):
            p = propose_circle(matrix, 1 + s, g, margin, bits, fast)
        else:
            p = propose_line(matrix, s, g, margin, bits, _cayley_scale(search, s), fast)
        if p is not None:
            yield p


def _cayley_scale(search: ResolventSearch, s: Fraction) -> Fraction:
    """Between the size of the matrix and the distance of its spectrum from the line, so that both ends are equally near the circle."""
    distance = max(float(s) - float(search.eigenvalues.real.max()), 1e-12 * search.size)
    return Fraction(2) ** math.frexp(math.sqrt(search.size * distance))[1]


def _second_look(search: ResolventSearch, peak: Peak) -> Peak:
    """The first attempt failed: perhaps a higher peak was missed."""
    return max(peak, ResolventSearch(search.matrix, search.region, effort=3).peak(float(peak.s)), key=lambda found: found.height)
