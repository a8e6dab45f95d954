"""Warnings of a trial, and of an import that took place before it."""

import warnings

from reportgen.runner import warned
from reportgen.runner.warned import recorded_warnings


def test_warnings_are_recorded_and_those_for_developers_left_out():
    with recorded_warnings() as caught:
        warnings.warn("sour", UserWarning, stacklevel=1)
        warnings.warn("old", DeprecationWarning, stacklevel=1)
    assert [str(one.message) for one in caught] == ["sour"]


def test_a_recording_that_began_with_the_import_goes_on(monkeypatch):
    with recorded_warnings() as first:
        monkeypatch.setattr(warned, "begun", first)
        warnings.warn("of the import", UserWarning, stacklevel=1)
        warnings.filterwarnings("ignore", "silenced by a library")
        with recorded_warnings() as second:
            warnings.warn("of the trial", UserWarning, stacklevel=1)
            warnings.warn("silenced by a library", UserWarning, stacklevel=1)
    assert [str(one.message) for one in second] == ["of the import", "of the trial"]
