"""A convolutional network with dropout and augmented training images: the network of most comparisons that go beyond a perceptron."""

from reportgen.language import marked
from reportgen.records import Hyperparameters
from reportgen.workloads.base import Workload

WORKLOAD = Workload(
    name="cnn",
    title=marked("Convolutional network"),
    description=(
        marked(
            "A convolutional network for images of handwritten digits: 32 feature maps (3 x 3, no padding, "
            "ReLU), maxima over 2 x 2, dropout 0.25; 64 feature maps (3 x 3, no padding, ReLU), maxima over 2 "
            "x 2, dropout 0.25; flattened into 128 units with ReLU, dropout 0.5, and 10 outputs that are "
            "logits. Trained with Adam on the cross-entropy of the logits. In training each image is turned by "
            "up to 10 degrees, scaled by up to 10 % and shifted by up to 10 % of its side, all at random."
        )
    ),
    task="classification",
    package="reportgen.workloads.cnn",
    modes={
        # Without xla: it knows no operation that turns images.
        "tensorflow": ("keras-fit", "gradient-tape", "graph"),
        "pytorch": ("dataloader", "in-memory", "compile"),
    },
    tuned={"tensorflow": "graph", "pytorch": "compile"},
    # Of 10 rows, the first convolution leaves 8, pooling 4, the second one 2, and pooling one.
    least_side=10,
    # Published programs take batches of 64 and of 128, and 10 epochs; half as many, since a study trains the network forty times.
    hyperparameters=Hyperparameters(
        epochs=5,
        batch_size=64,
        learning_rate=0.001,
        beta_1=0.9,
        beta_2=0.999,
        epsilon=1e-7,
    ),
)
