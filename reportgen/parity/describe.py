"""The page docs/parity.md, printed from the checks themselves."""

from __future__ import annotations

import textwrap

from reportgen.parity.base import CHAOS, FLOAT64_TRAINING_LIMIT, LEAST_TRAINING_LIMIT, NOISE_FACTOR, ROUNDING, Check
from reportgen.parity.judge import checks

# As the other pages have it. In characters.
LINE_WIDTH = 140

PREAMBLE = f"""\
# Parity: did both frameworks compute the same thing?

A comparison of two frameworks is only worth something when both did the same work. Before the first block of a study, each of the two
compared frameworks shows what it computes, in processes of its own, once in float32 (the precision that is measured) and once in float64
(in which rounding is so small that the slightest difference of formulas stands out). What they show is written to files; the checks below
compare the files. No process ever loads two frameworks.

Both sides are given the same weights and the same batches, made from the study's seed with NumPy. Weights are carried over with the dense
kernels transposed, convolution kernels reordered, and the rows of the first dense kernel after flattening permuted, because TensorFlow
flattens channels last and PyTorch channels first. Training steps are taken in evaluation mode: dropout draws other random numbers in each
framework, and could not be compared. For the same reason the checks of the input pipeline (P04, P06, P07) look at training images that are
not augmented, and augmentation has a check of its own (P22).

Where numbers are to be found instead of classes (the workload `two-layer`), the checks that look at classes and their order (P04, P07, P11,
P12) are skipped. Gradients that a workload works out by hand are compared like any others, and steps are taken on the one batch that it has.

## How a block starts

With `start = "native"`, the default, each framework draws its initial weights and the order of the training images as it does by itself.
With `start = "shared"` (`--start shared`), the trials of a block begin with the same weights and see the images in the same order in every
epoch: both come from the block's seed, through NumPy. The digest of the weights, read back from the model, is in the record of each trial.
The report says which start a study had.

## Modes

Where a framework is measured in several modes, the first is its main mode, and the checks P01 to P22 compare the main modes of two frameworks.
Every other mode is compared with the main one of its own framework (P23 to P28), in a trial of its own in each precision: both train for two
short epochs from the same weights, on the same images in the same order. Between modes of one framework there is no difference of formulas
to allow for, so nothing but rounding may remain.

## Outcomes

| outcome | meaning | claims |
| --- | --- | --- |
| equal | no difference | made |
| equal within tolerance | a difference that rounding explains | made |
| declared difference | the frameworks differ by design; the report says how | made, with the difference beside them |
| skipped | there is nothing to compare; the reason is given | made |
| not comparable | the check rests on one that failed, or a framework did not show its part | withheld |
| failed | the frameworks do not compute the same thing | withheld, with the code |

A check that rests on one that failed is not comparable instead of failing too, so the code that failed names the fault.

## Limits

- Where one computation is compared (P12, P13, P15, P16), at most {ROUNDING["float32"]:g} in float32 and {ROUNDING["float64"]:g} in float64.
  Correct programs were measured at up to 1e-6 and 2e-15; a wrong layout, activation or order of flattening gives 0.01 or more.
- Where training steps are compared (P17, P18, P21), at most {NOISE_FACTOR:g} times the **noise floor** in float32: how far a framework
  departs from itself when its initial weights are disturbed by one rounding error (1e-7, relative). Rounding errors grow with every step,
  in a convolutional network quickly, so no fixed number would be right. The factor allows for both frameworks' rounding at every operation;
  correct programs stay within twice the floor. Where the floor exceeds {CHAOS:g}, float32 can show gross differences only; the report says so, and
  float64 decides. A floor can be 0 by luck, so the limit is {LEAST_TRAINING_LIMIT:g} at least. In float64 the
  limit is {FLOAT64_TRAINING_LIMIT:g}; correct programs were measured at up to 1.4e-14.
- Every other limit stands, with its reason, beside its constant in `reportgen/parity/checks/`.
"""


def documentation() -> str:
    """Return docs/parity.md: what the checks are for, and a section for each."""
    return PREAMBLE + "".join(section(check) for check in checks())


def section(check: Check) -> str:
    """Return one check's section."""
    subject = " for every mode beside the main one" if check.of_modes else ""
    made = "Made in float32 and in float64" if check.each_precision else "Made once"
    made += subject
    ground = f"; rests on {', '.join(check.requires)}" if check.requires else ""
    claims = "every claim about the mode" if check.of_modes else "claims about times" if check.blocks_claims else "every claim"
    failure = f"A failure withholds {claims}."
    if check.declares:
        failure = "It declares a difference, and does not fail."
    return f"\n## {check.code} {check.name}\n\n{textwrap.fill(check.explanation, LINE_WIDTH)}\n\n*{made}{ground}. {failure}*\n"
