"""Table 3: neural network, learning rate and γ."""

from sympy import And, Eq, Rational, Symbol

from verify import Claim, Exhibit, Exists, Obstacle, Proof, Prose, Reading, Untestable, guessed, real, stated

curvature = Symbol("lambda", real=True)
ROWS = [("0.001", "0.998"), ("0.010", "0.980"), ("0.100", "0.800")]

CLAIM = Claim(
    id="Table-3",
    title="Learning rate and γ of a network",
    source="arXiv:2606.04031, Table 3",
    domain={curvature: real()},
    notes="Rows 0.001, 0.998; 0.010, 0.980; 0.100, 0.800, read as learning rate η and γ.",
    readings=[
        Reading(
            "i",
            Exists((curvature,), And(*(Eq(1 - Rational(rate) * curvature, Rational(printed)) for rate, printed in ROWS))),
            guessed("the rows fit γ = 1 − ηλ with one λ, as for a smallest kernel eigenvalue that training does not change"),
            proof=Proof(Exhibit("λ = 2", {curvature: Rational(2)})),
        ),
        Reading(
            "ii",
            Prose("the other numbers of Table 3"),
            stated("two columns survive, without their headings"),
            domain={},
            untestable=Untestable(Obstacle.LOST, "the other columns did not survive."),
        ),
    ],
)
