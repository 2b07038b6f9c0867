"""Transient growth: powers order by order, the extremal member, and its peak over real time."""

from sympy import Eq, Matrix, Piecewise, Symbol, exp, log, sqrt

from theorems.notation import CONTRACTION, EXTREMAL, M, gamma, sharp_power, strength, t
from verify import ByHand, Claim, KreissConstant, Norm, Obligation, PowerNorm, Proof, Reading, between, general, integer, nonnegative, own, positive

time = Symbol("s", real=True)
rate = -log(gamma)
PEAK_TIME = Piecewise((sqrt(1 / rate**2 - 4 * gamma**2 / strength**2), strength > 2 * gamma * rate), (0, True))


def grown(at):
    """``γ^s (x + √(x² + 1))``, ``x = sc/(2γ)``: the norm of the extremal member's power, at any real time."""
    x = at * strength / (2 * gamma)
    return exp(-rate * at) * (x + sqrt(x**2 + 1))


CLAIM = Claim(
    id="T8-sharp",
    title="Transient growth, exactly",
    source="theory.md, row T8",
    domain={M: general(), t: integer(1, 12)},
    readings=[
        Reading(
            "i",
            PowerNorm(M, t) <= (t + 1) * (1 + 1 / t) ** t * KreissConstant(M),
            own("Cauchy's formula on the best circle"),
            proof=Proof(
                ByHand(
                    "If K(M) is finite, ρ(M) <= 1 and M^t = (1/2πi)∮ z^t R(z) dz over |z| = r > 1, so ‖M^t‖ <= "
                    "r^{t+1}K(M)/(r − 1); r = 1 + 1/t minimises the factor, "
                    "which is then (t + 1)(1 + 1/t)^t."
                )
            ),
        ),
        Reading(
            "ii",
            Eq(PowerNorm(EXTREMAL, t), sharp_power(strength, t)),
            own("the extremal member"),
            domain={gamma: CONTRACTION, strength: nonnegative(), t: integer(1, 12)},
            proof=Proof(
                ByHand("By induction [[γ, 0], [c, γ]]^t = γ^{t−1} [[γ, 0], [tc, γ]]."),
                Obligation(
                    "the norm of [[γ, 0], [x, γ]], here with x = tc",
                    Eq(Norm(Matrix([[gamma, 0], [strength, gamma]])), sharp_power(strength, 1)),
                    given=(gamma >= 0, gamma < 1, strength >= 0),
                ),
            ),
        ),
        Reading(
            "iii",
            grown(time) <= grown(PEAK_TIME),
            own("the peak over real time"),
            domain={gamma: between(0, 1, open_low=True, open_high=True), strength: positive(), time: nonnegative()},
            proof=Proof(
                ByHand(
                    "The logarithm is −Ls + arsinh(sc/(2γ)), L = −ln γ, with the derivative −L + (c/(2γ))/√(1 + "
                    "(sc/(2γ))²), which decreases in s. If c <= 2γL it is "
                    "never positive; otherwise it vanishes exactly at s² = 1/L² − 4γ²/c²."
                )
            ),
        ),
    ],
)
