"""Table 1: the bound of Theorem 4 on linear–quadratic instances."""

from sympy import Abs, Rational

from theorems.notation import CONTRACTION, gamma, printed_bound, strength
from verify import Claim, Obstacle, Prose, Reading, Surrogate, Untestable, between, nonnegative, reconstructed, stated

HALF_A_UNIT = Rational(1, 200)


def row(key, at, coupling, printed):
    """The third column is reproduced if the bound is within half a unit of its last digit, ties included."""
    values = {gamma: Rational(at), strength: Rational(coupling)}
    return Reading(
        key,
        Abs(printed_bound(strength) - Rational(printed)) <= HALF_A_UNIT,
        reconstructed(f"the row γ = {at}, c = {coupling}: {printed}"),
        domain={symbol: between(value, value) for symbol, value in values.items()},
    )


ROWS = [("i", "0.90", "0.01", "20.03"), ("ii", "0.90", "1.00", "22.50"), ("iii", "0.95", "0.10", "40.50"), ("iv", "0.99", "1.00", "225.00")]

CLAIM = Claim(
    id="Table-1",
    title="The bound of Theorem 4 in numbers",
    source="arXiv:2606.04031, Table 1",
    domain={gamma: CONTRACTION, strength: nonnegative()},
    notes="That the third column is the bound of Theorem 4 is a reconstruction; rows and printed numbers survive. 20.025 is printed as 20.03.",
    readings=[
        *(row(*data) for data in ROWS),
        Reading(
            "v",
            Prose("the columns 'measured K' and 'Ratio' of Table 1"),
            stated("their headings survive, the numbers do not"),
            domain={},
            untestable=Untestable(
                Obstacle.LOST,
                "the numbers of these columns did not survive.",
                Surrogate("R6-sharp", "i", "If true, a printed measured K above this value is false."),
            ),
        ),
    ],
)
