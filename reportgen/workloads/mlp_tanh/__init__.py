"""A multilayer perceptron with tanh, sigmoid and dropout: the network of published tutorials that was evaluated with dropout active."""

from reportgen.language import marked
from reportgen.records import Hyperparameters
from reportgen.workloads.base import Workload

WORKLOAD = Workload(
    name="mlp-tanh",
    title=marked("Multilayer perceptron with dropout"),
    description=(
        marked(
            "A fully connected network for images of handwritten digits: 784 inputs (28 x 28 pixels, "
            "flattened), a hidden layer of 64 units with tanh, one of 128 units with the sigmoid function, "
            "each followed by dropout at a rate of 0.2, and 10 outputs that are logits. Trained with Adam on "
            "the cross-entropy of the logits."
        )
    ),
    task="classification",
    package="reportgen.workloads.mlp_tanh",
    modes={
        "tensorflow": ("keras-fit", "gradient-tape", "graph", "xla"),
        "pytorch": ("dataloader", "in-memory", "compile"),
    },
    tuned={"tensorflow": "xla", "pytorch": "compile"},
    # Epsilon is stated because the frameworks' defaults differ (Keras 1e-7, PyTorch 1e-8).
    hyperparameters=Hyperparameters(
        epochs=10,
        batch_size=32,
        learning_rate=0.001,
        beta_1=0.9,
        beta_2=0.999,
        epsilon=1e-7,
    ),
)
