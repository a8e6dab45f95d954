"""Methodology, said once for a whole report: the software and the hardware that everything was measured with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.analysis.results import Results, VariantResult
from reportgen.language import gettext, marked
from reportgen.records import Effective
from reportgen.report.format import enumeration, integer, one_after_another, size
from reportgen.report.plan_words import in_language
from reportgen.report.sections.elements import Cell, Register, Table, head, words
from reportgen.report.sections.references import References

# Distribution name -> what the study used it for. Only those that are installed are printed.
ROLES = {
    "tensorflow": marked("framework"),
    "keras": marked("layers and training loop of TensorFlow"),
    "torch": marked("framework"),
    "torchvision": marked("data pipeline of PyTorch"),
    "numpy": marked("arrays"),
    "onnxruntime": marked("runs ONNX files"),
    "ai-edge-litert": marked("runs TFLite files"),
    "onnx": marked("ONNX file format"),
    "onnxscript": marked("conversion of PyTorch to ONNX"),
    "tf2onnx": marked("conversion of TensorFlow to ONNX"),
    "scikit-learn": marked("scores and confusion matrices"),
    "scipy": marked("intervals"),
    "matplotlib": marked("figures"),
    "weasyprint": marked("typesetting"),
}


# A variant that has this interpreter has these versions.
SAME = "\u2013"


@dataclass(frozen=True, kw_only=True)
class Software:
    """The tables of software and hardware."""

    software: Table
    hardware: Table


def software(results: Results, register: Register, references: References) -> Software:
    """Make the tables of software and hardware."""
    return Software(software=software_table(results, register, references), hardware=hardware_table(results, register))


def software_table(results: Results, register: Register, references: References) -> Table:
    """Table 1: the interpreter and the distributions that matter; all others are in the appendix."""
    software = results.environment.software
    others = results.variants
    rows = [
        (head("Python"), words(software.python), *in_variants(others, ("Python",)), words(software.implementation)),
        (head(gettext("Operating system")), words(software.operating_system), *in_variants(others, ()), words("")),
    ]
    packages = {name.lower(): (name, version) for name, version in software.packages.items()}
    for distribution, role in ROLES.items():
        if distribution in packages:
            name, version = packages[distribution]
            rows.append(
                (head(name), words(version), *in_variants(others, (distribution, name)), words(gettext(role) + references.mark(distribution)))
            )
    rows.append(
        (
            head("reportgen"),
            words(results.reportgen_version),
            *in_variants(others, ()),
            words(gettext("measurement and this document") + references.mark("reportgen")),
        )
    )
    return register.table(
        "software",
        gettext("Software"),
        one_after_another(
            gettext("Versions read from the environment in which the trials ran."),
            gettext("Those of variants are what their trials read back, and what is installed for their interpreters.") if others else "",
        ),
        [(head(gettext("Component")), head(gettext("Version")), *(head(one.name) for one in others), head(gettext("Used as")))],
        rows,
    )


def in_variants(variants: Sequence[VariantResult], names: Sequence[str]) -> tuple[Cell, ...]:
    """Return a cell for each variant: the version that its trials read back, or that is installed there; a dash where it is that of the study."""
    cells = []
    for one in variants:
        read_back = {name: version for way in one.ways for name, version in way.versions.items()}
        known = {**one.software, **(read_back if one.software else {})}
        cells.append(words(next((known[name] for name in names if name in known), SAME)))
    return tuple(cells)


def device_text(effective: Effective) -> str:
    """Return the device that a framework says it used, and in which precision it multiplies there."""
    if effective.device_name is None:
        return effective.device
    rounding = gettext("TensorFloat-32 allowed") if effective.tensor_float_32 else gettext("without TensorFloat-32")
    return f"{effective.device}, {effective.device_name}, {rounding}"


def hardware_table(results: Results, register: Register) -> Table:
    """Table 2: the machine, and what each framework says that it used of it."""
    hardware = results.environment.hardware
    rows = [
        (head(gettext("Processor")), words(hardware.cpu_model)),
        (head(gettext("Architecture")), words(hardware.architecture)),
        (head(gettext("Usable processors")), words(integer(hardware.usable_cpus))),
        (head(gettext("Memory")), words(size(hardware.memory_bytes))),
        (head(gettext("Accelerators")), words(enumeration(hardware.devices))),
        (head(gettext("Device")), words(". ".join(part for part in (results.device, in_language(results.device_reason)) if part))),
        (head(gettext("Threads asked for")), words(gettext("{threads}, the same for every framework", threads=results.threads))),
    ]
    for framework in results.frameworks:
        effective = framework.effective
        used = gettext(
            "{device_text}; {intra_op_threads} intra-op and {inter_op_threads} inter-op threads; {dtype}",
            device_text=device_text(effective),
            intra_op_threads=effective.intra_op_threads,
            inter_op_threads=effective.inter_op_threads,
            dtype=effective.dtype,
        )
        rows.append((head(gettext("{title} reports", title=framework.title)), words(used)))
    return register.table(
        "hardware",
        gettext("Hardware and threads"),
        gettext("Processors are those this process may use; threads are read back from each framework."),
        [(head(gettext("Item")), head(gettext("Value")))],
        rows,
    )
