"""A factor of two lost in continuous time.

Row N1: at x = c/μ the worst K_c is k(x) = x/4 + 1/x, above max(1, x/4) for every x > 2; at x = 4 it is 5/4 against 1.
"""

from sympy import MatrixSymbol, Max, Symbol, symbols

from verify import Claim, ContinuousKreissConstant, Norm, Reading, block, coupling, own, positive, symmetric

p, q = symbols("p q", integer=True)
mu = Symbol("mu", real=True)
H, L, C = MatrixSymbol("H", p, p), MatrixSymbol("L", q, q), MatrixSymbol("C", q, p)
G = block([[-H, 0], [-C, -L]])
c = Norm(C)
STATEMENT = ContinuousKreissConstant(G) <= Max(1, c / (4 * mu))
DOMAIN = {mu: positive(), H: symmetric(above=mu), L: symmetric(above=mu), C: coupling()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-s9-false-01",
    title="Continuous-time Kreiss constant, the leading term",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
