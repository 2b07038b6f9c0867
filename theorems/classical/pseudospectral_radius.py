"""The pseudospectral radius between spectral and numerical radius, and the Kreiss constant."""

from sympy import And

from theorems.notation import M, epsilon
from verify import ByHand, Claim, KreissConstant, Lemma, NumericalRadius, Proof, PseudospectralRadius, Reading, SpectralRadius, classical, general, positive

RADIUS = PseudospectralRadius(M, epsilon)

CLAIM = Claim(
    id="pseudospectral-radius",
    title="Bounds of the pseudospectral radius",
    source="Trefethen and Embree 2005, chapters 14 and 17",
    domain={epsilon: positive(), M: general()},
    readings=[
        Reading(
            "i",
            And(SpectralRadius(M) + epsilon <= RADIUS, RADIUS <= NumericalRadius(M) + epsilon),
            classical("Trefethen and Embree 2005, chapters 4 and 17"),
            proof=Proof(
                Lemma("resolvent-distance", "i", "‖R(z)‖ >= 1/|z − λ| for every eigenvalue λ"),
                Lemma("numerical-range", "ii", "‖R(z)‖ <= 1/(|z| − w(M)) for |z| > w(M)"),
                ByHand(
                    "By the first, the pseudospectrum contains the disc of radius ε about an eigenvalue of modulus ρ(M), whose points come as near as one "
                    "likes to modulus ρ(M) + ε; by the second, ‖R(z)‖ > 1/ε implies |z| < w(M) + ε."
                ),
            ),
        ),
        Reading(
            "ii",
            RADIUS <= 1 + epsilon * KreissConstant(M),
            classical("Trefethen and Embree 2005, chapter 14"),
            proof=Proof(ByHand("If |z| > 1 and ‖R(z)‖ > 1/ε, then K(M) >= (|z| − 1)‖R(z)‖ > (|z| − 1)/ε, so |z| < 1 + εK(M).")),
        ),
    ],
)
