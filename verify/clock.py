"""The clock of one unit of work: it stops, it never decides.

Effort is counted in evaluations. Only what takes longer than it may is stopped, first by an exception in the middle of the work, so that what was found until
then is kept; a worker that does not heed it (inside a library that never comes back) is killed a little later.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

__all__ = ["Clock", "OutOfTime", "allow", "grace"]

_AGAIN_SECONDS = 5.0
"""The exception is raised again after this: a destructor or a foreign callback may have swallowed it."""
_allowed: float | None = None


class OutOfTime(BaseException):
    """The time is up. No ``Exception``: nothing on the way may take it for a failure of its own."""


def allow(seconds: float | None) -> None:
    """How long the units of this process may take; None for as long as they like. Called when a worker starts."""
    global _allowed
    _allowed = seconds


def grace(seconds: float) -> float:
    """How much longer a worker lives that does not heed its clock, which has its findings to write down, too."""
    return max(5.0, seconds / 10)


class Clock:
    """The clock of a unit, which starts when it is made: ``up`` once its time is over, and then it is silent."""

    def __init__(self) -> None:
        self.seconds = _allowed
        self.up = False
        self._start = time.monotonic()

    @contextmanager
    def running(self) -> Iterator[Clock]:
        """Within it, :class:`OutOfTime` is raised when the time is up, and again until :meth:`stop`. Signals reach only the main thread."""
        if self.seconds is None or threading.current_thread() is not threading.main_thread():
            yield self
            return
        before = signal.signal(signal.SIGALRM, self._on_signal)
        signal.setitimer(signal.ITIMER_REAL, max(1e-3, self._start + self.seconds - time.monotonic()), _AGAIN_SECONDS)
        try:
            yield self
        finally:
            self.stop()
            signal.signal(signal.SIGALRM, before)

    def stop(self) -> None:
        """Raise nothing from now on."""
        signal.setitimer(signal.ITIMER_REAL, 0)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.up = True
        raise OutOfTime
