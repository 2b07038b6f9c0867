"""Blocks as Markdown that GitHub sets."""

from __future__ import annotations

from verify.report import marks, outline
from verify.report.blocks import Badge, Block, Code, Drawing, Facts, Formula, Heading, Inline, Items, Line, Link, Page, Paragraph, Ref, Strong, Table

__all__ = ["markdown_page"]


def markdown_page(page: Page) -> str:
    """The whole document."""
    parts = [f"# {marks.text(page.title)}", f"*{marks.text(page.kicker)}*", *map(_block, page.blocks)]
    links = " · ".join(f"[{name}]({name})" for name in ("report.md", f"{page.name}.html", f"{page.name}.json", "pages.schema.json"))
    return "\n\n".join(part for part in (*parts, "---", links) if part) + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading(level, line, anchor):
            return (f'<a id="{anchor}"></a>\n\n' if anchor else "") + "#" * level + " " + _line(line)
        case Paragraph(line, _):
            return _line(line)
        case Facts(rows):
            return "\n".join(f"- *{marks.text(label)}.* " + " ".join(map(_line, lines)) for label, lines in rows if lines)
        case Table(caption, head, rows):
            drawn = marks.table([marks.text(name) for name in head], [[_line(cell) for cell in row] for row in rows])
            return f"{marks.text(caption)}\n\n{drawn}" if caption else drawn
        case Items(lines):
            return "\n".join(f"- {_line(line)}" for line in lines)
        case Drawing(_, file, caption):
            return f"![{marks.text(caption)}]({file})"


def _line(line: Line) -> str:
    return "".join(map(_inline, line)).strip()


def _inline(item: Inline) -> str:
    match item:
        case str():
            return _spaced(item)
        case Strong(text):
            return f"**{marks.text(text)}**"
        case Code(text):
            return marks.code(text)
        case Link(label, href):
            return f"[{marks.text(label)}]({href})"
        case Ref(label, claim, reading):
            return f"[{marks.text(label)}](report.md#{outline.anchor(claim, reading)})"
        case Badge(look, label):
            return marks.word_mark(look, label)
        case Formula(latex, plain):
            return marks.inline(latex) if latex.strip() else marks.text(plain)
    return marks.inline(item.latex) + (f" (exactly {marks.code(item.exact)})" if item.exact else "")


def _spaced(plain: str) -> str:
    """Escaped text that keeps a space at either end, which ``marks.text`` drops."""
    inner = marks.text(plain)
    return (" " if plain[:1].isspace() else "") + inner + (" " if plain[-1:].isspace() and inner else "")
