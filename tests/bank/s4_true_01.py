"""How far an eigenvalue can leave [−γ, γ] under feedback.

Row T10: ρ(J) <= γ + √(bc). If ρ > γ, squaring ρ − γ > 0 gives (ρ − γ)² <= bc. Equality at [[γ, b], [c, γ]].
"""

from sympy import Implies, MatrixSymbol, Symbol, symbols

from verify import Claim, Norm, Reading, SpectralRadius, between, block, coupling, own, symmetric

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
B = MatrixSymbol("B", p, q)
J = block([[A, B], [C, D]])
b, c = Norm(B), Norm(C)
STATEMENT = Implies(SpectralRadius(J) > gamma, (SpectralRadius(J) - gamma) ** 2 <= b * c)
DOMAIN = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma), D: symmetric(rho=gamma), B: coupling(), C: coupling()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-s4-true-01",
    title="Spectral radius under feedback",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
