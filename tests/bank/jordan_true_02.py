"""The Kreiss constant of a scaled Jordan block of order 3, from below, with its second term.

R at real z = γ + r has the entries 1/r, c/r², c²/r³ in Toeplitz form. With v = (1, s, s²), u = (s², s, 1), s = r/c: uᵀRv/(|u||v|) = (c²/r³
+ 2/r + 3r/c²)/(1 + r²/c² + r⁴/c⁴) >= c²/r³ + 1/r iff c >= r. With δ = 1 − γ, κ = c/δ the shift and scaling give K(J) = K(κN) (the supremum
lies on the real axis), and r = 3/2 gives K >= 4κ²/27 + 1/3 for κ >= 3/2; below that the right side is under 1 <= K. The difference is about
1/κ²: the bound is approached at infinity only.
"""

from sympy import Matrix, Rational, Symbol

from verify import Claim, KreissConstant, Reading, between, nonnegative, own

gamma = Symbol("gamma", real=True)
c = Symbol("c", real=True)
J = Matrix([[gamma, 0, 0], [c, gamma, 0], [0, c, gamma]])
STATEMENT = KreissConstant(J) >= Rational(4, 27) * (c / (1 - gamma)) ** 2 + Rational(1, 3)
DOMAIN = {gamma: between(0, 1, open_high=True), c: nonnegative()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-jordan-true-02",
    title="Scaled Jordan block of order three",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
