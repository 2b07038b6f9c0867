"""Asking the stand-alone checker: a separate process, isolated, that imports nothing of this project.

A process that has many certificates to ask about starts the checker once and lets it fork for each of them, so that every certificate meets a checker
that has read nothing else, and only the first one waits for the interpreter.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["CheckOutcome", "accepts", "check", "checker_path"]


@dataclass(frozen=True)
class CheckOutcome:
    """The checker's exit status (0: all accepted) and what it printed."""

    status: int
    output: str

    @property
    def accepted(self) -> bool:
        return self.status == 0


def checker_path() -> Path:
    """Where ``reports/check.py`` is.

    Raises:
        FileNotFoundError: if the package was installed without the checkout that holds it.
    """
    path = Path(__file__).resolve().parents[1] / "reports" / "check.py"
    if not path.is_file():
        raise FileNotFoundError("reports/check.py was not found beside the package: install from a checkout (pip install -e .)")
    return path


def check(paths: Sequence[Path], *, limit_seconds: float = 120.0) -> CheckOutcome:
    """Run the checker on certificate files; a check that does not end in time counts as rejected."""
    command = [sys.executable, "-I", str(checker_path()), *map(str, paths)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit_seconds, check=False)
    except subprocess.TimeoutExpired:
        return CheckOutcome(1, f"the checker did not end within {limit_seconds:g} s")
    return CheckOutcome(done.returncode, done.stdout + done.stderr)


def accepts(certificate: Mapping[str, Any]) -> bool:
    """Does the checker accept a certificate that is not on disk yet?"""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "certificate.json"
        path.write_text(json.dumps(certificate), encoding="utf-8")
        status = _FORKING.status(path)
        return check([path]).accepted if status is None else status == 0


_FORKS = """
import importlib.util, os, sys
spec = importlib.util.spec_from_file_location("check", sys.argv[1])
checker = sys.modules["check"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(checker)
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        status = 1
        try:
            nowhere = os.open(os.devnull, os.O_RDWR)
            for stream in range(3):
                os.dup2(nowhere, stream)
            status = checker.main([line.rstrip()])
        finally:
            os._exit(status)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class _Forking:
    """The checker in a process that forks for every certificate; started with the first one, and again after it had to be ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._owner = 0
        self._lock = threading.Lock()

    def status(self, path: Path, limit_seconds: float = 120.0) -> int | None:
        """The exit status for one file; 1 for a check that does not end in time, None if there is no such process to be had."""
        with self._lock:
            try:
                process = self._running()
                assert process.stdin is not None and process.stdout is not None
                process.stdin.write(f"{path}\n")
                process.stdin.flush()
                if not select.select([process.stdout], [], [], limit_seconds)[0]:
                    self.end()
                    return 1
                return int(process.stdout.readline())
            except (OSError, ValueError):
                self.end()
                return None

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None or self._owner != os.getpid() or self._process.poll() is not None:
            self.end()
            command = [sys.executable, "-I", "-c", _FORKS, str(checker_path())]
            self._process, self._owner = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
            ), os.getpid()
        return self._process

    def end(self) -> None:
        """Ends the process together with the one it has forked."""
        if self._process is not None and self._owner == os.getpid():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            with contextlib.suppress(OSError, ValueError):  # a pipe that broke with something still in it
                self._process.communicate()
        self._process = None


_FORKING = _Forking()
atexit.register(_FORKING.end)
