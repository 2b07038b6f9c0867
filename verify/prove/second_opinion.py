"""A second solver on the questions that the first one answers with *unsatisfiable*: cvc5, which shares no code with z3.

Only its method of cylindrical algebraic coverings is used, which decides what the search for linear consequences leaves open. It heeds no limit of its own
while it works on one covering, so that it answers from a process of its own, which is ended when it takes too long. *Unknown* is no objection;
*satisfiable* is one, and z3's answer is dropped.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import importlib.util
import json
import os
import select
import signal
import subprocess
import sys
import threading
from importlib import metadata

__all__ = ["SECONDS", "SOLVER", "second_opinion", "second_version"]

SOLVER = "cvc5"
SECONDS = 10.0
"""A few times what the longest question of the repository's proofs takes; it only stops."""
_READY, _START_SECONDS = "ready", 10.0
_OPTIONS = {"nl-cov": "true", "nl-ext": "none", "rlimit": "40000"}


@functools.cache
def second_version() -> str:
    """The version of the second solver; empty if it is not installed."""
    if importlib.util.find_spec("cvc5") is None:
        return ""
    with contextlib.suppress(metadata.PackageNotFoundError):
        return metadata.version("cvc5")
    return "unknown version"


def second_opinion(question: str, seconds: float = SECONDS) -> str:
    """``unsat``, ``sat`` or ``unknown`` for declarations and assertions in SMT-LIB 2 over the reals; ``unknown`` if there is no second solver.

    ``unasked`` if its process could not be started, or ended without an answer: no opinion either, but the proof says so.
    """
    return _EXPERT.ask(question, seconds) if second_version() else "unknown"


class _Expert:
    """The process that answers, started with the first question and again after it had to be ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._owner = 0
        self._lock = threading.Lock()

    def ask(self, question: str, seconds: float) -> str:
        with self._lock:
            try:
                process = self._running()
                assert process.stdin is not None and process.stdout is not None
                process.stdin.write(json.dumps([question, seconds]) + "\n")
                process.stdin.flush()
                late = not select.select([process.stdout], [], [], seconds)[0]
                if not late and (answer := process.stdout.readline().strip()) in ("unsat", "sat", "unknown"):
                    return answer
            except (OSError, ValueError):  # it did not start, its pipe is closed, or what it wrote is no text
                late = False
            except BaseException:  # the time of the claim is up: an answer that comes later would be taken for that of the next question
                self.end()
                raise
            self.end()
            return "unknown" if late else "unasked"

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None or self._owner != os.getpid() or self._process.poll() is not None:
            self.end()
            command = [sys.executable, "-c", f"from {__name__} import _serve; _serve()"]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            self._owner = os.getpid()
            assert self._process.stdout is not None
            if not select.select([self._process.stdout], [], [], _START_SECONDS)[0] or self._process.stdout.readline().strip() != _READY:
                raise OSError("the second solver did not start")
        return self._process

    def end(self) -> None:
        """Ends the process, if it was started by this one (a fork has inherited that of its parent)."""
        if self._process is not None and self._owner == os.getpid():
            self._process.kill()
            with contextlib.suppress(OSError, ValueError):  # a pipe that broke with something still in it
                self._process.communicate()
        self._process = None


_EXPERT = _Expert()
atexit.register(_EXPERT.end)


def _serve() -> None:
    """Answers one question a line, until there are no more; a question that cannot be read is ``unknown``.

    It ends itself, by a signal that it does not handle, a little after whoever asked would have ended it: that one may be dead.
    """
    import cvc5  # noqa: F401 (what takes time to start)

    print(_READY, flush=True)
    for line in sys.stdin:
        question, seconds = json.loads(line)
        signal.setitimer(signal.ITIMER_REAL, seconds + _START_SECONDS)
        answer = _answer(question)
        signal.setitimer(signal.ITIMER_REAL, 0)
        print(answer, flush=True)


def _answer(question: str) -> str:
    import cvc5

    solver = cvc5.Solver(cvc5.TermManager())
    solver.setLogic("QF_NRA")
    for option, value in _OPTIONS.items():
        solver.setOption(option, value)
    try:
        parser = cvc5.InputParser(solver)
        parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, question, "question")
        symbols = parser.getSymbolManager()
        while not (command := parser.nextCommand()).isNull():
            command.invoke(solver, symbols)
        result = solver.checkSat()
    except RuntimeError:
        return "unknown"
    return "unsat" if result.isUnsat() else "sat" if result.isSat() else "unknown"
