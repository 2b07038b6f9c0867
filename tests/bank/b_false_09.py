"""Tool B, form "triangular", drawn by ``draw.py``.

Comparison principle (tool A): K(J) <= K([[46/61, 0], [248436/56425, 197/305]]), itself a member; the formula of tool B at λ = 46/61,
197/305, ν = 248436/56425 gives τ = 37/5. So K = (τ + 1/τ)/2 = 697/185 there. The constant is that value times 1 − 1e-06.
"""

from sympy import MatrixSymbol, Rational, symbols

from verify import Claim, KreissConstant, Reading, block, coupling, own, symmetric

p, q = symbols("p q", integer=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
STATEMENT = KreissConstant(block([[A, 0], [C, D]])) <= Rational(18837819, 5000000)
DOMAIN = {A: symmetric(rho=Rational(46, 61)), D: symmetric(rho=Rational(197, 305)), C: coupling(norm=Rational(248436, 56425))}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-b-false-09",
    title="A Kreiss constant by tool B (triangular)",
    source="tool B, drawn constants",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("tool B"))],
)
