"""Tool B, form "triangular", drawn by ``draw.py``.

Comparison principle (tool A): K(J) <= K([[281/290, 0], [1677/1189, 241/290]]), itself a member; the formula of tool B at λ = 281/290,
241/290, ν = 1677/1189 gives τ = 41/5. So K = (τ + 1/τ)/2 = 853/205 there. The constant is that value: equality is attained.
"""

from sympy import MatrixSymbol, Rational, symbols

from verify import Claim, KreissConstant, Reading, block, coupling, own, symmetric

p, q = symbols("p q", integer=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
STATEMENT = KreissConstant(block([[A, 0], [C, D]])) <= Rational(853, 205)
DOMAIN = {A: symmetric(rho=Rational(281, 290)), D: symmetric(rho=Rational(241, 290)), C: coupling(norm=Rational(1677, 1189))}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-b-true-09",
    title="A Kreiss constant by tool B (triangular)",
    source="tool B, drawn constants",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("tool B"))],
)
