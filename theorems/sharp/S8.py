"""The minimax error of estimating the Kreiss constant from γ and c."""

from sympy import Eq, Matrix

from theorems.notation import EXTREMAL, GIVEN_COUPLING, A, C, D, J, c, gamma, sharp_kreiss, strength
from verify import ByHand, Claim, KreissConstant, Lemma, MinimaxError, Obligation, Proof, Reading, own

ERROR = MinimaxError(KreissConstant(J), (A, C, D))
WORST = sharp_kreiss(strength / (1 - gamma))

CLAIM = Claim(
    id="S8",
    title="Exact minimax error",
    source="theory.md, row T7",
    domain=GIVEN_COUPLING,
    hypotheses=(Eq(c, strength),),
    notes="For an estimator that sees γ and c, over ρ(A), ρ(D) <= γ, ‖C‖ = c, all orders. One that is told ρ(A) = ρ(D) = γ errs as much if both blocks have "
    "order 2 or more; if one has order 1, replace k(c) by K([[γ, 0], [c, −γ]]).",
    readings=[
        Reading(
            "i",
            Eq(ERROR, (WORST - sharp_kreiss(strength)) / 2),
            own("the range of K over the class"),
            proof=Proof(
                Lemma("S2", "i", "k(c) <= K(J) <= k(κ) for every member"),
                Obligation("the upper end is reached at [[γ, 0], [c, γ]]", Eq(KreissConstant(EXTREMAL), WORST), given=(gamma >= 0, gamma < 1, strength >= 0)),
                Obligation(
                    "the lower end is reached at [[0, 0], [c, 0]]",
                    Eq(KreissConstant(Matrix([[0, 0], [strength, 0]])), sharp_kreiss(strength)),
                    given=(strength >= 0,),
                ),
                ByHand(
                    "An estimator is one number for given γ and c. Whatever it is, it errs by at least half the distance of two values that K takes; the "
                    "midpoint of the range errs by no more than half its length."
                ),
            ),
        )
    ],
)
