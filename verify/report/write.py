"""Writing a report: everything is rendered before anything is written, and each file is written beside its place and renamed into it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from verify.execute import Together, in_turn
from verify.report.blocks_html import html_page
from verify.report.blocks_markdown import markdown_page
from verify.report.document import SCHEMA, SCHEMA_VERSION, json_text, strict_json
from verify.report.figures import FigureData, draw
from verify.report.markdown import markdown_text
from verify.report.page import html_text
from verify.report.pages import PAGES_SCHEMA, Made, Pack, made
from verify.results import RunResult

__all__ = ["place", "write_report"]


def write_report(
    result: RunResult, folder: Path, figures: Sequence[FigureData] = (), *, checker: str = "reports/check.py", pack: Pack | None = None,
    together: Together = in_turn,
) -> Path:
    """Write ``report.html``, ``report.md``, ``report.json``, ``schema.json`` and ``figures/*.svg`` into ``folder``; return the page's path.

    Beside them go the pages of ``pages.made``, each as HTML, Markdown and JSON, with ``pages.schema.json``; ``pack`` has the printed proofs and the
    sentences that two of them are about. ``checker`` is the stand-alone checker as one types it in ``folder``; it appears in the re-check commands.
    Certificates are expected in ``folder/certificates`` already. Figures of an earlier report that are not drawn again are removed. The pages are
    rendered ``together``. The same arguments give the same bytes. Raises ``ValueError`` for records of another schema version or two figures of one
    name, and then nothing is written.
    """
    if result.schema_version != SCHEMA_VERSION:
        raise ValueError(f"RunResult.schema_version = {result.schema_version!r}: this package writes {SCHEMA_VERSION!r}; run again")
    if len({figure.name for figure in figures}) < len(figures):
        raise ValueError(f"figures: names must differ, got {sorted(figure.name for figure in figures)}; rename one of them")
    beside, *drawn = together([partial(made, result, pack or Pack()), *(partial(draw, figure) for figure in figures)])
    drawings = {figure.name: svg for figure, svg in zip(figures, drawn, strict=True)}
    pages = [page.page for page in beside]
    html, markdown, document, *others = together([
        partial(html_text, result, figures, drawings, checker, pages),
        partial(markdown_text, result, figures, checker, pages),
        partial(json_text, result, figures),
        *(partial(_files, page) for page in beside),
    ])
    files = {f"figures/{name}.svg": svg for name, svg in drawings.items()} | {
        **{name: content for of_page in others for name, content in of_page.items()},
        "pages.schema.json": PAGES_SCHEMA.read_text(encoding="utf-8"),
        "schema.json": SCHEMA.read_text(encoding="utf-8"),
        "report.json": document,
        "report.md": markdown,
        "report.html": html,
    }
    place({folder / name: content for name, content in files.items()})
    for stale in sorted(set((folder / "figures").glob("*.svg")) - {folder / name for name in files}):
        stale.unlink()
    return folder / "report.html"


def _files(page: Made) -> dict[str, str]:
    """The files of one page: its drawings, JSON, Markdown and HTML."""
    name = page.page.name
    texts = {f"{name}.json": strict_json(page.document), f"{name}.md": markdown_page(page.page), f"{name}.html": html_page(page.page)}
    return {**dict(page.drawings), **texts}


def place(files: dict[Path, str]) -> None:
    """Write all contents to neighbours of their places, then rename them in order: the page comes last and never points at nothing."""
    waiting: list[tuple[Path, Path]] = []
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            neighbour = path.with_name(f".{path.name}.{os.getpid()}.partial")
            waiting.append((neighbour, path))
            neighbour.write_bytes(content.encode("utf-8", "backslashreplace"))
        for neighbour, path in waiting:
            neighbour.replace(path)
    finally:
        for neighbour, _ in waiting:
            neighbour.unlink(missing_ok=True)
