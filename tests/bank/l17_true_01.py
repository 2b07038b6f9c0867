"""Powers, with an error that vanishes at infinity.

Row L17: ‖J^t‖ <= ½γ^{t−1}(u + √(u² + 4γ²)), u = tc > 0, and √(u² + 4γ²) <= u + 2γ²/u. Times u: tc‖J^t‖ <= γ^{t−1}(t²c² + γ²). At M = [[γ,
0], [c, γ]] the ratio tends to 1 as c → ∞ (and equals 1 for γ = 0, t = 1).
"""

from sympy import MatrixSymbol, Symbol, symbols

from verify import Claim, Norm, PowerNorm, Reading, between, block, coupling, integer, own, symmetric

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
J = block([[A, 0], [C, D]])
c = Norm(C)
t = Symbol("t", integer=True)
STATEMENT = t * c * PowerNorm(J, t) <= gamma ** (t - 1) * (t**2 * c**2 + gamma**2)
DOMAIN = {gamma: between(0, 1, open_low=True, open_high=True), A: symmetric(rho=gamma), D: symmetric(rho=gamma), C: coupling(), t: integer(2, 8)}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-l17-true-01",
    title="Powers for large coupling",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
