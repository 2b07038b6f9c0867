"""The pseudospectral radius of the class with feedback, without roots.

Tools A and B: ρ_ε(J) <= γ + √((ε + b)(ε + c)); if ρ_ε > γ the square of ρ_ε − γ is at most (ε + b)(ε + c). (ρ_ε >= ε always, so for ε > γ
the premiss holds.) Equality at [[γ, b], [c, γ]].
"""

from sympy import Implies, MatrixSymbol, Symbol, symbols

from verify import Claim, Norm, PseudospectralRadius, Reading, between, block, coupling, own, positive

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
B = MatrixSymbol("B", p, q)
epsilon = Symbol("epsilon", real=True)
J = block([[A, B], [C, D]])
b, c = Norm(B), Norm(C)
reach = PseudospectralRadius(J, epsilon)
STATEMENT = Implies(reach > gamma, (reach - gamma) ** 2 <= (epsilon + b) * (epsilon + c))
DOMAIN = {gamma: between(0, 1, open_high=True), A: coupling(norm=gamma), D: coupling(norm=gamma), B: coupling(), C: coupling(), epsilon: positive()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-s6-true-01",
    title="Pseudospectral radius with feedback",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
