"""Two time-varying steps, the bound lowered by 1e-7.

Row P22 at T = 2: the best bound is γ(c + √(c² + γ²)), attained at J1 = J2 = [[γ, 0], [c, γ]] (γ > 0). Here it is multiplied by 1 − 1e-7.
"""

from sympy import MatrixSymbol, Rational, Symbol, sqrt, symbols

from verify import Claim, Norm, Reading, between, block, coupling, nonnegative, own, symmetric

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
x = Symbol("c", real=True)
A1, D1, C1 = MatrixSymbol("A_1", p, p), MatrixSymbol("D_1", q, q), MatrixSymbol("C_1", q, p)
A2, D2, C2 = MatrixSymbol("A_2", p, p), MatrixSymbol("D_2", q, q), MatrixSymbol("C_2", q, p)
PRODUCT = Norm(block([[A2, 0], [C2, D2]]) * block([[A1, 0], [C1, D1]]))
STATEMENT = PRODUCT <= (1 - Rational(1, 10**7)) * gamma * (x + sqrt(x**2 + gamma**2))
DOMAIN = {
    gamma: between(0, 1, open_high=True),
    x: nonnegative(),
    A1: symmetric(rho=gamma),
    D1: symmetric(rho=gamma),
    C1: coupling(norm=x),
    A2: symmetric(rho=gamma),
    D2: symmetric(rho=gamma),
    C2: coupling(norm=x),
}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-s5-false-01",
    title="Two time-varying steps, lowered",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
