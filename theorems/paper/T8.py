"""Theorem 8: the transient phase, its height, its time and its length."""

from sympy import And, E, Integer, Piecewise, Rational, Symbol, log, oo, sqrt

from theorems.notation import GROWING, MAP, TRIANGULAR, J, c, gamma, growing, k, p, q, r, strength, t
from verify import (
    ByHand,
    Claim,
    Family,
    IndexMaximum,
    IndexMinimum,
    KreissConstant,
    Lemma,
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

# The longest run of steps on which the powers stay at K/(e n): the best of all starts up to `last`, the least of `length` powers from there.
length, last, start = Symbol("L", integer=True), Symbol("H", integer=True), Symbol("s", integer=True)
LASTING = IndexMaximum(IndexMinimum(PowerNorm(J, start + k), (k, 0, length - 1)), (start, 0, last))
LEVEL = K / (E * order)

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
            sharp_at=(Family({**GROWING, r: Integer(2), t: Integer(1)}, growing, "at t = 1 and r = 2, where the factor is 4, as κ = c → ∞"),),
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
            repaired_by=("T8-sharp(iii)",),
            hypotheses=(GROWTH >= TransientPeak(J),),
            notes="The hypothesis says that t is a time of the largest power.",
        ),
        Reading(
            "iv",
            And(PEAK * RATE >= Rational(1, 2), PEAK * RATE <= 2),
            guessed("the peak of [[γ, 0], [c, γ]] over real time is within a factor 2 of −1/ln γ whenever κ >= 2"),
            repaired_by=("T8-sharp(iii)",),
            domain={gamma: between(0, 1, open_low=True, open_high=True), strength: nonnegative()},
            hypotheses=(strength >= 2 * (1 - gamma),),
        ),
        Reading(
            "v",
            LASTING >= LEVEL,
            guessed("the transient lasts for at least 1/(1 − γ) consecutive steps, at the level K/(e n), if κ >= 4"),
            repaired_by=("T8-sharp(iii)",),
            domain={**TRIANGULAR, length: integer(2, 12), last: integer(1, 8)},
            hypotheses=(c >= 4 * (1 - gamma), (length - 1) * (1 - gamma) < 1, PowerNorm(J, last + 1) * TransientPeak(J) < LEVEL),
            notes="If the level is kept for 1/(1 − γ) consecutive steps or more, it is kept for every number L of steps with L − 1 < 1/(1 − γ). The last "
            "hypothesis makes every later power smaller than the level, because ‖J^t‖ <= ‖J^{H+1}‖ sup ‖J^s‖ for t > H, so that only starts s <= H count.",
        ),
        Reading(
            "vi",
            GROWTH <= 1,
            guessed("no growth is left after log(e n K)/(1 − γ) steps"),
            repaired_by=("T18-sharp(ii)",),
            domain={**TRIANGULAR, t: integer(0, 80)},
            hypotheses=(t >= log(E * order * K) / (1 - gamma),),
        ),
        Reading(
            "vii",
            GROWTH >= K / E,
            guessed("the transient lasts from the first step to 1/(1 − γ) if κ >= 4"),
            repaired_by=("E2(i)",),
            domain={**TRIANGULAR, t: integer(1, 30)},
            hypotheses=(t <= 1 / (1 - gamma), c >= 4 * (1 - gamma)),
        ),
    ],
)
