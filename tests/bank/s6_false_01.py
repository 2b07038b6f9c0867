"""A missing product.

(ε + b)(ε + c) = ε² + ε(b + c) + bc. With max(b, c) in place of b + c the bound fails at [[γ, b], [c, γ]] whenever b, c > 0; at γ = 0, b = c
= ε: 2ε against √3 ε, 15.5 %.
"""

from sympy import MatrixSymbol, Max, Symbol, sqrt, symbols

from verify import Claim, Norm, PseudospectralRadius, Reading, between, block, coupling, own, positive

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
B = MatrixSymbol("B", p, q)
epsilon = Symbol("epsilon", real=True)
J = block([[A, B], [C, D]])
b, c = Norm(B), Norm(C)
STATEMENT = PseudospectralRadius(J, epsilon) <= gamma + sqrt(epsilon**2 + epsilon * Max(b, c) + b * c)
DOMAIN = {gamma: between(0, 1, open_high=True), A: coupling(norm=gamma), D: coupling(norm=gamma), B: coupling(), C: coupling(), epsilon: positive()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-s6-false-01",
    title="Pseudospectral radius, a summand short",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
