"""How the code that ran is called, step by step, in the order in which the run called it: the lines are the same in a program and in a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from reportgen.frameworks.recipe import Keeping, Recipe

LOAD = """\
with np.load(DATA) as data:
    train_images, train_labels = data["train_images"], data["train_labels"]
    validation_images, validation_labels = data["validation_images"], data["validation_labels"]
    test_images, test_labels = data["test_images"], data["test_labels"]
    class_names = [str(name) for name in data["class_names"]]"""
SCORE = """\
predicted = logits.argmax(axis=1)
right = int((predicted == test_labels).sum())
print(f"Test accuracy: {right / len(test_labels):.4f} ({right} of {len(test_labels)} images)")"""
LOAD_NUMBERS = """\
with np.load(DATA) as data:
    train_samples, train_targets = data["train_images"], data["train_labels"]
    validation_samples, validation_targets = data["validation_images"], data["validation_labels"]
    test_samples, test_targets = data["test_images"], data["test_labels"]"""
SCORE_NUMBERS = """\
mean_squared_error = float(np.mean(np.square(outputs.astype(np.float64) - test_targets)))
print(f"Test mean squared error: {mean_squared_error:.4g} ({len(test_targets)} samples)")"""

KEEP_ARRAYS = Keeping(
    summary=(
        "for number, weight in enumerate(weights, start=1):\n"
        '    print(f"w{number}: {weight.shape}")\n'
        'print(f"Trainable parameters: {sum(weight.size for weight in weights):,}")'
    ),
    save='np.savez(f"{MODEL}.npz", *weights)',
    load='with np.load(f"{MODEL}.npz") as kept:\n    weights = [kept[name] for name in kept.files]',
    files=(".npz",),
)


class Steps(Protocol):
    """The lines of each step. ``DATA`` and ``MODEL`` are paths, ``epochs`` is how many epochs are trained."""

    @property
    def load(self) -> str:
        """Read the data."""

    @property
    def prepare(self) -> str:
        """Fix threads and random numbers, before the first operation."""

    @property
    def data(self) -> str:
        """Make the input of training, validation and test."""

    @property
    def test_data(self) -> str:
        """Make the input of the test alone."""

    @property
    def build(self) -> str:
        """Make the model, ready to be trained or to be filled with weights."""

    @property
    def train(self) -> str:
        """Train it."""

    @property
    def predict(self) -> str:
        """Predict the test data."""

    @property
    def score(self) -> str:
        """Print how good the predictions are."""

    @property
    def keeping(self) -> Keeping:
        """Show what was built, keep it, and fill it again."""

    @property
    def reopen(self) -> str:
        """Make a new model of what was kept."""

    @property
    def reopen_alone(self) -> str:
        """The same in a program that has not trained."""


@dataclass(frozen=True, kw_only=True)
class Calls:
    """Which functions a program has, and what they take."""

    builder: str
    threads_of_builder: bool
    augmentation: bool
    prepare: bool


@dataclass(frozen=True, kw_only=True)
class ModelSteps:
    """Of a program with a model object, in the order of the framework's program of a trial."""

    recipe: Recipe
    calls: Calls
    keeping: Keeping
    load: str = LOAD
    score: str = SCORE

    @property
    def prepare(self) -> str:
        """Threads, then the seed."""
        _, _, threads = self.recipe.set_threads.partition(":")
        return f"{threads}(THREADS)\n{self.recipe.seed}"

    @property
    def data(self) -> str:
        """The three splits; only training images are shuffled, and changed where the workload changes them."""
        threads = ", threads=THREADS" if self.calls.threads_of_builder else ""
        changed = ", augmentation=build_augmentation()" if self.calls.augmentation else ""
        return (
            f"training_data = {self.calls.builder}(train_images, train_labels, batch_size=BATCH_SIZE{threads}, shuffle=True{changed})\n"
            f"validation_data = {self.calls.builder}(validation_images, validation_labels, batch_size=BATCH_SIZE{threads}, shuffle=False)\n"
            f"{self.test_data}"
        )

    @property
    def test_data(self) -> str:
        """The test images as they are."""
        threads = ", threads=THREADS" if self.calls.threads_of_builder else ""
        return f"test_data = {self.calls.builder}(test_images, test_labels, batch_size=BATCH_SIZE{threads}, shuffle=False)"

    @property
    def build(self) -> str:
        """The network."""
        return "model = build_model(IMAGE_SHAPE, CLASS_COUNT)"

    @property
    def train(self) -> str:
        """Optimiser, loss, and the training program."""
        prepare = "prepare(optimizer)\n" if self.calls.prepare else ""
        return (
            f"optimizer = build_optimizer({self.recipe.parameters}LEARNING_RATE, BETA_1, BETA_2, EPSILON)\n"
            f"loss = build_loss()\n{prepare}"
            "watch = Stopwatch()\n"
            "train(model, optimizer, loss, training_data, validation_data, EPOCHS, watch)"
        )

    @property
    def reopen(self) -> str:
        """A network anew, and the kept weights in it."""
        return f"{self.build}\n{self.keeping.load}"

    @property
    def reopen_alone(self) -> str:
        """The same."""
        return self.reopen

    @property
    def predict(self) -> str:
        """The logits of the test images."""
        return "logits = np.asarray(predict_batches(model, test_data))"


@dataclass(frozen=True, kw_only=True)
class ByHandSteps:
    """Of a program that writes its steps out on arrays alone."""

    recipe: Recipe
    compiles: bool
    load: str = LOAD_NUMBERS
    score: str = SCORE_NUMBERS
    keeping: Keeping = KEEP_ARRAYS

    @property
    def prepare(self) -> str:
        """Threads, then the seed."""
        _, _, threads = self.recipe.set_threads.partition(":")
        return f"{threads}(THREADS)\n{self.recipe.seed_by_hand}"

    @property
    def data(self) -> str:
        """The one batch that every step is taken on, and the parts that errors are computed on."""
        return (
            "x, y = train_samples[:BATCH_SIZE], train_targets[:BATCH_SIZE]\n"
            'parts = {"train": (x, y), "validation": (validation_samples, validation_targets)}'
        )

    @property
    def test_data(self) -> str:
        """Nothing has to be made of samples that are numbers."""
        return ""

    @property
    def build(self) -> str:
        """Fresh weights; the functions of the network under one name, as the run's training step takes them."""
        weights = self.recipe.array.format("weight")
        return (
            f"{self.outputs}\n\n\n"
            "network = SimpleNamespace(predict=predict, gradients=gradients, descend=descend)\n"
            f"weights = [{weights} for weight in initial_weights(train_samples.shape[1], train_targets.shape[1])]"
        )

    @property
    def outputs(self) -> str:
        """The function that predicts from weights as arrays."""
        call = f"predict({self.recipe.tensor.format('samples')}, *({self.recipe.tensor.format('weight')} for weight in weights))"
        return f"def outputs_of(weights, samples):\n    return {self.recipe.array.format(call)}"

    @property
    def train(self) -> str:
        """All steps, with the errors after each epoch."""
        return (
            "def error(weights, part):\n"
            "    samples, targets = parts[part]\n"
            "    return float(np.mean(np.square(outputs_of(weights, samples).astype(np.float64) - targets)))\n\n\n"
            "watch = Stopwatch()\n"
            "start = weights\n"
            "weights = train(\n"
            "    lambda: build_descent(network, x, y, start, LEARNING_RATE),\n"
            f"    error,\n    EPOCHS,\n    STEPS_PER_EPOCH,\n    watch,\n    compiles={self.compiles},\n)"
        )

    @property
    def reopen(self) -> str:
        """The kept weights."""
        return self.keeping.load

    @property
    def reopen_alone(self) -> str:
        """How weights predict, then the kept ones."""
        return f"{self.outputs}\n\n\n{self.keeping.load}"

    @property
    def predict(self) -> str:
        """The outputs for the test samples."""
        return "outputs = outputs_of(weights, test_samples)"
