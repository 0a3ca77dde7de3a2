"""What word processors and printers make: paragraphs without a headline of their own, in letters that may be old."""

from collections.abc import Sequence
from dataclasses import replace

from vn_summarize.document import Article
from vn_summarize.errors import EmptyArticle
from vn_summarize.parsing.decoding import decode
from vn_summarize.parsing.plain import build_article, split_headline, tidy


def build_document(origin: str, article_id: str, paragraphs: Sequence[str], title: str = "") -> Article:
    """Make an article of a document's paragraphs; `title` is what its properties call so.

    Text in the fonts from before Unicode (.VnTime, VNI-Times) is decoded like a file in their encodings. Who made
    the file and when is not asked: that is the typist, and the day on which it was saved.
    """
    kept = list(filter(None, map(tidy, paragraphs)))
    if not kept:
        raise EmptyArticle(f"{origin}: no article text found in it")
    headline, rest = split_headline(kept, title)
    text, findings = decode("\n".join([headline, *rest]).encode("utf-8", "replace"), origin)
    headline, *rest = text.split("\n")
    return replace(build_article(origin, article_id, headline, rest), findings=findings)
