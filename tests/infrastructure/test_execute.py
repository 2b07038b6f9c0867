"""Each unit suffers alone, whatever it does to its worker."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from tests.infrastructure import fakes
from verify.execute import Outcome, Unit, execute, in_turn, together
from verify.interrupt import Stop
from verify.workers import Limits, WorkerPool, default_jobs

ROOT = Path(__file__).parents[2]
ROOMY = Limits(seconds=30.0, memory=2**30)


def run_units(units: Sequence[Unit], limits: Limits = ROOMY, jobs: int = 2, **options: Any) -> dict[str, Outcome]:
    outcomes = list(execute(units, partial(WorkerPool, jobs, limits), in_flight=2 * jobs, **options))
    by_name = {outcome.unit.name: outcome for outcome in outcomes}
    assert len(by_name) == len(outcomes) == len(units)
    return by_name


def test_every_kind_of_misfortune_stays_with_its_unit() -> None:
    good = [Unit(f"good {n}", fakes.square, (n,)) for n in range(4)]
    bad = [
        Unit("raises", fakes.fail, ("no such bound",)),
        Unit("raises what cannot be sent", fakes.fail_awkwardly),
        Unit("returns what cannot be sent", fakes.unpicklable),
        Unit("is killed", fakes.die),
        Unit("leaves", fakes.leave, (0,)),
        Unit("vanishes", fakes.vanish, (7,)),
        Unit("allocates", fakes.allocate, (2**33,)),
        Unit("cannot be sent", lambda: None),
    ]
    found = run_units([*bad, *good])
    assert {name: outcome.kind for name, outcome in found.items() if not name.startswith("good")} == {
        "raises": "failed",
        "raises what cannot be sent": "failed",
        "returns what cannot be sent": "failed",
        "is killed": "died",
        "leaves": "failed",
        "vanishes": "died",
        "allocates": "memory",
        "cannot be sent": "failed",
    }
    assert [found[f"good {n}"].value for n in range(4)] == [0, 1, 4, 9]
    assert found["raises"].error == "ValueError: no such bound"
    assert "in fail" in found["raises"].detail
    assert found["is killed"].error == "its worker process was killed by SIGKILL"
    assert found["vanishes"].error == "its worker process ended with exit status 7"


def test_a_unit_past_its_time_is_killed_even_if_it_resists() -> None:
    units = [Unit("slow", fakes.sleep, (60.0,)), Unit("stubborn", fakes.stubborn, (60.0,)), Unit("good", fakes.square, (3,))]
    start = time.monotonic()
    found = run_units(units, Limits(seconds=1.0, memory=2**30))
    assert {name: outcome.kind for name, outcome in found.items()} == {"slow": "timed_out", "stubborn": "timed_out", "good": "done"}
    assert time.monotonic() - start < 15


def test_a_worker_that_vanishes_without_a_word_is_missed_and_others_finish() -> None:
    # Exit status 0 looks like a worker's ordinary end: only the patience of `execute` notices that its unit never came back.
    found = run_units([Unit("vanishes", fakes.vanish, (0,)), Unit("good", fakes.square, (5,))], jobs=1, patience=1.5)
    assert found["vanishes"].kind == "died"
    assert found["good"].value == 25


def test_workers_are_fresh_single_threaded_and_share_a_hash_seed() -> None:
    found = [outcome.value for outcome in run_units([Unit(str(n), fakes.environment) for n in range(3)], jobs=1).values()]
    assert len({value.pop("pid") for value in found}) == 3
    assert found[0] == found[1] == found[2]
    assert (found[0]["OPENBLAS_NUM_THREADS"], found[0]["OMP_NUM_THREADS"], found[0]["PYTHONHASHSEED"]) == ("1", "1", "0")


def test_workers_are_deaf_to_ctrl_c() -> None:
    assert run_units([Unit("interrupted", fakes.interrupt_blocked)])["interrupted"].value is True


def test_nothing_but_the_parent_speaks() -> None:
    # In a process of its own: this one's fork server has its streams already. Pools end while their spare workers are still starting.
    program = "from tests.infrastructure import fakes; fakes.noisy_pools()"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("done done done done done done\n", "")


def test_a_stop_kills_what_runs_and_keeps_what_was_found() -> None:
    units = [Unit("quick", fakes.square, (2,)), *(Unit(f"slow {n}", fakes.sleep, (60.0,)) for n in range(6))]
    stop, found, start = Stop(), {}, time.monotonic()
    for outcome in execute(units, partial(WorkerPool, 2, ROOMY), in_flight=4, stop=stop):
        found[outcome.unit.name] = outcome.kind
        stop.request()
    assert found.pop("quick") == "done"
    assert set(found.values()) == {"cancelled"} and len(found) == 6
    assert time.monotonic() - start < 15


def test_any_executor_will_do() -> None:
    units = [Unit("good", fakes.square, (4,)), Unit("raises", fakes.fail, ("no",)), Unit("other", fakes.square, (5,))]
    found = {outcome.unit.name: (outcome.kind, outcome.value) for outcome in execute(units, lambda: ThreadPoolExecutor(1))}
    assert found == {"good": ("done", 16), "raises": ("failed", None), "other": ("done", 25)}


def test_only_the_unit_that_breaks_its_executor_is_blamed() -> None:
    # The standard library's pool, unlike pebble's, takes everything down with one killed worker; so might a cluster's.
    def open_executor() -> Executor:
        return ProcessPoolExecutor(2, mp_context=get_context("forkserver"))

    units = [Unit("slow", fakes.sleep, (0.5,)), Unit("dies", fakes.die), *(Unit(str(n), fakes.square, (n,)) for n in range(3))]
    found = {outcome.unit.name: outcome.kind for outcome in execute(units, open_executor, in_flight=2)}
    assert found == {"slow": "done", "dies": "died", "0": "done", "1": "done", "2": "done"}


class Refusing(Executor):
    """Takes nothing."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        raise BrokenExecutor("no")


def test_an_executor_that_never_takes_anything_ends_all_the_same() -> None:
    found = list(execute([Unit(str(n), fakes.square, (n,)) for n in range(3)], Refusing))
    assert [outcome.kind for outcome in found] == ["died"] * 3


def test_default_jobs_is_between_one_and_four() -> None:
    assert 1 <= default_jobs() <= min(4, os.cpu_count() or 1)


def test_calls_made_together_give_their_values_in_order() -> None:
    calls = [partial(fakes.square, n) for n in range(7)]
    for jobs in (1, 2, 3):
        assert together(calls, partial(WorkerPool, jobs, ROOMY), jobs) == in_turn(calls) == [n * n for n in range(7)]
    assert together([], partial(WorkerPool, 2, ROOMY), 2) == []


def test_a_call_that_fails_apart_is_made_again_here() -> None:
    assert together([partial(fakes.square, 3), lambda: "cannot be sent"], partial(WorkerPool, 2, ROOMY), 2) == [9, "cannot be sent"]
    with pytest.raises(ValueError, match="no such bound"):
        together([partial(fakes.fail, "no such bound"), partial(fakes.square, 3)], partial(WorkerPool, 2, ROOMY), 2)
