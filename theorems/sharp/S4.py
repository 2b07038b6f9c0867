"""Sharp bound of the spectral radius with feedback."""

from sympy import Abs, Eq, Matrix, Symbol

from theorems.notation import FEEDBACK, A, B, C, D, J_feedback, b, c, gamma, sharp_radius, strength
from verify import ByHand, Claim, Obligation, Proof, Reading, SharpForm, SpectralRadius, own

feedback, eigenvalue = Symbol("b", real=True), Symbol("lambda", real=True)
BOUND = SpectralRadius(J_feedback) <= sharp_radius(b, c)
CORNERS = Matrix([[strength]])

CLAIM = Claim(
    id="S4",
    title="Exact worst spectral radius with feedback",
    source="theory.md, S4",
    domain=FEEDBACK,
    readings=[
        Reading(
            "i",
            BOUND,
            own("comparison principle"),
            sharp=SharpForm(BOUND, attained_by={A: Matrix([[gamma]]), D: Matrix([[gamma]]), B: CORNERS, C: CORNERS}),
            proof=Proof(
                ByHand(
                    "Let M = [[γ, b], [c, γ]] with b = ‖B‖, c = ‖C‖; ‖A‖ = ρ(A) <= γ and ‖D‖ = ρ(D) <= γ, as both are symmetric. The "
                    "norms of the blocks of Jx are at most the entries of M applied to the norms of the blocks of x, and M has no "
                    "negative entry; repeating this t times, ‖J^t‖ <= ‖M^t‖ for every t. Take t-th roots and let t → ∞: ρ(J) <= ρ(M)."
                ),
                ByHand("As bc >= 0, both eigenvalues of the 2×2 matrix M are real: they are the roots of (λ − γ)² = bc."),
                Obligation(
                    "both roots are at most gamma + sqrt(bc) in modulus",
                    Abs(eigenvalue) <= sharp_radius(feedback, strength),
                    given=(gamma >= 0, feedback >= 0, strength >= 0, Eq((eigenvalue - gamma) ** 2, feedback * strength)),
                ),
            ),
        )
    ],
)
