"""What the worker processes share: imported once in the fork server, inherited by every worker.

Imported for its effect only. A module that is missing or broken is skipped here, because the unit that needs it reports that far better.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os

from verify.workers import ALL_CLAIMS, IN_FORK_SERVER, silence

HEAVY = ("verify.run", "sympy", "numpy", "scipy.linalg", "scipy.optimize", "mpmath", "flint", "hypothesis", "z3", "verify.judge")


def load(claims: bool) -> None:
    """Import what every worker needs, and with ``claims`` the claim files of the repository: lemmas are looked up there again and again."""
    for name in HEAVY:
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    with contextlib.suppress(Exception):
        from verify.library import discover

        for file in discover():
            if claims:
                with contextlib.suppress(Exception):
                    file.load()
    gc.collect()
    gc.freeze()  # what is shared is never looked through by a worker's collector, nor copied for its sake


if os.environ.get(IN_FORK_SERVER):
    # A spare worker that is still starting when the pool shuts down would print a traceback about a semaphore that is gone.
    silence()
    load(claims=os.environ.get(ALL_CLAIMS) == "1")
