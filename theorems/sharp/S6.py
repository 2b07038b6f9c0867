"""Sharp bound of the pseudospectral radius."""

from sympy import Eq, sqrt

from theorems.notation import COMPARISON, COMPARISON_BLOCKS, CONTRACTION, GIVEN_NORMS, J_feedback, epsilon, feedback, gamma, sharp_reach, strength
from verify import ByHand, Claim, Lemma, Proof, PseudospectralRadius, Reading, SharpForm, nonnegative, own, positive

BOUND = PseudospectralRadius(J_feedback, epsilon) <= sharp_reach(feedback, strength, epsilon)

CLAIM = Claim(
    id="S6",
    title="Exact worst pseudospectral radius",
    source="theory.md, tools A and B",
    domain={epsilon: positive(), **GIVEN_NORMS},
    readings=[
        Reading(
            "i",
            BOUND,
            own("comparison principle"),
            sharp=SharpForm(BOUND, attained_by=COMPARISON_BLOCKS),
            proof=Proof(
                Lemma("S1", "iv", "‖R(z)‖ <= ‖(rI − M)^{-1}‖ for |z| > r > ρ(M)"),
                ByHand(
                    "Let ‖R(z)‖ > 1/ε. If |z| <= ρ(M) there is nothing to show, as ρ(M) <= ρ_ε(M). Otherwise let r increase to |z|: ‖(|z|I − M)^{-1}‖ > 1/ε, "
                    "so |z| <= ρ_ε(M).",
                    PseudospectralRadius(J_feedback, epsilon) <= PseudospectralRadius(COMPARISON, epsilon),
                ),
                Lemma("S6", "ii", "the pseudospectral radius of M, less γ"),
            ),
        ),
        Reading(
            "ii",
            Eq(PseudospectralRadius(COMPARISON, epsilon) - gamma, sqrt((epsilon + feedback) * (epsilon + strength))),
            own("the case of equality"),
            domain={epsilon: positive(), gamma: CONTRACTION, feedback: nonnegative(), strength: nonnegative()},
        ),
    ],
)
