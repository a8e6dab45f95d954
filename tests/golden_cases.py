"""Every figure that the program draws, on numbers that do not change: what the pictures in ``tests/report/golden/`` are made of.

Whoever adds a function that draws, adds a case here; a test finds the function by itself and wants one.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from made_results import suite_of, with_graphs, with_losses, with_modes, with_nights, with_variants

from reportgen.analysis.pictures import Pictures
from reportgen.analysis.results import Results
from reportgen.experiments.graphs.figure import steps_figure as graphs_figure
from reportgen.report.comparison_figures import drawn_findings, drawn_ratios, epoch_parts_figure, parity_losses_figure, ratios_figure
from reportgen.report.drawing import Drawing
from reportgen.report.export_figure import export_figure
from reportgen.report.figures import times_figure
from reportgen.report.images import misclassified_sheet, sample_sheet
from reportgen.report.loss_figure import learning_curves, losses_figure
from reportgen.report.mode_figures import modes_figure, variants_figure
from reportgen.report.picture_rows import augmentation_sheet, predictions_sheet
from reportgen.report.suite_figures import summary_ratios_figure
from reportgen.report.trend.figure import history_figure

PACKAGE = Path(__file__).parents[1] / "reportgen"
#: What a function that draws returns, as its annotation names it; a sheet of images is named by what it is given.
DRAWS = "Drawing"
STEPS = 60


def drawings(results: Results, run_folder: Path) -> dict[str, Callable[[], Drawing]]:
    """Return a function that draws for each picture of numbers, by the name of its file; ``results`` are those of the run in ``run_folder``."""

    def graphs() -> Drawing:
        made = with_graphs()
        return graphs_figure(made.experiments[0], made)

    return {
        "curves": lambda: learning_curves(results),
        "losses": lambda: losses_figure(with_losses(results)),
        "step-losses": lambda: losses_figure(with_losses(results, STEPS)),
        "times": lambda: times_figure(results),
        "exported": lambda: export_figure(results),
        "ratios": lambda: ratios_figure(results),
        "compared": lambda: drawn_ratios(drawn_findings(results), "B over A"),
        "parity-losses": lambda: parity_losses_figure(results),
        "epoch-parts": lambda: epoch_parts_figure(results),
        "modes": lambda: modes_figure(with_modes(results)),
        "variants": lambda: variants_figure(with_variants(results)),
        "history": lambda: history_figure(with_nights(results, run_folder)),
        "suite": lambda: summary_ratios_figure(suite_of(run_folder, ("first", "second", "third"))),
        "graphs": graphs,
    }


def sheets(results: Results, pictures: Pictures, fonts: Path) -> dict[str, Callable[[], bytes]]:
    """Return the same for each picture that is made of images."""
    five = pictures.samples[:5]
    turned = replace(pictures, originals=five, augmented={framework.name: np.rot90(five, axes=(1, 2)) for framework in results.frameworks})
    return {
        "samples": lambda: sample_sheet(results, pictures, fonts),
        "augmentation": lambda: augmentation_sheet(results, turned, fonts),
        "predictions": lambda: predictions_sheet(results, pictures, fonts),
        "misclassified": lambda: misclassified_sheet(results.frameworks[0], pictures, fonts),
    }


def functions_that_draw() -> dict[str, set[str]]:
    """Return every function of the program that makes a picture, by module and name, with the functions that it calls.

    It is one that returns a drawing, or a sheet of images as bytes.
    """
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if DRAWS not in text and "_sheet(" not in text:
            continue
        tree = ast.parse(text)
        module = path.relative_to(PACKAGE.parent).with_suffix("").as_posix().replace("/", ".")
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.returns is not None:
                returned = ast.unparse(node.returns)
                if returned == DRAWS or (node.name.endswith("_sheet") and returned == "bytes"):
                    found[f"{module}.{node.name}"] = called(node, names_in(tree, module))
    return found


def names_in(tree: ast.Module, module: str) -> dict[str, str]:
    """Return the functions that a module knows by name: its own, and those that it imports."""
    own = {node.name: f"{module}.{node.name}" for node in tree.body if isinstance(node, ast.FunctionDef)}
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    taken = {alias.asname or alias.name: f"{node.module}.{alias.name}" for node in imports for alias in node.names}
    return own | taken


def called(node: ast.AST, names: dict[str, str]) -> set[str]:
    """Return the functions that a piece of code calls."""
    found = {one.func.id for one in ast.walk(node) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)}
    return {names[name] for name in found & set(names)}


def functions_with_a_case() -> set[str]:
    """Return the functions that a case calls, and those that these call to draw."""
    tree = ast.parse(Path(__file__).read_text(encoding="utf-8"))
    drawing = functions_that_draw()
    covered = called(tree, names_in(tree, __name__))
    while not (inner := {name for one in covered & set(drawing) for name in drawing[one] & set(drawing)}) <= covered:
        covered |= inner
    return covered
