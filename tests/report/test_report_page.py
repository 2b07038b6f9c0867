"""The page: well-formed, self-contained, honest about what survived, readable in both colour schemes."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

from verify.report import write_report
from verify.report.figures import INK, KINDS
from verify.report.markup import VOID
from verify.results import EVIDENCE_LEVELS, TIGHTNESS_LABELS, VERDICTS, RunResult

STYLE = Path(__file__).parents[2] / "verify" / "report" / "style.css"


class Page(HTMLParser):
    """Reads a page strictly: every element closed in order, every attribute remembered, text by the article or section it stands in."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str]] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.text: dict[str, str] = {}
        self.feed(source)
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        self.attributes += [(name, key, value or "") for key, value in attributes]
        if name not in VOID:
            self.open.append((name, dict(attributes).get("id") or ""))

    def handle_startendtag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        self.attributes += [(name, key, value or "") for key, value in attributes]

    def handle_endtag(self, name: str) -> None:
        assert self.open and self.open[-1][0] == name, f"</{name}> closes {self.open[-3:]}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for _, identifier in self.open:
            self.text[identifier] = self.text.get(identifier, "") + data

    def values(self, key: str) -> list[str]:
        return [value for _, name, value in self.attributes if name == key]


@pytest.fixture(scope="module")
def source(folder: Path) -> str:
    return (folder / "report.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(source: str) -> Page:
    return Page(source)


def test_identifiers_are_unique_and_every_inner_link_arrives(page: Page) -> None:
    identifiers = Counter(page.values("id"))
    assert [name for name, count in identifiers.items() if count > 1] == []
    inner = {value[1:] for value in page.values("href") + page.values("xlink:href") if value.startswith("#")}
    assert inner <= identifiers.keys()
    assert set(page.values("for")) <= identifiers.keys()


def test_nothing_is_loaded_and_nothing_is_run(page: Page, source: str, folder: Path) -> None:
    names = {name for name, _, _ in page.attributes}
    assert not names & {"script", "iframe", "object", "embed", "img", "link"}
    assert page.values("src") == [] and not [key for _, key, _ in page.attributes if key.startswith("on")]
    outer = [value for value in page.values("href") if not value.startswith("#")]
    beside = r"report\.(md|json)|schema\.json|(erratum|chain|sentences)\.html|certificates/[\w.-]+\.json|figures/[\w-]+\.svg"
    assert all(re.fullmatch(beside, value) for value in outer)
    assert "@import" not in source and set(re.findall(r"url\((.)", source)) <= {"#"}
    assert all((folder / value).exists() for value in outer if not value.startswith("certificates/"))


def test_addresses_in_the_source_are_only_names_of_vocabularies(source: str) -> None:
    assert set(re.findall(r"https?://[^\s\"'<]+", source)) <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_every_word_of_the_contract_is_explained(page: Page) -> None:
    for meaning in (*VERDICTS.values(), *EVIDENCE_LEVELS.values(), *TIGHTNESS_LABELS.values()):
        assert meaning in page.text["words"]


def test_the_fixture_and_its_page_show_every_verdict(result: RunResult, page: Page) -> None:
    shown = {reading.verdict for claim in result.claims for reading in claim.readings} | {claim.headline for claim in result.claims}
    assert shown >= VERDICTS.keys()
    assert all(verdict.replace("_", " ") in page.text["table"] for verdict in VERDICTS)


def test_table_and_sections_hold_every_reading(result: RunResult, page: Page, source: str) -> None:
    rows = re.findall(r'<tr class="row r-(\w+)">', source)
    expected = [reading.verdict for claim in result.claims for reading in claim.readings] + ["ERROR"]
    assert Counter(rows) == Counter(expected)
    assert source.count("<article ") == len(expected) - 1


def test_survived_never_reads_as_verified(page: Page) -> None:
    text = page.text["c-T10.a"]
    assert "No violation was found. This is not a proof, and the statement may still be false." in text
    assert "What was tried: largest order 64, strategies: Hypothesis 5" in text and "0.9999 (999999/1000000)" in text
    assert "not a proof" in page.text["c-T10"].split("Provenance")[0]
    assert not re.search(r"verified|PROVED|is true", text)


def test_survivor_without_effort_admits_it(result: RunResult, tmp_path: Path) -> None:
    survivor = next(claim for claim in result.claims if claim.id == "T10")
    idle = dataclasses.replace(survivor, readings=(dataclasses.replace(survivor.readings[0], effort={}),))
    path = write_report(dataclasses.replace(result, claims=(idle,)), tmp_path)
    assert "recorded no effort" in path.read_text(encoding="utf-8")


def test_refutation_shows_exact_data_sides_source_and_command(page: Page, source: str) -> None:
    text = page.text["c-T9.i"]
    for piece in ("Simplest counterexample", "found by optimiser", "Found from scratch", "[17.20508075, 17.20508076]", "1.5",
                  "4503599627370497/9007199254740992", "a 40 × 40 matrix, in the certificate", "K(J_ε) ≤ K₀/(1"):
        assert piece in text or piece.lower() in text
    assert "python3 reports/check.py certificates/T9-i-worst.json" in text
    assert "<mfrac><mn>1</mn><mn>7</mn></mfrac>" in source
    assert "REFUTED by proof" in page.text["c-T9.ii"]


def test_steps_name_who_discharged_them(page: Page) -> None:
    assert "discharged by z3 and an exact sum of squares" in page.text["c-T4.i"]
    assert "✗ NOT DISCHARGED (a human)" in page.text["c-T5.iv"]


def test_formula_that_does_not_convert_is_shown_as_source(source: str) -> None:
    assert r'<code class="latex">\unknowncommand{x} \leq 1</code>' in source


def test_hostile_strings_stay_text(page: Page, source: str) -> None:
    assert "<script" not in source and "<b>" not in source
    assert "<script>alert('x')</script> & \"quotes\" | bar `tick`" in page.text["c-S2"]
    assert "<script>alert('x')</script>" in page.text["c-T18"]
    assert not [value for value in page.values("href") if "javascript" in value or ".." in value]


def test_interruption_is_announced_before_anything_else(result: RunResult, source: str, tmp_path: Path) -> None:
    interrupted = write_report(dataclasses.replace(result, interrupted=True), tmp_path).read_text(encoding="utf-8")
    assert "This run was interrupted" not in source
    assert interrupted.index("This run was interrupted") < interrupted.index("Most formulas")


def test_page_of_an_empty_run(result: RunResult, tmp_path: Path) -> None:
    page = Page(write_report(dataclasses.replace(result, claims=()), tmp_path).read_text(encoding="utf-8"))
    assert "No reading was refuted." in page.text["findings"]


def luminance(colour: str) -> float:
    """Relative luminance by the definition of WCAG 2."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def schemes() -> list[dict[str, str]]:
    blocks = re.findall(r":root \{(.*?)\}", STYLE.read_text(encoding="utf-8"), flags=re.DOTALL)[:2]
    return [dict(re.findall(r"--([\w-]+): (#[0-9A-Fa-f]{6})", block)) for block in blocks]


@pytest.mark.parametrize("scheme", schemes(), ids=["light", "dark"])
def test_contrast_meets_wcag_aa(scheme: dict[str, str]) -> None:
    pairs = [(word, word + "-bg") for word in ("good", "bad", "open", "warn", "none")]
    pairs += [(word, "paper") for word in ("ink", "soft", "link", "mark", "good", "bad", "open")] + [("paper", "bad")]
    assert all(contrast(scheme[text], scheme[ground]) >= 4.5 for text, ground in pairs)
    colours = [str(look["color"]) for look in KINDS.values()] + [INK]
    assert all(contrast(colour, scheme["paper"]) >= 3 for colour in colours)
