"""HTML pages: the article without navigation, scripts and comments, which `trafilatura` leaves out."""

from vn_summarize.document import Article
from vn_summarize.errors import UnreadableArticle
from vn_summarize.parsing.plain import build_article, join_continued

PAGE_LIMIT = 5_000_000
"""Characters of the largest HTML page; extraction takes about a second for each million."""


def parse_page(text: str, origin: str, article_id: str, address: str = "") -> Article:
    """Read an article from an HTML page, of that web address; UnreadableArticle for one that is too large or broken."""
    import trafilatura  # noqa: PLC0415  takes half a second, and few articles are HTML
    from trafilatura.settings import Document  # noqa: PLC0415

    if len(text) > PAGE_LIMIT:
        raise UnreadableArticle(
            f"{origin}: a page of more than {PAGE_LIMIT // 10**6} MB; save the article's text alone"
        )
    try:
        extracted = trafilatura.bare_extraction(
            text,
            url=address or None,
            favor_recall=True,
            include_comments=False,
            deduplicate=False,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
        page = extracted if isinstance(extracted, Document) else Document()
        lines = page.text or trafilatura.baseline(text)[1]
    except Exception as error:  # a broken page may break the extractor anywhere; the other articles go on
        raise UnreadableArticle(
            f"{origin}: the HTML cannot be read ({error}); save the article's text alone"
        ) from error
    return build_article(
        origin,
        article_id,
        page.title or "",
        join_continued([line.strip(" |") for line in lines.split("\n")]),
        source=page.sitename or page.hostname or "",
        date=page.date or "",
        authors=(page.author or "").split(";"),
        section=next(iter(page.categories or ()), ""),
    )
