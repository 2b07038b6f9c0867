"""Kreiss constant of a Jordan block: when it is 1, and how it grows."""

from sympy import And, E, Equivalent, Rational, cos, pi

from theorems.notation import CONTRACTION, gamma, growing, jordan
from verify import ByHand, Claim, Family, KreissConstant, Proof, Reading, between, own

ORDERS = (2, 3, 4)
ORDER = 5
GROWTH = KreissConstant(jordan(ORDER)) * (E * ORDER * gamma * (2 - gamma)) * (1 - gamma) ** (ORDER - 1)


def largest(k):
    """``(k − 1)^{k−1}/k^k (1 − γ)^{1−k}``, the supremum of ``(r − 1)/(r − γ)^k`` over ``r > 1``; 1 for ``k = 1``."""
    return Rational((k - 1) ** (k - 1), k**k) * (1 - gamma) ** (1 - k)


CLAIM = Claim(
    id="L16-sharp",
    title="Kreiss constant of a Jordan block",
    source="own derivation; the numerical radius of the shift is classical (Haagerup and de la Harpe 1992)",
    domain={gamma: CONTRACTION},
    notes="As the order n grows, K(γI + N) (1 − γ)^{n−1} e n γ(2 − γ) tends to 1 for 0 < γ < 1; (ii) is one order of that.",
    readings=[
        Reading(
            "i",
            And(*(Equivalent(KreissConstant(jordan(n)) <= 1, gamma + cos(pi / (n + 1)) <= 1) for n in ORDERS)),
            own("K = 1 iff γ + cos(π/(n + 1)) <= 1, for orders 2, 3 and 4"),
            proof=Proof(
                ByHand("The numerical radius of γI + N is γ + cos(π/(n + 1)), because Re(e^{iθ}N) has the eigenvalues cos(kπ/(n + 1)), and γ >= 0."),
                ByHand(
                    "If w(M) <= 1, then |x*(zI − M)x| >= |z| − 1 for unit vectors x, so that ‖R(z)‖ <= 1/(|z| − 1) and K(M) <= 1. Conversely K(M) <= 1 gives "
                    "‖(zI − M)x‖² >= (|z| − 1)², that is 2 Re(z̄ x*Mx) <= 2|z| − 1 + ‖Mx‖²; divide by 2|z| and let |z| → ∞: Re(e^{iθ} x*Mx) <= 1 for every θ."
                ),
            ),
        ),
        Reading(
            "ii",
            And(GROWTH >= 1, GROWTH <= Rational(5, 4)),
            own("the growth at order 5, for 3/4 <= γ <= 9/10: within a quarter above the asymptotic value"),
            domain={gamma: between(Rational(3, 4), Rational(9, 10))},
        ),
        Reading(
            "iii",
            And(*(KreissConstant(jordan(n)) <= sum(largest(k) for k in range(1, n + 1)) for n in ORDERS)),
            own("the norms of the terms of the resolvent, each at its largest"),
            sharp_at=(Family({gamma: 1 - 1 / growing}, growing, "γ → 1", squeezed_by="L16(iii)"),),
            proof=Proof(
                ByHand(
                    "R(z) = Σ_{k<=n} N^{k−1}(z − γ)^{−k} with ‖N‖ <= 1, and |z − γ| >= |z| − γ. So K is at most the sum over k of the suprema of (r − 1)/(r − "
                    "γ)^k over r > 1: 1 for k = 1, else (k − 1)^{k−1}/k^k (1 − γ)^{1−k}, at r − γ = k(1 − γ)/(k − 1)."
                )
            ),
        ),
    ],
)
