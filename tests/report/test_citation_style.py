"""References in the numbered style: in English, in German, and in a language whose catalogue has no words for them."""

import pytest

from reportgen import languages
from reportgen.language import Language, spoken
from reportgen.report.citation_style import citation, edition
from reportgen.report.sections.references import known

ARTICLE = {
    "id": "lecun",
    "type": "article-journal",
    "title": "Gradient-based <i>learning</i>",
    "author": [{"family": "LeCun", "given": "Yann"}, {"family": "van Beethoven", "given": "Jean-Luc M."}, {"literal": "The Group"}],
    "container-title": "Proceedings of the IEEE",
    "volume": 86,
    "issue": "11",
    "page": "2278-2324",
    "issued": {"date-parts": [["1998", 11]]},
    "DOI": "10.1109/5.726791",
}


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (
            ARTICLE,
            "Y. LeCun, J.-L. M. van Beethoven and The Group, “Gradient-based learning,” Proceedings of the IEEE, vol. 86, no. 11, "
            "pp. 2278\u20132324, 1998. https://doi.org/10.1109/5.726791",
        ),
        (
            {"type": "book", "title": "Deep Learning", "author": [{"family": "Goodfellow", "given": "Ian"}], "edition": 2, "publisher": "MIT Press"},
            "I. Goodfellow, Deep Learning, 2nd ed., MIT Press.",
        ),
        (
            {"type": "webpage", "title": "A page", "URL": "https://example.org", "accessed": {"date-parts": [[2026, 3, 4]]}},
            "A page. https://example.org (accessed 2026-03-04)",
        ),
        ({"title": "Alone"}, "“Alone.”"),
        ({"title": "Many", "author": [{"family": f"N{number}"} for number in range(9)]}, "N0 et al., “Many.”"),
        (
            {"type": "paper-conference", "title": "T", "container-title": "Proc. X", "page": "7", "issued": {"raw": "2020"}},
            "“T,” in Proc. X, 2020, p. 7.",
        ),
        ({"type": "chapter", "title": "Is it?", "container-title": "B", "page": "7, 9"}, "“Is it?” in B, pp. 7, 9."),
        ({"type": "dataset", "title": "Digits.", "author": [{"family": "A"}, {"literal": "others"}]}, "A et al., Digits [data set]."),
        ({"type": "book", "title": "B", "editor": [{"family": "E"}, {"family": "F"}], "edition": 3}, "E and F, Eds., B, 3rd ed."),
        (
            {"type": "webpage", "title": "P", "URL": "https://example.org", "accessed": {"date-parts": [[2026, "3"]]}},
            "P. https://example.org (accessed 2026-03)",
        ),
    ],
)
def test_an_entry_is_set_in_the_numbered_style(entry, expected):
    assert citation(entry) == expected


def test_editions_are_counted():
    assert [edition(value) for value in (1, "2", 3, 4, 11, "21", "revised")] == [
        "1st ed.",
        "2nd ed.",
        "3rd ed.",
        "4th ed.",
        "11th ed.",
        "21st ed.",
        "revised",
    ]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (
            ARTICLE,
            "Y. LeCun, J.-L. M. van Beethoven und The Group, „Gradient-based learning“, Proceedings of the IEEE, Bd.\u00a086, Nr.\u00a011, "
            "S.\u00a02278\u20132324, 1998. https://doi.org/10.1109/5.726791",
        ),
        (
            {"type": "book", "title": "B", "editor": [{"family": "E"}], "edition": 2, "version": "1.5", "publisher": "P"},
            "E (Hrsg.), B, 2. Aufl., P, Version 1.5.",
        ),
        ({"title": "Alone"}, "„Alone“."),
        ({"title": "Many", "author": [{"family": "N"}, {"literal": "others"}]}, "N u.\u202fa., „Many“."),
        (
            {"type": "webpage", "title": "P", "URL": "https://example.org", "accessed": {"date-parts": [[2026, 3, 4]]}},
            "P. https://example.org (abgerufen am 04.03.2026)",
        ),
        (
            {"type": "webpage", "title": "P", "URL": "https://example.org", "accessed": {"date-parts": [[2026, 3]]}},
            "P. https://example.org (abgerufen: März 2026)",
        ),
    ],
)
def test_it_is_german_in_a_german_report(entry, expected):
    with spoken(languages.find("de")):
        assert citation(entry) == expected


def test_an_ordinal_takes_the_ending_of_its_language_and_the_english_one_where_there_is_no_translation():
    """French has two kinds, for the first and for all others: 1re, 2e."""
    with spoken(Language(code="fr", sentences={"{number}st ed.": "{number}re éd.", "{number}th ed.": "{number}e éd."})):
        assert [edition(number) for number in (1, 2, 21)] == ["1re éd.", "2e éd.", "21e éd."]
    with spoken(Language(code="fr")):
        assert [edition(number) for number in (1, 2, 21)] == ["1st ed.", "2nd ed.", "21st ed."]


def test_the_references_that_come_with_the_program_are_whole():
    for entry in known().values():
        assert entry["id"] == "reportgen" or "https://" in citation(entry)
    assert citation(known()["torch"]).startswith(
        "A. Paszke et al., “PyTorch: An imperative style, high-performance deep learning library,” in Advances"
    )
