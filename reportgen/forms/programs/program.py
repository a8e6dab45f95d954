"""The program of one framework as a run measured it, in parts: what ran, reached from its main functions, and how it is called."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import frameworks
from reportgen.errors import ReportgenError
from reportgen.forms.programs.reach import Library, Piece, Root, import_lines
from reportgen.forms.programs.steps import ByHandSteps, Calls, ModelSteps, Steps
from reportgen.frameworks.mode import Mode
from reportgen.frameworks.recipe import Recipe
from reportgen.language import gettext, marked

if TYPE_CHECKING:
    from reportgen.analysis.results import FrameworkResult, Results
    from reportgen.runs import Run

PACKAGE = "reportgen"
WATCH = "reportgen.forms.programs.watch"
#: What measures in a run only tells its progress in a program of its own.
INSTEAD = {"reportgen.runner.stopwatch": WATCH}
#: The titles that programs give their sources, in the order in which a reader wants them.
MODEL, DATA, TRAINING = "Model", "Data", "Training"
STEP, LOOP = marked("Training step"), marked("Training loop")
HELPERS = marked("Helpers")


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a program: what it is, in English, where it comes from in words, and its code. ``ran``: it is recorded code of the run."""

    title: str
    origin: str
    code: str
    ran: bool


@dataclass(frozen=True, kw_only=True)
class Program:
    """What a program of its own consists of. ``parts`` come before ``steps``, which call them; ``imports`` before both."""

    framework: str
    title: str
    version: str
    recipe: Recipe
    imports: str
    postponed: bool
    settings: str
    parts: tuple[Part, ...]
    steps: Steps

    @property
    def file(self) -> str:
        """What files of the program are named after."""
        return f"{self.framework}_model"


def make_program(run: Run, results: Results, framework: FrameworkResult, *, prediction_only: bool = False) -> Program:
    """Return the program of a framework in its main mode; with ``prediction_only``, what it needs to predict with a network that was kept.

    Raises :class:`ReportgenError` where it cannot stand alone: where its framework has no lines for that, or its modules are in each other's way.
    """
    recipe = frameworks.find(framework.name).load_recipe()
    if recipe is None:
        raise ReportgenError(
            marked("{title} has no recipe for programs of their own: its description (FRAMEWORK) names none."), title=framework.title
        )
    mode = frameworks.find_mode(framework.name, run.plan.main_mode(framework.name))
    by_title = {source.title: source.module for source in framework.sources}
    library = Library(find=finder(run, framework), own=own_packages(framework), instead=INSTEAD)
    predicting, further, steps = (by_hand if mode.by_hand else with_model)(library, by_title, mode, recipe)
    reached = library.reach(predicting if prediction_only else [*predicting, *further, (WATCH, "Stopwatch")])
    return Program(
        framework=framework.name,
        title=framework.title,
        version=framework.version,
        recipe=recipe,
        imports=all_imports(recipe, import_lines(reached.imports), by_hand=mode.by_hand),
        postponed=reached.postponed,
        settings=settings(results, framework),
        parts=tuple(part(piece, framework) for piece in reached.pieces),
        steps=steps,
    )


def with_model(library: Library, modules: dict[str, str], mode: Mode, recipe: Recipe) -> tuple[list[Root], list[Root], Steps]:
    """Return what a program with a model object predicts with, what it needs beside that to train, and how it is called.

    A workload's own functions win, as they did in the run.
    """
    model, data, training = modules[MODEL], modules[DATA], modules[TRAINING]

    def preferred(name: str, home: str) -> Root:
        return (model, name) if library.has(model, name) else (home, name)

    threads_module, _, threads = recipe.set_threads.partition(":")
    builder = preferred(mode.builder, data)
    predicting = [(model, "build_model"), builder, preferred("predict_batches", training), preferred(threads, threads_module)]
    further = [(model, "build_optimizer"), (model, "build_loss"), (training, "train")]
    further += [(model, "build_augmentation")] if library.has(model, "build_augmentation") else []
    further += [(training, "prepare")] if library.has(training, "prepare") else []
    calls = Calls(
        builder=mode.builder,
        threads_of_builder=takes(library, builder, "threads"),
        augmentation=library.has(model, "build_augmentation"),
        prepare=library.has(training, "prepare"),
    )
    if mode.code not in recipe.keeping:
        raise ReportgenError(
            marked("The program cannot stand alone: its framework's recipe does not say how a model of {code}.py is kept."), code=mode.code
        )
    return predicting, further, ModelSteps(recipe=recipe, calls=calls, keeping=recipe.keeping[mode.code])


def by_hand(library: Library, modules: dict[str, str], mode: Mode, recipe: Recipe) -> tuple[list[Root], list[Root], Steps]:
    """Return the same for a program that writes its steps out."""
    model = modules[MODEL]
    threads_module, _, threads = recipe.set_threads.partition(":")
    predicting = [(model, "predict"), (threads_module, threads)]
    further = [(model, name) for name in ("initial_weights", "gradients", "descend") if library.has(model, name)]
    further += [(modules[STEP], "build_descent"), (modules[LOOP], "train")]
    return predicting, further, ByHandSteps(recipe=recipe, compiles=mode.compiles)


def takes(library: Library, function: Root, name: str) -> bool:
    """Say whether a function has a parameter called ``name``."""
    statement = library.module(function[0]).defining(function[1])
    tree = ast.parse(statement.text) if statement else ast.Module(body=[], type_ignores=[])
    return any(isinstance(node, ast.arg) and node.arg == name for node in ast.walk(tree))


def own_packages(framework: FrameworkResult) -> tuple[str, ...]:
    """Return the packages whose modules are put into the program: this one, and a workload of the person's own."""
    return tuple(dict.fromkeys([PACKAGE, *(source.module.partition(".")[0] for source in framework.sources if "." in source.module)]))


def finder(run: Run, framework: FrameworkResult) -> Callable[[str], str | None]:
    """Return what knows the text of modules: as it ran where that is recorded; else as it is installed, or lies in the workload's folder."""
    recorded = {source.module: source.text for source in framework.sources}
    # What a workload of the person's own imports lies beside it.
    homes = {source.module.rpartition(".")[0] for source in framework.sources} - {""}

    def find(name: str) -> str | None:
        if name in recorded:
            return recorded[name]
        package, _, stem = name.rpartition(".")
        beside = Path(run.plan.workload) / f"{stem}.py"
        if package and package in homes and beside.is_file():
            return beside.read_text(encoding="utf-8")
        try:
            found = find_spec(name)
        except (ImportError, ValueError):
            return None
        return Path(found.origin).read_text(encoding="utf-8") if found and found.origin else None

    return find


def part(piece: Piece, framework: FrameworkResult) -> Part:
    """Return a piece with its title, and where it comes from."""
    source = next((one for one in framework.sources if one.module == piece.module), None)
    if source is not None:
        origin = gettext("as it ran: {module}, SHA-256 of the whole file {sha256}", module=source.module, sha256=source.sha256)
        return Part(title=source.title, origin=origin, code=piece.text, ran=True)
    if piece.module == WATCH:
        return Part(title=marked("Training log"), origin=gettext("stands for the stopwatch of the measured run"), code=piece.text, ran=False)
    return Part(title=HELPERS, origin=gettext("from reportgen ({module})", module=piece.module), code=piece.text, ran=False)


def all_imports(recipe: Recipe, reached: str, *, by_hand: bool) -> str:
    """Return the import statements of a program, each once, standard library first."""
    always = ["import numpy as np", *recipe.imports.split("\n")]
    always += ["from types import SimpleNamespace"] if by_hand else []
    lines = list(dict.fromkeys([*always, *(line for line in reached.split("\n") if line)]))
    standard = [line for line in lines if line.split()[1].partition(".")[0] in sys.stdlib_module_names]
    others = [line for line in lines if line not in standard]
    if recipe.environment:
        standard = list(dict.fromkeys(["import os", *standard]))
    order = sorted(standard, key=lambda line: (line.startswith("from "), line))
    rest = sorted(others, key=lambda line: (line.startswith("from "), line))
    statement, mark, comment = recipe.environment.partition("  # ")
    environment = [f"{statement}{mark}{gettext(comment)}", ""] if recipe.environment else []
    return "\n".join([*order, "", *environment, *rest])


def settings(results: Results, framework: FrameworkResult) -> str:
    """Return what the run was told, as constants."""
    told = results.hyperparameters
    first = framework.trials[0]
    of_block = gettext("of the run's block {block}", block=first.block)
    lines = [
        f"SEED = {first.seed}  # {of_block}",
        f"THREADS = {results.threads}",
        f"EPOCHS = {told.epochs}",
        f"BATCH_SIZE = {told.batch_size}",
        f"LEARNING_RATE = {told.learning_rate!r}",
    ]
    if results.dataset.task == "classification":
        lines += [f"BETA_1 = {told.beta_1!r}", f"BETA_2 = {told.beta_2!r}", f"EPSILON = {told.epsilon!r}"]
        shape = f"IMAGE_SHAPE = {results.dataset.image_shape!r}  # {gettext('height, width, channels')}"
        lines += [shape, f"CLASS_COUNT = {len(results.dataset.class_names)}"]
    else:
        lines += [f"STEPS_PER_EPOCH = {framework.effective.steps_per_epoch}"]
    return "\n".join(lines)
