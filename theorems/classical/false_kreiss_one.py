"""False: the powers are bounded by the Kreiss constant itself."""

from theorems.notation import M
from verify import Claim, KreissConstant, Reading, TransientPeak, general, own

CLAIM = Claim(
    id="false-kreiss-one",
    title="Powers bounded by the Kreiss constant: a false strengthening",
    source="a false strengthening of kreiss-upper",
    domain={M: general()},
    readings=[Reading("i", TransientPeak(M) <= KreissConstant(M), own("the constant 1 in place of e n"))],
)
