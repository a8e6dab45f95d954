"""What a plan says in English sentences of its data, its device and its processes, in the language that is spoken.

Records stay English, whoever measured; these are the sentences that they are made of. What the author of own data wrote is among them and stays
as it was written, like addresses, folders and what an operating system answered.
"""

from __future__ import annotations

import re

from reportgen.language import ENGLISH, current, gettext, marked
from reportgen.records import Sentence
from reportgen.report.format import integer, one_after_another
from reportgen.retelling import retold

SENTENCES = (
    # Where the data came from (reportgen.datasets.mnist, reportgen.datasets.own).
    marked("Found in {folder}."),
    marked("Downloaded from {addresses} into {folder}."),
    marked("Passed over as damaged: {file}."),
    marked("The author's own data ({file})."),
    # Why others stand in for them.
    marked("MNIST was not found in {count} folders of this machine, and not downloaded ({reasons})."),
    marked("Damaged and therefore not used: {files}."),
    # What was done to own data.
    marked("{count} images in {classes} classes."),
    marked("All images were turned into grey images."),
    marked("All images were turned into colour images."),
    marked("All images were resampled to {height} x {width} pixels (bicubic)."),
    marked("Pixel values from 0 to 1 are stored as whole numbers from 0 to 255."),
    marked("Pixel values from 0 to 1 are stored as whole numbers from 0 to 255, rounded by at most 0.002."),
    marked("{share} % of the images are held back as test images, the same share of every class, by a fixed draw of this program."),
    marked("{share} % of the other images are held back as validation images, the same share of every class, by a fixed draw of this program."),
    marked("{share} % of the training images are held back as validation images, the same share of every class, by a fixed draw of this program."),
    marked("{count} of the {total} test images also occur among the training images, so accuracies are too high."),
    # Why this device (reportgen.devices), and why new processes (reportgen.jobs, reportgen.runner.forking).
    marked("The CPU was asked for."),
    marked("The CUDA device {device} was asked for."),
    marked("The CUDA device {device} was chosen because every framework computes on it."),
    marked("The CPU was chosen because the frameworks have no CUDA device in common: {found}"),
    marked("it was asked for"),
    marked("variants run in interpreters of their own, and all trials begin alike"),
    marked("the libraries of a GPU do not survive a fork"),
    marked("forking a process that has loaded a framework is safe on Linux only"),
    marked("forking needs Linux {wanted} or later, and this is {found}"),
)
#: Where one sentence ends and the next begins.
BETWEEN = re.compile(r"(?<=[.!?]) (?=[A-Z0-9])")
#: A count as Python writes it, with commas between thousands.
COUNT = re.compile(r"\d{1,3}(,?\d{3})*")


def in_language(said: str | Sentence) -> str:
    """Return what a plan says in the language that is spoken: as a whole where the catalogue has it, else, in older plans, sentence by sentence."""
    if isinstance(said, Sentence) and said.values:
        return str(said)
    recorded = said.sentence if isinstance(said, Sentence) else said
    whole = gettext(recorded)
    if current().code == ENGLISH or whole != recorded:
        return whole
    return one_after_another(*(retold(sentence, SENTENCES, counted) for sentence in BETWEEN.split(recorded)))


def counted(_name: str, text: str) -> str:
    """Return what stands in a sentence: a count as the language writes it, anything else as it is."""
    return integer(int(text.replace(",", ""))) if COUNT.fullmatch(text) else text
