"""On each circle the resolvent is largest on the real axis.

Tool C (symmetric blocks, B = 0): ‖R(z)‖ <= max(‖R(|z|)‖, ‖R(−|z|)‖). Equality at every real z.
"""

from sympy import Abs, MatrixSymbol, Max, Symbol, symbols

from verify import Claim, Reading, ResolventNorm, between, block, complex_outside, coupling, own, symmetric

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
J = block([[A, 0], [C, D]])
z = Symbol("z", complex=True)
STATEMENT = ResolventNorm(J, z) <= Max(ResolventNorm(J, Abs(z)), ResolventNorm(J, -Abs(z)))
DOMAIN = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma), D: symmetric(rho=gamma), C: coupling(), z: complex_outside(1)}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-s11-true-01",
    title="The real axis is the worst",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
