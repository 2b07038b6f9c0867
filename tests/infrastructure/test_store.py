"""Findings are written whole, read back equal, and never land in a folder that is not a report's."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.infrastructure import fakes
from verify.results import ClaimResult, Step, Witness, to_json
from verify.store import MARKER, Store, UnusableFolder, from_json


def full_result() -> ClaimResult:
    """A result with every kind of field filled."""
    reading = fakes.reading("i", "REFUTED")
    witness = Witness("simplest", {"sizes": {"p": 1}, "values": {}}, "1.5", "1", 0.1 + 0.2, "random", "certificates/T9-i.json")
    evidence = replace(reading.evidence, steps=(Step("lemma", "text", "x", True, "z3 4"),), found_from_scratch=True)
    witnesses = (witness, replace(witness, role="worst", margin=float("inf")))
    reading = replace(reading, witnesses=witnesses, evidence=evidence, certificates=("a.json",))
    return ClaimResult("T9", "title", "source", "paper", "REFUTED", (reading,), file="theorems/paper/t9.py", notes="≤ κ")


def test_a_result_is_read_back_equal() -> None:
    result = full_result()
    assert from_json(ClaimResult, json.loads(json.dumps(to_json(result)))) == result


def test_findings_and_certificates_are_durable_as_they_are_made(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "new" / "report")
    store.record(full_result(), {"T9-i.json": {"format": "verify-certificate/1"}})
    assert Store(store.folder).finding("T9") == full_result()
    assert Store(store.folder).finding("T8") is None
    assert json.loads((store.folder / "certificates" / "T9-i.json").read_text()) == {"format": "verify-certificate/1"}
    assert not list(store.folder.rglob("*.tmp"))


@pytest.mark.parametrize("name", ["../escape.json", "a/b.json", ".hidden.json", "plain.txt", ""])
def test_a_certificate_has_a_plain_name(tmp_path: Path, name: str) -> None:
    store = Store.open(tmp_path / "report")
    with pytest.raises(ValueError, match="certificate name"):
        store.record(full_result(), {"good.json": {}, name: {}})
    assert store.finding("T9") is None
    assert not list((store.folder / "certificates").iterdir())


def test_two_certificates_of_one_name_are_refused(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.record(full_result(), {"same.json": {}})
    with pytest.raises(ValueError, match="taken already"):
        store.record(replace(full_result(), id="T10"), {"same.json": {}})


def test_what_is_not_json_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    with pytest.raises(TypeError):
        store.record(full_result(), {"a.json": {}, "b.json": object()})
    assert not list((store.folder / "certificates").iterdir())


def test_an_older_report_is_replaced_and_other_files_stay(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.record(full_result(), {"stale.json": {}})
    for name in ("report.html", "report.json", "figures/f.svg", "my-notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("old")
    again = Store.open(tmp_path)
    assert again.finding("T9") is None
    left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {MARKER, ".findings/.gitignore", "my-notes.txt"}


def test_a_folder_of_somebody_else_is_refused_untouched(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")
    (tmp_path / "certificates").mkdir()
    with pytest.raises(UnusableFolder, match=r"no \.verify-report in it.*name a new folder"):
        Store.open(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["certificates", "thesis.tex"]


@pytest.mark.parametrize("place", ["file", "file/below", "/proc/verify-report"])
def test_an_unwritable_folder_is_refused(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UnusableFolder, match="output folder") as caught:
        Store.open(tmp_path / place)
    assert str(tmp_path / place) in str(caught.value)


def test_a_write_that_fails_leaves_the_older_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.open(tmp_path)
    store.write_timings({"total": 1})

    def full_disk(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("verify.store.os.fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        store.write_timings({"total": 2})
    assert json.loads((tmp_path / "timings.json").read_text()) == {"total": 1}
