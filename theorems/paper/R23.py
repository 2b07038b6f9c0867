"""Remark 23: the largest Kreiss constant of a sequence."""

from sympy import And, Symbol

from theorems.notation import GIVEN_COUPLING, A, C, D, J, gamma, sharp_kreiss, strength
from verify import ByHand, Claim, Exists, ForAll, KreissConstant, Lemma, Obligation, Proof, Reading, SupOverClass, guessed, positive, reconstructed

low, high = Symbol("a", real=True), Symbol("A_0", real=True)
WORST = SupOverClass(KreissConstant(J), (A, C, D))
EXACT = sharp_kreiss(strength / (1 - gamma))
BUDGET = WORST**2 / (1 - gamma) ** 2
LARGEST = Lemma("R6-sharp", "i", "the supremum over the class is k(κ)")
BOTH = ByHand("The constants depend on c only.")
FIXED = (gamma >= 0, gamma < 1, strength > 0)


def upper(power):
    """``k(κ)² <= (1 + c/4)²/(1 − γ)²``, times the rest."""
    rest = (1 - gamma) ** (2 - power)
    return Obligation("with A_0 = (1 + c/4)²", EXACT**2 * rest <= (1 + strength / 4) ** 2 / (1 - gamma) ** power, given=FIXED)


def both(power):
    rest = (1 - gamma) ** (2 - power)
    return Obligation(
        "with a = c²/16, A_0 = (1 + c/4)²",
        And(strength**2 / 16 / (1 - gamma) ** power <= EXACT**2 * rest, EXACT**2 * rest <= (1 + strength / 4) ** 2 / (1 - gamma) ** power),
        given=FIXED,
    )


CLAIM = Claim(
    id="R23",
    title="The largest Kreiss constant of a sequence at fixed coupling",
    source="arXiv:2606.04031, Remark 23",
    domain={**GIVEN_COUPLING, strength: positive(), low: positive(), high: positive()},
    notes="S5 shows that time variation costs nothing: a product of any T factors is bounded by the norm of one matrix's power.",
    readings=[
        Reading(
            "i",
            Exists((high,), ForAll((gamma,), BUDGET <= high / (1 - gamma) ** 4)),
            guessed("the budget is the stationary one times K̄²"),
            untestable="no budget is defined for a sequence of Jacobians. Tested in its place: K̄²/(1 − γ)² is at most of the order (1 − γ)^{-4}",
            proof=Proof(LARGEST, upper(4), BOTH),
        ),
        Reading(
            "ii",
            Exists((low, high), ForAll((gamma,), And(low / (1 - gamma) <= WORST, WORST <= high / (1 - gamma)))),
            reconstructed(),
            proof=Proof(
                Lemma("R6-sharp", "i", "the supremum over the class is k(κ)"),
                Obligation(
                    "with a = c/4, A_0 = 1 + c/4",
                    And(strength / 4 / (1 - gamma) <= EXACT, EXACT <= (1 + strength / 4) / (1 - gamma)),
                    given=(gamma >= 0, gamma < 1, strength > 0),
                ),
                ByHand("Both constants depend on c only."),
            ),
        ),
        Reading(
            "iii",
            Exists((low, high), ForAll((gamma,), And(low / (1 - gamma) ** 4 <= BUDGET, BUDGET <= high / (1 - gamma) ** 4))),
            guessed("budget Θ((1 − γ)^{-4})"),
            untestable="no budget is defined for a sequence of Jacobians. Tested in its place: K̄²/(1 − γ)² is Θ((1 − γ)^{-4})",
            proof=Proof(LARGEST, both(4), BOTH),
        ),
        Reading(
            "iv",
            Exists((low, high), ForAll((gamma,), And(low / (1 - gamma) ** 2 <= WORST**2, WORST**2 <= high / (1 - gamma) ** 2))),
            guessed("budget Θ((1 − γ)^{-2})"),
            untestable="no budget is defined for a sequence of Jacobians. Tested in its place: K̄² is Θ((1 − γ)^{-2})",
            proof=Proof(LARGEST, both(2), BOTH),
        ),
    ],
)
