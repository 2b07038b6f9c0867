"""Distance to the eigenvalue 1, in one product.

Let s = σ_min(I − J). If bc < δ², δ = 1 − γ, tool A gives s >= σ_min(I − M) = (√(4δ² + (b − c)²) − b − c)/2, the non-negative root of (s +
b)(s + c) = δ²; the left side grows with s >= 0. If bc >= δ² there is nothing to show. So no hypothesis of stability is needed. Equality at
M = [[γ, b], [c, γ]].
"""

from sympy import Identity, MatrixSymbol, Symbol, symbols

from verify import Claim, Norm, Reading, SmallestSingularValue, between, block, coupling, own

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
B = MatrixSymbol("B", p, q)
J = block([[A, B], [C, D]])
b, c = Norm(B), Norm(C)
s = SmallestSingularValue(Identity(p + q) - J)
STATEMENT = (s + b) * (s + c) >= (1 - gamma) ** 2
DOMAIN = {gamma: between(0, 1, open_high=True), A: coupling(norm=gamma), D: coupling(norm=gamma), B: coupling(), C: coupling()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-s7-true-01",
    title="Distance to the eigenvalue 1",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
