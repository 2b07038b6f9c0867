"""The wrong power of μ.

Row N1: for μ > 1 the right side with μ² is smaller than k(c/μ), which is attained; by any factor as μ → ∞ with c = 4μ².
"""

from sympy import MatrixSymbol, Symbol, symbols

from verify import Claim, ContinuousKreissConstant, Norm, Reading, block, coupling, own, positive, symmetric

p, q = symbols("p q", integer=True)
mu = Symbol("mu", real=True)
H, L, C = MatrixSymbol("H", p, p), MatrixSymbol("L", q, q), MatrixSymbol("C", q, p)
G = block([[-H, 0], [-C, -L]])
c = Norm(C)
STATEMENT = ContinuousKreissConstant(G) <= 1 + c / (4 * mu**2)
DOMAIN = {mu: positive(), H: symmetric(above=mu), L: symmetric(above=mu), C: coupling()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-s9-false-02",
    title="Continuous-time Kreiss constant, power of mu",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
