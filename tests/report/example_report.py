"""A made-up but schema-valid study: ten blocks, two frameworks, five exports. It has every kind of value that a report can print."""

from __future__ import annotations

import hashlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from reportgen.analysis.pictures import Pictures
from reportgen.analysis.results import (
    ClassScore,
    ConfusedPair,
    Confusion,
    Curves,
    ExportResult,
    FailedTrial,
    FrameworkResult,
    InferenceSummary,
    Interval,
    Misclassified,
    PhaseTime,
    Ratio,
    Results,
    SettingRow,
    Summary,
    TrialRow,
)
from reportgen.records import DatasetRecord, Effective, Environment, Hardware, Hyperparameters, Layer, Repository, Software, Source

CLASSES = tuple("0123456789")
SUPPORT = (980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009)
EPOCHS = 5
SOURCE = '''"""A multilayer perceptron in {title}."""

import {module}


def build_model(input_shape: tuple[int, int, int], class_count: int) -> object:
    """Return a network from images to logits; < & > are only characters here."""
    # One hidden layer of 64 units.
    return {module}.sequential(input_shape, 64, "relu", class_count, learning_rate=1e-3)
'''


def summary(values: Any, unit: str) -> Summary:
    """Return a summary with an interval from the second-lowest to the second-highest of at least ten values."""
    numbers = [float(value) for value in values]
    ordered = sorted(numbers)
    count = len(numbers)
    interval = Interval(low=ordered[1], high=ordered[-2], level=0.9785, method="order statistics") if count >= 10 else None
    return Summary(
        unit=unit,
        values=tuple(numbers),
        n=count,
        mean=float(np.mean(numbers)),
        standard_deviation=float(np.std(numbers, ddof=1)) if count > 1 else None,
        median=float(np.median(numbers)),
        minimum=ordered[0],
        maximum=ordered[-1],
        interval=interval,
        outliers=(),
    )


def confusion_counts(generator: np.random.Generator, trials: int) -> np.ndarray:
    """Return a matrix of summed counts with about 97 % on the diagonal."""
    counts = np.zeros((10, 10), dtype=int)
    for row, support in enumerate(SUPPORT):
        weights = generator.dirichlet(np.full(10, 0.5)) * 0.03
        weights[row] = 0
        weights[row] = 1 - weights.sum()
        counts[row] = generator.multinomial(support * trials, weights)
    return counts


def inference(generator: np.random.Generator, runtime: str, call: str, test_set_s: float, latency_s: float, n: int) -> InferenceSummary:
    """Return timings that scatter by a few per cent."""
    scatter = generator.normal(1, 0.04, size=(3, n))
    return InferenceSummary(
        runtime=runtime,
        call=call,
        batch_size=32,
        threads=1,
        calls_per_process=200,
        test_set=summary(test_set_s * scatter[0], "s"),
        latency_median=summary(latency_s * scatter[1], "s"),
        latency_p95=summary(latency_s * 1.3 * scatter[2], "s"),
    )


def framework(name: str, title: str, version: str, speed_s: float, n: int, seed: int) -> FrameworkResult:
    """Return one framework's results with training times around ``speed_s`` seconds."""
    generator = np.random.default_rng(seed)
    training = speed_s * generator.normal(1, 0.03, n)
    accuracy = generator.normal(0.9715, 0.0011, n).round(4)
    epochs = np.arange(1, EPOCHS + 1)
    loss = 0.5 * np.exp(-epochs / 2.5) + 0.02 + generator.normal(0, 0.004, (n, EPOCHS))
    right = 1 - loss / 4
    counts = confusion_counts(generator, n)
    wrong = counts.copy()
    np.fill_diagonal(wrong, 0)
    pairs = [tuple(int(part) for part in np.unravel_index(place, wrong.shape)) for place in np.argsort(-wrong, axis=None)[:12]]
    text = SOURCE.format(title=title, module="keras" if name == "tensorflow" else "torch")
    module = f"reportgen.workloads.mlp.{name}"
    layers = (
        Layer(name="flatten", kind="Flatten", output_shape=(784,), parameters=0),
        Layer(name="hidden", kind="Dense" if name == "tensorflow" else "Linear", output_shape=(64,), parameters=50240),
        Layer(name="logits", kind="Dense" if name == "tensorflow" else "Linear", output_shape=(10,), parameters=650),
    )
    as_rows = lambda array: tuple(tuple(float(value) for value in row) for row in array)  # noqa: E731
    return FrameworkResult(
        name=name,
        title=title,
        version=version,
        n=n,
        parameter_count=50890,
        layers=layers,
        effective=Effective(
            optimizer="Adam",
            settings={"learning_rate": 0.001},
            loss="cross-entropy from logits",
            batch_size=32,
            steps_per_epoch=1688,
            shuffled=True,
            dtype="float32",
            device="CPU",
            intra_op_threads=1,
            inter_op_threads=1,
        ),
        sources=(
            Source(title="model", module=module, text=text, sha256=hashlib.sha256(text.encode()).hexdigest()),
            Source(
                title="training loop",
                module=f"reportgen.frameworks.{name}.training",
                text=text * 4,
                sha256=hashlib.sha256((text * 4).encode()).hexdigest(),
            ),
        ),
        accuracy=summary(accuracy, "fraction"),
        macro_f1=summary(accuracy - 0.0003, "fraction"),
        test_loss=summary(generator.normal(0.095, 0.004, n), "1"),
        training_time=summary(training, "s"),
        steady_epoch_time=summary(training / EPOCHS * 0.98, "s"),
        first_step_time=summary(generator.normal(0.3, 0.01, n), "s"),
        data_time=summary(training * 0.2, "s") if name == "pytorch" else None,
        cold_start=summary(generator.normal(4, 0.2, n), "s"),
        evaluation_time=summary(generator.normal(0.3, 0.02, n), "s"),
        effective_cores=summary(generator.normal(1.05, 0.02, n), "cores"),
        peak_memory=summary(generator.normal(600, 3, n) * 2**20, "bytes"),
        unsteady_trials=("b03-" + name,),
        phases=tuple(
            PhaseTime(
                name=phase, wall=summary(seconds * generator.normal(1, 0.03, n), "s"), cpu=summary(seconds * generator.normal(1.1, 0.03, n), "s")
            )
            for phase, seconds in (("import", 3.5), ("data", 0.2), ("build", 0.1), ("training", speed_s), ("evaluation", 0.3), ("export", 1.2))
        ),
        inference=inference(generator, title, "predict", 0.3, 0.0003 if name == "tensorflow" else 0.00002, n),
        classes=tuple(
            ClassScore(
                class_name=label,
                precision=summary(generator.normal(0.97, 0.004, n), "fraction"),
                recall=summary(generator.normal(0.97, 0.004, n), "fraction"),
                f1=summary(generator.normal(0.97, 0.004, n), "fraction"),
                support=support,
            )
            for label, support in zip(CLASSES, SUPPORT, strict=True)
        ),
        confusion=Confusion(trials=n, counts=tuple(map(tuple, counts.tolist())), first_trial_counts=tuple(map(tuple, (counts // n).tolist()))),
        confused_pairs=tuple(
            ConfusedPair(true_class=CLASSES[true], predicted_class=CLASSES[predicted], mean_count=float(wrong[true, predicted]) / n)
            for true, predicted in pairs
        ),
        misclassified=tuple(
            Misclassified(
                index=100 * place + 7,
                true_class=CLASSES[place % 10],
                predicted_class=CLASSES[(place * 3 + 2) % 10],
                wrong_trials=max(1, n - place // 4),
                trials=n,
            )
            for place in range(20)
        ),
        curves=Curves(
            train_loss=as_rows(loss + 0.03),
            train_accuracy=as_rows(right - 0.01),
            validation_loss=as_rows(loss),
            validation_accuracy=as_rows(right),
            train_s=as_rows(np.repeat(training[:, None] / EPOCHS, EPOCHS, axis=1)),
        ),
        trials=tuple(
            TrialRow(
                trial=f"b{block:02d}-{name}",
                block=block,
                position=1 + block % 2,
                attempt=1,
                seed=1000 + block,
                started_at="2026-05-04T10:00:00+00:00",
                training_s=float(training[block - 1]),
                steady_epoch_s=float(training[block - 1] / EPOCHS * 0.98),
                cold_start_s=4.1,
                evaluation_s=0.31,
                effective_cores=1.05,
                peak_memory_bytes=600 * 2**20,
                accuracy=float(accuracy[block - 1]),
            )
            for block in range(1, n + 1)
        ),
    )


def export(
    generator: np.random.Generator, owner: FrameworkResult, name: str, title: str, runtime: str, size_bytes: int, latency_s: float
) -> ExportResult:
    """Return one exported format, reopened in three trials."""
    accuracy = summary(owner.accuracy.values[:3], "fraction")
    return ExportResult(
        framework=owner.name,
        format=name,
        title=title,
        precision="float32",
        file_name=f"model.{name}",
        runtime=runtime,
        n=3,
        size_bytes=size_bytes,
        conversion=summary(generator.normal(0.8, 0.02, 3), "s"),
        max_abs_difference=7.6e-6,
        argmax_agreement=1.0,
        accuracy=accuracy,
        source_accuracy=accuracy,
        agrees=True,
        inference=inference(generator, runtime, "run", 0.02, latency_s, 3),
        failures=(),
    )


def example_results(blocks: int = 10) -> Results:
    """Return a complete study of ``blocks`` blocks."""
    generator = np.random.default_rng(7)
    tensorflow = framework("tensorflow", "TensorFlow", "2.21.0", 8.4, blocks, 1)
    pytorch = framework("pytorch", "PyTorch", "2.14.1", 5.9, blocks, 2)
    logs = np.log(np.array(pytorch.training_time.values) / np.array(tensorflow.training_time.values))
    half = 2.262 * float(np.std(logs, ddof=1)) / blocks**0.5 if blocks > 1 else None
    middle = float(np.mean(logs))
    interval = (
        None
        if half is None
        else Interval(low=float(np.exp(middle - half)), high=float(np.exp(middle + half)), level=0.95, method="paired t on logarithms")
    )
    packages = {
        "tensorflow": "2.21.0",
        "keras": "3.15.1",
        "torch": "2.14.1",
        "torchvision": "0.29.2",
        "numpy": "2.4.6",
        "onnx": "1.23.2",
        "onnxruntime": "1.31.1",
        "ai-edge-litert": "2.3.0",
        "scikit-learn": "1.9.1",
        "scipy": "1.17.1",
        "weasyprint": "70.0",
        "matplotlib": "3.11.2",
    }
    packages |= {f"distribution-{number:02d}": f"1.{number}.0" for number in range(80)}
    return Results(
        run="2026-05-04-mlp-001",
        created_at="2026-05-04T10:00:00+00:00",
        finished_at="2026-05-04T10:21:40+00:00",
        reportgen_version="0.1.0",
        workload="mlp",
        workload_title="Multilayer perceptron",
        workload_description="A fully connected network: 784 inputs, one hidden layer of 64 units with ReLU, 10 outputs that are logits.",
        preset="standard",
        seed=1,
        threads=1,
        planned_blocks=blocks,
        complete_blocks=blocks,
        complete=True,
        dataset=DatasetRecord(
            name="mnist",
            title="MNIST",
            description="Handwritten digits, scanned, centred and reduced to 28 x 28 grey pixels",
            licence="CC BY-SA 3.0",
            citation='Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, "Gradient-based learning applied to document recognition," Proceedings of the IEEE, vol. 86, 1998.',
            source="files in the data folder",
            requested="auto",
            fallback_reason=None,
            digest="ab" * 32,
            class_names=CLASSES,
            image_shape=(28, 28, 1),
            train_count=54000,
            validation_count=6000,
            test_count=10000,
            train_class_counts=(5331, 6068, 5362, 5518, 5258, 4879, 5326, 5638, 5266, 5354),
            validation_class_counts=(592, 674, 596, 613, 584, 542, 592, 627, 585, 595),
            test_class_counts=SUPPORT,
        ),
        hyperparameters=Hyperparameters(epochs=EPOCHS, batch_size=32, learning_rate=0.001),
        environment=Environment(
            software=Software(python="3.11.9", implementation="CPython", operating_system="Linux 6.1", packages=packages),
            hardware=Hardware(cpu_model="Example CPU @ 2.50 GHz", usable_cpus=2, memory_bytes=16 * 2**30, devices=(), architecture="x86_64"),
            repository=Repository(commit="0123456789abcdef0123456789abcdef01234567", dirty=False, url="https://example.org/study.git"),
            command="python -m reportgen",
            host_name="example",
        ),
        frameworks=(tensorflow, pytorch),
        ratios=(
            Ratio(metric="training_time", numerator="pytorch", denominator="tensorflow", n=blocks, ratio=float(np.exp(middle)), interval=interval),
        ),
        exports=(
            export(generator, tensorflow, "keras", "Keras", "Keras", 631_000, 0.04),
            export(generator, tensorflow, "saved_model", "SavedModel", "TensorFlow", 442_000, 0.0022),
            export(generator, tensorflow, "tflite", "TFLite", "LiteRT", 205_000, 3.5e-6),
            export(generator, pytorch, "state_dict", "state_dict", "PyTorch", 206_000, 1.9e-5),
            export(generator, pytorch, "onnx", "ONNX", "ONNX Runtime", 208_000, 7.8e-6),
        ),
        settings=(
            SettingRow(name="Optimiser", values=("Adam", "Adam"), same=True),
            SettingRow(name="Learning rate", values=("0.001", "0.001"), same=True),
            SettingRow(name="Adam epsilon", values=("1e-07", "1e-08"), same=False),
        ),
        failed_trials=(
            FailedTrial(
                trial="b04-pytorch", block=4, framework="pytorch", status="killed", cause="The process was ended by signal 9 (killed).", repeated=True
            ),
        ),
        notices=("The load average before 2 trials was above 1.",),
        trial_seconds={"tensorflow": 152.0, "pytorch": 131.5},
    )


def example_pictures(results: Results) -> Pictures:
    """Return pictures that look a little like digits: a bright bar whose place depends on the class."""

    def digit(label: int) -> np.ndarray:
        image = np.zeros((28, 28, 1), dtype=np.uint8)
        image[4:24, 3 + 2 * label : 6 + 2 * label, 0] = 255
        return image

    labels = tuple(number % 10 for number in range(30))
    wanted = {item.index: int(item.true_class) for framework in results.frameworks for item in framework.misclassified}
    return Pictures(
        samples=np.stack([digit(label) for label in labels]),
        sample_labels=labels,
        test_images={index: digit(label) for index, label in wanted.items()},
    )


def example_config(folder: Path, **author: str) -> Any:
    """Return a configuration with all author data given, unless overridden."""
    data = {
        "name": "Ada Lovelace",
        "student_id": "1815-1210",
        "course": "Machine Learning Laboratory",
        "instructor": "Prof. C. Babbage",
        "institution": "University of Example",
        "date_performed": "2026-05-04",
        "date_submitted": "2026-05-11",
        "repository": "https://example.org/study",
    }
    return SimpleNamespace(
        report=SimpleNamespace(title="TensorFlow and PyTorch: a measured comparison", subtitle="Laboratory 1", language="en", paper="A4"),
        author=SimpleNamespace(**(data | author)),
        prose=SimpleNamespace(introduction="introduction.md", challenges="challenges.md", discussion="discussion.md", conclusion="conclusion.md"),
        folder=folder,
    )
