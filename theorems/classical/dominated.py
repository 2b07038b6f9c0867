"""A matrix is dominated by the matrix of its moduli, for order two."""

from sympy import Abs, And, Integer, Matrix, symbols

from verify import Claim, Family, Norm, Reading, SpectralRadius, classical, real

a, b, c, d = symbols("a b c d", real=True)
X = Matrix([[a, b], [c, d]])
MODULI = X.applyfunc(Abs)

CLAIM = Claim(
    id="dominated",
    title="Spectral radius and norm grow with the moduli, order two",
    source="Perron 1907, Frobenius 1912, Wielandt 1950",
    domain={entry: real() for entry in (a, b, c, d)},
    readings=[
        Reading(
            "i",
            And(SpectralRadius(X) <= SpectralRadius(MODULI), Norm(X) <= Norm(MODULI)),
            classical("H. Wielandt, Math. Z. 52 (1950), 642–648"),
            sharp_at=(Family(dict.fromkeys((a, b, c, d), Integer(1)), text="every matrix without negative entries"),),
        )
    ],
)
