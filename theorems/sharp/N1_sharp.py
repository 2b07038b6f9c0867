"""Continuous time: the exact peak of the bound of the flow."""

from sympy import Piecewise, Symbol, exp, sqrt

from theorems.notation import mu, strength
from verify import ByHand, Claim, Proof, Reading, nonnegative, own, positive

time = Symbol("s", real=True)
x = strength / (2 * mu)
WORST = Piecewise(((x + sqrt(x**2 - 1)) * exp(-sqrt(1 - 1 / x**2)), x >= 1), (1, True))

CLAIM = Claim(
    id="N1-sharp",
    title="Peak of the extremal flow",
    source="theory.md, row N1",
    domain={mu: positive(), strength: nonnegative(), time: nonnegative()},
    notes="e^{−μs}(cs + √(c²s² + 4))/2 is the norm of exp(sG) at H_A = H_D = μI, G = [[−μ, 0], [−c, −μ]], and a bound of it over the class.",
    readings=[
        Reading(
            "i",
            exp(-mu * time) * (strength * time + sqrt(strength**2 * time**2 + 4)) / 2 <= WORST,
            own("one variable"),
            proof=Proof(
                ByHand(
                    "The logarithm is −μs + arsinh(cs/2), with the derivative −μ + (c/2)/√(1 + (cs/2)²), which "
                    "decreases in s and is never positive if x = c/(2μ) <= 1. "
                    "Otherwise it vanishes where √(1 + (cs/2)²) = x, that is cs/2 = √(x² − 1) and μs = √(1 − 1/x²)."
                )
            ),
        )
    ],
)
