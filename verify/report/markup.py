"""HTML as nested function calls: a plain string is always escaped, and only ``tag`` makes markup."""

from __future__ import annotations

import html
from collections.abc import Iterable

__all__ = ["Html", "Node", "join", "tag"]


class Html(str):
    """Finished markup. Everything else that reaches ``tag`` is text and is escaped."""

    __slots__ = ()


Node = str | None | Iterable["Node"]
VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})


def join(*children: Node) -> Html:
    """The children one after the other: markup as it is, text escaped, ``None`` dropped, sequences flattened."""
    return Html("".join(_render(child) for child in children))


def tag(name: str, /, *children: Node, **attributes: str | int | bool | None) -> Html:
    """One element. ``class_`` stands for ``class``, an inner underscore for a hyphen; ``None`` and ``False`` drop the attribute."""
    opening = name + "".join(_attribute(key, value) for key, value in attributes.items() if value is not None and value is not False)
    if name in VOID:
        return Html(f"<{opening}>")
    return Html(f"<{opening}>{join(*children)}</{name}>")


def _render(child: Node) -> str:
    if child is None:
        return ""
    if isinstance(child, Html):
        return child
    if isinstance(child, str):
        return html.escape(child)
    return "".join(_render(inner) for inner in child)


def _attribute(key: str, value: str | int | bool) -> str:
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{html.escape(str(value))}"'
