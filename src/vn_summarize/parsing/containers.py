"""Files that are no text by themselves and hold one article: which module reads which, by the suffix."""

from collections.abc import Callable

from vn_summarize.document import Article
from vn_summarize.errors import UnreadableArticle
from vn_summarize.parsing.decoding import ARTICLE_LIMIT
from vn_summarize.parsing.mail import parse_mail, parse_web_archive
from vn_summarize.parsing.pdf import parse_pdf
from vn_summarize.parsing.rtf import parse_rtf
from vn_summarize.parsing.word import parse_word

CONTAINERS: dict[str, Callable[[bytes, str, str], Article]] = {
    ".docx": parse_word,
    ".pdf": parse_pdf,
    ".rtf": parse_rtf,
    ".eml": parse_mail,
    ".mhtml": parse_web_archive,
    ".mht": parse_web_archive,
}


def check_size(data: bytes, origin: str) -> None:
    """Raise UnreadableArticle for a file that is too large to be an article."""
    if len(data) > ARTICLE_LIMIT:
        raise UnreadableArticle(f"{origin}: larger than {ARTICLE_LIMIT // 10**6} MB; save it without its pictures")
