from __future__ import annotations

import io

from builders import epochs, logits_of, make_records, make_training, phases
from rich.console import Console

from reportgen.analysis.results import Results
from reportgen.analysis.study import analyse
from reportgen.headline import cell, headline_table


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
