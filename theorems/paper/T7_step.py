"""Theorem 7, proof: Le Cam's two points."""

from sympy import Eq, Matrix, Symbol

from theorems.notation import GIVEN_COUPLING, A, C, D, J, c, gamma, sharp_kreiss, strength
from verify import Along, ByHand, Claim, InfOverClass, KreissConstant, Lemma, Obligation, Proof, Reading, SharpForm, SupOverClass, guessed

SPREAD = SupOverClass(KreissConstant(J), (A, C, D)) - InfOverClass(KreissConstant(J), (A, C, D))
WORST = sharp_kreiss(strength / (1 - gamma))
distance = Symbol("N", real=True)
GAP = 1 / (distance + 1)
MEMBER = {gamma: 1 - GAP, strength: 4 * GAP, A: Matrix([[1 - GAP]]), D: Matrix([[1 - GAP]]), C: Matrix([[4 * GAP]])}
CLAIMED = strength / (4 * (1 - gamma) ** 2)

CLAIM = Claim(
    id="T7-step",
    title="Two members with equal data",
    source="arXiv:2606.04031, proof of Theorem 7",
    domain=GIVEN_COUPLING,
    hypotheses=(Eq(c, strength),),
    notes="Two members whose K differ by the claimed amount would make the spread of K over the class at least that. The class is ρ(A), "
    "ρ(D) <= γ and ‖C‖ = c; asking for equal ρ(A), ρ(D) as well makes it smaller.",
    readings=[
        Reading(
            "i",
            SPREAD >= CLAIMED,
            guessed("the two-point method needs twice the separation of the error"),
            repaired_by=("R6-sharp(i)", "R6-sharp(ii)"),
            sharp=SharpForm(Eq(SPREAD, WORST - sharp_kreiss(strength)), text="the extremes are A = D = γI and A = D = 0"),
            proof=Proof(
                Lemma("S2", "i", "1 <= k(c) <= K(J) <= k(kappa) for every member of the class"),
                ByHand("All values of K lie between 1 and k(κ), so no two of them are further apart than k(κ) − 1.", SPREAD <= WORST - 1),
                Obligation(
                    "the range is below the claimed separation whenever c > 0",
                    WORST - 1 < CLAIMED,
                    given=(gamma >= 0, gamma < 1, strength > 0),
                ),
                refutes=True,
                along=(Along("κ = 4, 1 − γ = 1/(N + 1): the whole range of K against the claimed separation", MEMBER, distance),),
            ),
        )
    ],
)
