"""What the report derives from the records: names, anchors, counts, parents, and where a proof first breaks."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from verify.report.wording import GROUPS, PROVENANCE, STEP_SUFFIX
from verify.results import VERDICTS, ClaimResult, ReadingResult, RunResult, Witness

__all__ = [
    "ProofNote", "anchor", "by_group", "check_command", "children", "counts", "crosstab", "effort_rows", "effort_text", "intervals", "linkable",
    "one_line", "other_certificates", "parent", "proof_notes", "reading_name", "readings", "refuted_by_provenance", "region_rows", "run_text", "sides",
    "size_text", "verdict_total", "versions_text",
]


def anchor(claim: str, reading: str = "") -> str:
    """A fragment identifier; distinct names give distinct anchors, whatever characters they hold."""
    name = f"{claim}.{reading}" if reading else claim
    return "c-" + re.sub(r"[^A-Za-z0-9.-]", lambda match: f"_{ord(match.group()):x}_", name)


def reading_name(claim: ClaimResult, reading: ReadingResult) -> str:
    """``T4-b (ii)``, or just ``T9-weyl`` for a claim with the single reading ``i``."""
    return claim.id if len(claim.readings) == 1 and reading.reading == "i" else f"{claim.id} ({reading.reading})"


def readings(result: RunResult) -> Iterator[tuple[ClaimResult, ReadingResult]]:
    """Every reading with its claim, in the order of the run."""
    return ((claim, reading) for claim in result.claims for reading in claim.readings)


def by_group(result: RunResult) -> list[tuple[str, list[ClaimResult]]]:
    """Claims under their group's title, groups in the order of ``GROUPS``, then any other by name."""
    names = [*GROUPS, *sorted({claim.group for claim in result.claims} - GROUPS.keys())]
    grouped = [(GROUPS.get(name, name), [claim for claim in result.claims if claim.group == name]) for name in names]
    return [(title, claims) for title, claims in grouped if claims]


def counts(result: RunResult) -> dict[str, Counter[str]]:
    """Readings by verdict, then by provenance; a claim that failed before it had readings counts once as ``ERROR``, under ``""``."""
    table: dict[str, Counter[str]] = {verdict: Counter() for verdict in VERDICTS}
    for _, reading in readings(result):
        table[reading.verdict][reading.provenance] += 1
    table["ERROR"][""] += sum(1 for claim in result.claims if not claim.readings)
    return table


def verdict_total(result: RunResult) -> dict[str, int]:
    """How many readings bear each verdict; every verdict is listed."""
    return {verdict: sum(row.values()) for verdict, row in counts(result).items()}


def crosstab(result: RunResult) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """The provenances that occur, and for each verdict that occurs its counts by provenance and in all, for display."""
    table = {verdict: row for verdict, row in counts(result).items() if sum(row.values())}
    columns = [key for key in PROVENANCE if any(row[key] for row in table.values())]
    return columns, [(verdict, [*(str(row[key] or "·") for key in columns), str(sum(row.values()))]) for verdict, row in table.items()]


def size_text(result: RunResult) -> str:
    """How many claims and readings the run holds."""
    claims, number = len(result.claims), sum(len(claim.readings) for claim in result.claims)
    return f"{claims} claim{'s' * (claims != 1)}, {number} reading{'s' * (number != 1)}."


def run_text(result: RunResult) -> str:
    """What to give to the program to get this report again."""
    corpus = result.corpus_hash or "none"
    return f"Effort {result.effort} · seed {result.seed} · corpus {corpus} · schema {result.schema_version}"


def versions_text(result: RunResult) -> str:
    """The software that took part."""
    return " · ".join(f"{name} {version}" for name, version in sorted(result.versions.items()))


def refuted_by_provenance(result: RunResult) -> dict[str, list[tuple[ClaimResult, ReadingResult]]]:
    """Refuted readings, the paper's own formulas first."""
    found = {key: [pair for pair in readings(result) if pair[1].verdict == "REFUTED" and pair[1].provenance == key] for key in PROVENANCE}
    return {key: pairs for key, pairs in found.items() if pairs}


def parent(claim_id: str, known: Mapping[str, ClaimResult]) -> str:
    """The claim that ``claim_id`` is a part of: the longest known prefix that ends before a hyphen, else empty."""
    pieces = claim_id.split("-")
    prefixes = ("-".join(pieces[:size]) for size in range(len(pieces) - 1, 0, -1))
    return next((prefix for prefix in prefixes if prefix in known), "")


def children(claim_id: str, known: Mapping[str, ClaimResult]) -> list[str]:
    """The claims whose parent is ``claim_id``, in the order of the run."""
    return [other for other in known if parent(other, known) == claim_id]


@dataclass(frozen=True)
class ProofNote:
    """A refuted step of the proof of ``claim``. ``gap`` names its readings that stand without the proof, ``refuted`` those that fell."""

    claim: str
    step: str
    step_readings: tuple[str, ...]
    gap: tuple[str, ...]
    refuted: tuple[str, ...]

    @property
    def label(self) -> str:
        """``PROOF GAP`` when the claim itself has not been refuted, else ``FIRST FALSE STEP``."""
        return "FIRST FALSE STEP" if self.refuted else "PROOF GAP"

    @property
    def text(self) -> str:
        """The note in words."""
        step = f"{self.step} {_listed(self.step_readings)}"
        if not self.refuted:
            stands = "while the claim itself has not been refuted. The proof does not establish it."
            return f"A step of the proof is false as we read it ({step}), {stands}"
        fallen = f"The proof first breaks at a step that is false as we read it ({step})."
        if self.gap:
            return f"{fallen} Reading {_listed(self.gap)} of the claim has not been refuted: for it, the false step is a PROOF GAP."
        return f"{fallen} The claim itself is refuted as well."


def proof_notes(result: RunResult) -> dict[str, ProofNote]:
    """For each parent of a claim ``X-step`` with a refuted reading: what the false step means for the parent."""
    known = {claim.id: claim for claim in result.claims}
    notes = {}
    for claim in result.claims:
        above = parent(claim.id, known) if claim.id.endswith(STEP_SUFFIX) else ""
        false = tuple(reading.reading for reading in claim.readings if reading.verdict == "REFUTED")
        if above and false:
            standing = tuple(reading.reading for reading in known[above].readings if reading.verdict != "REFUTED")
            fallen = tuple(reading.reading for reading in known[above].readings if reading.verdict == "REFUTED")
            notes[above] = ProofNote(above, claim.id, false, standing, fallen)
    return notes


def other_certificates(reading: ReadingResult) -> list[str]:
    """The certificates that no displayed instance carries, sorted."""
    return sorted(set(reading.certificates) - {witness.certificate for witness in reading.witnesses})


def region_rows(failures: Mapping[str, Any]) -> tuple[list[str], list[list[tuple[str, str]]]]:
    """The map of failures as a table: headings, and for each row its heading and (text, certificate) by cell."""
    if not failures:
        return [], []
    (down, across), cells = failures["axes"], {tuple(cell["index"]): cell for cell in failures["cells"]}
    heads = [f"{down['quantity']} \\ {across['quantity']}", *intervals(across["breaks"])]
    rows = [
        [(name, ""), *((_cell_text(cells[i, j]), cells[i, j]["certificate"]) for j in range(len(across["breaks"]) - 1))]
        for i, name in enumerate(intervals(down["breaks"]))
    ]
    return heads, rows


def intervals(breaks: list[str]) -> list[str]:
    return [f"[{low}, {'∞' if high == 'oo' else high})" for low, high in pairwise(breaks)]


def _cell_text(cell: Mapping[str, Any]) -> str:
    if not cell["sampled"]:
        return "not reached"
    share = f"{cell['violating']} of {cell['sampled']} sampled"
    return f"fails ({share})" if cell["certificate"] else f"not certified ({share})" if cell["violating"] else f"none found in {cell['sampled']}"


def sides(witness: Witness) -> list[tuple[str, str]]:
    """What an instance shows of both sides of the statement."""
    margin = "" if witness.role == "family" else f"{witness.margin:.6g}".replace("-", "−")  # of members of a proof none is computed
    rows = [("left side", witness.left), ("right side", witness.right), ("margin", margin)]
    return [row for row in rows if row[1]]


def linkable(certificate: str) -> bool:
    """Whether the path may become a link: a plain JSON file in the folder of certificates."""
    return re.fullmatch(r"certificates/[A-Za-z0-9][A-Za-z0-9._+-]*\.json", certificate) is not None


def check_command(checker: str, certificate: str) -> str:
    """What to type, in the folder of the report, to check a certificate without this project."""
    return f"python3 {checker} {shlex.quote(certificate)}"


def effort_rows(effort: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    """Nested counts as sorted ``(name, value)`` rows."""
    rows: list[tuple[str, str]] = []
    for key in sorted(effort):
        name, value = f"{prefix}{key}".replace("_", " "), effort[key]
        rows += effort_rows(value, f"{name}: ") if isinstance(value, Mapping) else [(name, _count(value))]
    return rows


def effort_text(effort: Mapping[str, Any]) -> str:
    """The counts as one phrase."""
    return ", ".join(f"{name} {value}" for name, value in effort_rows(effort))


def one_line(text: str, limit: int = 150) -> str:
    """The text on one line, cut at a word with an ellipsis when longer than ``limit``."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[:limit].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def _count(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int):
        return ", ".join(_count(item) for item in value) if isinstance(value, list | tuple) else str(value)
    return f"{value:,}".replace(",", "\u202f")


def _listed(keys: tuple[str, ...]) -> str:
    return ", ".join(f"({key})" for key in keys)
