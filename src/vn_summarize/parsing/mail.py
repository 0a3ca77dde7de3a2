"""Mail (RFC 5322) and web archives (MHTML, RFC 2557), which have the same form."""

import re
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.policy import default
from email.utils import parseaddr

from vn_summarize.document import Article, Finding
from vn_summarize.errors import EmptyArticle, UnreadableArticle
from vn_summarize.parsing.decoding import decode
from vn_summarize.parsing.packages import reading
from vn_summarize.parsing.pages import parse_page
from vn_summarize.parsing.plain import build_article, parse_plain, tidy

_HEADER_LIMIT = 20_000
"""Characters of the longest header field: the standard library takes a time that grows with their square."""

_PARTS_LIMIT = 30
"""Parts that may have parts of their own: every line is held against the ends of all that are open."""

_OUTER_PART = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_REPLY = re.compile(r"(?:(?:re|fwd?|tr|trả lời|chuyển tiếp)\s*:\s*)+", re.IGNORECASE)


def parse_mail(data: bytes, origin: str, article_id: str) -> Article:
    """Read an article from a message: its plain text, else its HTML. Attachments are not read.

    The subject is the title, the sender's name the source, the day of sending the date.
    """
    with reading(origin, "a mail message"):
        message = _message(data, origin)
        article = _body(message, origin, article_id)
        subject = _REPLY.sub("", tidy(str(message["subject"] or "")), count=1)
        name, address = parseaddr(str(message["from"] or ""))
        sent = message["date"].datetime if message["date"] is not None else None
    paragraphs = list(article.paragraphs)
    if subject and article.title not in ("", subject):
        paragraphs.insert(0, article.title)
    made = build_article(
        origin,
        article_id,
        subject or article.title,
        paragraphs,
        source=name or address.rpartition("@")[2],
        date=sent.date().isoformat() if sent else article.date,
        authors=list(article.authors),
    )
    return replace(made, findings=article.findings)


def _body(message: EmailMessage, origin: str, article_id: str) -> Article:
    body = message.get_body(("plain", "html"))
    if body is None:
        raise EmptyArticle(f"{origin}: the message has no text; save the files attached to it and give those")
    text, findings = _text(body, origin)
    if body.get_content_type() == "text/html":
        article = parse_page(text, origin, article_id)
        return replace(article, findings=(*findings, *article.findings))
    if str(body.get_param("format", "")).lower() == "flowed":  # RFC 3676: a line that ends in a blank goes on
        text = re.sub(r"(?<!^--) \n", " ", text, flags=re.MULTILINE)
    article = parse_plain(text, origin, article_id)
    return replace(article, findings=(*findings, *article.findings))


def parse_web_archive(data: bytes, origin: str, article_id: str) -> Article:
    """Read an article from a page that a browser saved in one file (.mhtml, .mht)."""
    with reading(origin, "a web archive", "save the page again"):
        message = _message(data, origin)
        page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
        if page is None:
            raise UnreadableArticle(f"{origin}: holds no HTML page; save the page again")
        text, findings = _text(page, origin)
        address = str(message["snapshot-content-location"] or page["content-location"] or "")
        article = parse_page(text, origin, article_id, address)
        title = article.title or tidy(str(message["subject"] or ""))
    return replace(article, title=title, findings=(*findings, *article.findings))


def _message(data: bytes, origin: str) -> EmailMessage:
    if sum(1 for _ in _OUTER_PART.finditer(data)) > _PARTS_LIMIT:
        raise UnreadableArticle(f"{origin}: more than {_PARTS_LIMIT} parts within parts; save the text alone")
    message = message_from_bytes(data, policy=default)
    for part in message.walk():
        if any(len(value) > _HEADER_LIMIT for _, value in part.raw_items()):
            raise UnreadableArticle(f"{origin}: a header field of more than {_HEADER_LIMIT:,} characters is refused")
    return message


def _text(part: MIMEPart, origin: str) -> tuple[str, tuple[Finding, ...]]:
    """Decode a part by the evidence: what a header says of the encoding is often the program's default."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        raise UnreadableArticle(f"{origin}: its text cannot be unpacked; save it again")
    return decode(data, origin)
