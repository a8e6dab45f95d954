"""What is reported of a mode, one way of driving a framework, beside the main mode of the same framework."""

from __future__ import annotations

from reportgen.analysis.interval import Interval
from reportgen.analysis.sameness import Parity, ParityCheck
from reportgen.analysis.summary import Summary
from reportgen.records import Record, Sentence, Source
from reportgen.records.sentence import NOTHING


class ModeResult(Record):
    """One framework in one mode, over the complete blocks in which its trial came to its end.

    ``main`` says that the frameworks are compared by this mode, ``tuned`` that it is the framework's fastest. ``accuracy`` is the score of
    classes, ``test_loss`` that of numbers. ``compile_time`` is what was compiled ahead of the first epoch, which no other time contains.
    ``speedup`` is how many times shorter the training was than in the main mode (paired within blocks, with ``speedup_interval``). ``checks`` are
    those that compare it with the main mode; ``parity`` sums them up. A mode of which no trial came to its end has n = 0, and ``failure`` says why.
    """

    framework: str
    framework_title: str
    mode: str
    title: str
    description: str
    main: bool
    tuned: bool
    n: int
    training_time: Summary | None = None
    steady_epoch_time: Summary | None = None
    compile_time: Summary | None = None
    accuracy: Summary | None = None
    test_loss: Summary | None = None
    effective_cores: Summary | None = None
    peak_memory: Summary | None = None
    speedup: float | None = None
    speedup_interval: Interval | None = None
    parity: Parity
    checks: tuple[ParityCheck, ...] = ()
    sources: tuple[Source, ...] = ()
    failure: Sentence = NOTHING

    @property
    def full_title(self) -> str:
        """Framework and mode as a sentence names them."""
        return f"{self.framework_title} ({self.title})"
