"""The perturbation theorem with 3.999 for 4.

At J_0 = [[γ, 0], [c, γ]], κ = c/δ, a corner perturbation η slightly above δ²/c makes J_0 + E unstable (γ + √(ηc) > 1), so K = ∞, while
3.999ηK_0/δ is near 3.999(1/4 + 1/κ²) < 1 once κ > 126.5. The window for η has a relative width of at most 2.5e-4.
"""

from sympy import Implies, MatrixSymbol, Rational, Symbol, symbols

from verify import Claim, KreissConstant, Norm, Reading, between, block, coupling, own, symmetric

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
B = MatrixSymbol("B", p, q)
K_0 = KreissConstant(block([[A, 0], [C, D]]))
J = block([[A, B], [C, D]])
b = Norm(B)
factor = Rational(3999, 1000)
STATEMENT = Implies(factor * b * K_0 < 1 - gamma, KreissConstant(J) <= K_0 / (1 - factor * b * K_0 / (1 - gamma)))
DOMAIN = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma), D: symmetric(rho=gamma), B: coupling(), C: coupling()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-t9-false-01",
    title="Perturbed Kreiss constant, constant 3.999",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
