"""Half a unit above the leading term.

Row N1: for x = c/μ >= 2, k(x) = x/4 + 1/x <= x/4 + 1/2, with equality at x = 2 only, at the edge of the hypothesis.
"""

from sympy import MatrixSymbol, Rational, Symbol, symbols

from verify import Claim, ContinuousKreissConstant, Norm, Reading, block, coupling, own, positive, symmetric

p, q = symbols("p q", integer=True)
mu = Symbol("mu", real=True)
H, L, C = MatrixSymbol("H", p, p), MatrixSymbol("L", q, q), MatrixSymbol("C", q, p)
G = block([[-H, 0], [-C, -L]])
c = Norm(C)
STATEMENT = ContinuousKreissConstant(G) <= c / (4 * mu) + Rational(1, 2)
DOMAIN = {mu: positive(), H: symmetric(above=mu), L: symmetric(above=mu), C: coupling()}
HYPOTHESES = (c >= 2 * mu,)

CLAIM = Claim(
    id="bank-s9-true-02",
    title="Continuous-time Kreiss constant, half a unit",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
