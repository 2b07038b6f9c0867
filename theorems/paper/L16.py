"""Lemma 16: the Kreiss constant of a Jordan block."""

from sympy import And, Rational, eye, zeros

from theorems.notation import CONTRACTION, gamma
from verify import ByHand, Claim, KreissConstant, Proof, Reading, guessed

ORDERS = (2, 3, 4)


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
    notes="The order is free in the paper; the statements here are those of orders 2, 3 and 4. The asymptotic readings (i) and (iv) are not encoded yet.",
    readings=[
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
    ],
)
