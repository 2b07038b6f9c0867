"""The growth of powers in terms of the Kreiss constant, order by order."""

from sympy import E, Min

from theorems.notation import M, n, t
from verify import ByHand, Claim, KreissConstant, Lemma, PowerNorm, Proof, Reading, classical, general, integer

K = KreissConstant(M)

CLAIM = Claim(
    id="power-growth",
    title="Growth of powers, order by order",
    source="LeVeque and Trefethen 1984; Spijker 1991",
    domain={M: general(), t: integer(0, 12)},
    readings=[
        Reading(
            "i",
            PowerNorm(M, t) <= E * Min(n, t + 1) * K,
            classical("R. J. LeVeque and L. N. Trefethen, BIT 24 (1984), 584–591; M. N. Spijker, BIT 31 (1991), 551–555"),
            proof=Proof(
                Lemma("kreiss-upper", "i", "‖M^t‖ <= e n K(M)"),
                ByHand(
                    "Let K(M) be finite. M^t = (1/2πi)∮ z^t R(z) dz over |z| = r > 1 gives ‖M^t‖ <= r^{t+1} K(M)/(r − 1). With r = 1 + 1/t this is "
                    "(t+1)(1 + 1/t)^t K(M) < e(t+1)K(M); for t = 0 the left side is 1 <= K(M). The smaller of this and the lemma's bound is the claim."
                ),
            ),
        )
    ],
)
