"""Time against n: one Kreiss constant by structure, in general, and as a lower bound through products.

Run with ``make bench`` or ``python benchmarks/scaling.py``. The dense route at n = 1000 is the coarse grid with Nelder–Mead: its number of SVDs, counted
at n = 20, times one SVD of this order, measured in this run (marked ~).
"""

from __future__ import annotations

import numpy as np
from _jobs import coarse_then_simplex, jacobian, seconds, svd_seconds
from scipy.sparse.linalg import LinearOperator

from verify.numerics import kreiss
from verify.numerics.operators import kreiss_lower_bound
from verify.numerics.structured import kreiss_constant_blocks

SIZES = (10, 20, 50, 100, 200, 400, 1000)
LARGEST_GENERAL, LARGEST_OPERATOR = 100, 1000


def main() -> None:
    rng = np.random.default_rng(0)
    used = coarse_then_simplex(jacobian(np.random.default_rng(5), 10, 10, 0.9, 10.0))[1]
    print(f"processor seconds; dense route: {used} SVDs; 'below': how far the operator's local lower bound is below the bracket's value")
    print(f"{'n':>5} {'structured':>11} {'power':>6} {'general':>9} {'power':>6} {'products only':>14} {'below':>9} {'dense route':>12} {'ratio':>7}  label")
    before: tuple[int, float, float] | None = None
    for n in SIZES:
        p = n // 2
        J = jacobian(rng, p, n - p, 0.9, 10.0)
        found: list[kreiss.KreissConstant] = []
        structured = seconds(lambda J=J, p=p, found=found: found.append(kreiss_constant_blocks(J[:p, :p], J[p:, :p], J[p:, p:])))
        general = seconds(lambda J=J: kreiss.kreiss_constant(J)) if n <= LARGEST_GENERAL else np.nan
        lower, below = np.nan, np.nan
        if n <= LARGEST_OPERATOR:
            operator = LinearOperator(J.shape, matvec=lambda v, J=J: J @ v, rmatvec=lambda v, J=J: J.T @ v, dtype=float)
            values: list[float] = []
            lower = seconds(lambda operator=operator, values=values: values.append(kreiss_lower_bound(operator).value))
            below = 1 - values[0] / found[0].value
        dense = used * svd_seconds(J, 1 if n > 200 else 5)
        powers = ["", ""]
        if before is not None:
            powers = [f"{np.log(now / then) / np.log(n / before[0]):.1f}" for now, then in ((structured, before[1]), (general, before[2]))]
        print(f"{n:5d} {structured:11.4f} {powers[0]:>6} {general:9.3f} {powers[1]:>6} {lower:14.2f} {below:9.1e} "
              f"{f'~{dense:.2f}':>12} {dense / structured:6.0f}x  {found[0].label}", flush=True)
        before = (n, structured, general)


if __name__ == "__main__":
    main()
