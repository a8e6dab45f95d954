"""Networks of different sizes in a person's own folder are said at once."""

from doubles import write_result

from reportgen.runner.sizes import different_sizes
from reportgen.runner.study import parity_spec


def own_run(new_run, tmp_path, **counts):
    """Return a run of a folder of one's own whose networks have these numbers of parameters."""
    folder = tmp_path / "mine"
    folder.mkdir()
    for framework in counts:
        (folder / f"{framework}.py").write_text(f"# {framework}\n\ndef build_model(input_shape, class_count):\n    return None\n")
    run = new_run(blocks=1, parity=True)
    run.plan = run.plan.model_copy(update={"workload": str(folder)})
    for planned in run.plan.parity:
        spec = parity_spec(run, planned, 1, tmp_path)
        write_result(spec, run.fresh_trial_folder(spec.trial), canonical_shapes=((counts[planned.framework],),))
    return run


def test_both_files_are_named_with_line_and_number(new_run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (text,) = different_sizes(own_run(new_run, tmp_path, tensorflow=50_890, pytorch=51_685))
    assert "mine/tensorflow.py, line 3, builds a network of 50,890 parameters" in text
    assert "mine/pytorch.py, line 3, builds a network of 51,685 parameters" in text


def test_networks_of_one_size_need_no_word(new_run, tmp_path):
    assert list(different_sizes(own_run(new_run, tmp_path, tensorflow=12, pytorch=12))) == []


def test_a_built_in_workload_is_left_to_the_parity_checks(new_run, tmp_path):
    run = new_run(blocks=1, parity=True)
    for number, planned in enumerate(run.plan.parity):
        spec = parity_spec(run, planned, 1, tmp_path)
        write_result(spec, run.fresh_trial_folder(spec.trial), canonical_shapes=((number,),))
    assert list(different_sizes(run)) == []


def test_trials_that_failed_are_passed_over(new_run, tmp_path):
    run = own_run(new_run, tmp_path, tensorflow=12, pytorch=13)
    for planned in run.plan.parity:
        if planned.framework == "pytorch":
            run.fresh_trial_folder(planned.trial)
    assert list(different_sizes(run)) == []
