"""The Neumann series bounds the inverse of I − X."""

from sympy import Identity

from theorems.notation import M, n
from verify import ByHand, Claim, Norm, Proof, Reading, SmallestSingularValue, classical, general

CLAIM = Claim(
    id="neumann-series",
    title="Neumann series",
    source="Neumann 1877",
    domain={M: general()},
    notes="σ_min(I − M) = 1/‖(I − M)^{-1}‖ if I − M is invertible, and 0 otherwise; so for ‖M‖ < 1 this is ‖(I − M)^{-1}‖ <= 1/(1 − ‖M‖).",
    readings=[
        Reading(
            "i",
            SmallestSingularValue(Identity(n) - M) >= 1 - Norm(M),
            classical("C. Neumann 1877; Kato 1966, chapter I"),
            proof=Proof(ByHand("For a unit vector ‖(I − M)v‖ >= ‖v‖ − ‖Mv‖ >= 1 − ‖M‖.")),
        )
    ],
)
