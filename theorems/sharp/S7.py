"""The smallest distance to instability at z = 1."""

from sympy import Eq, Identity, sqrt

from theorems.notation import COMPARISON, COMPARISON_BLOCKS, GIVEN_NORMS, J_feedback, feedback, gamma, p, q, strength
from verify import ByHand, Claim, Lemma, Obligation, Proof, Reading, SharpForm, SmallestSingularValue, own

gap = 1 - gamma
LEAST = (sqrt(4 * gap**2 + (feedback - strength) ** 2) - feedback - strength) / 2
DISTANCE = SmallestSingularValue(Identity(p + q) - J_feedback)
OF_MEMBER = SmallestSingularValue(Identity(2) - COMPARISON)
BOUND = DISTANCE >= LEAST
STABLE = feedback * strength < gap**2

CLAIM = Claim(
    id="S7",
    title="Smallest σ_min(I − J)",
    source="theory.md, S7",
    domain=GIVEN_NORMS,
    hypotheses=(STABLE,),
    readings=[
        Reading(
            "i",
            BOUND,
            own("comparison principle"),
            sharp=SharpForm(BOUND, attained_by=COMPARISON_BLOCKS),
            proof=Proof(
                Lemma("S1", "iv", "‖R(z)‖ <= ‖(rI − M)^{-1}‖ for |z| > r > ρ(M)"),
                ByHand("bc < (1 − γ)² says ρ(M) < 1. Let r and z tend to 1: ‖(I − J)^{-1}‖ <= ‖(I − M)^{-1}‖. Take reciprocals.", DISTANCE >= OF_MEMBER),
                Obligation(
                    "σ_min(I − M)",
                    Eq(OF_MEMBER, LEAST),
                    given=(gamma >= 0, gamma < 1, feedback >= 0, strength >= 0, STABLE),
                ),
            ),
        )
    ],
)
