"""Lemma 16: the Kreiss constant of a Jordan block."""

from sympy import And, E, Implies, Rational, Symbol, eye, zeros

from theorems.notation import CONTRACTION, EXTREMAL, gamma, sharp_kreiss, strength
from verify import ByHand, Claim, Exists, ForAll, KreissConstant, Lemma, Obligation, Proof, Reading, guessed, positive

ORDERS = (2, 3, 4)

ratio = Symbol("kappa", real=True)
eps, start = Symbol("epsilon", real=True), Symbol("c_0", real=True)
CORNER = KreissConstant(EXTREMAL)
LIMIT = strength / (1 - gamma) / (2 * E)
WITHIN = And(CORNER <= (1 + eps) * LIMIT, CORNER >= (1 - eps) * LIMIT)


def jordan(n):
    """``γI + N`` of order ``n``."""
    shift = zeros(n, n)
    for k in range(n - 1):
        shift[k, k + 1] = 1
    return gamma * eye(n) + shift


def for_each_order(relation):
    return And(*(relation(n, KreissConstant(jordan(n))) for n in ORDERS))


CLAIM = Claim(
    id="L16",
    title="Kreiss constant of a Jordan block",
    source="arXiv:2606.04031, Lemma 16",
    domain={gamma: CONTRACTION},
    notes="The order is free in the paper; the statements here are those of orders 2, 3 and 4.",
    readings=[
        Reading(
            "i",
            for_each_order(lambda n, K: And(K <= (1 - gamma) ** (1 - n), E * n * K >= (1 - gamma) ** (1 - n))),
            guessed("K ~ (1 − γ)^{1−n} up to a factor between 1/(en) and 1"),
        ),
        Reading("ii", for_each_order(lambda n, K: K <= (1 - gamma) ** (-n)), guessed("an upper bound with the exponent n")),
        Reading(
            "iii",
            for_each_order(lambda n, K: K >= Rational((n - 1) ** (n - 1), n**n) * (1 - gamma) ** (1 - n)),
            guessed("the corner entry of the resolvent"),
            proof=Proof(
                ByHand(
                    "The upper-right entry of R(r), r > 1, is (r − γ)^{-n}, and no entry exceeds the norm. (r − 1)/(r − γ)^n is largest at "
                    "r − γ = n(1 − γ)/(n − 1), where it is (n − 1)^{n−1}/n^n (1 − γ)^{1−n}."
                )
            ),
        ),
        Reading(
            "iv",
            ForAll((eps,), Exists((start,), ForAll((gamma, strength), Implies(strength >= start, WITHIN)))),
            guessed("K(γI + cN) ~ (c/(1 − γ))^{n−1}/(en) as c → ∞; here of order 2"),
            domain={eps: positive(), start: positive(), gamma: CONTRACTION, strength: positive()},
            proof=Proof(
                Lemma("P19-sharp", "ii", "K([[γ, 0], [c, γ]]) = k(κ)"),
                Obligation("k(κ) >= κ/4", sharp_kreiss(ratio) >= ratio / 4, given=(ratio >= 0,)),
                ByHand(
                    "1/4 > (5/4)/(2e), because e > 5/2. So for ε = 1/4 the upper side (1 + ε)κ/(2e) is below κ/4 <= K at every c > 0. "
                    "The transpose has the same K."
                ),
                refutes=True,
            ),
        ),
    ],
)
