"""Theorem 8: the transient phase, its height, its time and its length."""

from sympy import And, E, Eq, Matrix, Piecewise, Rational, log, oo, sqrt

from theorems.notation import MAP, TRIANGULAR, J, c, gamma, p, q, r, strength, t
from verify import (
    ByHand,
    Claim,
    Exists,
    KreissConstant,
    Lemma,
    Norm,
    Obligation,
    PowerNorm,
    Proof,
    Reading,
    TransientPeak,
    between,
    guessed,
    integer,
    nonnegative,
    reconstructed,
)

K = KreissConstant(J)
GROWTH = PowerNorm(J, t)
order = p + q
RATE = -log(gamma)
# Where the norm of the powers of [[γ, 0], [c, γ]] is largest over real time (T8-sharp (iii)).
PEAK = Piecewise((sqrt(1 / RATE**2 - 4 * gamma**2 / strength**2), strength > 2 * gamma * RATE), (0, True))

CLAIM = Claim(
    id="T8",
    title="Transient phase",
    source="arXiv:2606.04031, Theorem 8",
    domain={**TRIANGULAR, t: integer(0, 30)},
    axes=MAP,
    readings=[
        Reading(
            "i",
            GROWTH <= r ** (t + 1) / (r - 1) * K,
            reconstructed(),
            domain={**TRIANGULAR, r: between(1, oo, open_low=True, open_high=True), t: integer(0, 30)},
            proof=Proof(
                ByHand(
                    "Here ρ(J) <= γ < 1, so J^t = (1/2πi)∮ z^t R(z) dz over |z| = r > 1. The circle has length 2πr, |z^t| = r^t and "
                    "‖R(z)‖ <= K(J)/(r − 1) by the definition of K."
                )
            ),
        ),
        Reading(
            "ii",
            GROWTH <= E * (t + 1) * K,
            reconstructed(),
            proof=Proof(
                Lemma("T8-sharp", "i", "||J^t|| <= (t+1) (1 + 1/t)^t K(J) for t >= 1"),
                ByHand("(1 + 1/t)^t < e, because log(1 + x) < x. For t = 0 the claim is 1 <= eK, and K >= 1."),
            ),
        ),
        Reading(
            "iii",
            And(t >= 1 / (2 * (1 - gamma)), t <= 2 / (1 - gamma)),
            guessed("the largest power comes within a factor 2 of 1/(1 − γ)"),
            hypotheses=(GROWTH >= TransientPeak(J),),
            notes="The hypothesis says that t is a time of the largest power.",
        ),
        Reading(
            "iv",
            And(PEAK * RATE >= Rational(1, 2), PEAK * RATE <= 2),
            guessed("the peak of [[γ, 0], [c, γ]] over real time is within a factor 2 of −1/ln γ whenever κ >= 2"),
            domain={gamma: between(0, 1, open_low=True, open_high=True), strength: nonnegative()},
            hypotheses=(strength >= 2 * (1 - gamma),),
        ),
        Reading(
            "v",
            Exists((t,), And(GROWTH >= K / (E * order), PowerNorm(J, t + 1) >= K / (E * order), PowerNorm(J, t + 2) >= K / (E * order))),
            guessed("at least 1/(1 − γ) consecutive steps with ‖J^t‖ >= K/(en) whenever κ >= 4; here its consequence for γ >= 2/3, three steps"),
            domain={**TRIANGULAR, t: integer(0, 30)},
            hypotheses=(gamma >= Rational(2, 3), c >= 4 * (1 - gamma)),
            proof=Proof(
                Obligation("no power of [[0, 0], [c, 0]] is left from the second on", Eq(Norm(Matrix([[0, 0], [strength, 0]]) ** 2), 0)),
                ByHand(
                    "J = [[0, 0], [c, 0]] belongs to the class for every γ. Of three consecutive powers the last is J^2 or later, so its norm is 0, "
                    "below K/(en) > 0."
                ),
                refutes=True,
            ),
        ),
        Reading(
            "vi",
            GROWTH <= 1,
            guessed("no growth is left after log(e n K)/(1 − γ) steps"),
            domain={**TRIANGULAR, t: integer(0, 80)},
            hypotheses=(t >= log(E * order * K) / (1 - gamma),),
        ),
        Reading(
            "vii",
            GROWTH >= K / E,
            guessed("the transient lasts from the first step to 1/(1 − γ) if κ >= 4"),
            domain={**TRIANGULAR, t: integer(1, 30)},
            hypotheses=(t <= 1 / (1 - gamma), c >= 4 * (1 - gamma)),
        ),
    ],
)
