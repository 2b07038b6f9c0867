"""The executor of this machine: killable worker processes with a memory and a time limit.

Each unit of work gets a worker freshly forked from one clean, preloaded process, so that no finding depends on what the worker did before.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass
from multiprocessing import forkserver, resource_tracker
from typing import Any

from pebble import CONSTS, ProcessPool

from verify import clock

__all__ = ["ALL_CLAIMS", "GIB", "IN_FORK_SERVER", "Limits", "WorkerPool", "default_jobs", "silence", "start_fork_server"]

GIB = 2**30
IN_FORK_SERVER = "VERIFY_FORK_SERVER"
ALL_CLAIMS = "VERIFY_ALL_CLAIMS"
"""Set to 1 for a fork server that loads the claims of the repository before it forks."""
_WORKER_ENVIRONMENT = {
    # One thread per worker: the units are the parallelism. A fixed hash seed: the same run gives the same bytes.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "BLIS_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "MPLBACKEND": "Agg",
    IN_FORK_SERVER: "1",
}


@dataclass(frozen=True)
class Limits:
    """What one unit may use: wall-clock seconds, and bytes of address space of its worker.

    A unit that runs on a :class:`verify.clock.Clock` is stopped after ``seconds``; the worker is killed ``grace`` seconds later. What it had found until then
    lies in the folder ``keep``, if one is named.
    """

    seconds: float = 600.0
    memory: int = GIB
    grace: float = 0.0
    keep: str = ""

    @classmethod
    def for_effort(cls, effort: str) -> Limits:
        """The default limits of an effort. They only ever stop work; they never decide a verdict."""
        return cls(seconds={"quick": 120.0, "standard": 600.0, "deep": 7200.0}[effort])


def default_jobs() -> int:
    """The number of cores this process may use, at most 4."""
    affinity = getattr(os, "sched_getaffinity", None)
    return max(1, min(4, len(affinity(0)) if affinity else os.cpu_count() or 1))


def _confine(memory: int, seconds: float, keep: str) -> None:
    """Runs first in every worker: limits its memory and time, silences it, leaves Ctrl-C to the parent, and lets SIGTERM kill it even inside C."""
    clock.allow(seconds, keep)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    bound = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    with contextlib.suppress(ValueError, OSError):  # macOS refuses limits on the address space
        resource.setrlimit(resource.RLIMIT_AS, (bound, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    silence()


def silence() -> None:
    """Sends whatever this process prints, from Python or from C, to nowhere: the terminal belongs to the parent of the workers."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (lives as long as the worker)


@contextlib.contextmanager
def _worker_environment(all_claims: bool) -> Iterator[None]:
    wanted = {**_WORKER_ENVIRONMENT, ALL_CLAIMS: "1" if all_claims else "0"}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.__setitem__(name, value)


def start_fork_server(all_claims: bool = False) -> None:
    """Starts, without waiting for it, the process that workers are forked from; does nothing if it runs already.

    With ``all_claims`` it loads every claim of the repository first, which takes about two seconds and saves more in a run over many.
    Its environment is set before it imports anything. SIGINT is blocked while it starts and stays blocked in it and in its children.
    """
    resource_tracker.ensure_running()  # first and apart: starting it unblocks SIGINT
    forkserver.set_forkserver_preload(["verify.preload"])
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        with _worker_environment(all_claims):
            forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class WorkerPool(Executor):
    """``jobs`` killable worker processes with limits on memory and time.

    A future of it raises ``TimeoutError`` when its unit ran past the time limit and ``pebble.ProcessExpired`` when its worker died.
    """

    def __init__(self, jobs: int, limits: Limits) -> None:
        start_fork_server()
        CONSTS.sleep_unit = 0.02  # how often pebble looks for ended workers: at its 0.1 s, a worker for each unit would cost 0.2 s apiece
        CONSTS.term_timeout = 1.0
        self._seconds = limits.seconds + limits.grace
        self._pool = ProcessPool(
            max_workers=jobs,
            max_tasks=1,
            initializer=_confine,
            initargs=(limits.memory, limits.seconds, limits.keep),
            context=multiprocessing.get_context("forkserver"),
        )

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        try:
            return self._pool.schedule(fn, args=args, kwargs=kwargs, timeout=self._seconds)
        except RuntimeError as error:
            raise BrokenExecutor(str(error)) from error

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """As of any executor; with ``cancel_futures`` running units are killed too."""
        self._pool.stop() if cancel_futures else self._pool.close()
        if wait:
            self._pool.join()
