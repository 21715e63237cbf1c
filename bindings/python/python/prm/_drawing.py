"""Pictures and pages. They are content: whoever shows one shows the record."""

from __future__ import annotations

import html
import os
from pathlib import Path

__all__ = ["Drawing", "Html"]


class Drawing:
    """A picture as an SVG document that needs nothing else. It carries a title and a description for screen readers.

    A notebook shows it, and keeps it in its file.
    """

    __slots__ = ("svg",)
    svg: str

    def __init__(self, svg: str) -> None:
        self.svg = svg

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the document."""
        Path(path).write_text(self.svg, encoding="utf-8")

    def _repr_html_(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return f"Drawing({len(self.svg)} characters)"


class Html:
    """A page as one HTML document that needs nothing else: no script, no font, no address outside itself."""

    __slots__ = ("html",)
    html: str

    def __init__(self, text: str) -> None:
        self.html = text

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the document."""
        Path(path).write_text(self.html, encoding="utf-8")

    def _repr_html_(self) -> str:
        page = html.escape(self.html, quote=True)
        return f'<iframe srcdoc="{page}" sandbox="" style="width:100%;height:40em;border:0"></iframe>'

    def __repr__(self) -> str:
        return f"Html({len(self.html)} characters)"
