"""What one worker of a team is told, and what it reports: files, as everywhere between the processes of this program."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from reportgen.records import Hyperparameters, Record, Source

ORDER = "order.json"
REPORT = "report.json"
WEIGHTS = "weights.npz"


class WorkerOrder(Record):
    """The whole order for one worker.

    ``addresses`` are those of all workers, "host:port", the first being the one that the others look for; ``rank`` says which is this
    worker's. ``batches`` are global batch sizes; ``steps`` maps them to the training steps of one timed pass, and where it has none, the worker
    finds how many fit into a pass, which only one that is alone can do. ``parity_steps`` is 0 where this team only takes times. ``own_loop``:
    try the framework's own training method too, where it has one.
    """

    framework: str
    workload: str
    seed: int
    hyperparameters: Hyperparameters
    threads: int
    dataset_folder: str
    dataset_digest: str
    images: int
    rank: int
    addresses: tuple[str, ...] = Field(min_length=1)
    timeout_s: float
    parity_batch: int
    parity_steps: int
    batches: tuple[int, ...]
    steps: Mapping[int, int]
    own_loop: bool

    @property
    def workers(self) -> int:
        """How many workers the team has."""
        return len(self.addresses)


class Pass(Record):
    """One timed pass over some global batches: wall time, and processor time of this worker with all its threads, in seconds."""

    wall_s: float = Field(ge=0)
    cpu_s: float = Field(ge=0)


class WorkerReport(Record):
    """What one worker observed. ``weights.npz`` beside it holds the weights after the parity steps, where there were any.

    ``team_size`` and ``threads`` are what the framework itself says; ``meeting_s`` is the time until all workers had met. ``losses`` are the
    means over this worker's share of each parity batch. ``steps`` and ``passes`` are by global batch size.
    """

    rank: int
    team_size: int
    threads: int
    meeting_s: float
    versions: Mapping[str, str]
    losses: tuple[float, ...]
    steps: Mapping[int, int]
    passes: Mapping[int, tuple[Pass, ...]]
    sources: tuple[Source, ...]
