"""Ctrl-C stops quickly, and what was found is written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from verify.interrupt import Stop

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_writes_what_it_found(tmp_path: Path, number: signal.Signals) -> None:
    command = [sys.executable, "-m", "tests.infrastructure.slow_run", str(tmp_path / "out")]
    # A session of its own, so that the signal reaches the whole process group, as it does from a terminal.
    with subprocess.Popen(command, cwd=ROOT, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stderr is not None
        seen = [process.stdout.readline(), process.stdout.readline()]
        assert sorted(line.split()[1] for line in seen) == ["C1", "C2"]
        start = time.monotonic()
        os.killpg(process.pid, number) if number == signal.SIGINT else process.send_signal(number)
        rest, errors = process.communicate(timeout=30)
    assert time.monotonic() - start < 10
    assert (process.returncode, errors) == (70, "")
    assert "Stopped. Writing the report of what was found." in rest
    lines = (tmp_path / "out" / "report.html").read_text().splitlines()
    assert dict(line.split() for line in lines) == {
        "C1": "DEPENDS_ON_READING", "S1": "UNDECIDED", "C2": "DEPENDS_ON_READING", "S2": "UNDECIDED", "S3": "UNDECIDED", "S4": "UNDECIDED",
    }
    assert sorted(path.name for path in (tmp_path / "out" / ".findings").glob("*.json")) == ["C1.json", "C2.json"]
    assert not _descendants_in_session(process.pid)


def _descendants_in_session(session: int) -> list[int]:
    """Processes of a session that are still alive a moment later."""
    time.sleep(1.0)
    alive = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            alive.append(int(entry.parent.name))
    return alive


def test_the_first_signal_asks_and_the_second_insists() -> None:
    before = signal.getsignal(signal.SIGINT)
    with Stop() as stop:
        assert not stop.requested
        signal.raise_signal(signal.SIGINT)
        assert stop.requested
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before
