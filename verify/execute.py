"""Units of work on worker processes, behind the ``concurrent.futures`` interface.

A unit is a plain picklable function with its arguments. ``execute`` runs units on any ``concurrent.futures.Executor``;
``verify.workers`` has the one for this machine, and the executor of a cluster can take its place unchanged. Nothing a unit does, or
suffers, reaches the others: it may raise, run out of memory, run out of time, be killed, or return what cannot be sent back, and each is
an ``Outcome`` of that unit alone.
"""

from __future__ import annotations

import contextlib
import pickle
import signal
import time
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from dataclasses import dataclass, field
from typing import Any, Literal

from pebble import ProcessExpired

from verify.interrupt import Stop

__all__ = ["Kind", "Outcome", "Together", "Unit", "execute", "in_turn", "together"]

Kind = Literal["done", "failed", "died", "timed_out", "memory", "cancelled"]

_POLL_SECONDS = 0.2

Together = Callable[[Sequence[Callable[[], Any]]], list[Any]]
"""Makes independent calls and returns their values in order."""


@dataclass(frozen=True)
class Unit:
    """One piece of work: ``function(*arguments)``, both picklable; ``name`` is for people."""

    name: str
    function: Callable[..., Any]
    arguments: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What became of a unit: its value if ``done``, else one line of ``error`` and perhaps a traceback in ``detail``."""

    unit: Unit
    kind: Kind
    value: Any = None
    error: str | None = None
    detail: str = ""
    seconds: float | None = None


@dataclass(frozen=True)
class _Landing:
    """What a worker sends back: always picklable, and the value pickled apart, so that a bad one spoils only its own unit."""

    kind: Kind
    payload: bytes = b""
    error: str | None = None
    detail: str = ""
    seconds: float = 0.0


def _shielded(call: bytes) -> _Landing:
    """Runs in the worker: a pickled ``(function, arguments)`` in, a landing out, whatever happens in between."""
    start = time.perf_counter()
    try:
        function, arguments = pickle.loads(call)
        payload = pickle.dumps(function(*arguments))
        return _Landing("done", payload, seconds=time.perf_counter() - start)
    except MemoryError:
        return _Landing("memory", error="it needed more memory than its worker may use", seconds=time.perf_counter() - start)
    except BaseException as error:
        line = "".join(traceback.format_exception_only(error)).strip().splitlines()[-1]
        return _Landing("failed", error=line, detail=traceback.format_exc(), seconds=time.perf_counter() - start)


@dataclass
class _Sweep:
    """One passage over units, opening a new executor whenever one breaks. What flew on a broken one is kept apart in ``suspects``."""

    waiting: deque[Unit]
    open_executor: Callable[[], Executor]
    in_flight: int
    stop: Stop
    patience: float
    flying: dict[Future[Any], Unit] = field(default_factory=dict)
    suspects: list[Unit] = field(default_factory=list)

    def outcomes(self) -> Iterator[Outcome]:
        while self.waiting and not self.stop.requested:
            still_waiting = len(self.waiting)
            executor = self.open_executor()
            try:
                yield from self._fly(executor)
            finally:
                executor.shutdown(wait=True, cancel_futures=True)
            self.suspects.extend(self.flying.values())
            self.flying.clear()
            if len(self.waiting) == still_waiting and not self.stop.requested:
                self.suspects.append(self.waiting.popleft())  # it took not even one: move on, or this would never end
        for unit in (*self.suspects, *self.waiting) if self.stop.requested else ():
            yield Outcome(unit, "cancelled", error="stopped before it was finished")

    def _fly(self, executor: Executor) -> Iterator[Outcome]:
        """Until all is done, a stop is requested, or the executor breaks or falls silent (then some units are left flying)."""
        last_landing = time.monotonic()
        with contextlib.suppress(BrokenExecutor):
            self._fill(executor)
            while self.flying:
                landed, _ = wait(self.flying, timeout=_POLL_SECONDS, return_when=FIRST_COMPLETED)
                if landed:
                    last_landing = time.monotonic()
                for future in landed:
                    outcome = _outcome(self.flying[future], future)
                    del self.flying[future]
                    yield outcome
                if self.stop.requested or time.monotonic() - last_landing > self.patience:
                    return
                self._fill(executor)

    def _fill(self, executor: Executor) -> None:
        while self.waiting and len(self.flying) < self.in_flight:
            future = _submit(executor, self.waiting[0])
            self.flying[future] = self.waiting.popleft()


def _submit(executor: Executor, unit: Unit) -> Future[Any]:
    try:
        call = pickle.dumps((unit.function, unit.arguments))
    except Exception as error:
        refused: Future[Any] = Future()
        refused.set_result(_Landing("failed", error=f"it cannot be sent to a worker: {error}"))
        return refused
    return executor.submit(_shielded, call)


def _outcome(unit: Unit, future: Future[Any]) -> Outcome:
    """What a finished future says of its unit.

    Raises:
        BrokenExecutor: if it is the executor that failed, and nothing is known of the unit.
    """
    try:
        landing: _Landing = future.result(timeout=0)
        value = pickle.loads(landing.payload) if landing.kind == "done" else None
    except BrokenExecutor:
        raise
    except CancelledError:
        return Outcome(unit, "cancelled", error="it was cancelled")
    except TimeoutError:
        return Outcome(unit, "timed_out", error="it was stopped at its time limit")
    except ProcessExpired as error:
        return Outcome(unit, "died", error=_cause_of_death(error.exitcode))
    except Exception as error:
        reason = f"its result could not be read back: {error!r}"
        return Outcome(unit, "failed", error=reason, detail=traceback.format_exc())
    return Outcome(unit, landing.kind, value, landing.error, landing.detail, landing.seconds)


def _cause_of_death(exitcode: int | None) -> str:
    if exitcode is not None and exitcode < 0:
        with contextlib.suppress(ValueError):
            return f"its worker process was killed by {signal.Signals(-exitcode).name}"
    return f"its worker process ended with exit status {exitcode}"


def execute(
    units: Sequence[Unit],
    open_executor: Callable[[], Executor],
    *,
    in_flight: int = 8,
    stop: Stop | None = None,
    patience: float = float("inf"),
) -> Generator[Outcome]:
    """Runs the units and yields one outcome of each in the order of completion.

    At most ``in_flight`` units are submitted at a time. When ``stop`` is requested nothing more is submitted, what runs is killed (if the
    executor can), and the rest comes out as ``cancelled``. An executor that breaks, or lands nothing for ``patience`` seconds, is
    replaced; the units that flew on it are tried once more, each alone, so that only the one that breaks it is reported as ``died``.
    """
    stop = stop or Stop()
    first = _Sweep(deque(units), open_executor, in_flight, stop, patience)
    yield from first.outcomes()
    for unit in () if stop.requested else first.suspects:
        alone = _Sweep(deque([unit]), open_executor, 1, stop, patience)
        yield from alone.outcomes()
        if alone.suspects and not stop.requested:
            yield Outcome(unit, "died", error="its worker process vanished without a word, twice")


def in_turn(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """The values of the calls, made here one after the other."""
    return [call() for call in calls]


def together(calls: Sequence[Callable[[], Any]], open_executor: Callable[[], Executor], jobs: int) -> list[Any]:
    """The values of the calls, which must be picklable, dealt out to ``jobs`` units; a share that fails is made again here, so that its error is seen."""
    shares = {str(k): calls[k::jobs] for k in range(min(jobs, len(calls)))}
    found: dict[str, list[Any]] = {}
    with contextlib.closing(execute([Unit(name, in_turn, (share,)) for name, share in shares.items()], open_executor, in_flight=jobs)) as outcomes:
        for outcome in outcomes:
            if outcome.kind == "done":
                found[outcome.unit.name] = outcome.value
    values = {name: found[name] if name in found else in_turn(share) for name, share in shares.items()}
    return [values[str(k % jobs)][k // jobs] for k in range(len(calls))]
