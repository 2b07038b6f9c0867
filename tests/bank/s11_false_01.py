"""The smaller of the two real points.

A = 1/2, D = 0, C = 0: ‖R(2)‖ = 1/(3/2) > ‖R(−2)‖ = 1/2. At z = 2 the right side is the smaller.
"""

from sympy import Abs, MatrixSymbol, Min, Symbol, symbols

from verify import Claim, Reading, ResolventNorm, between, block, complex_outside, coupling, own, symmetric

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
J = block([[A, 0], [C, D]])
z = Symbol("z", complex=True)
STATEMENT = ResolventNorm(J, z) <= Min(ResolventNorm(J, Abs(z)), ResolventNorm(J, -Abs(z)))
DOMAIN = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma), D: symmetric(rho=gamma), C: coupling(), z: complex_outside(1)}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-s11-false-01",
    title="The real axis, swapped",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
