"""Tool B, form "norms", drawn by ``draw.py``.

Comparison principle (tool A): K(J) <= K([[α, b], [c, d]]), α = 2385837/7183112, b = 107653/35915560, c = 183756419/52817000, d =
9620151/35915560, itself a member. Its eigenvalues are 173/425, 82/425, and ν = c − b = 29547/8500; the formula of tool B at these gives τ =
5/2. So K = (τ + 1/τ)/2 = 29/20 there. The constant is that value times 1 − 2e-06.
"""

from sympy import MatrixSymbol, Rational, symbols

from verify import Claim, KreissConstant, Reading, block, coupling, own

p, q = symbols("p q", integer=True)
A, D = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q)
B, C = MatrixSymbol("B", p, q), MatrixSymbol("C", q, p)
STATEMENT = KreissConstant(block([[A, B], [C, D]])) <= Rational(14499971, 10000000)
DOMAIN = {
    A: coupling(norm=Rational(2385837, 7183112)),
    D: coupling(norm=Rational(9620151, 35915560)),
    B: coupling(norm=Rational(107653, 35915560)),
    C: coupling(norm=Rational(183756419, 52817000)),
}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-b-false-03",
    title="A Kreiss constant by tool B (norms)",
    source="tool B, drawn constants",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("tool B"))],
)
