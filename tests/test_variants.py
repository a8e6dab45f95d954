"""Names of modes in variants, and what a variant is in words."""

from builders import make_plan

from reportgen.records import Variant
from reportgen.runner.plan import plan_parity, plan_profiles, plan_trials
from reportgen.variants import base_mode, described_variables, qualified, variant_name, variant_of, with_variants

NEXT = Variant(name="next", frameworks=("pytorch",), python="/other/python", software={"Python": "3.12.1", "torch": "2.15.0"})
PLAIN = Variant(name="plain", frameworks=("tensorflow", "pytorch"), environment={"TF_ENABLE_ONEDNN_OPTS": "0"})
MODES = {"tensorflow": ("keras-fit", "graph"), "pytorch": ("dataloader",)}


def test_a_name_is_taken_apart_as_it_was_made():
    assert base_mode(qualified("dataloader", "next")) == "dataloader"
    assert variant_name(qualified("dataloader", "next")) == "next"
    assert (base_mode("dataloader"), variant_name("dataloader")) == ("dataloader", "")


def test_the_main_mode_of_each_framework_that_is_named_is_measured_in_a_variant():
    assert with_variants(MODES, (NEXT, PLAIN)) == {
        "tensorflow": ("keras-fit", "graph", "keras-fit@plain"),
        "pytorch": ("dataloader", "dataloader@next", "dataloader@plain"),
    }


def test_a_mode_leads_to_its_variant():
    plan = make_plan().model_copy(update={"variants": (NEXT, PLAIN)})
    assert variant_of(plan, "dataloader@next") == NEXT
    assert variant_of(plan, "dataloader") is None
    assert variant_of(plan, "dataloader@gone") is None


def test_what_variants_change_is_said_in_words():
    assert described_variables((NEXT, PLAIN)) == ("next: Python 3.12.1, torch 2.15.0", "plain: TF_ENABLE_ONEDNN_OPTS=0")


def test_a_variant_is_in_every_block_with_the_seed_of_its_block_and_exports_nothing():
    modes = with_variants(MODES, (NEXT,))
    trials = plan_trials(("tensorflow", "pytorch"), modes, 4, 1, 4, {"tensorflow": ("tflite",), "pytorch": ("onnx",)})
    varied = [one for one in trials if variant_name(one.mode)]
    assert [one.block for one in varied] == [1, 2, 3, 4]
    assert [one.trial for one in varied][:1] == ["block-01-pytorch-dataloader@next"]
    for one in varied:
        (main,) = (other for other in trials if (other.block, other.framework, other.mode) == (one.block, "pytorch", "dataloader"))
        assert (one.seed, one.exports) == (main.seed, ())
    assert len({one.position for one in varied}) > 1, "positions are balanced as for every contender"


def test_a_variant_and_its_main_mode_show_what_they_compute_even_where_one_framework_is_measured():
    alone = plan_parity(("pytorch",), with_variants({"pytorch": ("dataloader",)}, (NEXT,)), 1)
    assert [(one.mode, one.reference, one.precision) for one in alone] == [
        ("dataloader", "", "float32"),
        ("dataloader", "", "float64"),
        ("dataloader@next", "", "float32"),
        ("dataloader@next", "", "float64"),
    ]
    both = plan_parity(("tensorflow", "pytorch"), with_variants(MODES, (NEXT,)), 1)
    assert len({one.trial for one in both}) == len(both) == 4 + 2 + 2
    assert plan_parity(("pytorch",), {"pytorch": ("dataloader",)}, 1) == ()


def test_no_profile_is_taken_of_a_variant():
    modes = with_variants(MODES, (NEXT,))
    assert [one.mode for one in plan_profiles(("pytorch",), modes, lambda framework, mode: mode == modes[framework][0])] == ["dataloader"]
