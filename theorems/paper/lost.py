"""What of the paper did not survive, listed so that completeness is honest."""

from verify import Claim, Obstacle, Prose, Reading, Untestable, stated

PARTS = {
    "contribution-1": "contribution 1 of the introduction",
    "section-7-lq": "the linear–quadratic paragraph of section 7",
    "section-7-iqc": "the IQC paragraph of section 7",
    "appendix-C": "the construction of Appendix C",
    "appendix-N": "'when to use which bound' (Appendix N)",
    "display-1": "display (1)",
    "display-3": "display (3)",
    "display-7": "display (7)",
    "display-9": "display (9)",
    "display-10": "display (10)",
}

CLAIM = Claim(
    id="lost",
    title="Parts that did not survive",
    source="arXiv:2606.04031",
    domain={},
    readings=[
        Reading(key, Prose(name), stated("only that it exists"), untestable=Untestable(Obstacle.LOST, "its text did not survive."))
        for key, name in PARTS.items()
    ],
)
