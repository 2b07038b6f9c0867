"""Lemma 16: the Kreiss constant of a Jordan block."""

from sympy import Abs, And, E, Implies, Max, Rational, Symbol

from theorems.notation import CONTRACTION, gamma, growing, jordan, strength
from verify import ByHand, Claim, Exhibit, Exists, Family, ForAll, KreissConstant, Lemma, Proof, Reading, guessed, positive, real

ORDERS = (2, 3, 4)
tolerance, threshold = Symbol("epsilon", real=True), Symbol("c_0", real=True)


def for_each_order(relation):
    return And(*(relation(n, KreissConstant(jordan(n))) for n in ORDERS))


WEAKER = Proof(Lemma("L16", "i", "the bound with the exponent n − 1"), ByHand("(1 − γ)^{1−n} <= (1 − γ)^{−n}, because 0 < 1 − γ <= 1."))
PRINTED = (strength / (1 - gamma)) / (E * 2)
"""``(c/(1 − γ))^{n−1}/(e n)`` for order 2."""
RATIO = KreissConstant(jordan(2, strength)) / PRINTED
STRONG = {gamma: Rational(0), tolerance: Rational(1, 4), strength: Max(threshold, 2)}

CLAIM = Claim(
    id="L16",
    title="Kreiss constant of a Jordan block",
    source="arXiv:2606.04031, Lemma 16",
    domain={gamma: CONTRACTION},
    notes="The order is free in the paper; the statements here are those of orders 2, 3 and 4, that of (iv) of order 2.",
    readings=[
        Reading(
            "i",
            for_each_order(lambda n, K: And((1 - gamma) ** (1 - n) / (E * n) <= K, K <= (1 - gamma) ** (1 - n))),
            guessed("(1 − γ)^{1−n} up to a factor between 1/(e n) and 1"),
            proof=Proof(
                Lemma("L16", "iii", "K >= (n − 1)^{n−1}/n^n (1 − γ)^{1−n}"),
                ByHand("(n − 1)^{n−1}/n^n = (1/n)(1 + 1/(n − 1))^{1−n} >= 1/(e n), because log(1 + x) <= x."),
                Lemma("similar-contraction", "i", "K(SMS^{-1}) <= ‖S‖ ‖S^{-1}‖ if ‖M‖ <= 1"),
                ByHand(
                    "γI + N = SMS^{-1} with M = γI + (1 − γ)N, whose norm is at most γ + (1 − γ) = 1, and S = diag(1, d, …, d^{n−1}), d = 1 − γ, for which "
                    "‖S‖ ‖S^{-1}‖ = (1 − γ)^{1−n}."
                ),
            ),
        ),
        Reading("ii", for_each_order(lambda n, K: K <= (1 - gamma) ** (-n)), guessed("an upper bound with the exponent n"), proof=WEAKER),
        Reading(
            "iii",
            for_each_order(lambda n, K: K >= Rational((n - 1) ** (n - 1), n**n) * (1 - gamma) ** (1 - n)),
            guessed("the corner entry of the resolvent"),
            sharp_at=(Family({gamma: 1 - 1 / growing}, growing, "γ → 1", squeezed_by="L16-sharp(iii)"),),
            proof=Proof(
                ByHand(
                    "The upper-right entry of R(r), r > 1, is (r − γ)^{-n}, and no entry exceeds the norm. (r − 1)/(r − γ)^n is largest at "
                    "r − γ = n(1 − γ)/(n − 1), where it is (n − 1)^{n−1}/n^n (1 − γ)^{1−n}."
                )
            ),
        ),
        Reading(
            "iv",
            ForAll((tolerance,), Exists((threshold,), ForAll((strength,), Implies(strength >= threshold, Abs(RATIO - 1) <= tolerance)))),
            guessed("K(γI + cN) ~ (c/(1 − γ))^{n−1}/(e n) as c → ∞: the ratio tends to 1"),
            repaired_by=("P19-sharp(ii)",),
            domain={gamma: CONTRACTION, tolerance: positive(), threshold: real(), strength: positive()},
            notes="For order 2 the ratio tends to e/2. By (iii) it is at least e(1 − 1/n)^{n−1} > 1 for every order n.",
            proof=Proof(Exhibit("γ = 0, ε = 1/4 and c = max(c_0, 2) for every c_0: the ratio is at least e/2", STRONG), refutes=True),
        ),
    ],
)
