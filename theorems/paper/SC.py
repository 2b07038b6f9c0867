"""The abstract: "scales as 1/(1 − γ) and linearly in the coupling"."""

from sympy import And, Rational, Symbol

from theorems.notation import GIVEN_COUPLING, TRIANGULAR, A, C, D, J, c, gamma, sharp_kreiss, strength
from verify import ByHand, Claim, Exists, ForAll, KreissConstant, Lemma, Obligation, Proof, Reading, SupOverClass, guessed, positive

low, high = Symbol("a", real=True), Symbol("A_0", real=True)
K = KreissConstant(J)
WORST = SupOverClass(K, (A, C, D))
EXACT = sharp_kreiss(strength / (1 - gamma))
UNCOUPLED = {strength: Rational(0), gamma: 1 - low / (2 * (1 + low))}


def scale(x):
    return (1 + x) / (1 - gamma)


def refutation(*lemma):
    return Proof(
        Lemma(*lemma),
        Obligation(
            "for every a > 0: at c = 0 and γ = 1 − a/(2(1 + a)) the lower side a/(1 − γ) exceeds k(κ)",
            (low * scale(strength) > EXACT).subs(UNCOUPLED),
            given=(low > 0,),
        ),
        ByHand("This γ lies in [1/2, 1), and the class is not empty there: A = D = 0, C = 0 is a member."),
        refutes=True,
    )


CLAIM = Claim(
    id="SC",
    title="Scaling of the Kreiss constant",
    source="arXiv:2606.04031, abstract",
    domain={low: positive(), high: positive(), **GIVEN_COUPLING},
    notes="What is true is R6-sharp: the supremum over the class is k(κ), κ = c/(1 − γ), which is 1 up to κ = 2 and grows like κ/4 beyond.",
    readings=[
        Reading(
            "i",
            Exists((low, high), ForAll((gamma, A, C, D), And(low * scale(c) <= K, K <= high * scale(c)))),
            guessed("for every J of the class"),
            domain={low: positive(), high: positive(), **TRIANGULAR},
            proof=refutation("S2", "i", "k(c) <= K(J) <= k(κ), so K(J) = 1 where C = 0"),
        ),
        Reading(
            "ii",
            Exists((low, high), ForAll((gamma, strength), And(low * scale(strength) <= WORST, WORST <= high * scale(strength)))),
            guessed("for the worst case over the class"),
            proof=refutation("R6-sharp", "i", "the supremum over the class is k(κ)"),
        ),
    ],
)
