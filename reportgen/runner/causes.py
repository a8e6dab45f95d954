"""Why trials fail, in the sentences that a record holds."""

from __future__ import annotations

from reportgen.language import marked

TIMED_OUT = marked("it did not end within {seconds} s, and was in the phase '{phase}'")
MEMORY_RAN_OUT = marked("the operating system ended it in the phase '{phase}' because memory ran out")
ENDED_BY_SIGNAL = marked("it was ended by the signal {signal} in the phase '{phase}'")
ORPHANED = marked("the process that it was forked from died, when it was in the phase '{phase}'")
OUT_OF_MEMORY = marked("it ran out of memory in the phase '{phase}'")
WROTE_NOTHING = marked("it ended with exit code {code} and wrote nothing (in the phase '{phase}')")
NOT_WELL = marked("the process ended as if all was well, but {error}")
FAILED = marked("{error} (in the phase '{phase}')")
NO_SHARED_MODEL = marked(
    "the workload '{workload}' writes its training steps out, and has no model that processes could share (in the phase '{phase}')"
)
#: All of them, the most particular first.
CAUSES = (NO_SHARED_MODEL, TIMED_OUT, MEMORY_RAN_OUT, ENDED_BY_SIGNAL, ORPHANED, OUT_OF_MEMORY, WROTE_NOTHING, NOT_WELL, FAILED)
