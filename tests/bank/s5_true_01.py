"""Two different steps of the class grow no more than two equal ones.

Tool A: ‖J2 J1‖ <= ‖M²‖, M = [[γ, 0], [c, γ]], M² = γ[[γ, 0], [2c, γ]], of norm γ · ½(2c + √(4c² + 4γ²)) = γ(c + √(c² + γ²)). Equality at J1
= J2 = M.
"""

from sympy import MatrixSymbol, Symbol, sqrt, symbols

from verify import Claim, Norm, Reading, between, block, coupling, nonnegative, own, symmetric

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
x = Symbol("c", real=True)
A1, D1, C1 = MatrixSymbol("A_1", p, p), MatrixSymbol("D_1", q, q), MatrixSymbol("C_1", q, p)
A2, D2, C2 = MatrixSymbol("A_2", p, p), MatrixSymbol("D_2", q, q), MatrixSymbol("C_2", q, p)
PRODUCT = Norm(block([[A2, 0], [C2, D2]]) * block([[A1, 0], [C1, D1]]))
STATEMENT = PRODUCT <= gamma * (x + sqrt(x**2 + gamma**2))
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
    id="bank-s5-true-01",
    title="Two time-varying steps",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
