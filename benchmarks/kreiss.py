"""One Kreiss constant: the float value with its bracket, and the rigorous enclosure, beside what the paper and what people do.

Run with ``make bench`` or ``python benchmarks/kreiss.py``. Alternatives too slow to run: their number of SVDs times one SVD
measured in the same run, marked ~.
"""

from __future__ import annotations

import statistics
from fractions import Fraction

import flint
import numpy as np
from _jobs import coarse_then_simplex, grid_estimator, jacobian, seconds, svd_seconds

from verify.numerics import bounds, kreiss, structured
from verify.numerics.exact import RationalMatrix

GRID_SVDS, SIMPLEX_SVDS = 60 * 360, 12 * 24 + 160
SIZES = {4: 9, 20: 9, 100: 3, 400: 1}


def float_value() -> None:
    print("float K, global, bracket to 1e-8; processor seconds, median and worst; SVDs: decompositions or norms of a block")
    print(f"{'n':>5} {'way':>12} {'median':>9} {'worst':>9} {'SVDs':>6} {'fewer':>7} {'paper grid':>12} {'ratio':>8} {'simplex':>10} {'ratio':>7}  label")
    rng = np.random.default_rng(0)
    for n, count in SIZES.items():
        cases = [(gamma, kappa) for gamma in (0.5, 0.9, 0.99) for kappa in (2.5, 100.0, 1e4)][-count:]
        matrices = [jacobian(rng, n // 2, n // 2, *case) for case in cases]
        one = svd_seconds(matrices[0])
        run = n <= 4
        grid = statistics.median(seconds(lambda J=J: grid_estimator(J)) for J in matrices[:3]) if run else GRID_SVDS * one
        simplex = statistics.median(seconds(lambda J=J: coarse_then_simplex(J)) for J in matrices[:3]) if n <= 20 else SIMPLEX_SVDS * one
        ways = {"structured": structured.kreiss_constant, "general": kreiss.kreiss_constant}
        for name, way in ways.items():
            if name == "general" and n > 100:
                continue  # a minute each
            found: list[kreiss.KreissConstant] = []
            times = [seconds(lambda J=J, way=way, found=found: found.append(way(J))) for J in matrices]
            svds = statistics.median(one.cost.svds + one.cost.eigenproblems for one in found)
            labels = {one.label for one in found}
            median = statistics.median(times)
            mark, mark2 = ("" if run else "~"), ("" if n <= 20 else "~")
            print(f"{n:5d} {name:>12} {median:9.4f} {max(times):9.4f} {svds:6.0f} {GRID_SVDS / svds:6.0f}x {mark + f'{grid:.3f}':>12} {grid / median:7.0f}x "
                  f"{mark2 + f'{simplex:.3f}':>10} {simplex / median:6.1f}x  {', '.join(labels)}")


def enclosure() -> None:
    print("\nrigorous enclosure beside a cover by discs in ball arithmetic: the discs needed at tolerances 1e-1 and 1e-2 are counted, their number grows like "
          "1/tolerance;\none disc costs at least the ball inverse of zI - J at 64 bits, measured in this run")
    print(f"{'n':>5} {'tolerance':>9} {'median':>9} {'worst':>9} {'width':>9} {'discs 1e-1':>11} {'discs 1e-2':>11} {'cover at least':>15}")
    rng = np.random.default_rng(1)
    for n, exponent, count in ((4, 8, 5), (20, 6, 3), (100, 3, 1)):
        matrices = [jacobian(rng, n // 2, n // 2, 0.9, kappa) for kappa in (100.0, 20.0, 5.0, 50.0, 10.0)[:count]]
        widths: list[float] = []

        def enclose(J: np.ndarray, exponent: int = exponent, widths: list[float] = widths) -> None:
            found = bounds.kreiss_constant(RationalMatrix.from_floats(J), rtol=Fraction(1, 10**exponent))
            widths.append(float((found.upper - found.lower) / found.lower))

        times = [seconds(lambda J=J: enclose(J)) for J in matrices]
        discs = [_discs(matrices[0], tolerance) for tolerance in (0.1, 0.01)[: 2 if n <= 20 else 1]]
        least = discs[-1] * 10.0 ** (exponent - len(discs)) * _disc_seconds(matrices[0])
        counts = " ".join(f"{count:>11}" for count in [*discs, "-"][:2])
        print(f"{n:5d} {f'1e-{exponent}':>9} {statistics.median(times):9.3f} {max(times):9.3f} {max(widths):9.1e} {counts} {least:14.1e}s", flush=True)


def _disc_seconds(J: np.ndarray, repeats: int = 20) -> float:
    """The cheapest ball-arithmetic test of one disc: an enclosure of ``(zI − J)^{-1}`` and of its Frobenius norm (which loses up to ``√n`` besides)."""
    matrix = flint.acb_mat([[flint.acb(float(entry)) for entry in row] for row in J])
    unit = flint.acb_mat([[int(i == j) for j in range(len(J))] for i in range(len(J))])
    z = flint.acb(flint.arb(1.1), flint.arb(0.3, 1e-6))

    def test() -> None:
        for _ in range(repeats):
            sum((abs(entry) ** 2 for entry in (unit * z - matrix).inv().entries()), flint.arb(0)).sqrt()

    return seconds(test) / repeats


def _discs(J: np.ndarray, tolerance: float) -> int:
    """How many discs prove ``(|z| - 1)/σ_min <= K(1 + tolerance)`` on the annulus up to ``|z| = 3``, ``σ_min`` being 1-Lipschitz: quartering of cells."""
    bound = kreiss.kreiss_constant(J).value * (1 + tolerance)
    cells = np.array([[x + 1j * y, 0.375] for x in np.arange(-2.625, 3, 0.75) for y in np.arange(0.375, 3, 0.75)])
    discs = 0
    while len(cells):
        z, half = cells[:, 0], cells[:, 1].real
        reach = half * np.sqrt(2)
        wanted = (np.abs(z) + reach - 1) / bound + reach
        outside = np.abs(z) + reach > 1
        z, half, wanted = z[outside], half[outside], wanted[outside]
        discs += len(z)
        parts = np.array_split(z, len(z) // 4096 + 1)
        sigma = np.concatenate([np.linalg.svd(part[:, None, None] * np.eye(len(J)) - J, compute_uv=False)[:, -1] for part in parts])
        bad = sigma < wanted
        z, half = z[bad], half[bad] / 2
        cells = np.concatenate([np.stack([z + (a + 1j * b) * half, half], axis=1) for a in (-1, 1) for b in (-1, 1)])
        if discs > 400_000:
            break
    return discs


if __name__ == "__main__":
    float_value()
    enclosure()
