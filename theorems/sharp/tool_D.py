"""The universal lower bound of the Kreiss constant."""

from sympy import Matrix

from theorems.notation import A, C, D, J, c, sharp_kreiss, strength
from verify import ByHand, Claim, KreissConstant, Proof, Reading, SharpForm, SpectralRadius, coupling, general, own

BOUND = KreissConstant(J) >= sharp_kreiss(c)

CLAIM = Claim(
    id="tool-D",
    title="Universal lower bound of the Kreiss constant",
    source="theory.md, tool D",
    domain={A: general(), D: general(), C: coupling()},
    hypotheses=(SpectralRadius(A) < 1, SpectralRadius(D) < 1),
    readings=[
        Reading(
            "i",
            BOUND,
            own("maximum principle"),
            sharp=SharpForm(BOUND, attained_by={A: Matrix([[0]]), D: Matrix([[0]]), C: Matrix([[strength]])}),
            proof=Proof(
                ByHand(
                    "Fix r > 1 and put H(ζ) = [[(I − ζA)^{-1}, 0], [(I − ζD)^{-1}C(I − ζA)^{-1}/r, (I − "
                    "ζD)^{-1}]], analytic in |ζ| <= 1. On |ζ| = 1/r, z = 1/ζ, a "
                    "unit phase before the lower-left block turns it into zR(z), so ‖H(ζ)‖ = r‖R(z)‖ there. "
                    "The norm of an analytic function is subharmonic: the "
                    "maximum over the circle is at least ‖H(0)‖ = ‖[[I, 0], [C/r, I]]‖, which by the "
                    "singular value decomposition of C is r times the norm of "
                    "the resolvent of [[0, 0], [c, 0]] at r."
                ),
                ByHand("Multiply by (r − 1)/r and take the supremum over r > 1: K(J) >= K([[0, 0], [c, 0]]) = k(c), the last by S2."),
            ),
        )
    ],
)
