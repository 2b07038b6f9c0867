"""``report.json``: the records as they are, with what the report derives from them, in strict JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from verify.report import outline
from verify.report.figures import FigureData
from verify.results import RunResult, to_json

__all__ = ["SCHEMA", "SCHEMA_VERSION", "json_text", "strict_json"]

SCHEMA = Path(__file__).with_name("schema.json")
SCHEMA_VERSION = "4"
"""``RunResult.schema_version`` of the reports that this package writes; equal to the constant in ``schema.json``."""


def json_text(result: RunResult, figures: Sequence[FigureData]) -> str:
    """The document that ``schema.json`` describes. Non-finite numbers become the strings ``nan``, ``infinity`` and ``-infinity``."""
    document = to_json(result)
    document["versions"] = dict(sorted(result.versions.items()))
    document["summary"] = {
        "claims": len(result.claims),
        "readings": sum(len(claim.readings) for claim in result.claims),
        "verdicts": outline.verdict_total(result),
    }
    document["proof_notes"] = [{**to_json(note), "label": note.label, "text": note.text} for note in outline.proof_notes(result).values()]
    document["figures"] = [{**to_json(figure), "file": f"figures/{figure.name}.svg"} for figure in figures]
    return strict_json(document)


def strict_json(document: Any) -> str:
    """Records as strict JSON, the same bytes every time. Non-finite numbers become the strings ``nan``, ``infinity`` and ``-infinity``."""
    return json.dumps(_strict(document), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _strict(value: Any) -> Any:
    """The same value with lists for tuples, sorted counts, and no float that JSON cannot say."""
    if isinstance(value, dict):
        return {key: _sorted(_strict(item)) if key == "effort" else _strict(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_strict(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return "nan" if math.isnan(value) else "infinity" if value > 0 else "-infinity"
    return value


def _sorted(value: Any) -> Any:
    return {key: _sorted(value[key]) for key in sorted(value)} if isinstance(value, dict) else value
