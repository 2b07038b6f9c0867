"""The quadratic behind the Kreiss constant of 2×2 matrices with real eigenvalues."""

from sympy import And, Eq, Implies, Integer, Symbol

from theorems.notation import epsilon
from verify import Claim, Reading, SharpForm, nonnegative, own, positive, real

k, tau, u, w = (Symbol(name, real=True) for name in ("k", "tau", "u", "w"))
DELTA = (tau * (u + w) ** 2 + (u - w) ** 2 / tau) / 2
NU = (tau * (u + w) ** 2 - (u - w) ** 2 / tau) / 2
OF_RATIO = (tau + 1 / tau) / 2
TOUCHING = 2 * tau * u * w / (tau**2 - 1)


def quadratic(value, x):
    """At least ``Δx`` for every ``x >= 0`` if and only if ``K <= value``, for ``value >= 1``."""
    return (value**2 - 1) * x**2 + value * (u**2 + w**2) * x + u**2 * w**2


BOUND = quadratic(OF_RATIO, epsilon) >= DELTA * epsilon
RATIO = {tau: positive(), u: positive(), w: positive()}

CLAIM = Claim(
    id="tool-B",
    title="The quadratic behind the Kreiss constant of 2×2 matrices",
    source="theory.md, tool B",
    domain=RATIO,
    hypotheses=(tau >= 1,),
    notes="For a real 2×2 matrix with eigenvalues λ_1, λ_2 in (−1, 1), λ_1 + λ_2 >= 0, put u = √(1 − λ_1), w = √(1 − λ_2), ν = |x_12 − x_21|, "
    "Δ = √(ν² + (λ_1 − λ_2)²), τ = (ν + Δ)/(u + w)². As ρ_ε = (λ_1 + λ_2)/2 + √((λ_1 − λ_2)²/4 + ε² + εΔ), K <= k means, squared, that "
    "(k² − 1)ε² + k(u² + w²)ε + u²w² >= Δε for ε > 0. Here ν and Δ are written with τ, by (i). The readings speak of real numbers "
    "alone, so that exact certificates settle them.",
    readings=[
        Reading("i", And(Eq(NU**2 + (u**2 - w**2) ** 2, DELTA**2), Eq(NU + DELTA, tau * (u + w) ** 2)), own("ν and Δ with the ratio τ")),
        Reading(
            "ii",
            BOUND,
            own("K <= (τ + 1/τ)/2: the difference is a square"),
            domain={**RATIO, epsilon: nonnegative()},
            sharp=SharpForm(BOUND, attained_by={tau: Integer(2), epsilon: 4 * u * w / 3}),
        ),
        Reading(
            "iii",
            Implies(tau > 1, Eq(quadratic(OF_RATIO, TOUCHING), DELTA * TOUCHING)),
            own("both sides agree at one ε > 0 if τ > 1"),
        ),
        Reading(
            "iv",
            quadratic(k, epsilon) < quadratic(OF_RATIO, epsilon),
            own("with any smaller k the left side is smaller, so that K >= (τ + 1/τ)/2"),
            domain={**RATIO, epsilon: positive(), k: real()},
            hypotheses=(k >= 1, k < OF_RATIO),
        ),
    ],
)
