import pytest

from reportgen.config.read import read_document
from reportgen.errors import ReportgenError


def message(path):
    with pytest.raises(ReportgenError) as caught:
        read_document(path)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[study]\nblocks = = 3\n", "line 2, column 10"),
        ("[study]\nblocks = 3\nblocks = 4\n", "line 3, column 11"),
        ('[report]\ntitle = "open\n', "line 2, column 14"),
        ("[study\n", "line 1, column 7"),
        ("[study]\nframeworks = [", "line 2, column 15"),
    ],
)
def test_a_syntax_error_is_placed(write, text, place):
    path = write(text)
    assert message(path).startswith(f"{path}, {place}: this is not TOML: ")


def test_a_missing_file_is_named_with_the_way_to_get_one(tmp_path):
    assert message(tmp_path / "no.toml").startswith(f"{tmp_path / 'no.toml'}: there is no such file.")
    assert "reportgen init" in message(tmp_path / "no.toml")


def test_a_folder_without_a_report_toml_is_a_missing_file(tmp_path):
    assert str(tmp_path / "report.toml") in message(tmp_path)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path):
    path = tmp_path / "report.toml"
    path.write_bytes(b'\xef\xbb\xbf[report]\r\ntitle = "x"\r\n')
    assert read_document(path).data == {"report": {"title": "x"}}


def test_another_encoding_is_named_with_its_line(tmp_path):
    path = tmp_path / "report.toml"
    path.write_bytes('[author]\nname = "José"\n'.encode("latin-1"))
    assert message(path) == f"{path}, line 2: the file is not UTF-8 text. Save it with the encoding UTF-8."
    path.write_bytes("[author]\n".encode("utf-16"))
    assert "not UTF-8" in message(path)


def test_values_nested_without_end_are_refused(tmp_path):
    path = tmp_path / "report.toml"
    path.write_text("x = " + "[" * 100_000)
    assert message(path).startswith(str(path))
