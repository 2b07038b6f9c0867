"""False: only normal matrices have Kreiss constant 1."""

from sympy import Implies

from theorems.notation import M
from verify import Claim, KreissConstant, Normal, Reading, general, own

CLAIM = Claim(
    id="false-kreiss-normal",
    title="Kreiss constant 1 only for normal matrices: a false strengthening",
    source="a false strengthening of kreiss-contraction",
    domain={M: general()},
    readings=[Reading("i", Implies(KreissConstant(M) <= 1, Normal(M)), own("the converse holds if the spectral radius is at most 1"))],
)
