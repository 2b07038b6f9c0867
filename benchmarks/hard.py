"""The hard set, one matrix a line: the float value and bracket, the rigorous enclosure to 1e-3, and what the paper's grid says.

Run with ``make bench`` or ``python benchmarks/hard.py``. Enclosures of orders above 20 are left out.
"""

from __future__ import annotations

from fractions import Fraction

from _jobs import grid_estimator, hard_matrices, seconds

from verify.numerics import bounds
from verify.numerics.exact import RationalMatrix
from verify.numerics.structured import kreiss_constant

LARGEST_ENCLOSED, LARGEST_GRID = 20, 12


def main() -> None:
    print("processor seconds; 'grid misses': by how much the paper's 60 x 360 grid is too small, relatively; 'inside': the value lies in the enclosure")
    print(f"{'matrix':38} {'n':>3} {'K':>14} {'bracket':>8} {'time':>8} {'label':26} {'grid misses':>11} {'enclosed to':>11} {'time':>7}  inside")
    for name, J in hard_matrices().items():
        found = []
        time = seconds(lambda J=J, found=found: found.append(kreiss_constant(J)))
        K = found[0]
        missed = f"{1 - grid_estimator(J) / K.value:.1e}" if len(J) <= LARGEST_GRID else "-"
        width, spent, inside = "-", "-", "-"
        if len(J) <= LARGEST_ENCLOSED:
            kept = []
            spent = f"{seconds(lambda J=J, kept=kept: kept.append(bounds.kreiss_constant(RationalMatrix.from_floats(J), rtol=Fraction(1, 1000)))):.2f}"
            lower, upper = float(kept[0].lower), float(kept[0].upper)
            width = f"{(upper - lower) / lower:.1e}"
            inside = "yes" if lower * (1 - 1e-9) <= K.value <= upper * (1 + 1e-9) else f"NO [{lower:.17g}, {upper:.17g}]"
        bracket = f"{K.bracket[1] / K.bracket[0] - 1:.0e}"
        print(f"{name:38} {len(J):3d} {K.value:14.8g} {bracket:>8} {time:8.4f} {K.label:26} {missed:>11} {width:>11} {spent:>7}  {inside}", flush=True)


if __name__ == "__main__":
    main()
