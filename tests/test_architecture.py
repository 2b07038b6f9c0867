"""The layers of the house, drawn from the code: imports run downward only."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LAYERS = [
    {"checker", "clock", "interrupt", "results"},
    {"numerics"},
    {"quantities", "jacobian"},
    {"plots"},
    {"language"},
    {"domain"},
    {"evaluate"},
    {"form", "library", "strategies"},
    {"corpus"},
    {"search"},
    {"trial"},
    {"pytest_plugin"},
    {"prove"},
    {"certificates"},
    {"sharpness"},
    {"evidence", "sanity", "wording"},
    {"tightness"},
    {"judge"},
    {"workers"},
    {"execute", "preload", "progress", "store"},
    {"power"},
    {"report"},
    {"curves"},
    {"run"},
    {"experiments"},
    {"cli"},
    {"__main__"},
]
LEVEL = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}


def room(module: str) -> str:
    return module.split(".")[1] if module.startswith("verify.") else ""


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module


def sources(folder: str) -> list[Path]:
    return sorted(path for path in (ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("path", sources("verify"), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_downward(path: Path) -> None:
    parts = path.relative_to(ROOT / "verify").with_suffix("").parts
    if parts == ("__init__",):
        return  # the facade names every room, lazily
    here = parts[0]
    assert here in LEVEL, f"verify/{here} has no place in the house: add it to LAYERS and to docs/architecture.md"
    for module in imports(path):
        there = room(module)
        if there and there != here:
            assert there in LEVEL, f"{path.name} imports {module}, which has no place in the house"
            assert LEVEL[there] < LEVEL[here], f"{path.relative_to(ROOT)} ({here}) imports {module} ({there}): upward"


@pytest.mark.parametrize("path", sources("theorems"), ids=lambda path: str(path.relative_to(ROOT)))
def test_theorems_import_the_claim_language_only(path: Path) -> None:
    for module in imports(path):
        assert module in ("__future__", "sympy", "verify", "theorems.notation"), f"{path.name} imports {module}"


def test_the_checker_imports_the_standard_library_alone() -> None:
    import sys

    for module in imports(ROOT / "reports" / "check.py"):
        assert module.split(".")[0] in sys.stdlib_module_names, f"reports/check.py imports {module}"


def test_no_verdict_is_written_into_the_engine() -> None:
    """Expected verdicts live in tests/ only: theorem files name none, and the engine reads nothing from tests/."""
    words = {"PROVED", "REFUTED", "SURVIVED", "UNDECIDED"}
    for path in sources("theorems"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, str) and words & set(node.value.split())), path.name
    for path in sources("verify"):
        assert not any(module.split(".")[0] == "tests" for module in imports(path)), path.name
