"""Where every section comes from, and what the author declares."""

import hashlib

from pages import Page, visible

from reportgen.config import load_config
from reportgen.report.drawings import make_resources
from reportgen.report.markup import to_markup
from reportgen.report.stable import stable_json
from reportgen.report.view import view


def test_every_section_names_its_origin_and_the_digest_of_what_it_was_made_from(example):
    content = view(example.results, example.config)
    rows = {row[0].text.partition(" ")[2]: [cell.text for cell in row[1:]] for row in content.provenance.rows}
    results = hashlib.sha256(example.documents.results.read_bytes()).hexdigest()
    assert results == hashlib.sha256(stable_json(example.results)).hexdigest()
    discussion = hashlib.sha256(example.config.prose_file("discussion").read_bytes()).hexdigest()
    assert rows["Discussion"] == ["author", "discussion.md", discussion]
    assert rows["Introduction"] == ["generated", "results.json", results]
    assert rows["Conclusion"] == ["not provided", "\u2013", "\u2013"]
    assert rows["Results"] == ["generated", "results.json", results]
    mains = {heading.title for heading in content.headings.values() if heading.level == 2}
    assert mains <= set(rows)


def test_a_declaration_is_printed_where_the_author_has_written_one(example, tmp_path):
    (tmp_path / "declaration.md").write_text("<!-- nothing yet -->\n")
    config = load_config(None, {}, rooms=False).model_copy(update={"folder": tmp_path, "author": example.config.author})
    assert "declaration" not in view(example.results, config).headings
    (tmp_path / "declaration.md").write_text("I wrote this **myself**.")
    content = view(example.results, config)
    keys = list(content.headings)
    assert keys.index("references") + 1 == keys.index("declaration")
    words = visible(to_markup(content, make_resources(example.results, example.pictures, content), "print", None))
    assert " ".join(words.split()).count("I wrote this myself . Place, date Signature of Ada Beispiel") == 1
    arranged = config.model_copy(update={"sections": config.sections.model_copy(update={"order": ("declaration", "results")})})
    assert next(iter(view(example.results, arranged).headings)) == "declaration"


def test_every_table_and_figure_is_named_in_the_text(example):
    content = view(example.results, example.config)
    page = Page(to_markup(content, make_resources(example.results, example.pictures, content), "print", None))
    targets = {link["href"] for link in page.all("a")}
    contents = [f"#table-{table.key}" for table in content.tables] + [f"#figure-{figure.key}" for figure in content.figures]
    counts = {target: sum(link["href"] == target for link in page.all("a")) for target in contents}
    assert set(contents) <= targets
    # Once in the lists of the front matter, and once or more in the text.
    assert [target for target, count in counts.items() if count < 2] == []
