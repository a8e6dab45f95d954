"""A network with one hidden layer, trained by gradients that are worked out by hand: what the comparison of static and dynamic graphs trains."""

from reportgen.language import marked
from reportgen.records import Hyperparameters
from reportgen.workloads.base import Workload

WORKLOAD = Workload(
    name="two-layer",
    title=marked("Two-layer network by hand"),
    description=(
        marked(
            "A network of 1,000 inputs, one hidden layer of 100 units with ReLU and 10 outputs, without "
            "biases, trained on one batch of 64 samples of random numbers. No layer, optimiser or automatic "
            "differentiation is used: forward pass, squared error, gradients and the step of gradient descent "
            "are written out. An epoch is 50 steps on the same batch, so that 10 epochs are 500 steps."
        )
    ),
    task="regression",
    package="reportgen.workloads.two_layer",
    dataset="random",
    steps_per_epoch=50,
    modes={
        "tensorflow": ("session", "eager", "function"),
        "pytorch": ("eager", "compile-step"),
    },
    # The Session calls its finished graph with less ado than a tf.function its own.
    tuned={"tensorflow": "session", "pytorch": "compile-step"},
    # One batch of all samples. The rate lets 500 steps learn them by heart; twenty
    # times as much would diverge.
    hyperparameters=Hyperparameters(epochs=10, batch_size=64, learning_rate=0.1),
)
