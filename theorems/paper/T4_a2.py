"""Theorem 4, proof of the weakly coupled case: what bounds the diagonal term."""

from sympy import Eq, Integer, oo

from theorems.notation import CONTRACTION, gamma, growing, r
from verify import Claim, Family, Reading, SharpForm, Supremum, between, guessed

DIAGONAL_TERM = (r - 1) / (r - gamma)
LIMIT = 1 / (1 - gamma)

CLAIM = Claim(
    id="T4-a2",
    title="Bound of the diagonal term",
    source="arXiv:2606.04031, proof of Theorem 4",
    domain={gamma: CONTRACTION, r: between(1, oo, open_low=True)},
    readings=[
        Reading(
            "i",
            DIAGONAL_TERM <= LIMIT,
            guessed("read as a bound for each r"),
            sharp_at=(Family({gamma: Integer(0), r: growing}, growing, "r → ∞ at γ = 0"),),
            sharp=SharpForm(DIAGONAL_TERM <= 1, text="the least upper bound is 1, approached as r → ∞"),
        ),
        Reading(
            "ii",
            Eq(Supremum(DIAGONAL_TERM, (r, 1, oo)), LIMIT),
            guessed("read as the value of the supremum"),
            domain={gamma: CONTRACTION},
            repaired_by=("T4-a2(i)",),
        ),
    ],
)
