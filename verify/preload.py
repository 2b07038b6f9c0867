"""What the worker processes share: imported once in the fork server, inherited by every worker.

Imported for its effect only. A module that is missing or broken is skipped here, because the unit that needs it reports that far better.
"""

from __future__ import annotations

import contextlib
import importlib
import os

from verify.workers import IN_FORK_SERVER, silence

HEAVY = ("verify.run", "sympy", "numpy", "scipy.linalg", "scipy.optimize", "mpmath", "flint", "hypothesis", "verify.judge")

if os.environ.get(IN_FORK_SERVER):
    # A spare worker that is still starting when the pool shuts down would print a traceback about a semaphore that is gone.
    silence()
    for _name in HEAVY:
        with contextlib.suppress(Exception):
            importlib.import_module(_name)
