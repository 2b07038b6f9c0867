"""Table 1: the third column is the bound of Theorem 4."""

from sympy import Abs, Eq, Rational

from theorems.notation import CONTRACTION, gamma, printed_bound, strength
from verify import Claim, Reading, nonnegative, stated

ROWS = {"i": ("0.90", "0.01", "20.03"), "ii": ("0.90", "1.00", "22.50"), "iii": ("0.95", "0.10", "40.50"), "iv": ("0.99", "1.00", "225.00")}


def row(key, radius, coupling, printed):
    """The bound is within half a unit of the last printed digit."""
    return Reading(
        key,
        Abs(printed_bound(strength) - Rational(printed)) <= Rational(1, 200),
        stated(f"row ({radius}, {coupling}), third column {printed}"),
        hypotheses=(Eq(gamma, Rational(radius)), Eq(strength, Rational(coupling))),
    )


CLAIM = Claim(
    id="Table1",
    title="The bound column of Table 1",
    source="arXiv:2606.04031, Table 1",
    domain={gamma: CONTRACTION, strength: nonnegative()},
    notes="The columns 'measured K' and 'ratio' did not survive. Half a unit of the last digit, ties included: the first row is 20.025.",
    readings=[row(key, *numbers) for key, numbers in ROWS.items()],
)
