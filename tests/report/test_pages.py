"""The pages beside the report: well-formed, self-contained, described by their schema, and never at odds with the report."""

from __future__ import annotations

import dataclasses
import json
import re
from collections import Counter
from html import unescape
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.report.test_report_page import Page
from verify.report import PAGES_SCHEMA, PAGES_VERSION, SCHEMA, Pack, write_report
from verify.report.dependencies import Member, Trust
from verify.report.erratum import BrokenProof, Erratum, PrintedProof, Regime, Repair, Stands, StepState
from verify.report.sentences import JUDGEMENTS, Judged, Sentence, Support
from verify.results import ClaimResult, RunResult

NAMES = ("erratum", "chain", "sentences")
PACK = Pack(
    (PrintedProof("T5", ("E5", "T5-step")), PrintedProof("T10", ("T10-step",)), PrintedProof("T4", ("T4-step",))),
    (
        Sentence("true", "abstract", "The bound holds.", "S", ("T4",), ("S2(i)",), "A note."),
        Sentence("false", "abstract", "Feedback degrades it gently.", "N", ("T9",)),
        Sentence("open", "prose", "Weak feedback is stable.", "R", ("T10",)),
        Sentence("unknown", "prose", "<b>Never judged & odd</b>", "G", ("T4", "A1")),
    ),
)
schema = json.loads(PAGES_SCHEMA.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def chained(result: RunResult) -> RunResult:
    """The run in miniature with a chain of proof and a repair."""

    def with_evidence(claim: ClaimResult, **changes: Any) -> ClaimResult:
        readings = tuple(dataclasses.replace(one, evidence=dataclasses.replace(one.evidence, **changes)) for one in claim.readings)
        return dataclasses.replace(claim, readings=readings)

    def mended(claim: ClaimResult) -> ClaimResult:
        match claim.id:
            case "T4":
                return with_evidence(claim, source="proof", rests_on=("E2(i)", "lost(i)"), by_hand=("T4(i), step 1: so",))
            case "E2":
                return with_evidence(claim, source="proof")
            case "T9":
                repairs = ("T4(i)", "T10(a)", "lost(i)")
                return dataclasses.replace(claim, readings=tuple(dataclasses.replace(one, repaired_by=repairs) for one in claim.readings))
        return claim

    return dataclasses.replace(result, claims=tuple(map(mended, result.claims)))


@pytest.fixture(scope="module")
def pages(chained: RunResult, figures: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(chained, tmp_path_factory.mktemp("pages") / "paper", figures, pack=PACK).parent


@pytest.fixture(scope="module")
def anchors(pages: Path) -> dict[str, set[str]]:
    return {path.name: set(Page(path.read_text(encoding="utf-8")).values("id")) for path in pages.glob("*.html")}


@pytest.fixture(scope="module")
def documents(pages: Path) -> dict[str, Any]:
    return {name: json.loads((pages / f"{name}.json").read_text(encoding="utf-8")) for name in NAMES}


def test_the_schema_describes_every_document_and_nothing_else(documents: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for name, document in documents.items():
        validator.validate(document)
        assert document["page"] == name
        assert not validator.is_valid({**document, "seconds": 3}) and not validator.is_valid({**document, "page": "other"})


@pytest.mark.parametrize(("definition", "record", "derived"), [
    ("regime", Regime, ()), ("repair", Repair, ("established",)), ("erratum", Erratum, ("repaired",)), ("step", StepState, ()), ("proof", BrokenProof, ()),
    ("stands", Stands, ()), ("trust", Trust, ()), ("member", Member, ()), ("sentence", Sentence, ()), ("support", Support, ()), ("judged", Judged, ()),
])
def test_schema_has_exactly_the_fields_of_the_records(definition: str, record: Any, derived: tuple[str, ...]) -> None:
    names = [field.name for field in dataclasses.fields(record)] + list(derived)
    described = schema["$defs"][definition]
    assert sorted(described["properties"]) == sorted(names) == sorted(described["required"])


def test_lists_of_the_schema_are_those_of_the_report() -> None:
    report = json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"]
    assert schema["$defs"]["verdict"]["enum"] == report["verdict"]["enum"]
    assert schema["$defs"]["level"]["enum"] == report["evidenceLevel"]["enum"]
    assert schema["$defs"]["provenance"]["enum"] == report["provenance"]["enum"]
    assert schema["$defs"]["judgement"]["enum"] == list(JUDGEMENTS)
    assert schema["$defs"]["version"]["const"] == PAGES_VERSION == schema["$id"].rsplit(":", 1)[1]


@pytest.mark.parametrize("name", [*NAMES, "report"])
def test_pages_are_well_formed_and_every_link_arrives(pages: Path, anchors: dict[str, set[str]], name: str) -> None:
    page = Page((pages / f"{name}.html").read_text(encoding="utf-8"))
    identifiers = Counter(page.values("id"))
    assert [key for key, count in identifiers.items() if count > 1] == []
    for target in page.values("href"):
        file, _, fragment = target.partition("#")
        if file.startswith("certificates/"):
            continue
        assert not file or (pages / file).exists(), target
        if fragment:
            assert fragment in (identifiers if not file else anchors[file]), target


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_loaded_and_nothing_is_run(pages: Path, name: str) -> None:
    source = (pages / f"{name}.html").read_text(encoding="utf-8")
    page = Page(source)
    assert not {element for element, _, _ in page.attributes} & {"script", "iframe", "object", "embed", "img", "link"}
    assert page.values("src") == [] and not [key for _, key, _ in page.attributes if key.startswith("on")]
    assert any("default-src 'none'" in value for value in page.values("content")) and "@import" not in source
    assert set(re.findall(r"https?://[^\s\"'<]+", source)) <= {"http://www.w3.org/2000/svg"}
    assert "prefers-color-scheme: dark" in source and "light dark" in page.values("content")
    assert "<script>" not in source and "<b>Never" not in source


@pytest.mark.parametrize("name", NAMES)
def test_markdown_says_what_the_page_says(pages: Path, name: str) -> None:
    text, source = (pages / f"{name}.md").read_text(encoding="utf-8"), (pages / f"{name}.html").read_text(encoding="utf-8")
    assert "<script>" not in text and "<b>Never" not in text
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
        assert target.startswith("certificates/") or (pages / target).exists(), target
    words = [re.sub(r"\W", "", unescape(heading)) for heading in re.findall(r"<h[23][^>]*>([^<]*)</h", source)]
    assert all(word in re.sub(r"\W", "", text) for word in words)


def test_erratum_shows_verdicts_of_repairs_and_certificates(pages: Path, documents: dict[str, Any]) -> None:
    item = next(one for one in documents["erratum"]["errata"] if (one["claim"], one["reading"]) == ("T9", "i"))
    assert [repair["verdict"] for repair in item["repairs"]] == ["PROVED", "SURVIVED", ""] and not item["repaired"]
    text = (pages / "erratum.html").read_text(encoding="utf-8")
    entry = text[text.index('id="e-T9.i"'):text.index('id="e-T9.ii"')]
    assert 'href="certificates/T9-i-simplest.json"' in entry and "repairs nothing yet" in entry and "not judged in this run" in entry
    assert "None is exhibited: the negation is proved" in text[text.index('id="e-T9.ii"'):]


def test_chain_shows_the_graph_and_what_falls(pages: Path, documents: dict[str, Any]) -> None:
    members = {member["name"]: member for member in documents["chain"]["members"]}
    assert documents["chain"]["acyclic"] and members["E2(i)"]["falls"] == ["T4(i)"] and members["lost(i)"]["verdict"] == ""
    text = (pages / "chain.html").read_text(encoding="utf-8")
    assert "the chain has no cycle" in text and text.count("<rect ") == 3
    assert (pages / "figures" / "proof-chain.svg").read_text(encoding="utf-8").startswith("<svg ")


def test_a_circular_chain_is_called_so_and_not_drawn(chained: RunResult, tmp_path: Path) -> None:
    t4 = chained.claims[0]
    evidence = dataclasses.replace(t4.readings[0].evidence, rests_on=("T4(i)",))
    looped = dataclasses.replace(t4, readings=(dataclasses.replace(t4.readings[0], evidence=evidence),))
    folder = write_report(dataclasses.replace(chained, claims=(looped,)), tmp_path).parent
    document = json.loads((folder / "chain.json").read_text(encoding="utf-8"))
    assert not document["acyclic"] and document["cycle"] == ["T4(i)", "T4(i)"]
    source = (folder / "chain.html").read_text(encoding="utf-8")
    assert "nothing on this cycle is proved: T4(i) → T4(i)" in source and "<svg" not in source


def test_sentences_are_judged_by_the_run(documents: dict[str, Any]) -> None:
    assert {item["sentence"]["key"]: item["judgement"] for item in documents["sentences"]["sentences"]} == {
        "true": "STANDS", "false": "FALSE", "open": "OPEN", "unknown": "NOT_JUDGED",
    }
    assert sum(documents["sentences"]["counts"].values()) == 4


def test_a_run_without_the_paper_has_neither_erratum_nor_sentences(result: RunResult, tmp_path: Path) -> None:
    own = dataclasses.replace(result, claims=tuple(claim for claim in result.claims if claim.group != "paper"))
    folder = write_report(own, tmp_path, pack=PACK).parent
    assert sorted(path.name for path in folder.glob("*.html")) == ["chain.html", "report.html"]


def test_an_interrupted_run_says_so_on_every_page(chained: RunResult, tmp_path: Path) -> None:
    folder = write_report(dataclasses.replace(chained, interrupted=True), tmp_path, pack=PACK).parent
    for name in NAMES:
        assert "This run was interrupted" in (folder / f"{name}.html").read_text(encoding="utf-8")
        assert json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))["interrupted"] is True
