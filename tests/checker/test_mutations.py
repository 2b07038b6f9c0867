"""A mutation suite: no certificate of the committed report survives an alteration that provably breaks it.

The checker runs as a stranger runs it, in a process of its own with one gibibyte of memory and twenty seconds of processor time for each batch of files, also
under ``python -O`` and ``python -I``. Rejection must be a sentence, not a traceback.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.checker import mutants
from verify.certificates import matches_claim

REPORTS = Path(__file__).parents[2] / "reports"
CERTIFICATES = REPORTS / "arxiv-2606.04031" / "certificates"
MEMORY, SECONDS, BATCH = 1 << 30, 20, 250
WITHOUT_COMMITTED_CERTIFICATE = {"eigenvector", "abscissa", "lines"}  # tests/test_checker.py has samples of them
Json = Any


def load(name: str) -> Json:
    return json.loads((CERTIFICATES / f"{name}.json").read_text(encoding="utf-8"))


def kinds_of(certificate: Json) -> set[str]:
    """Operations, types of values, and witnesses with quantity and side."""
    found = {node[key] for _, node in mutants.places(certificate) if isinstance(node, dict) for key in ("op", "type") if isinstance(node.get(key), str)}
    records = certificate.get("bounds", [])
    return found | {f"{record['of']['op']}.{side}.{record[side]['by']}" for record in records for side in ("lower", "upper") if side in record}


def greedy_cover() -> list[str]:
    """Few and small certificates of the committed report in which every operation, type and witness of the report occurs."""
    files = (file for file in CERTIFICATES.glob("*.json") if load(file.stem)["kind"] != "inequality")  # those have a suite of their own
    sizes = {file.stem: file.stat().st_size for file in files}
    kinds = {name: kinds_of(load(name)) for name in sizes}
    missing, chosen = set().union(*kinds.values()), ["E2.i.sharpest"]
    missing -= kinds["E2.i.sharpest"]
    while missing:
        best = max(sorted(kinds), key=lambda name: len(kinds[name] & missing) / sizes[name])
        chosen.append(best)
        missing -= kinds[best]
    return sorted(chosen)


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def reports(files: list[Path], *flags: str) -> list[Json]:
    """What the checker says about the files, in one process; a traceback, a crash or the limit of time fails the test."""
    command = [sys.executable, *flags, str(REPORTS / "check.py"), "--json", *(file.name for file in files)]
    result = subprocess.run(command, cwd=files[0].parent, capture_output=True, text=True, timeout=30 * SECONDS, preexec_fn=limited)
    assert result.stderr == "" and result.returncode in (0, 1), result.stderr[-2000:]
    found = json.loads(result.stdout)
    assert len(found) == len(files)
    return found


def survivors(folder: Path, found: list[mutants.Mutant], *flags: str) -> list[str]:
    """The alterations that were not rejected with a reason."""
    bad: list[str] = []
    for start in range(0, len(found), BATCH):
        batch = found[start : start + BATCH]
        files = [folder / f"{i}.json" for i in range(len(batch))]
        for file, (_, data) in zip(files, batch, strict=True):
            file.write_bytes(data)
        for (name, _), report in zip(batch, reports(files, *flags), strict=True):
            reason = report["reason"]
            if report["accepted"] or not reason or "the checker failed" in reason or "Traceback" in reason:
                bad.append(f"{name}: {reason or 'ACCEPTED'}")
    return bad


@pytest.fixture(scope="module")
def bases() -> dict[str, tuple[Json, set[int]]]:
    """The chosen certificates, all accepted as they are, with the numbers of the records that are not needed."""
    chosen = greedy_cover()
    found = reports([CERTIFICATES / f"{name}.json" for name in chosen])
    assert all(report["accepted"] for report in found)
    unneeded = [{int(text[7 : text.index("]")]) for text in report["warnings"] if text.startswith("bounds[")} for report in found]
    return {name: (load(name), numbers) for name, numbers in zip(chosen, unneeded, strict=True)}


def test_every_kind_of_witness_occurs(bases: dict[str, tuple[Json, set[int]]]) -> None:
    seen = {word.split(".")[-1] for certificate, _ in bases.values() for word in kinds_of(certificate)}
    assert not seen & WITHOUT_COMMITTED_CERTIFICATE


@pytest.fixture(scope="module")
def every_mutant(bases: dict[str, tuple[Json, set[int]]]) -> list[mutants.Mutant]:
    theorems = [certificate for certificate, _ in bases.values() if certificate["kind"] == "ratio"]
    found: list[mutants.Mutant] = []
    for base, (certificate, unneeded) in bases.items():
        for generate in mutants.GENERATORS:
            found += [(f"{generate.__name__} {base}: {name}", data) for name, data in generate(certificate, unneeded)]
        for theorem in theorems:
            found += [(f"of_another_claim {base}: {name}", data) for name, data in mutants.of_another_claim(certificate, theorem)]
    return found


@pytest.mark.parametrize(("flags", "share"), [((), 1), (("-O",), 13), (("-I",), 17)], ids=["plain", "-O", "-I"])
def test_every_mutant_is_rejected_with_a_reason(every_mutant: list[mutants.Mutant], tmp_path: Path, flags: tuple[str, ...], share: int) -> None:
    """All of them, and every 13th and 17th again with asserts off and in isolation."""
    found = every_mutant[::share]
    bad = survivors(tmp_path, found, *flags)
    kinds = Counter(name.split()[0] for name, _ in found)
    print(f"\n{len(found) - len(bad)} of {len(found)} mutants rejected {' '.join(flags)}", dict(kinds))
    assert len(found) > 3500 // share and (share > 1 or len(kinds) == len(mutants.GENERATORS) + 1)
    assert not bad, "\n".join(bad[:40])


def test_bombs_are_refused_in_time_and_memory(bases: dict[str, tuple[Json, set[int]]], tmp_path: Path) -> None:
    """Each in a process of its own."""
    bad: list[str] = []
    for bomb in mutants.bombs(bases["E2.i.sharpest"][0]):
        try:
            bad += survivors(tmp_path, [bomb])
        except (subprocess.TimeoutExpired, AssertionError) as error:
            bad.append(f"{bomb[0]}: {type(error).__name__} {str(error)[-300:]}")
    assert not bad, "\n".join(bad)


def test_a_dropped_or_foreign_hypothesis_is_seen_against_the_claim_file(bases: dict[str, tuple[Json, set[int]]]) -> None:
    """With a hypothesis less the statement is another one, and may be false: the stand-alone checker prints it, ``verify check`` compares it."""
    compared = 0
    for certificate, _ in bases.values():
        assert matches_claim(certificate) is None
        for i in range(len(certificate["statement"]["hypotheses"])):
            for edited in (mutants.without(certificate, ("statement", "hypotheses", i)),
                           mutants.replaced(certificate, ("statement", "hypotheses", i), mutants.TRUE_INEQUALITY)):  # fmt: skip
                assert matches_claim(edited) is not None
                compared += 1
    print(f"\n{compared} statements with a hypothesis dropped or exchanged recognised")
    assert compared > 100
