"""Powers and resolvent of a Jordan block of order three."""

from sympy import Abs, Integer, Matrix, Ne, Symbol

from theorems.notation import growing, t, z
from verify import ByHand, Claim, Family, PowerNorm, Proof, Reading, ResolventNorm, between, classical, complex_plane, integer, real

lam = Symbol("lambda", real=True)
BLOCK = Matrix([[lam, 1, 0], [0, lam, 1], [0, 0, lam]])
s = Abs(z - lam)
CORNER = t * (t - 1) / 2 * Abs(lam) ** (t - 2)


def close(key):
    """``z → λ``, with the other bound of the same quantity."""
    return Family({lam: Integer(0), z: 1 / growing}, growing, "z → λ = 0", squeezed_by=f"jordan-block({key})")


CLAIM = Claim(
    id="jordan-block",
    title="Powers and resolvent of a Jordan block",
    source="Trefethen and Embree 2005, chapter 7",
    domain={lam: between(-2, 2), t: integer(2, 20)},
    notes="Of order three; the exponents are n − 1 and n for order n.",
    readings=[
        Reading(
            "i",
            PowerNorm(BLOCK, t) >= CORNER,
            classical("binomial theorem"),
            proof=Proof(ByHand("The upper-right entry of the t-th power is t(t − 1)/2 λ^{t−2}, and no entry exceeds the norm.")),
        ),
        Reading(
            "ii",
            ResolventNorm(BLOCK, z) * s**3 >= 1,
            classical("finite Neumann series"),
            hypotheses=(Ne(z, lam),),
            domain={lam: real(), z: complex_plane()},
            sharp_at=(close("iii"),),
            proof=Proof(ByHand("The upper-right entry of the resolvent is (z − λ)^{-3}, and no entry exceeds the norm.")),
        ),
        Reading(
            "iii",
            ResolventNorm(BLOCK, z) * s**3 <= 1 + s + s**2,
            classical("finite Neumann series"),
            hypotheses=(Ne(z, lam),),
            domain={lam: real(), z: complex_plane()},
            sharp_at=(close("ii"),),
            proof=Proof(ByHand("R(z) = Σ_{k<3} N^k (z − λ)^{−k−1} with a nilpotent N of norm 1; multiply the sum of the norms by |z − λ|³.")),
        ),
    ],
)
