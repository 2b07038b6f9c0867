"""The spectrum of a block-triangular Jacobian."""

from sympy import And, Determinant, Eq, Identity, Max

from theorems.notation import TRIANGULAR, A, D, J, gamma, p, q, z
from verify import ByHand, Claim, Proof, Reading, SpectralRadius, complex_plane, reconstructed

SPECTRUM = Eq(Determinant(z * Identity(p + q) - J), Determinant(z * Identity(p) - A) * Determinant(z * Identity(q) - D))
LARGER = Max(SpectralRadius(A), SpectralRadius(D))

CLAIM = Claim(
    id="SP",
    title="Spectrum of a block-triangular matrix",
    source="arXiv:2606.04031, section 2",
    domain={**TRIANGULAR, z: complex_plane()},
    readings=[
        Reading(
            "i",
            And(SPECTRUM, Eq(SpectralRadius(J), LARGER), LARGER <= gamma),
            reconstructed(),
            notes="σ(J) = σ(A) ∪ σ(D), with multiplicities, is the identity of characteristic polynomials for every complex z.",
            proof=Proof(
                ByHand(
                    "zI − J is block-triangular with diagonal blocks zI − A and zI − D, and the determinant of a block-triangular "
                    "matrix is the product of the determinants of its diagonal blocks.",
                    SPECTRUM,
                ),
                ByHand(
                    "So the eigenvalues of J are those of A together with those of D, and the largest modulus among them is the larger "
                    "of ρ(A) and ρ(D), both at most γ by hypothesis."
                ),
            ),
        )
    ],
)
