"""What a record says of a person's own data: English patterns, marked so that a document can say them in its language."""

from __future__ import annotations

from reportgen.language import marked

NOT_STATED = marked("not stated")
#: In place of a citation, where the person names none.
UNPUBLISHED = marked("{title} [data set of the author of this report]. Source and licence: not stated.")
