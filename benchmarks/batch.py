"""Many small Kreiss constants at once, with a bracket and without, beside the all-NumPy lockstep search.

Run with ``make bench`` or ``python benchmarks/batch.py``. The alternative is given the matrices in another basis, so that it does not see their
structure. ``miss``: the largest relative amount by which a value is below the bracketed one.
"""

from __future__ import annotations

import os

import numpy as np
from _jobs import batch_of_jacobians, seconds

from verify.numerics import kernels
from verify.numerics.batch import kreiss_lower_bounds
from verify.numerics.structured import KreissConstants, kreiss_constants

SIZES = {4: 2000, 20: 300}


def main() -> None:
    print(f"matrices a second, one core, processor time; compiled kernels: {'yes' if kernels.available() else 'no'}")
    print(f"{'n':>4} {'job':46} {'a second':>9} {'ratio':>7} {'miss':>9}  label")
    for n, count in SIZES.items():
        stack = batch_of_jacobians(n, count, n)
        general = np.linalg.qr(np.random.default_rng(1).standard_normal((n, n)))[0]
        turned = np.matmul(np.matmul(general, stack), general.T)  # the structure is no longer to be seen
        best = kreiss_constants(stack).values
        values = [np.empty(0)]
        lockstep = seconds(lambda values=values, turned=turned: values.append(kreiss_lower_bounds(turned)[0]))
        print(f"{n:4d} {'alternative: NumPy lockstep, value alone':46} {count / lockstep:9.0f} {1:6.1f}x {_miss(values[-1], best):9.1e}  local")
        time = seconds(lambda values=values, stack=stack: values.append(kreiss_lower_bounds(stack)[0]))
        print(f"{n:4d} {'value alone, as the search asks for it':46} {count / time:9.0f} {lockstep / time:6.1f}x {_miss(values[-1], best):9.1e}  local")
        for switch, name in (("1", "kernels"), ("0", "NumPy")):
            if switch == "1" and not kernels.available():
                continue
            os.environ[kernels.SWITCH] = switch
            for bracket in (True, False):
                found: list[KreissConstants] = []
                time = seconds(lambda b=bracket, found=found, stack=stack: found.append(kreiss_constants(stack, bracket=b)))
                job = f"{'level-set bracket to 1e-8' if bracket else 'value alone'}, {name}"
                labels = ", ".join(sorted(set(found[0].labels)))
                print(f"{n:4d} {job:46} {count / time:9.0f} {lockstep / time:6.1f}x {_miss(found[0].values, best):9.1e}  {labels}")
            os.environ.pop(kernels.SWITCH)
        few = turned[:20]
        time = seconds(lambda few=few: kreiss_constants(few))
        print(f"{n:4d} {'bracket, structure hidden by a rotation':46} {len(few) / time:9.0f} {lockstep / count / (time / len(few)):6.1f}x")


def _miss(values: np.ndarray, best: np.ndarray) -> float:
    return float(np.max(1 - values / best))


if __name__ == "__main__":
    main()
