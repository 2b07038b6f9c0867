"""The continuous-time Kreiss constant under strong coupling, multiplied out.

Row N1: K_c(G) <= k(c/μ) = c/(4μ) + μ/c for c >= 2μ. Times 4cμ. Equality at [[−μ, 0], [−c, −μ]].
"""

from sympy import MatrixSymbol, Symbol, symbols

from verify import Claim, ContinuousKreissConstant, Norm, Reading, block, coupling, own, positive, symmetric

p, q = symbols("p q", integer=True)
mu = Symbol("mu", real=True)
H, L, C = MatrixSymbol("H", p, p), MatrixSymbol("L", q, q), MatrixSymbol("C", q, p)
G = block([[-H, 0], [-C, -L]])
c = Norm(C)
STATEMENT = 4 * c * mu * ContinuousKreissConstant(G) <= c**2 + 4 * mu**2
DOMAIN = {mu: positive(), H: symmetric(above=mu), L: symmetric(above=mu), C: coupling()}
HYPOTHESES = (c >= 2 * mu,)

CLAIM = Claim(
    id="bank-s9-true-01",
    title="Continuous-time Kreiss constant",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
