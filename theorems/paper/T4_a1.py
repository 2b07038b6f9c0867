"""Theorem 4, proof of the weakly coupled case: the supremum of the coupling term."""

from sympy import Eq, oo

from theorems.notation import SCALAR, gamma, r, strength
from verify import Claim, Reading, Supremum, reconstructed

COUPLING_TERM = (r - 1) * strength / (r - gamma) ** 2

CLAIM = Claim(
    id="T4-a1",
    title="Supremum of the coupling term",
    source="arXiv:2606.04031, proof of Theorem 4",
    domain=SCALAR,
    readings=[
        Reading(
            "i",
            Eq(Supremum(COUPLING_TERM, (r, 1, oo)), strength / (4 * (1 - gamma))),
            reconstructed(),
            notes="The paper adds that the supremum is taken at r = 2 − γ: there the term is c(1 − γ)/(2 − 2γ)², which is the right-hand side identically.",
        )
    ],
)
