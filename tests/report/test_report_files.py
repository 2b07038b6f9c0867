"""The files: strict JSON that its schema describes, the same bytes every time, nothing half-written."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import matplotlib
import pytest

from verify import results
from verify.report import SCHEMA, SCHEMA_VERSION, Curve, FigureData, figures, outline, write, write_report
from verify.report.wording import DEPENDS, GROUPS, PROVENANCE, ROLES
from verify.results import EVIDENCE_LEVELS, TIGHTNESS_LABELS, VERDICTS, RunResult

schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
definitions = schema["$defs"]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def own_folder(folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder, tmp_path / "own"))


def refuse(token: str) -> None:
    raise AssertionError(f"{token} is not JSON")


@pytest.fixture
def document(folder: Path) -> Any:
    return json.loads((folder / "report.json").read_text(encoding="utf-8"), parse_constant=refuse)


def test_schema_is_valid_and_describes_the_document(document: Any) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(document)


def test_schema_rejects_what_the_format_does_not_know(document: Any) -> None:
    validator = jsonschema.Draft202012Validator(schema)
    reading = document["claims"][0]["readings"][0]
    for key, value in {"verdict": "TRUE", "provenance": "X", "seconds": 3, "effort": 3}.items():
        kept = dict(reading)
        reading[key] = value
        assert not validator.is_valid(document), key
        reading.clear()
        reading.update(kept)
    assert validator.is_valid(document)


@pytest.mark.parametrize(("definition", "record", "derived"), [
    ("step", results.Step, ()), ("witness", results.Witness, ()), ("evidence", results.Evidence, ()), ("tightness", results.Tightness, ()),
    ("reading", results.ReadingResult, ()), ("sanity", results.Sanity, ()), ("invariance", results.Invariance, ()),
    ("claim", results.ClaimResult, ()), ("curve", Curve, ()), ("figure", FigureData, ("file",)),
    ("proofNote", outline.ProofNote, ("label", "text")),
])
def test_schema_has_exactly_the_fields_of_the_records(definition: str, record: Any, derived: tuple[str, ...]) -> None:
    names = [field.name for field in dataclasses.fields(record)] + list(derived)
    assert sorted(definitions[definition]["properties"]) == sorted(names) == sorted(definitions[definition]["required"])


def test_schema_has_exactly_the_fields_of_a_run() -> None:
    names = [field.name for field in dataclasses.fields(RunResult)] + ["summary", "proof_notes", "figures"]
    assert sorted(schema["properties"]) == sorted(names) == sorted(schema["required"])


def test_lists_of_the_schema_are_those_of_the_records() -> None:
    properties = {name: definition.get("properties", {}) for name, definition in definitions.items()}
    assert definitions["verdict"]["enum"] == list(VERDICTS) == schema["properties"]["summary"]["properties"]["verdicts"]["required"]
    assert definitions["headline"]["anyOf"][1]["const"] == DEPENDS
    assert definitions["evidenceLevel"]["enum"] == list(EVIDENCE_LEVELS)
    assert definitions["tightnessLabel"]["enum"] == list(TIGHTNESS_LABELS)
    assert definitions["provenance"]["enum"] == list(PROVENANCE)
    assert properties["claim"]["group"]["enum"] == list(GROUPS)
    assert properties["witness"]["role"]["enum"] == list(ROLES)
    assert properties["curve"]["kind"]["enum"] == list(figures.KINDS)
    assert properties["figure"]["xscale"]["enum"] == properties["figure"]["yscale"]["enum"] == list(figures.SCALES)
    assert schema["properties"]["schema_version"]["const"] == SCHEMA_VERSION == schema["$id"].rsplit(":", 1)[1]


def test_meanings_in_the_schema_are_those_of_the_records() -> None:
    for definition, meanings in {"verdict": VERDICTS, "evidenceLevel": EVIDENCE_LEVELS, "tightnessLabel": TIGHTNESS_LABELS}.items():
        assert all(f"{word}: {meaning}" in definitions[definition]["description"] for word, meaning in meanings.items())


def test_document_repeats_the_records(document: Any, result: RunResult) -> None:
    plain = json.loads(json.dumps(results.to_json(result)).replace("Infinity", '"infinity"'))
    assert {key: document[key] for key in plain} == plain
    assert document["summary"]["verdicts"]["REFUTED"] == 5 and document["summary"]["verdicts"]["ERROR"] == 1
    assert [note["label"] for note in document["proof_notes"]] == ["FIRST FALSE STEP", "PROOF GAP"]


def test_same_records_give_the_same_bytes(result: RunResult, figures: Any, folder: Path, tmp_path: Path) -> None:
    mixed = dataclasses.replace(result, versions=dict(reversed(result.versions.items())))
    with matplotlib.rc_context({"xtick.major.size": 20, "svg.hashsalt": "other"}):
        again = write_report(mixed, tmp_path / "elsewhere", figures).parent
    assert contents(again) == contents(folder)
    beside = [f"{page}.{kind}" for page in ("chain", "erratum") for kind in ("html", "json", "md")]
    sentences = [f"sentences.{kind}" for kind in ("html", "json", "md")]
    documents = [*beside, "pages.schema.json", "report.html", "report.json", "report.md", "schema.json", *sentences]
    assert sorted(contents(folder)) == sorted(["figures/powers.svg", "figures/worst-case.svg", *documents])


def test_no_path_date_or_seconds_in_any_file(folder: Path) -> None:
    for name, data in contents(folder).items():
        text = data.decode("utf-8")
        assert str(folder) not in text and str(Path.cwd()) not in text, name
        assert not re.search(r"\b20\d\d-\d\d-\d\d|dc:date|\bseconds elapsed", text), name


def test_certificates_stay_and_figures_of_an_earlier_report_go(result: RunResult, figures: Any, own_folder: Path) -> None:
    folder = own_folder
    (folder / "certificates").mkdir()
    (folder / "certificates" / "T9-i-worst.json").write_text("{}", encoding="utf-8")
    write_report(result, folder, figures[:1])
    assert (folder / "certificates" / "T9-i-worst.json").read_text(encoding="utf-8") == "{}"
    assert [path.name for path in (folder / "figures").iterdir()] == ["worst-case.svg"]


def test_failure_while_rendering_writes_nothing(result: RunResult, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "html_text", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_report(result, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_failure_while_writing_leaves_the_old_report(result: RunResult, own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(own_folder)
    genuine = Path.write_bytes

    def full_disk(path: Path, data: bytes) -> int:
        if "report.html" in path.name:
            genuine(path, data[:100])
            raise OSError("no space left")
        return genuine(path, data)

    monkeypatch.setattr(Path, "write_bytes", full_disk)
    with pytest.raises(OSError, match="no space left"):
        write_report(dataclasses.replace(result, title="Another"), own_folder)
    assert contents(own_folder) == before


def test_a_reader_of_the_old_report_never_sees_it_change(result: RunResult, own_folder: Path) -> None:
    with (own_folder / "report.json").open("rb") as reader:
        before = (own_folder / "report.json").read_bytes()
        write_report(dataclasses.replace(result, title="Another"), own_folder)
        assert reader.read() == before != (own_folder / "report.json").read_bytes()


def test_other_schema_version_is_refused_with_a_remedy(result: RunResult, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"schema_version = '0'.*run again"):
        write_report(dataclasses.replace(result, schema_version="0"), tmp_path)


def test_figures_of_one_name_are_refused(result: RunResult, figures: Any, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="rename one"):
        write_report(result, tmp_path, (figures[0], figures[0]))


def test_drawings_carry_no_date_and_no_shared_identifiers(folder: Path) -> None:
    drawings = [path.read_text(encoding="utf-8") for path in sorted((folder / "figures").iterdir())]
    assert all("<metadata" not in drawing and "<style" not in drawing and "DOCTYPE" not in drawing for drawing in drawings)
    one, other = (set(re.findall(r'\bid="([^"]*)"', drawing)) for drawing in drawings)
    assert one and other and not one & other


@pytest.mark.parametrize(("changes", "message"), [
    ({"name": "../x"}, "becomes a file name"), ({"xscale": "cubic"}, "choose one of linear"), ({"curves": ()}, "no curves"),
])
def test_bad_figure_is_refused_with_a_remedy(figures: Any, changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        dataclasses.replace(figures[0], **changes)


@pytest.mark.parametrize(("curve", "message"), [
    (("a", (1.0,), (1.0, 2.0), "sharp"), "as many of each"),
    (("a", (), (), "sharp"), "at least one"),
    (("a", (1.0,), (1.0,), "?"), "choose"),
])
def test_bad_curve_is_refused_with_a_remedy(curve: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Curve(*curve)
