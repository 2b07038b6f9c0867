"""Resolvent norms on a grid to 1e-5 beside a loop of SVDs and beside inverse Lanczos in NumPy.

Run with ``make bench`` or ``python benchmarks/pseudospectrum.py``. The slow ways are timed on part of the grid and scaled (marked ~).
"""

from __future__ import annotations

import os

import numpy as np
from _jobs import hard_matrices, jacobian, seconds

from verify.numerics import kernels
from verify.numerics.pseudospectrum import resolvent_norm_grid

POINTS = 200
ROWS = 10


def main() -> None:
    rng = np.random.default_rng(0)
    print(f"‖R(z)‖ on a {POINTS} x {POINTS} grid to 1e-5, processor seconds; compiled kernels: {'yes' if kernels.available() else 'no'}")
    print(f"{'matrix':28} {'kernels':>8} {'SVD loop':>10} {'ratio':>7} {'NumPy Lanczos':>14} {'ratio':>7} {'µs/point':>9} {'error':>9}")
    cases = {f"one-way, n {n}": jacobian(rng, n // 2, n // 2, 0.9, 10.0) for n in (20, 50, 100, 200)} | {
        "grcar(32), rho 0.95": hard_matrices()["grcar(32), rho 0.95"], "Gaussian, n 100": rng.standard_normal((100, 100)) / 10
    }
    for name, J in cases.items():
        axis = np.linspace(-1.5, 1.5, POINTS)
        found = [np.empty((0, 0))]
        time = seconds(lambda J=J, axis=axis, found=found: found.append(resolvent_norm_grid(J, axis, axis, 1e-5)))
        few = axis[:: POINTS // 10]
        exact = np.empty((len(few), len(few)))

        def loop(J: np.ndarray = J, few: np.ndarray = few, exact: np.ndarray = exact) -> None:
            for j, y in enumerate(few):
                for k, x in enumerate(few):
                    exact[j, k] = 1 / np.linalg.svd((x + 1j * y) * np.eye(len(J)) - J, compute_uv=False)[-1]

        svd = seconds(loop) * POINTS**2 / exact.size
        os.environ[kernels.SWITCH] = "0"
        numpy = seconds(lambda J=J, axis=axis: resolvent_norm_grid(J, axis, axis[:: POINTS // ROWS], 1e-5)) * POINTS / ROWS
        os.environ.pop(kernels.SWITCH)
        error = np.abs(found[-1][:: POINTS // 10, :: POINTS // 10] / exact - 1).max()
        ratios = svd / time, numpy / time
        print(f"{name:28} {time:8.2f} {f'~{svd:.1f}':>10} {ratios[0]:6.0f}x {f'~{numpy:.1f}':>14} {ratios[1]:6.1f}x "
              f"{time / POINTS**2 * 1e6:9.1f} {error:9.1e}")


if __name__ == "__main__":
    main()
