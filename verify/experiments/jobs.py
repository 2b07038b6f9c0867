"""Many small computations, in order, over processes, with progress. The results do not depend on how many processes there are."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, Protocol, TextIO

__all__ = ["LineSteps", "QuietSteps", "Steps", "Stopped", "TerminalSteps", "in_order", "steps_for"]

ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "JAX_PLATFORMS": "cpu",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
}
"""A process uses one thread: two are slower at these sizes, and how sums are split would show in the last digit."""


class Steps(Protocol):
    """What a table tells while it is made."""

    def begin(self, title: str, total: int) -> None: ...

    def advance(self) -> None: ...

    def end(self) -> None: ...


class QuietSteps:
    """Says nothing."""

    def begin(self, title: str, total: int) -> None: ...

    def advance(self) -> None: ...

    def end(self) -> None: ...


class LineSteps:
    """A plain line now and then: ``Table 1: 12 of 44``."""

    def __init__(self, stream: TextIO, pause: float = 10.0) -> None:
        self._stream, self._pause = stream, pause
        self._title, self._total, self._done, self._told = "", 0, 0, 0.0

    def begin(self, title: str, total: int) -> None:
        self._title, self._total, self._done, self._told = title, total, 0, time.monotonic()

    def advance(self) -> None:
        self._done += 1
        if self._done == self._total or time.monotonic() - self._told >= self._pause:
            self._told = time.monotonic()
            print(f"{self._title}: {self._done} of {self._total}", file=self._stream, flush=True)

    def end(self) -> None: ...


class TerminalSteps:
    """A bar with the time left."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._bar: Any = None
        self._task: Any = None

    def begin(self, title: str, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn())
        self._bar = Progress(*columns, console=Console(file=self._stream), transient=True)
        self._task = self._bar.add_task(title, total=total)
        self._bar.start()

    def advance(self) -> None:
        self._bar.advance(self._task)

    def end(self) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


def steps_for(quiet: bool, stream: TextIO | None = None) -> Steps:
    """The progress that suits a stream (by default the standard error)."""
    if quiet:
        return QuietSteps()
    stream = sys.stderr if stream is None else stream
    return TerminalSteps(stream) if stream.isatty() else LineSteps(stream)


class Stopped(KeyboardInterrupt):
    """Ctrl-C, with what was finished by then: the results in order, None where there is none yet."""

    def __init__(self, finished: list[Any]) -> None:
        super().__init__()
        self.finished = finished


def in_order(function: Callable[..., Any], arguments: Sequence[tuple[Any, ...]], jobs: int, steps: Steps, title: str) -> list[Any]:
    """``[function(*each) for each in arguments]``, over ``jobs`` fresh processes, or here if ``jobs`` is 0.

    Raises:
        Stopped: after Ctrl-C, over processes; it carries the finished results.
    """
    steps.begin(title, len(arguments))
    try:
        if jobs == 0:
            return [_told(function(*each), steps) for each in arguments]
        return _over_processes(function, arguments, jobs, steps)
    finally:
        steps.end()


def _over_processes(function: Callable[..., Any], arguments: Sequence[tuple[Any, ...]], jobs: int, steps: Steps) -> list[Any]:
    """An error, or Ctrl-C, ends the processes at once."""
    futures: list[Any] = []
    from pebble import ProcessPool

    with _one_thread():
        pool = ProcessPool(max_workers=jobs, context=get_context("spawn"), initializer=_leave_interrupts_to_the_parent)
        try:
            futures = [pool.schedule(function, args=each) for each in arguments]
            for future in futures:
                future.add_done_callback(lambda future: steps.advance() if _finished(future) else None)
            results = [future.result() for future in futures]
            pool.close()
        except KeyboardInterrupt:
            finished = [future.result() if _finished(future) else None for future in futures]
            pool.stop()
            raise Stopped(finished) from None
        except BaseException:
            pool.stop()
            raise
        finally:
            pool.join()
    return results


def _finished(future: Any) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _told(result: Any, steps: Steps) -> Any:
    steps.advance()
    return result


@contextmanager
def _one_thread() -> Iterator[None]:
    """The environment that the processes inherit."""
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(ONE_THREAD)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
