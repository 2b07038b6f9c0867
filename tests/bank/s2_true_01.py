"""The Kreiss constant of the block-triangular class, for strong coupling, multiplied out.

Tools A and B: K(J) <= K([[γ, 0], [c, γ]]) = κ/4 + 1/κ for κ = c/δ >= 2, δ = 1 − γ. Times 4cδ: 4cδK <= c² + 4δ². Equality at A = D = γ
(1×1).
"""

from sympy import MatrixSymbol, Symbol, symbols

from verify import Claim, KreissConstant, Norm, Reading, between, block, coupling, own, symmetric

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
J = block([[A, 0], [C, D]])
c = Norm(C)
gap = 1 - gamma
STATEMENT = 4 * c * gap * KreissConstant(J) <= c**2 + 4 * gap**2
DOMAIN = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma), D: symmetric(rho=gamma), C: coupling()}
HYPOTHESES = (c >= 2 * gap,)

CLAIM = Claim(
    id="bank-s2-true-01",
    title="Kreiss constant under strong coupling",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
