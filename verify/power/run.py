"""The measurements of many claims, each in a killable worker of its own."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from verify.execute import Unit, execute
from verify.interrupt import Stop
from verify.power.record import Measurement
from verify.workers import Limits, WorkerPool, default_jobs

if TYPE_CHECKING:
    from verify.library import ClaimFile

__all__ = ["about", "measure_file", "measured"]

Found = tuple[list[Measurement], dict[str, dict[str, Any]], float]


def about(effort: str, seed: int, seconds: float) -> dict[str, Any]:
    """What a stored measurement says of itself."""
    from verify import __version__

    return {"effort": effort, "seed": seed, "seconds": seconds, "version": __version__, "date": datetime.datetime.now(datetime.UTC).date().isoformat()}


def measure_file(path: str, effort: str, seed: int, seconds: float) -> Found:
    """The unit of work: all readings of one claim file, which share the seconds; with the processor time it took."""
    from verify.library import known_at, resolve
    from verify.power.measure import measure_all
    from verify.prove.chain import Prover
    from verify.search.effort import budget

    claim = known_at(path).load()
    start = time.process_time()
    measured, certificates = measure_all(claim, budget(effort), seed, Prover(resolve), seconds)
    return measured, certificates, time.process_time() - start


def measured(
    files: Sequence[ClaimFile], effort: str, seed: int, seconds: float, jobs: int | None = None, stop: Stop | None = None
) -> Iterator[tuple[str, Found | str]]:
    """Each claim's measurements as they come in, or one line of why there are none. When ``stop`` is requested, what runs is killed and nothing more comes."""
    units = [Unit(file.id, measure_file, (str(file.path), effort, seed, seconds)) for file in files]
    count = jobs or default_jobs()
    limits = replace(Limits.for_effort(effort), seconds=max(600.0, 30 * seconds))
    for outcome in execute(units, partial(WorkerPool, count, limits), in_flight=2 * count, stop=stop):
        if outcome.kind != "cancelled":
            yield outcome.unit.name, outcome.value if outcome.kind == "done" else str(outcome.error)
