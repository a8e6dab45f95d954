"""Tables as a page can take them: where they may be divided, and where not."""

from reportgen.report.sections.elements import WHOLE_ROWS, Register, head, words


def test_rows_that_share_a_cell_stay_together():
    rows = [
        [head("one", rowspan=2), words("a")],
        [words("b")],
        [head("two"), words("c")],
        [head("three", rowspan=3), words("d")],
        [words("e")],
        [words("f")],
    ]
    table = Register().table("groups", "Groups", "", [[head("name"), head("value")]], rows)
    assert table.joined == (False, True, False, False, True, True)
    assert Register().table("empty", "Empty", "", [[head("name")]], []).joined == ()


def test_only_a_short_table_is_kept_on_one_page():
    def made(count, **options):
        return Register().table("rows", "Rows", "", [[head("name")]], [[words("x")]] * count, **options)

    assert "whole" in made(WHOLE_ROWS).style.split()
    assert "whole" not in made(WHOLE_ROWS + 1).style.split()
    assert "whole" not in made(2, divided=True).style.split()
