"""False: the numerical range is a 1-spectral set."""

from theorems.notation import M, t
from verify import Claim, NumericalRadius, PowerNorm, Reading, general, integer, own

CLAIM = Claim(
    id="false-crouzeix-one",
    title="Numerical range with constant 1: a false strengthening",
    source="a false strengthening of crouzeix-palencia and berger-norm",
    domain={M: general(), t: integer(1, 6)},
    readings=[Reading("i", PowerNorm(M, t) <= NumericalRadius(M) ** t, own("true for normal matrices; 2 is the best constant for a disc"))],
)
