"""What tests of documents share: a page taken apart, its words, and results of one framework."""

import re
from html.parser import HTMLParser

#: A picture of one dot.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
)


class Page(HTMLParser):
    """Collects what the tests ask for."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, {name: value or "" for name, value in attributes}))

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


def visible(markup: str) -> str:
    """Return the words that a reader sees, without code."""
    return re.sub(r"<[^>]+>", " ", re.sub(r"<(style|pre|code)\b.*?</\1>", "", markup, flags=re.DOTALL))


def first_only(results):
    alone = results.frameworks[:1]
    exports = tuple(export for export in results.exports if export.framework == alone[0].name)
    profiles = tuple(profile for profile in results.profiles if profile.framework == alone[0].name)
    settings = tuple(row.model_copy(update={"values": row.values[:1]}) for row in results.settings)
    changes = {"frameworks": alone, "exports": exports, "profiles": profiles, "ratios": (), "findings": (), "parity": (), "parity_losses": ()}
    return results.model_copy(update=changes | {"settings": settings, "model_pairs": (), "position_effects": ()})
