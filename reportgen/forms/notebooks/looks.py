"""The cells that show something: the data, the training, the predictions. They are plain matplotlib and scikit-learn, as a student writes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen.analysis.results import Results

IMPORTS = "import matplotlib.pyplot as plt\nfrom sklearn.metrics import classification_report, confusion_matrix"
IMPORTS_FOR_NUMBERS = "import matplotlib.pyplot as plt"


@dataclass(frozen=True, kw_only=True)
class Look:
    """Lines of Python by what they show. ``outputs`` is the name of what a network predicts."""

    imports: str
    outputs: str
    preview: str
    curves: str
    prediction: str
    predictions: str
    evaluation: tuple[str, ...]


CLASSES = Look(
    imports=IMPORTS,
    outputs="logits",
    preview="""\
print(f"Training {train_images.shape}, validation {validation_images.shape}, test {test_images.shape}, values from 0 to 255")
figure, axes = plt.subplots(6, 10, figsize=(10, 7))
for axis in axes.flat:
    axis.axis("off")
for axis, image, label in zip(axes.flat, train_images, train_labels):
    axis.imshow(image.squeeze(), cmap="gray_r")
    axis.set_title(class_names[label], fontsize=9)
plt.show()""",
    curves="""\
figure, (losses, accuracies) = plt.subplots(1, 2, figsize=(10, 3.5))
numbers = range(1, len(watch.epochs) + 1)
for axis, quantity in ((losses, "loss"), (accuracies, "accuracy")):
    for name, style in ((quantity, "o--"), (f"validation {quantity}", "o-")):
        axis.plot(numbers, [epoch[name] for epoch in watch.epochs], style, markersize=4, label=name)
    axis.set_xlabel("epoch")
    axis.set_xticks([number for number in numbers if number == 1 or number == len(numbers) or number % max(1, len(numbers) // 10) == 0])
    axis.legend()
plt.show()""",
    prediction="""\
plt.figure(figsize=(3, 3))
plt.imshow(test_images[0].squeeze(), cmap="gray_r")
plt.axis("off")
plt.title(f"actual: {class_names[test_labels[0]]}, predicted: {class_names[predicted[0]]}")
plt.show()""",
    predictions="""\
wrong = np.flatnonzero(predicted != test_labels)
print(f"{len(wrong)} of {len(test_labels)} test images are taken for another class; the first of them:")
figure, axes = plt.subplots(2, 5, figsize=(10, 5))
for axis in axes.flat:
    axis.axis("off")
for axis, index in zip(axes.flat, wrong):
    axis.imshow(test_images[index].squeeze(), cmap="gray_r")
    axis.set_title(f"actual: {class_names[test_labels[index]]}\\npredicted: {class_names[predicted[index]]}", fontsize=9)
plt.show()""",
    evaluation=(
        "known = range(len(class_names))\n"
        "print(classification_report(test_labels, predicted, labels=known, target_names=class_names, digits=4, zero_division=0))",
        """\
matrix = confusion_matrix(test_labels, predicted, labels=known)
figure, axis = plt.subplots(figsize=(6.5, 6))
axis.imshow(matrix, cmap="Blues")
for true, taken in np.ndindex(matrix.shape):
    ink = "white" if matrix[true, taken] > matrix.max() / 2 else "black"
    axis.text(taken, true, matrix[true, taken], ha="center", va="center", color=ink, fontsize=8)
axis.set_xticks(known, class_names, rotation=90 if max(map(len, class_names)) > 2 else 0)
axis.set_yticks(known, class_names)
axis.set_xlabel("predicted")
axis.set_ylabel("actual")
plt.show()""",
    ),
)

NUMBERS = Look(
    imports=IMPORTS_FOR_NUMBERS,
    outputs="outputs",
    preview="""\
print(f"Training {train_samples.shape}, targets {train_targets.shape}; test {test_samples.shape}")
figure, (samples_axis, targets_axis) = plt.subplots(1, 2, figsize=(10, 3.5))
samples_axis.imshow(train_samples[:60, :60], cmap="RdBu_r")
samples_axis.set_title("the first 60 numbers of the first 60 samples")
targets_axis.hist(train_targets.ravel(), bins=40)
targets_axis.set_title("all targets")
plt.show()""",
    curves="""\
plt.figure(figsize=(6, 3.5))
plt.semilogy(watch.step_losses)
plt.xlabel("step")
plt.ylabel("loss on the batch")
plt.show()""",
    prediction="""\
plt.figure(figsize=(6, 3.5))
places = np.arange(test_targets.shape[1])
plt.bar(places - 0.2, test_targets[0], 0.4, label="actual")
plt.bar(places + 0.2, outputs[0], 0.4, label="predicted")
plt.xticks(places)
plt.xlabel("output")
plt.title("The first test sample")
plt.legend()
plt.show()""",
    predictions="""\
plt.figure(figsize=(4.5, 4.5))
plt.plot(test_targets.ravel(), outputs.ravel(), ".", markersize=3)
plt.axline((0, 0), slope=1, color="gray", linewidth=1)
plt.xlabel("actual")
plt.ylabel("predicted")
plt.show()""",
    evaluation=(
        "squared = np.square(outputs.astype(np.float64) - test_targets)\n"
        "for number, error in enumerate(squared.mean(axis=0)):\n"
        '    print(f"output {number}: mean squared error {error:.4g}")',
    ),
)


def look_of(results: Results) -> Look:
    """Return what is shown of a task: of classes or of numbers."""
    return CLASSES if results.dataset.task == "classification" else NUMBERS
