"""Table 2: comparison with the IQC bound."""

from verify import Claim, Obstacle, Prose, Reading, Surrogate, Untestable, stated

CLAIM = Claim(
    id="Table-2",
    title="Comparison with the IQC bound, in numbers",
    source="arXiv:2606.04031, Table 2",
    domain={},
    notes="Of its three rows (γ, c) = (0.90, 0.10), (0.95, 1.00), (0.99, 1.00) only these labels survive.",
    readings=[
        Reading(
            "i",
            Prose("the numbers of Table 2"),
            stated("the labels of its rows survive, the numbers do not"),
            untestable=Untestable(
                Obstacle.LOST,
                "the numbers did not survive.",
                Surrogate("S10", "i", "If true, a printed least √cond(P) above max(1, c/(1 − γ²)) is false."),
            ),
        )
    ],
)
