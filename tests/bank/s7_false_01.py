"""Distance to the eigenvalue 1, asked for a thousandth more.

(s + b)(s + c) >= δ² is sharp (S7); with the factor 1 + 1e-3 it fails at every [[γ, b], [c, γ]] with bc < δ².
"""

from sympy import Identity, MatrixSymbol, Rational, Symbol, symbols

from verify import Claim, Norm, Reading, SmallestSingularValue, between, block, coupling, own

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
B = MatrixSymbol("B", p, q)
J = block([[A, B], [C, D]])
b, c = Norm(B), Norm(C)
s = SmallestSingularValue(Identity(p + q) - J)
STATEMENT = (s + b) * (s + c) >= (1 + Rational(1, 1000)) * (1 - gamma) ** 2
DOMAIN = {gamma: between(0, 1, open_high=True), A: coupling(norm=gamma), D: coupling(norm=gamma), B: coupling(), C: coupling()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-s7-false-01",
    title="Distance to the eigenvalue 1, raised",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
