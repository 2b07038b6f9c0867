"""Remark 6: the gap between Theorems 4 and 5."""

from sympy import Eq, Matrix, Rational, Symbol, oo, zeros

from theorems.notation import GIVEN_COUPLING, A, C, D, J, c, gamma, printed_bound, sharp_kreiss, strength
from verify import Along, Claim, Exhibit, KreissConstant, Lemma, Proof, Reading, SharpForm, SupOverClass, guessed

WORST = SupOverClass(KreissConstant(J), (A, C, D))
EXACT = sharp_kreiss(strength / (1 - gamma))
HALF = printed_bound(strength) / 2
LOWER = 1 / (1 - gamma) + strength / (4 * (1 - gamma))
SHARP = SharpForm(Eq(WORST, EXACT), text="the exact worst case over the class closes the gap: k(κ), κ = c/(1 − γ)")


N = Symbol("N", positive=True)
GAP = 1 / (N + 1)
NEVER_MORE = Along(
    "γ → 1 at κ = 1, where every K is 1: 1 − γ = c = 1/(N + 1), A = D = 0",
    {gamma: 1 - GAP, strength: GAP, A: zeros(1), D: zeros(1), C: Matrix([[GAP]])},
    N,
    at=(1, 10, 1000, 10**6),
    towards=oo,
)
HALF_WAY = Matrix([[Rational(1, 2)]])
AT_WEAK_COUPLING = Proof(
    Lemma("R6-sharp", "i", "the supremum over the class is k(κ), which is 1 up to κ = 2"),
    Exhibit("γ = c = 1/2, κ = 1; A = D = C = 1/2 is a member", {gamma: Rational(1, 2), strength: Rational(1, 2), A: HALF_WAY, D: HALF_WAY, C: HALF_WAY}),
    refutes=True,
    along=(NEVER_MORE,),
)


CLAIM = Claim(
    id="R6",
    title="The gap between the upper and the lower bound",
    source="arXiv:2606.04031, Remark 6",
    domain=GIVEN_COUPLING,
    hypotheses=(Eq(c, strength),),
    notes="The remark calls closing the gap open. R6-sharp closes it: the supremum over the class is k(κ).",
    readings=[
        Reading(
            "i",
            WORST >= HALF,
            guessed("the upper bound is within a factor 2 of the supremum"),
            sharp=SHARP,
            proof=AT_WEAK_COUPLING,
            repaired_by=("R6-sharp(i)",),
        ),
        Reading(
            "ii",
            WORST >= LOWER,
            guessed("the printed lower bound is reached"),
            sharp=SHARP,
            proof=AT_WEAK_COUPLING,
            repaired_by=("R6-sharp(i)",),
        ),
    ],
)
