"""Lemma 13: the resolvent of a normal matrix."""

from sympy import Abs, And, Eq, Integer, Matrix, Rational

from theorems.notation import M, z
from verify import ByHand, Claim, Family, Proof, Reading, ResolventNorm, SpectralRadius, SpectrumDistance, complex_plane, normal, reconstructed

EXACT = Eq(ResolventNorm(M, z), 1 / SpectrumDistance(M, z))
BOUND = ResolventNorm(M, z) <= 1 / (Abs(z) - SpectralRadius(M))

CLAIM = Claim(
    id="L13",
    title="Resolvent of a normal matrix",
    source="arXiv:2606.04031, Lemma 13",
    domain={M: normal(), z: complex_plane()},
    hypotheses=(Abs(z) > SpectralRadius(M),),
    notes="The lemma holds for complex M; the instances tried are real.",
    readings=[
        Reading(
            "i",
            And(EXACT, BOUND),
            reconstructed(),
            sharp_at=(Family({M: Matrix([[Rational(1, 2)]]), z: Integer(1)}, text="[1/2] at z = 1"),),
            proof=Proof(
                ByHand(
                    "By the spectral theorem M = UΛU* with U unitary and Λ diagonal, so (zI − M)^{-1} = U(zI − Λ)^{-1}U* has the norm "
                    "of a diagonal matrix: the largest 1/|z − λ| over the eigenvalues λ, which is one over the smallest |z − λ|.",
                    EXACT,
                ),
                ByHand("For each eigenvalue |z − λ| >= |z| − |λ| >= |z| − ρ(M) > 0, so the distance is at least |z| − ρ(M).", BOUND),
            ),
        )
    ],
)
