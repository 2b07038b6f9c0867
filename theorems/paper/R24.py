"""Remark 24: the product bound is loose."""

from verify import Claim, Obstacle, Prose, Reading, Surrogate, Untestable, stated

CLAIM = Claim(
    id="R24",
    title="The product bound is loose, a joint analysis is future work",
    source="arXiv:2606.04031, Remark 24",
    domain={},
    readings=[
        Reading(
            "i",
            Prose("the product bound of Proposition 22 is loose; a joint analysis, expected to be tighter, is future work"),
            stated("in prose"),
            untestable=Untestable(
                Obstacle.JUDGEMENT,
                "an expectation of future work is neither true nor false.",
                Surrogate(
                    "S5", "ii",
                    "If true, it is the joint analysis: a bound of max(1, c/(1 − γ²)) for products of every length, while the one reading of Proposition 22 "
                    "that is true grows like (e n)^T. Then the expectation is met.",
                ),
            ),
        )
    ],
)
