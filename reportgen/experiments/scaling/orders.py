"""What one worker of a team is told, and what it reports: files, as everywhere between the processes of this program."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from reportgen.records import Hyperparameters, Record

ORDER = "order.json"
REPORT = "report.json"
WEIGHTS = "weights.npz"


class WorkerOrder(Record):
    """The whole order for one worker.

    ``addresses`` are those of all workers, "host:port", the first being the one that the others look for; ``rank`` says which is this worker's.
    ``steps`` maps a global batch size to the training steps of one timed pass; where it is empty, the worker finds how many fit into a pass, which only
    a worker that is alone can do. ``parity_steps`` is 0 where this team only takes times.
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

    ``team_size`` is what the framework itself says of the team. ``losses`` are the means over this worker's share of each parity batch. ``passes``
    are by global batch size.
    """

    rank: int
    team_size: int
    communication: str
    threads: int
    versions: Mapping[str, str]
    start_s: float
    losses: tuple[float, ...]
    steps: Mapping[int, int]
    passes: Mapping[int, tuple[Pass, ...]]
