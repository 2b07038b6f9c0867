"""Remark 6: the gap between Theorems 4 and 5."""

from sympy import Eq

from theorems.notation import GIVEN_COUPLING, A, C, D, J, c, gamma, printed_bound, sharp_kreiss, strength
from verify import ByHand, Claim, KreissConstant, Lemma, Obligation, Proof, Reading, SharpForm, SupOverClass, guessed

WORST = SupOverClass(KreissConstant(J), (A, C, D))
EXACT = sharp_kreiss(strength / (1 - gamma))
HALF = printed_bound(strength) / 2
LOWER = 1 / (1 - gamma) + strength / (4 * (1 - gamma))
SHARP = SharpForm(Eq(WORST, EXACT), text="the exact worst case over the class closes the gap: k(κ), κ = c/(1 − γ)")


def refutation(bound):
    """At weak coupling, ``0 < c <= 2(1 − γ)``, the worst case is 1."""
    return Proof(
        Lemma("R6-sharp", "i", "the supremum over the class is k(κ)"),
        Obligation("k(κ) is below the claimed value at weak coupling", EXACT < bound, given=(gamma >= 0, gamma < 1, strength > 0, strength <= 2 * (1 - gamma))),
        ByHand("The class is not empty there (A = D = γI, any C of norm c), so its supremum k(κ) is below the claimed value at these γ and c."),
        refutes=True,
    )


CLAIM = Claim(
    id="R6",
    title="The gap between the upper and the lower bound",
    source="arXiv:2606.04031, Remark 6",
    domain=GIVEN_COUPLING,
    hypotheses=(Eq(c, strength),),
    notes="The remark calls closing the gap open. R6-sharp closes it: the supremum over the class is k(κ).",
    readings=[
        Reading("i", WORST >= HALF, guessed("the upper bound is within a factor 2 of the supremum"), sharp=SHARP, proof=refutation(HALF)),
        Reading("ii", WORST >= LOWER, guessed("the printed lower bound is reached"), sharp=SHARP, proof=refutation(LOWER)),
    ],
)
