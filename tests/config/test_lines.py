from reportgen.config.lines import key_lines


def test_every_way_of_writing_a_key_is_found_where_it_stands():
    text = """\
# a comment with blocks = 3
top = 1

[study]
blocks = 3 # here
frameworks = [
  "blocks = 7",
  # seed = 1
]
"seed" = 2
note = '''
epochs = 9
'''
epochs = 1
[author]
name.first = "x"
inline = { course = "c" }
[ report . deep ]
x = 1
"""
    lines = key_lines(text)
    assert lines == {
        ("top",): 2,
        ("study",): 4,
        ("study", "blocks"): 5,
        ("study", "frameworks"): 6,
        ("study", "seed"): 10,
        ("study", "note"): 11,
        ("study", "epochs"): 14,
        ("author",): 15,
        ("author", "name"): 16,
        ("author", "name", "first"): 16,
        ("author", "inline"): 17,
        ("author", "inline", "course"): 17,
        ("report",): 18,
        ("report", "deep"): 18,
        ("report", "deep", "x"): 19,
    }


def test_an_empty_file_has_no_keys():
    assert key_lines("") == {}
