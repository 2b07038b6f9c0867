"""Tool B, form "circle", drawn by ``draw.py``.

The matrix has trace 8/5, ν = 2h and ((λ1 − λ2)/2)² = q = u² + v² − h² in [0, 9/289]; the numerator 2h + 2√(q + h²) of τ grows with h and q,
the denominator 2a + 2√(a² − q), a = 1 − (λ1 + λ2)/2, falls with q. So K is largest on the circle h = 437/476, u² + v² = 198025/226576: the
formula of tool B at λ = 83/85, 53/85, ν = 437/238 gives τ = 63/10. So K = (τ + 1/τ)/2 = 4069/1260 there. The constant is that value times 1
− 0.0001.
"""

from sympy import Matrix, Rational, Symbol

from verify import Claim, KreissConstant, Reading, between, own

h, u, v = (Symbol(name, real=True) for name in "huv")
STATEMENT = KreissConstant(Matrix([[Rational(4, 5) + u, v - h], [v + h, Rational(4, 5) - u]])) <= Rational(4520659, 1400000)
DOMAIN = {
    h: between(0, Rational(437, 476)),
    u: between(-Rational(445, 476), Rational(445, 476)),
    v: between(-Rational(445, 476), Rational(445, 476)),
}
HYPOTHESES = (u**2 + v**2 >= h**2, u**2 + v**2 <= h**2 + Rational(9, 289))

CLAIM = Claim(
    id="bank-b-false-02",
    title="A Kreiss constant by tool B (circle)",
    source="tool B, drawn constants",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("tool B"))],
)
