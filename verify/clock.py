"""The clock of one unit of work: it stops, it never decides.

Effort is counted in evaluations. Only what takes longer than it may is stopped, first by an exception in the middle of the work, so that what was found until
then is kept; a worker that does not heed it (inside a library that never comes back) is killed a little later.
"""

from __future__ import annotations

import json
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import quote

__all__ = ["Clock", "OutOfTime", "allow", "folder", "grace", "keep", "kept"]

_AGAIN_SECONDS = 5.0
"""The exception is raised again after this: a destructor or a foreign callback may have swallowed it."""
_allowed: float | None = None
_folder: Path | None = None


class OutOfTime(BaseException):
    """The time is up. No ``Exception``: nothing on the way may take it for a failure of its own."""


def allow(seconds: float | None, folder: str = "") -> None:
    """How long the units of this process may take; None for as long as they like. Called when a worker starts.

    In the ``folder``, if there is one, a unit keeps what it has found so far, for the case that it is killed.
    """
    global _allowed, _folder
    _allowed, _folder = seconds, Path(folder) if folder else None


def folder() -> Path | None:
    """The folder in which the units of this run keep what they have found so far; None outside of a run."""
    return _folder


def keep(name: str, finding: Any) -> None:
    """Writes what a unit has found so far (JSON-ready), whole or not at all, where it may be killed before it is done."""
    if _folder is not None:
        path = _part(_folder, name)
        path.with_suffix(".tmp").write_text(json.dumps(finding), encoding="utf-8")
        path.with_suffix(".tmp").replace(path)


def kept(folder: Path, name: str) -> Any:
    """What a unit had found when it was killed, taken away from the folder; None if there is nothing."""
    path = _part(folder, name)
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    finally:
        path.unlink(missing_ok=True)


def _part(folder: Path, name: str) -> Path:
    return folder / f".{quote(name, safe='')}.part"


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
