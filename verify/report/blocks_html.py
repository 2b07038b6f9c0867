"""Blocks as a self-contained HTML page in the style of the report: no script, nothing loaded, light and dark."""

from __future__ import annotations

from pathlib import Path

from verify.report import outline
from verify.report.blocks import Badge, Block, Code, Drawing, Facts, Formula, Heading, Inline, Items, Line, Link, Page, Paragraph, Ref, Strong, Table
from verify.report.markup import Html, Node, join, tag
from verify.report.mathml import formula
from verify.report.section import badge

__all__ = ["POLICY", "html_page"]

STYLE = Path(__file__).with_name("style.css")
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def html_page(page: Page) -> str:
    """The whole page."""
    head = tag(
        "head", tag("meta", charset="utf-8"), tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"), tag("meta", name="color-scheme", content="light dark"),
        tag("title", page.title), "\n", tag("style", Html(STYLE.read_text(encoding="utf-8"))),
    )
    header = tag("header", tag("p", page.kicker, class_="kicker"), tag("h1", page.title))
    files = [join(" · ", tag("a", name, href=name)) for name in (f"{page.name}.md", f"{page.name}.json", "pages.schema.json")]
    footer = tag("footer", tag("p", tag("a", "report.html", href="report.html"), files))
    body = tag("body", header, tag("main", *(join(_block(block), "\n") for block in page.blocks), class_="page"), footer)
    return "<!DOCTYPE html>\n" + tag("html", head, "\n", body, lang="en") + "\n"


def _block(block: Block) -> Html:
    match block:
        case Heading(level, line, anchor):
            return tag(f"h{level}", *map(_inline, line), id=anchor or None)
        case Paragraph(line, kind):
            return tag("p", *map(_inline, line), class_=kind or None)
        case Facts(rows):
            return tag("dl", *(tag("div", tag("dt", label), tag("dd", *map(_paragraph, lines))) for label, lines in rows if lines), class_="facts")
        case Table(caption, head, rows):
            return _table(caption, head, rows)
        case Items(lines):
            return tag("ul", *(tag("li", *map(_inline, line)) for line in lines), class_="items")
        case Drawing(svg, file, caption):
            return tag("figure", tag("div", svg, class_="scroll"), tag("figcaption", caption, " ", tag("a", file, href=file)), class_="wide")


def _paragraph(line: Line) -> Html:
    return tag("p", *map(_inline, line))


def _table(caption: str, head: tuple[str, ...], rows: tuple[tuple[Line, ...], ...]) -> Html:
    top = tag("thead", tag("tr", *(tag("th", name, scope="col") for name in head)))
    body = tag("tbody", *(tag("tr", *(tag("td", *map(_inline, cell)) for cell in row)) for row in rows))
    return tag("div", tag("table", tag("caption", caption) if caption else None, top, body, class_="listing"), class_="scroll")


def _inline(item: Inline) -> Node:
    match item:
        case str():
            return item
        case Strong(text):
            return tag("strong", text)
        case Code(text):
            return tag("code", text)
        case Link(label, href):
            return tag("a", label, href=href)
        case Ref(label, claim, reading):
            return tag("a", label, href="report.html#" + outline.anchor(claim, reading))
        case Badge(look, label):
            return badge(look, label)
        case Formula(latex, plain):
            return tag("span", formula(latex), class_="formula") if latex.strip() else plain
    return tag("span", item.mathml, class_="value")
