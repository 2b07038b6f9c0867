"""The corrected perturbation theorem, written with a hypothesis.

Row T9: 4ηK_0 < 1 − γ implies K(J_0 + E) <= K_0/(1 − 4ηK_0/(1 − γ)), E in the upper right corner. The constant 4 is best possible (limit κ →
∞ at the onset of instability); equality also at E = 0.
"""

from sympy import Implies, MatrixSymbol, Symbol, symbols

from verify import Claim, KreissConstant, Norm, Reading, between, block, coupling, own, symmetric

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
B = MatrixSymbol("B", p, q)
K_0 = KreissConstant(block([[A, 0], [C, D]]))
J = block([[A, B], [C, D]])
b = Norm(B)
STATEMENT = Implies(4 * b * K_0 < 1 - gamma, KreissConstant(J) <= K_0 / (1 - 4 * b * K_0 / (1 - gamma)))
DOMAIN = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma), D: symmetric(rho=gamma), B: coupling(), C: coupling()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-t9-true-01",
    title="Perturbed Kreiss constant",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
