"""The page docs/modes.md, printed from the modes and the workloads themselves."""

from __future__ import annotations

import textwrap

from reportgen import frameworks, modes, workloads
from reportgen.frameworks import Mode

# As the other pages have it. In characters.
LINE_WIDTH = 140

PREAMBLE = """\
# Modes: how a framework is driven

The same network can be trained by the same framework in very different ways: by Keras' `fit` or by a loop of one's own, with a data loader or
with arrays in memory, operation by operation or as compiled code. Each such way is a **mode**, a small file that the report prints. In every
mode the mathematics is the same: the same network, loss and optimiser; every epoch all training images in a new random order, in batches of
the same size with a partial one at the end; and after every epoch the same figures. Only what lies around it differs.

## Which modes a study has

A workload names the modes that it supports. The first is the **idiomatic** one: what most courses teach. One is the **tuned** one: the fastest
known that computes the same. By default both are measured. `--mode NAME` (once for each), or `modes = [...]` below `[study]` in `report.toml`,
asks for others: a mode's own name, `idiomatic` or `tuned`. A name that two frameworks have means that mode in both; a framework of which no
mode is named is measured in its idiomatic one.

The first mode of each framework is its **main mode**: the comparison of the frameworks, with its two primary claims, is between the main modes,
and only their models are exported. `--mode tuned` therefore compares the frameworks by their tuned modes.

A workload in a folder of your own may name `modes` and `tuned` in its `WORKLOAD`. Otherwise it supports every mode for which it has the file
(`tensorflow.py`, `pytorch.py`, `tensorflow_module.py`), except those that could not use an input pipeline of its own; tuned are then `graph` and
`in-memory`, which need no compiler.

## How they are measured

- **In the same blocks.** A block has one trial of each framework in each of its modes, with the same seed, in an order that is reversed from one
  block to the next.
- **Compilation is a phase of its own**, ahead of the first epoch. It changes neither weights nor optimiser nor random numbers, is no part of the
  training time, and is reported beside it. It is a part of the cold start.
- **Parity.** Before the first block, each further mode is compared with the main mode of its framework: checks P23 to P28 on the page on
  [parity](parity.md). A mode that is not shown to train the same has no claims; the others keep theirs.
- **A mode that fails** does not cost its block: it is tried once more, and left out after it has failed in two blocks in a row, until the run is
  resumed. A comparison takes in the complete blocks that have both of its trials, and says how many these are.
- **Claims.** Beside the two primary ones: the tuned modes of both frameworks against each other, and each tuned mode against the main mode of
  its framework, all by training time. They are part of the report's Holm family.
"""


def documentation() -> str:
    """Return docs/modes.md: what modes are for, and a section for each, by framework."""
    sections = [section(mode) for name in frameworks.names() for mode in frameworks.modes(name)]
    return PREAMBLE + "".join(sections)


def section(mode: Mode) -> str:
    """Return one mode's section."""
    title = f"{frameworks.find(mode.framework).title}: {mode.name}"
    file = f"`reportgen/frameworks/{mode.framework}/modes/{mode.name.replace('-', '_')}/training.py`"
    facts = [f"The program: {file}, with the model in `{mode.code}.py` of the workload.", *uses(mode)]
    if mode.compiles:
        facts.append("It compiles ahead of the first epoch.")
    return f"\n## {title}\n\n{textwrap.fill(mode.description, LINE_WIDTH)}\n\n{textwrap.fill(' '.join(facts), LINE_WIDTH)}\n"


def uses(mode: Mode) -> list[str]:
    """Return for which built-in workloads the mode can be chosen, and for which it is the idiomatic or the tuned one."""
    supporting = {name: modes.supported(workloads.find(name), mode.framework) for name in workloads.names()}
    groups = (
        ("Idiomatic", [name for name, found in supporting.items() if found[:1] == (mode.name,)]),
        ("Tuned", [name for name in supporting if modes.tuned(workloads.find(name), mode.framework) == mode.name]),
        ("Supported", [name for name, found in supporting.items() if mode.name in found]),
    )
    return [f"{word} for {', '.join(names)}." for word, names in groups if names]
