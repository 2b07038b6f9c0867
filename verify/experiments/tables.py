"""Which tables there are, what they need, and making one."""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass, replace

from verify.experiments.jobs import Steps
from verify.experiments.model import Report

__all__ = ["TABLES", "MissingTools", "make", "missing_tools"]

INSTALL = 'pip install "transient-verify[experiments]" (in a checkout: pip install -e ".[experiments]", or make tables)'
PACKAGES = ("transient-verify", "numpy", "scipy", "python-flint", "jax", "jaxlib", "cvxpy", "clarabel")


@dataclass(frozen=True)
class Entry:
    """Where a table is made: ``module.function(module.Settings, jobs, steps)``; ``needs`` cannot be done without, ``uses`` can."""

    module: str
    function: str
    needs: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()


TABLES: dict[str, Entry] = {
    "1": Entry("verify.experiments.table1", "table_1"),
    "2": Entry("verify.experiments.table2", "table_2", uses=("cvxpy", "clarabel")),
    "3": Entry("verify.experiments.table3", "table_3", needs=("jax",)),
    "stochastic": Entry("verify.experiments.stochastic", "table_stochastic"),
    "beyond": Entry("verify.experiments.beyond", "table_beyond"),
}


class MissingTools(ImportError):
    """A table was asked for whose tools are not installed; the message is one line and says what to install."""


def missing_tools(names: Sequence[str]) -> None:
    """Raises MissingTools if a table of these cannot be made here."""
    for name in names:
        absent = [tool for tool in TABLES[name].needs if importlib.util.find_spec(tool) is None]
        if absent:
            raise MissingTools(f"table {name} needs {', '.join(absent)}, which is not installed: {INSTALL}")


def make(name: str, *, quick: bool, seed: int, jobs: int, steps: Steps) -> Report:
    """One table, with the versions it was made with."""
    missing_tools([name])
    entry = TABLES[name]
    module = importlib.import_module(entry.module)
    settings = module.Settings.quick(seed) if quick else module.Settings(seed=seed)
    return replace(getattr(module, entry.function)(settings, jobs, steps), versions=_versions(entry))


def _versions(entry: Entry) -> dict[str, str]:
    tools = {*PACKAGES[:4], *entry.needs, *entry.uses, *(["jaxlib"] if "jax" in entry.needs else [])}
    found = {}
    for name in PACKAGES:
        if name in tools:
            try:
                found[name] = importlib.metadata.version(name)
            except importlib.metadata.PackageNotFoundError:
                found[name] = "not installed"
    return found
