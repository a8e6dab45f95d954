from __future__ import annotations

import io

from builders import epochs, logits_of, make_records, make_training, phases
from rich.console import Console

from reportgen.analysis.claims import NoiseFloor
from reportgen.analysis.results import ModeResult, Results
from reportgen.analysis.study import analyse
from reportgen.headline import cell, finding_text, findings_text, headline_table


def printed(results: Results, width: int = 120) -> str:
    console = Console(file=io.StringIO(), width=width)
    console.print(headline_table(results))
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    return text.replace("\u202f", " ")


def line(text: str, label: str) -> str:
    (found,) = [row for row in text.splitlines() if row.strip().startswith(label)]
    return " ".join(found.split())


def two_blocks() -> Results:
    return analyse(
        make_records(
            [
                make_training(block=1, framework="tensorflow", epochs=epochs(2.0, 1.0, 1.0)),
                make_training(block=1, framework="pytorch", epochs=epochs(3.0, 2.5, 2.5), logits=logits_of(0, 2, 1, 1, 2, 2)),
                make_training(block=2, framework="tensorflow", epochs=epochs(4.0, 1.0, 1.0)),
                make_training(block=2, framework="pytorch", epochs=epochs(3.0, 2.5, 2.5), logits=logits_of(0, 2, 1, 1, 1, 2)),
            ]
        )
    )


def test_it_says_what_was_compared_on_what_and_how_often() -> None:
    text = printed(two_blocks())
    assert "Multilayer perceptron" in text
    assert "Insects and a cat" in text
    assert "n = 2" in text
    assert "range" in text, "what stands in the cells is said"
    assert "TensorFlow 1.2.3" in text
    assert "PyTorch 1.2.3" in text


def test_cells_hold_median_and_range_in_the_order_of_the_frameworks() -> None:
    text = printed(two_blocks())
    assert line(text, "Training time") == "Training time 5.00 s (4.00–6.00) 8.00 s (8.00–8.00)"
    assert line(text, "Test accuracy") == "Test accuracy 100.00 % (100.00–100.00) 75.00 % (66.67–83.33)"


def test_units_that_differ_are_both_said() -> None:
    trials = [make_training(block=block, epochs=epochs(1.0, seconds, seconds)) for block, seconds in ((1, 0.5), (2, 1.5))]
    assert "(500 ms–1.50 s)" in line(printed(analyse(make_records(trials))), "Epoch time")


def test_one_trial_has_no_range() -> None:
    found = line(printed(analyse(make_records([make_training()]))), "Training time")
    assert found == "Training time 6.00 s"


def test_what_is_not_known_is_said_to_be_not_available() -> None:
    assert cell(None, str) == "not available"
    # The builder's phases know no memory.
    assert line(printed(analyse(make_records([make_training(phases=phases(first_step=1.0, training=1.0, evaluation=1.0))]))), "Peak memory") == (
        "Peak memory not available"
    )


def test_a_name_with_square_brackets_is_printed_whole() -> None:
    results = two_blocks()
    odd = results.dataset.model_copy(update={"title": "Digits [resized]"})
    assert "Digits [resized]" in printed(results.model_copy(update={"dataset": odd}))


def test_it_fits_a_terminal_of_eighty_columns() -> None:
    text = printed(two_blocks(), width=80)
    assert max(map(len, text.splitlines())) <= 80
    assert "…" not in text


def test_findings_are_printed_with_their_reasons_and_the_floor() -> None:
    lines = [text.replace("\u202f", " ") for text in findings_text(two_blocks())]
    assert "Findings" in lines[0]
    (training,) = [text for text in lines if text.strip().startswith("Total training time:")]
    assert "no claim: 2 blocks (a claim needs 6); " in training
    assert "no parity check shows that the programs match" in training
    assert lines[-2] == "  Noise floor 2.0 %: assumed: not calibrated on this machine."
    assert lines[-1].endswith("python -m reportgen calibrate")


def test_floors_that_differ_name_their_metrics() -> None:
    results = two_blocks()
    floor = NoiseFloor(value=0.05, calibrated=True, source="A/A study")
    first, *others = results.findings
    changed = results.model_copy(update={"findings": (first.model_copy(update={"noise_floor": floor}), *others)})
    lines = [text.replace("\u202f", " ") for text in findings_text(changed)]
    assert "  Noise floor 5.0 % (Total training time): A/A study." in lines
    assert not lines[-1].endswith("calibrate"), "what decides the primary comparison is calibrated"


def test_what_would_have_been_detected_stands_beside_every_sentence_that_does_not_say_it() -> None:
    finding = two_blocks().findings[0]
    seen = finding.model_copy(update={"minimal_detectable_effect": 1.042, "sentence": "it is so", "outcome": "claim"})
    assert finding_text(seen).replace("\u202f", " ") == "Total training time: it is so (detectable: 4.2 %)"
    assert finding_text(seen.model_copy(update={"outcome": "no difference shown"})) == "Total training time: it is so"


def test_one_framework_alone_has_no_findings_to_print() -> None:
    assert findings_text(analyse(make_records([make_training()]))) == ()


def test_tuned_modes_are_shown_below_the_main_ones() -> None:
    results = two_blocks()
    first = results.frameworks[0]
    base = {"framework_title": first.title, "title": "XLA", "description": "", "parity": "shown", "main": False, "tuned": True}
    tuned = ModeResult.model_validate({**base, "framework": first.name, "mode": "xla", "n": 2, "training_time": first.training_time})
    text = printed(results.model_copy(update={"modes": (tuned,)}))
    assert line(text, "Tuned: training time") == "Tuned: training time 5.00 s (4.00\u20136.00) \u2013"
    assert "Tuned: compiled in" not in text
    lost = tuned.model_copy(update={"n": 0, "training_time": None})
    text = printed(results.model_copy(update={"modes": (lost,)}))
    assert line(text, "Tuned: training time") == "Tuned: training time failed \u2013"
    assert text.count("Tuned") == 1


def test_without_tuned_modes_no_row_speaks_of_them() -> None:
    assert "Tuned" not in printed(two_blocks())
