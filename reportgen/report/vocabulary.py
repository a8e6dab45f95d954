"""Names that records hold in English and documents print in their language: marked here for the catalogues, translated where they are printed."""

from __future__ import annotations

from reportgen.language import marked, nmarked

#: What a check found.
OUTCOMES = (
    marked("equal"),
    marked("equal within tolerance"),
    marked("declared difference"),
    marked("skipped"),
    marked("not comparable"),
    marked("failed"),
)
#: How much was measured.
PRESETS = (marked("quick"), marked("standard"), marked("rigorous"))
#: The phases of a trial, as a table's head has them.
PHASES = (
    marked("Import"),
    marked("Data"),
    marked("Build"),
    marked("Input pipeline"),
    marked("Start"),
    marked("First step"),
    marked("Training steps"),
    marked("Training"),
    marked("Validation"),
    marked("Evaluation"),
    marked("Inference"),
    marked("Export"),
    marked("Setup"),
    marked("Compilation"),
    marked("Compile"),
    marked("Load"),
    marked("Mode"),
)
#: The same within a sentence, as a trial notes the phase that it is in.
WITHIN_PHASES = (
    marked("start"),
    marked("import"),
    marked("data"),
    marked("build"),
    marked("compile"),
    marked("input pipeline"),
    marked("first step"),
    marked("training steps"),
    marked("training"),
    marked("validation"),
    marked("evaluation"),
    marked("inference"),
    marked("throughput"),
    marked("export"),
    marked("load"),
    marked("mode"),
    marked("outputs"),
    marked("reference"),
    marked("passes"),
    marked("products"),
    marked("own training method"),
)
#: Hyperparameters and settings, and what they are set to.
SETTINGS = (
    marked("Epochs"),
    marked("Batch size"),
    marked("Learning rate"),
    marked("Beta 1"),
    marked("Beta 2"),
    marked("Epsilon"),
    marked("Momentum"),
    marked("Weight decay"),
    marked("Augmentation"),
    marked("Dropout"),
    marked("Optimiser"),
    marked("Loss"),
    marked("Steps per epoch"),
    marked("New random order every epoch"),
    marked("Initial values of the weights"),
    marked("Start of a block"),
    marked("Trainable parameters"),
    marked("Number type"),
    marked("Device"),
    marked("Mixed precision"),
    marked("Threads within an operation"),
    marked("Threads between operations"),
    marked("learning rate"),
    marked("momentum"),
    marked("weight decay"),
    marked("decay"),
    marked("cross-entropy of logits"),
    marked("mean squared error"),
    marked("test accuracy"),
    marked("test mean squared error"),
    marked("yes"),
    marked("no"),
    marked("none"),
    marked("off"),
    marked("on"),
)
#: Defaults of the libraries, by their names and values.
DEFAULTS = (
    marked("dense kernel, bound of the uniform initial values for 100 inputs and 100 outputs"),
    marked("dense bias"),
    marked("Adam epsilon"),
    marked("SGD learning rate"),
    marked("batch normalisation, share kept of the running mean"),
    marked("batch normalisation epsilon"),
    marked("cross-entropy takes"),
    marked("batch size"),
    marked("place of epsilon in Adam"),
    marked("zeros"),
    marked("uniform"),
    marked("logits"),
    marked("probabilities"),
    marked("beside the uncorrected root"),
    marked("beside the corrected root"),
)
#: How a trial that has no result ended.
ENDS = {
    "failed": marked("ended with an error"),
    "timeout": marked("took too long"),
    "killed": marked("was killed"),
    "out-of-memory": marked("ran out of memory"),
    "skipped": marked("skipped"),
}
#: Units of what a check compares.
UNITS = (
    marked("frameworks"),
    marked("settings"),
    marked("defaults"),
    marked("arrays"),
    marked("facts"),
    marked("images"),
    marked("relative"),
    marked("nats"),
)
#: Of a software key, what is no name.
SOFTWARE = (marked("threads"), marked("variables"))
#: What was timed of a trained model, where that is in words.
CALLS = (marked("predict of the workload, operation by operation"),)
#: Pieces of code that a trial ran.
SOURCES = (marked("Model"), marked("Data"), marked("Training"))
#: Verdicts on a night, and on its metrics.
HISTORY = (
    marked("regression"),
    marked("missing"),
    marked("machine changed"),
    marked("inconclusive"),
    marked("not confirmed"),
    marked("improvement"),
    marked("fine"),
    marked("failure"),
)
#: Nouns with their count, in the singular and in the plural.
NOUNS = (
    nmarked("{count} block", "{count} blocks"),
    nmarked("{count} call", "{count} calls"),
    nmarked("{count} channel", "{count} channels"),
    nmarked("{count} check", "{count} checks"),
    nmarked("{count} checked format", "{count} checked formats"),
    nmarked("{count} comparable night", "{count} comparable nights"),
    nmarked("{count} complete block", "{count} complete blocks"),
    nmarked("{count} epoch", "{count} epochs"),
    nmarked("{count} file", "{count} files"),
    nmarked("{count} image", "{count} images"),
    nmarked("{count} interruption", "{count} interruptions"),
    nmarked("{count} measurement", "{count} measurements"),
    nmarked("{count} metric", "{count} metrics"),
    nmarked("{count} network size", "{count} network sizes"),
    nmarked("{count} night", "{count} nights"),
    nmarked("{count} number", "{count} numbers"),
    nmarked("{count} parity check", "{count} parity checks"),
    nmarked("{count} process", "{count} processes"),
    nmarked("{count} round", "{count} rounds"),
    nmarked("{count} sample", "{count} samples"),
    nmarked("{count} setting differs", "{count} settings differ"),
    nmarked("{count} small image", "{count} small images"),
    nmarked("{count} step", "{count} steps"),
    nmarked("{count} style", "{count} styles"),
    nmarked("{count} test image", "{count} test images"),
    nmarked("{count} thread", "{count} threads"),
    nmarked("{count} time", "{count} times"),
    nmarked("{count} training image", "{count} training images"),
    nmarked("{count} training trial", "{count} training trials"),
    nmarked("{count} trial", "{count} trials"),
    nmarked("{count} worker", "{count} workers"),
    nmarked("{count} workload", "{count} workloads"),
)
