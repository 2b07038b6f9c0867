"""The real axis without symmetry.

Tool C needs symmetric blocks. With 1×1 blocks they are; with A = [[0, −a], [a, 0]], D = 0, C = 0 the resolvent at z = iy is 1/(y − a), on
the real axis 1/√(y² + a²) or 1/y.
"""

from sympy import Abs, MatrixSymbol, Max, Symbol, symbols

from verify import Claim, Reading, ResolventNorm, between, block, complex_outside, coupling, own

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
J = block([[A, 0], [C, D]])
z = Symbol("z", complex=True)
STATEMENT = ResolventNorm(J, z) <= Max(ResolventNorm(J, Abs(z)), ResolventNorm(J, -Abs(z)))
DOMAIN = {gamma: between(0, 1, open_high=True), A: coupling(norm=gamma), D: coupling(norm=gamma), C: coupling(), z: complex_outside(1)}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-s11-false-02",
    title="The real axis without symmetry",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
