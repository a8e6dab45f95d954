"""P10: what the libraries do differently where nobody says otherwise."""

from __future__ import annotations

from reportgen.language import gettext, marked
from reportgen.parity.base import Check, Pair, Verdict
from reportgen.report.format import recorded


def judge(pair: Pair) -> Verdict:
    """Name every default that differs."""
    mine, theirs = pair.first.result.defaults, pair.second.result.defaults
    different = [
        gettext(
            "{name}: {get} in {title}, {get_2} in {title_2}",
            name=gettext(name),
            get=recorded(mine.get(name, "none")),
            title=pair.first.title,
            get_2=recorded(theirs.get(name, "none")),
            title_2=pair.second.title,
        )
        for name in dict.fromkeys([*mine, *theirs])
        if mine.get(name) != theirs.get(name)
    ]
    if not different:
        return Verdict(outcome="equal", value=0, unit="defaults", detail=gettext("The defaults that were read are the same."))
    return Verdict(
        outcome="declared difference",
        value=len(different),
        unit="defaults",
        detail=gettext("Library defaults that differ: {different}.", different="; ".join(different)),
    )


CHECK = Check(
    code="P10",
    name=marked("Library defaults"),
    explanation=(
        "Defaults that differ between the libraries, read from their signatures and from layers made without arguments. They "
        "differ whatever a workload does, so this is always a declared difference; that a workload does not depend on them is "
        "what the other checks show."
    ),
    judge=judge,
    declares=True,
)
