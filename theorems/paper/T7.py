"""Theorem 7: minimax error of estimators of the Kreiss constant that see the spectral radii and the coupling strength only."""

from sympy import Eq, Matrix, Symbol

from theorems.notation import GIVEN_COUPLING, A, C, D, J, c, gamma, sharp_kreiss, strength
from verify import Along, ByHand, Claim, KreissConstant, Lemma, MinimaxError, Obligation, Proof, Reading, SharpForm, guessed, quoted

ERROR = MinimaxError(KreissConstant(J), (A, C, D))
WORST = sharp_kreiss(strength / (1 - gamma))
HALF_RANGE = (WORST - 1) / 2
SHARP = SharpForm(
    Eq(ERROR, (WORST - sharp_kreiss(strength)) / 2),
    text="reached by the midpoint estimator ½(k(κ) + k(c)); the two extremes are A = D = γI and A = D = 0. An estimator told that ρ(A) = "
    "ρ(D) = γ errs as much if both blocks have order 2 or more; if one has order 1, replace k(c) by K([[γ, 0], [c, −γ]])",
)


distance = Symbol("N", real=True)


def at_coupling(kappa):
    """The member of the largest K, at distance ``1/(N + 1)`` of γ from 1."""
    gap = 1 / (distance + 1)
    return {gamma: 1 - gap, strength: kappa * gap, A: Matrix([[1 - gap]]), D: Matrix([[1 - gap]]), C: Matrix([[kappa * gap]])}


def estimated(kappa):
    return Along(f"the estimator ½(1 + k(κ)) at κ = {kappa}, 1 − γ = 1/(N + 1): its error against the claimed one", at_coupling(kappa), distance)


def refutation(bound):
    """The error is at most half the range of ``K``, which is below ``bound`` wherever ``c > 0``."""
    return Proof(
        Lemma("S2", "i", "1 <= k(c) <= K(J) <= k(kappa) for every member of the class"),
        ByHand(
            "The constant estimator K̂ = ½(1 + k(κ)) uses γ and c only, and errs by at most ½(k(κ) − 1) on every K between 1 and k(κ). "
            "The minimax error is at most the error of this estimator.",
            ERROR <= HALF_RANGE,
        ),
        Obligation("half the range is below the claimed error whenever c > 0", HALF_RANGE < bound, given=(gamma >= 0, gamma < 1, strength > 0)),
        refutes=True,
        along=(estimated(4), estimated(2)),
    )


QUADRATIC = strength / (8 * (1 - gamma) ** 2)
LINEAR = strength / (8 * (1 - gamma))

CLAIM = Claim(
    id="T7",
    title="Minimax error of estimating the Kreiss constant",
    source="arXiv:2606.04031, Theorem 7",
    domain=GIVEN_COUPLING,
    hypotheses=(Eq(c, strength),),
    notes="The class is ρ(A), ρ(D) <= γ and ‖C‖ = c, and the estimator sees γ and c. One that also sees ρ(A) and ρ(D), as in the paper, "
    "errs at most as much, so that what refutes the statement here refutes it there.",
    readings=[
        Reading("i", ERROR >= QUADRATIC, quoted(), sharp=SHARP, proof=refutation(QUADRATIC), repaired_by=("S8(i)",)),
        Reading("ii", ERROR >= LINEAR, guessed("weaker, with the scaling of Theorem 4"), sharp=SHARP, proof=refutation(LINEAR), repaired_by=("S8(i)",)),
    ],
)
