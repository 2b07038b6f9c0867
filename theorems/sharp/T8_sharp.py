"""Transient growth: powers order by order, the extremal member, and its peak over real time."""

from sympy import Eq, Integer, Matrix, Piecewise, Symbol, exp, log, sqrt

from theorems.notation import CONTRACTION, EXTREMAL, M, gamma, growing, sharp_power, strength, t
from verify import ByHand, Claim, Family, KreissConstant, Norm, Obligation, PowerNorm, Proof, Reading, between, general, integer, nonnegative, own, positive

time = Symbol("s", real=True)
POSITIVE = {gamma: between(0, 1, open_low=True, open_high=True), strength: positive(), time: nonnegative()}


def grown(at, rate):
    """``e^{−Ls} (x + √(x² + 1))``, ``x = sc/(2γ)``: for ``L = −ln γ`` the norm of the extremal member's power, at any real time."""
    x = at * strength / (2 * gamma)
    return exp(-rate * at) * (x + sqrt(x**2 + 1))


def peak_time(rate):
    """Where :func:`grown` is largest: ``√(1/L² − 4γ²/c²)`` if ``c > 2γL``, else 0."""
    return Piecewise((sqrt(1 / rate**2 - 4 * gamma**2 / strength**2), strength > 2 * gamma * rate), (0, True))


def largest(rate):
    """``exp(arcosh y − L s)`` at the peak, ``y = c/(2γL)``, else 1."""
    y = strength / (2 * gamma * rate)
    return Piecewise(((y + sqrt(y**2 - 1)) * exp(-rate * peak_time(rate)), y > 1), (1, True))


NATURAL = -log(gamma)
MIDWAY = log((1 + gamma) / (2 * gamma))
CALCULUS = ByHand(
    "The logarithm is −Ls + arsinh(sc/(2γ)), with the derivative −L + (c/(2γ))/√(1 + (sc/(2γ))²), which decreases in s. If c <= 2γL it is never "
    "positive; otherwise it vanishes exactly at s² = 1/L² − 4γ²/c², where √(1 + (sc/(2γ))²) = c/(2γL)."
)

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
            sharp_at=(Family({M: Matrix([[0, 0], [growing, 0]]), t: Integer(1)}, growing, "[[0, 0], [c, 0]] at t = 1, where the factor is 4"),),
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
            grown(time, NATURAL) <= grown(peak_time(NATURAL), NATURAL),
            own("the peak over real time"),
            domain=POSITIVE,
            proof=Proof(CALCULUS),
        ),
        Reading(
            "iv",
            grown(time, MIDWAY) <= largest(MIDWAY),
            own("row T11: the best constant of the decay at the rate (1 + γ)/2, L = ln((1 + γ)/(2γ))"),
            domain=POSITIVE,
            proof=Proof(CALCULUS),
        ),
    ],
)
