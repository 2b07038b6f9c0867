"""Units, claims and judges that misbehave on purpose. Plain functions: workers import this module by name."""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from verify.results import ClaimResult, Evidence, ReadingResult, RunResult, Tightness


class Awkward(Exception):
    """An exception that cannot be unpickled: its constructor wants more than its arguments."""

    def __init__(self, left: str, right: str) -> None:
        super().__init__(f"{left} and {right}")


def square(number: int) -> int:
    return number * number


def fail(message: str) -> NoReturn:
    raise ValueError(message)


def fail_awkwardly() -> NoReturn:
    raise Awkward("one", "two")


def unpicklable() -> Any:
    return lambda: None


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(60)


def leave(status: int) -> None:
    sys.exit(status)


def vanish(status: int) -> None:
    os._exit(status)


def sleep(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def stubborn(seconds: float) -> None:
    """Sleeps, and would survive a polite request to end."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    time.sleep(seconds)


def allocate(size: int) -> int:
    return len(bytearray(size))


def environment() -> dict[str, str | None]:
    names = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "PYTHONHASHSEED")
    return {name: os.environ.get(name) for name in names} | {"hash": str(hash("a fixed string")), "pid": str(os.getpid())}


def shout() -> str:
    print("a unit's own words")
    os.system("echo the words of its child; echo and its complaints >&2")
    return "done"


def noisy_pools() -> None:
    """Six pools in turn, each ended as soon as its one unit has shouted."""
    from functools import partial

    from verify.execute import Unit, execute
    from verify.workers import Limits, WorkerPool

    print(*(outcome.value for _ in range(6) for outcome in execute([Unit("shouts", shout)], partial(WorkerPool, 3, Limits()))))


def interrupt_blocked() -> bool:
    os.kill(os.getpid(), signal.SIGINT)
    return True


@dataclass(frozen=True)
class FakeClaim:
    """Stands for ``verify.library.ClaimFile``."""

    id: str
    title: str = "a fake claim"
    group: str = "paper"
    path: Path = field(default_factory=lambda: Path(__file__))

    def load(self) -> object:
        return object()


@dataclass(frozen=True)
class FakeFinding:
    """Stands for ``verify.judge.ClaimFinding``."""

    result: ClaimResult
    certificates: dict[str, Any]


def reading(key: str, verdict: str) -> ReadingResult:
    evidence, tightness = Evidence("R3" if verdict == "REFUTED" else "NONE", "evidence"), Tightness("UNKNOWN", "not settled")
    words = ("x <= y", "x \\le y", "S", "survives", "conjectured", verdict, "a phrase", "a reason", "advice")
    return ReadingResult(key, *words, evidence, tightness, effort={"random": {"evaluations": 10}})


def claim_result(claim_id: str, **verdicts: str) -> ClaimResult:
    readings = tuple(reading(key, verdict) for key, verdict in verdicts.items())
    kinds = {item.verdict for item in readings}
    headline = kinds.pop() if len(kinds) == 1 else "DEPENDS_ON_READING"
    return ClaimResult(claim_id, f"title of {claim_id}", "a source", "paper", headline, readings)


def run_result(*claims: ClaimResult, interrupted: bool = False) -> RunResult:
    return RunResult("1", "a title", "quick", 0, {"python": "3"}, "", claims, interrupted)


def judge(path: str, effort: str, seed: int, options: dict[str, str]) -> FakeFinding:
    """Behaves as ``options`` says for the claim that the path names."""
    name = Path(path).stem
    behaviour = options.get(name, "REFUTED")
    if behaviour == "raise":
        raise RuntimeError("no luck")
    if behaviour == "die":
        die()
    if behaviour == "sleep":
        time.sleep(60)
    if behaviour == "allocate":
        allocate(2**34)
    if behaviour == "not JSON":
        return FakeFinding(claim_result(name, i="REFUTED"), {f"{name}.json": object()})
    time.sleep(float(options.get("pause", "0")))
    return FakeFinding(claim_result(name, i=behaviour, ii="PROVED"), {f"{name}-i.json": {"claim": {"id": name}, "seed": seed}})


def write_names(result: RunResult, folder: Path) -> Path:
    """A report of one line per claim."""
    page = folder / "report.html"
    page.write_text("\n".join(f"{claim.id} {claim.headline}" for claim in result.claims), encoding="utf-8")
    return page
