"""The same claims, seed, effort and versions give the same bytes: on a second run, on a clean copy of the repository, and for any number of jobs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CLAIMS = ["P19", "T9-weyl", "false-radius-product", "weyl", "T5-step", "N3"]
"""Cheap ones of every kind: proved by a machine, proved by a lemma, refuted by instances, refuted by proof, with a sequence of readings."""
OUTSIDE = '''
from sympy import MatrixSymbol, Symbol

from verify import Claim, Norm, PowerNorm, Reading, SpectralRadius, general, integer, own

n, t = Symbol("n", integer=True), Symbol("t", integer=True)
M = MatrixSymbol("M", n, n)
CLAIM = Claim(
    id="outside", title="From outside", domain={M: general(), t: integer(1, 4)},
    readings=[Reading("i", PowerNorm(M, t) <= 1 + SpectralRadius(M)**t, own()), Reading("ii", PowerNorm(M, t) <= Norm(M)**t, own())],
)
'''


def contents(folder: Path) -> dict[str, bytes]:
    """What a run leaves, timings apart."""
    files = {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name: data for name, data in files.items() if name != "timings.json"}


def verify_run(root: Path, folder: Path, out: str, *words: str, claims: Sequence[str] = CLAIMS) -> dict[str, bytes]:
    """``verify run`` of a checkout as anybody would start it: its own process, its own hash seed."""
    (folder / "outside.py").write_text(OUTSIDE, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONHASHSEED": "random", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "verify", "run", *claims, str(folder / "outside.py"), "--effort", "quick", "--quiet", "--out", str(folder / out), *words]
    found = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False, timeout=900)
    assert found.returncode == 0, found.stderr
    return contents(folder / out)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    folder = tmp_path_factory.mktemp("reproducible")
    return folder, verify_run(ROOT, folder, "first", "--jobs", "1", "--seed", "11")


def test_there_is_something_to_compare(first: tuple[Path, dict[str, bytes]]) -> None:
    found = first[1]
    assert {"report.json", "report.html", "report.md"} <= set(found)
    assert sum(name.startswith("certificates/") for name in found) >= 5
    assert str(first[0]).encode() not in b"".join(data for name, data in found.items())


def test_the_same_bytes_for_two_jobs(first: tuple[Path, dict[str, bytes]]) -> None:
    assert verify_run(ROOT, first[0], "two-jobs", "--jobs", "2", "--seed", "11") == first[1]


def test_the_same_bytes_in_a_clean_copy(first: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    """In the copy nothing is compiled and nothing is left of an earlier run; that is a second run, too."""
    copy = tmp_path / "copy"
    unwanted = shutil.ignore_patterns("__pycache__", "*.so", "*.pyc", ".hypothesis", ".git", "build", "*.egg-info")
    for name in ("verify", "theorems", "reports"):
        shutil.copytree(ROOT / name, copy / name, ignore=unwanted)
    assert verify_run(copy, first[0], "copied", "--jobs", "1", "--seed", "11") == first[1]


def test_another_seed_is_another_search(first: tuple[Path, dict[str, bytes]]) -> None:
    other = verify_run(ROOT, first[0], "other-seed", "--jobs", "1", "--seed", "12", claims=())
    ours, theirs = (json.loads(found["report.json"])["claims"][-1]["readings"] for found in (first[1], other))
    assert [one["verdict"] for one in ours] == [one["verdict"] for one in theirs] == ["REFUTED", "SURVIVED"]
    assert [one["sanity"]["witness"] for one in ours] != [one["sanity"]["witness"] for one in theirs]
