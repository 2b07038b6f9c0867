"""The numerical radius between half the norm and the norm, and not below the spectral radius."""

from sympy import And

from theorems.notation import M
from verify import ByHand, Claim, Norm, NumericalRadius, Proof, Reading, SpectralRadius, classical, general

w = NumericalRadius(M)
HALF = Norm(M) <= 2 * w
BELOW = w <= Norm(M)
ABOVE = SpectralRadius(M) <= w

CLAIM = Claim(
    id="numerical-radius-norm",
    title="Spectral radius, numerical radius and norm",
    source="Horn and Johnson, Topics in Matrix Analysis, section 1.3",
    domain={M: general()},
    readings=[
        Reading(
            "i",
            And(ABOVE, BELOW, HALF),
            classical("Horn and Johnson, Topics in Matrix Analysis (1991), section 1.3"),
            proof=Proof(
                ByHand("For a unit eigenvector v of λ, v*Mv = λ, so every |λ| <= w(M).", ABOVE),
                ByHand("For a unit vector |v*Mv| <= ‖Mv‖ <= ‖M‖.", BELOW),
                ByHand(
                    "M = H + iG with Hermitian H = (M + M*)/2 and G = (M − M*)/(2i); v*Hv and v*Gv are the real and imaginary part of v*Mv, so both "
                    "norms are at most w(M), and ‖M‖ <= ‖H‖ + ‖G‖.",
                    HALF,
                ),
            ),
        )
    ],
)
