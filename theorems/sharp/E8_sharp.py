"""The exact worst norm of the resolvent."""

from sympy import Abs

from theorems.notation import EXTREMAL_BLOCKS, TRIANGULAR, J, c, gamma, sharp_resolvent, z
from verify import ByHand, Claim, Lemma, Proof, Reading, ResolventNorm, SharpForm, complex_outside, own

BOUND = ResolventNorm(J, z) <= sharp_resolvent(c, Abs(z) - gamma)

CLAIM = Claim(
    id="E8-sharp",
    title="Exact worst resolvent norm",
    source="own derivation, a step of S2",
    domain={**TRIANGULAR, z: complex_outside(gamma)},
    readings=[
        Reading(
            "i",
            BOUND,
            own("comparison principle"),
            sharp=SharpForm(BOUND, attained_by={**EXTREMAL_BLOCKS, z: gamma + 1}, text="attained at every real z > γ"),
            proof=Proof(
                Lemma("E5", "i", "R(z) = [[R_A, 0], [R_D C R_A, R_D]]"),
                Lemma("E6", "i", "for |z| > gamma the norms of the blocks are at most u = 1/(|z|-gamma), c u^2 and u"),
                ByHand(
                    "A block matrix acts on a vector with blocks of norms ξ, η so that the norms of the image's blocks are at most the "
                    "entries of N(ξ, η), where N holds the block norms; so its norm is at most ‖N‖, and ‖N‖ does not decrease when "
                    "non-negative entries grow. Hence ‖R(z)‖ <= ‖[[u, 0], [c u², u]]‖ with u = 1/(|z| − γ), the resolvent of [[γ, 0], "
                    "[c, γ]] at the real point |z|."
                ),
                Lemma("P19", "i", "the norm of this 2x2 matrix, at w = |z|-gamma"),
            ),
        )
    ],
)
