"""The abstract: "scales as 1/(1 − γ) and linearly in the coupling"."""

from sympy import And, Eq, Matrix, Rational, Symbol, zeros

from theorems.notation import GIVEN_COUPLING, TRIANGULAR, A, C, D, J, c, gamma, strength
from verify import Along, Claim, Exhibit, Exists, ForAll, KreissConstant, Lemma, Proof, Reading, SupOverClass, guessed, positive

low, high = Symbol("a", real=True), Symbol("A_0", real=True)
K = KreissConstant(J)
WORST = SupOverClass(K, (A, C, D))
GAP = low / (2 * (1 + low))
UNCOUPLED = {gamma: 1 - GAP, A: zeros(1), D: zeros(1), C: zeros(1)}
SMALL = (Rational(1, 10), Rational(1, 1000), Rational(1, 10**6))
WEAKLY_COUPLED = {**UNCOUPLED, C: Matrix([[GAP]]), strength: GAP}


def scale(x):
    return (1 + x) / (1 - gamma)


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
            repaired_by=("S2(i)",),
            domain={low: positive(), high: positive(), **TRIANGULAR},
            proof=Proof(
                Exhibit("for every a > 0: 1 − γ = a/(2(1 + a)) and C = 0, where the lower side is 2(1 + a) and K is 1", UNCOUPLED),
                refutes=True,
                along=(Along("the same for a small a", UNCOUPLED, low, at=SMALL, towards=0),),
            ),
        ),
        Reading(
            "ii",
            Exists((low, high), ForAll((gamma, strength), And(low * scale(strength) <= WORST, WORST <= high * scale(strength)))),
            guessed("for the worst case over the class"),
            repaired_by=("R6-sharp(i)",),
            hypotheses=(Eq(c, strength),),
            proof=Proof(
                Lemma("R6-sharp", "i", "the supremum over the class is k(κ)"),
                Exhibit("for every a > 0: 1 − γ = c = a/(2(1 + a)), so that κ = 1, while the lower side is above 2(1 + a)", WEAKLY_COUPLED),
                refutes=True,
                along=(Along("the same for a small a", WEAKLY_COUPLED, low, at=SMALL, towards=0),),
            ),
        ),
    ],
)
