"""Speed and honesty of the program itself, measured on demand: none of it is part of a study, and no test depends on a duration."""
