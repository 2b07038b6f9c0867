"""Display (2): the Kreiss matrix theorem."""

from sympy import And, E

from theorems.notation import M, n
from verify import ByHand, Claim, KreissConstant, Proof, Reading, TransientPeak, general, quoted

K = KreissConstant(M)
PEAK = TransientPeak(M)
LOWER = K <= PEAK
UPPER = PEAK <= E * n * K

CLAIM = Claim(
    id="E2",
    title="Kreiss matrix theorem",
    source="arXiv:2606.04031, display (2)",
    domain={M: general()},
    notes="The theorem holds for complex M; the instances tried are real.",
    readings=[
        Reading(
            "i",
            And(LOWER, UPPER),
            quoted("classical: Kreiss 1962, with the constant of Spijker 1991"),
            proof=Proof(
                ByHand(
                    "If the powers are bounded by S, then ρ(M) <= 1 and R(z) = Σ_{t>=0} z^{−t−1} M^t for |z| > 1, so that ‖R(z)‖ <= S Σ "
                    "|z|^{−t−1} = S/(|z| − 1), that is (|z| − 1)‖R(z)‖ <= S. If they are not bounded there is nothing to show.",
                    LOWER,
                ),
                ByHand(
                    "Let K(M) be finite (else there is nothing to show), u, v unit vectors and f(z) = u*R(z)v, a rational function of "
                    "degree at most n without poles outside the closed unit disc. For r > 1, u*M^t v = (1/2πi)∮ z^t f(z) dz over |z| = "
                    "r; integrate by parts: |u*M^t v| <= r^{t+1}/(2π(t+1)) ∮ |f'(z)||dz|. By Spijker's lemma (M. N. Spijker, On a "
                    "conjecture by LeVeque and Trefethen related to the Kreiss matrix theorem, BIT 31, 1991, 551–555) the length of the "
                    "image of a circle under a rational function of degree n is at most 2πn times its maximum on the circle, here at "
                    "most 2πn K(M)/(r − 1). With r = 1 + 1/(t+1) this gives ‖M^t‖ <= (1 + 1/(t+1))^{t+1} n K(M) < e n K(M).",
                    UPPER,
                ),
            ),
        )
    ],
)
