"""The power inequality of the numerical radius."""

from theorems.notation import M, t
from verify import Claim, NumericalRadius, Reading, classical, general, integer

CLAIM = Claim(
    id="numerical-radius-power",
    title="Power inequality of the numerical radius",
    source="Berger 1965; Pearcy 1966",
    domain={M: general(), t: integer(1, 6)},
    readings=[
        Reading(
            "i",
            NumericalRadius(M**t) <= NumericalRadius(M) ** t,
            classical("C. A. Berger, Notices AMS 12 (1965), 590; C. Pearcy, Michigan Math. J. 13 (1966), 289–291"),
        )
    ],
)
