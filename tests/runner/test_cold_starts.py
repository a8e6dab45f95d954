"""Cold starts in the plan and in the schedule."""

from builders import MODES, make_plan
from doubles import in_block, planned, study

from reportgen.records import ColdStartSpec
from reportgen.runner.cold_starts import COLD_STARTS, plan_cold_starts
from reportgen.runner.orders import cold_start_spec
from reportgen.runner.study import trials_in


def test_the_first_blocks_have_one_of_each_framework_in_the_order_of_the_block():
    plan = make_plan(blocks=8)
    cold = plan_cold_starts(plan.trials, plan.modes)
    assert [start.block for start in cold] == [block for block in range(1, COLD_STARTS + 1) for _ in plan.frameworks]
    for start in cold:
        (trial,) = (trial for trial in plan.trials if (trial.block, trial.framework) == (start.block, start.framework))
        assert (start.position, start.seed, start.mode) == (trial.position, trial.seed, trial.mode)
    assert len({start.trial for start in cold} | {trial.trial for trial in plan.trials}) == len(cold) + len(plan.trials)


def test_a_short_study_has_no_more_than_its_blocks():
    plan = make_plan(blocks=3)
    assert len(plan_cold_starts(plan.trials, plan.modes)) == 3 * len(plan.frameworks)


def test_only_the_main_mode_starts_cold():
    name, framework = MODES["tensorflow"][0], "tensorflow"
    plan = make_plan(blocks=1, frameworks=(framework,), modes={framework: (name, "xla")})
    assert [start.mode for start in plan_cold_starts(plan.trials, plan.modes)] == [name]


def test_six_give_an_interval():
    assert COLD_STARTS >= 6


def test_they_follow_the_trials_of_their_block(new_run):
    run = new_run(blocks=2, forked=True)
    outcome, executor, reporter = study(run)
    names = [start.trial for start in run.plan.cold_starts]
    assert executor.trials == [*in_block(run, 1), *names[:2], *in_block(run, 2), *names[2:]]
    assert reporter.total == trials_in(run) == 8
    assert outcome.complete_blocks == (1, 2)
    specs = [spec for spec in executor.specs if isinstance(spec, ColdStartSpec)]
    assert specs[0] == cold_start_spec(run.plan, run.plan.cold_starts[0], 1, executor.specs[0].dataset_folder)


def test_one_that_fails_is_tried_once_more_and_the_study_goes_on(new_run):
    run = new_run(blocks=1, forked=True)
    first = run.plan.cold_starts[0].trial
    outcome, executor, _ = study(run, {first: None, f"{first}-attempt-2": None})
    assert executor.trials[2:4] == [first, f"{first}-attempt-2"]
    assert outcome.complete_blocks == (1,)
    assert len(executor.trials) == 5


def test_what_is_done_is_not_started_again(new_run):
    run = new_run(blocks=1, forked=True)
    study(run)
    _, executor, reporter = study(run)
    assert executor.trials == []
    assert set(reporter.of("was done")) == {*planned(run), *(start.trial for start in run.plan.cold_starts)}
