"""Tables in Markdown, which know rows of cells and nothing that spans them: what spans is repeated, so that each row can be read alone."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.forms.markdown.inline import Address, code, inline
from reportgen.forms.markdown.tree import Element

#: A head over so many columns is said in each of them; one over more, as over the columns of a matrix, only in the first.
FEW_COLUMNS = 4


@dataclass(frozen=True, kw_only=True)
class Placed:
    """What stands at one place of the grid: a cell over ``columns`` columns; ``first`` is false where it reaches over from the left."""

    text: str
    numeric: bool
    first: bool = True
    columns: int = 1


Grid = list[list[Placed]]


def table(element: Element, address: Address) -> str:
    """Return the table's rows; its caption is not among them."""
    head = grid([row for part in element.elements if part.tag == "thead" for row in part.elements], address, bold=False)
    body = grid([row for part in element.elements if part.tag in ("tbody", "tfoot") for row in part.elements], address, bold=True)
    body += grid([row for row in element.elements if row.tag == "tr"], address, bold=True)
    width = max(len(row) for row in [*head, *body])
    titles = [title(head, column) for column in range(width)]
    rules = ["---:" if is_numeric(head, body, column) else "---" for column in range(width)]
    rows = [[cell.text if cell.first else "" for cell in row] + [""] * (width - len(row)) for row in body]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (titles, rules, *rows))


def grid(rows: list[Element], address: Address, *, bold: bool) -> Grid:
    """Return the rows with a cell at every place; one that spans several rows stands in each. ``bold`` sets apart the headers of rows."""
    waiting: dict[int, tuple[Placed, int]] = {}  # by column: what reaches down to the next rows, and to how many
    placed: Grid = []
    for row in rows:
        line: list[Placed] = []
        cells = iter([cell for cell in row.elements if cell.tag in ("td", "th")])
        while True:
            column = len(line)
            if column in waiting:
                found, left = waiting.pop(column)
                line.append(found)
                if left > 1:
                    waiting[column] = (found, left - 1)
                continue
            cell = next(cells, None)
            if cell is None:
                break
            width = span(cell, "colspan")
            for reach in range(width):
                found = Placed(text=cell_text(cell, address, bold=bold), numeric=flush_right(cell), first=reach == 0, columns=width)
                if span(cell, "rowspan") > 1:
                    waiting[len(line)] = (found, span(cell, "rowspan") - 1)
                line.append(found)
        placed.append(line)
    return placed


def flush_right(cell: Element) -> bool:
    """Say whether a cell is set flush right: a number of the report's, or what the author has put there."""
    return "numeric" in cell.classes or "text-align:right" in cell.attributes.get("style", "")


def span(cell: Element, name: str) -> int:
    """Return how many rows or columns a cell takes."""
    value = cell.attributes.get(name, "1")
    return max(1, int(value)) if value.isdigit() else 1


def cell_text(cell: Element, address: Address, *, bold: bool) -> str:
    """Return the inside of a cell; a bold one where it heads its row."""
    text = "".join(inline(child, address) for child in cell.children).strip()
    if "code" in cell.classes and text:
        # A code span knows no escapes, and a table would end its cell at a pipe.
        text = code(cell.text.strip()).replace("|", "\\|")
    return f"**{text}**" if bold and cell.tag == "th" and text else text


def title(head: Grid, column: int) -> str:
    """Return the head of a column: the texts of all head rows above it, each once."""
    above = [row[column] for row in head if column < len(row)]
    texts = dict.fromkeys(cell.text for cell in above if cell.text and (cell.first or cell.columns <= FEW_COLUMNS))
    return ": ".join(texts)


def is_numeric(head: Grid, body: Grid, column: int) -> bool:
    """Say whether a column is set flush right: as its numbers are."""
    cells = [row[column] for row in (body or head) if column < len(row) and row[column].text and row[column].columns == 1]
    return bool(cells) and all(cell.numeric for cell in cells)
