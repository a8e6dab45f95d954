"""The built-in networks: no check fails, in either precision, and each says something."""

from pathlib import Path

import pytest
from networks import CLASSIFIERS

from reportgen import workloads
from reportgen.parity.judge import checks, judge

BUILT_IN = Path(workloads.__file__).parent
FOLDERS = [BUILT_IN / name.replace("-", "_") for name in CLASSIFIERS]


@pytest.fixture(params=FOLDERS, ids=lambda folder: folder.name)
def found(request, pair):
    return judge({precision: pair(request.param, precision) for precision in ("float32", "float64")})


pytestmark = pytest.mark.slow


def test_no_check_fails(found):
    assert [check for check in found if check.withholds_claims] == []


def test_every_check_is_made_in_every_precision(found):
    between = [check for check in checks() if not check.of_modes]
    wanted = {(check.code, precision) for check in between for precision in (("float32", "float64") if check.each_precision else ("-",))}
    assert {(check.code, check.precision) for check in found} == wanted
    assert [check.code for check in found] == sorted(check.code for check in found)


def test_differences_that_are_no_fault_are_declared(found):
    declared = {check.code for check in found if check.outcome == "declared difference"}
    assert {"P10", "P20"} <= declared <= {"P02", "P10", "P20", "P22"}
