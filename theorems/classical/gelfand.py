"""The spectral radius is at most every root of the norm of a power."""

from sympy import Integer, Matrix

from theorems.notation import M, t
from verify import ByHand, Claim, Family, PowerNorm, Proof, Reading, SpectralRadius, classical, general, integer

CLAIM = Claim(
    id="gelfand",
    title="Spectral radius and powers",
    source="Gelfand 1941",
    domain={M: general(), t: integer(1, 12)},
    readings=[
        Reading(
            "i",
            SpectralRadius(M) ** t <= PowerNorm(M, t),
            classical("I. Gelfand, Mat. Sbornik 9 (1941), 3–24"),
            sharp_at=(Family({M: Matrix([[1]]), t: Integer(1)}, text="order one; for every normal matrix"),),
            proof=Proof(ByHand("For a unit eigenvector v of an eigenvalue λ with |λ| = ρ(M), ‖M^t v‖ = ρ(M)^t.")),
        )
    ],
)
