"""Half a unit above the leading term, a little too early.

K >= 1 always. At κ = 199/100 the right side is 1/2 + 0.4975 = 0.9975 < 1; for κ >= 2 the statement is true (k(x) <= x/4 + 1/2). Violated
exactly for 1.99 <= κ < 2. The margin 1/0.9975 − 1 = 2.506e-3 is taken at the edge.
"""

from sympy import MatrixSymbol, Rational, Symbol, symbols

from verify import Claim, KreissConstant, Norm, Reading, between, block, coupling, own, symmetric

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
J = block([[A, 0], [C, D]])
c = Norm(C)
STATEMENT = KreissConstant(J) <= c / (4 * (1 - gamma)) + Rational(1, 2)
DOMAIN = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma), D: symmetric(rho=gamma), C: coupling()}
HYPOTHESES = (c >= Rational(199, 100) * (1 - gamma),)

CLAIM = Claim(
    id="bank-s2-false-04",
    title="Kreiss constant, half a unit",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
