"""The upper half of the Kreiss matrix theorem with the constant of Spijker."""

from sympy import E

from theorems.notation import M, n
from verify import Claim, KreissConstant, Reading, TransientPeak, classical, general

CLAIM = Claim(
    id="kreiss-upper",
    title="Kreiss matrix theorem, upper half",
    source="LeVeque and Trefethen 1984 (conjecture); Spijker 1991 (proof)",
    domain={M: general()},
    readings=[Reading("i", TransientPeak(M) <= E * n * KreissConstant(M), classical("M. N. Spijker, BIT 31 (1991), 551–555"))],
)
