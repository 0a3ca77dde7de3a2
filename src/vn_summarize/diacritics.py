"""Place names without diacritics, once everything is judged: "Sa Thay District" for "Sa Thầy District".

Persons' names and quotations keep theirs, and so does what the glossary and the checks ask for; what they found
is shown as it is printed.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from vn_summarize.document import ArticleResult, Document, Sentence, TranslatedDocument, TranslatedSentence
from vn_summarize.glossary.places import find_mentions
from vn_summarize.summarization import Form, in_form
from vn_summarize.verification.bodies import SURNAMES
from vn_summarize.verification.names import find_names, strip_marks

_KINDS = (
    "huyện|xã|phường|quận|thị trấn|thị xã|thôn|làng|buôn|bản|ấp|xóm|sông|suối|núi|đèo|thác|hồ|đập|cầu|đảo|vịnh|quần đảo"
)
_BEFORE = (
    "tại|ở|từ|đến|về|qua|thuộc|của|các|hai|ba|trong|bên|gần|trên|dưới|và|với|cả|có|dân|người|vào|lên|xuống|cho|giữa"
)
_UNLISTED = re.compile(rf"(?:^|[.,;:(]\s*|\b(?:{_BEFORE}) )(?:{_KINDS}) $", re.IGNORECASE)
"""What stands before the name of a village, a river or a unit that no table has; after a title it is a person's."""
_QUOTATION = r"[\"“][^\"“”]*[\"”]"


def strip_places(result: ArticleResult) -> ArticleResult:
    """Take the diacritics off the place names in an article's English."""
    document = result.translated.document
    names = _place_names(document)
    by_index = {sentence.index: sentence for sentence in document.sentences}
    summary = result.summary

    def strip(text: str, indexes: Iterable[int]) -> str:
        return _stripper(names, [by_index[i] for i in indexes])(text)

    sentences = tuple(map(strip, summary.sentences, summary.sources))
    told = replace(
        summary,
        headline=strip(summary.headline, summary.headline_sources),
        sentences=sentences,
    )
    return replace(
        result,
        translated=strip_document(result.translated),
        summary=in_form(told, Form(summary.language, summary.style)),
    )


def strip_document(translated: TranslatedDocument) -> TranslatedDocument:
    """Take the diacritics off the place names in the English of a document's sentences."""
    names = _place_names(translated.document)
    return replace(translated, sentences=tuple(_strip_sentence(names, s) for s in translated.sentences))


def _strip_sentence(names: frozenset[str], sentence: TranslatedSentence) -> TranslatedSentence:
    strip = _stripper(names, [sentence.source])
    return replace(
        sentence,
        text=strip(sentence.text),
        terms=tuple(replace(use, rendered=strip(use.rendered)) for use in sentence.terms),
        checks=tuple(replace(check, rendered=strip(check.rendered)) for check in sentence.checks),
    )


def _place_names(document: Document) -> frozenset[str]:
    """List the names of places that the document has, as it writes them, without those that have no marks."""
    found = {name for sentence in document.sentences for name in _names_in(sentence.text)}
    return frozenset(name for name in found if strip_marks(name) != name)


def _names_in(text: str) -> Iterator[str]:
    for mention in find_mentions(text):
        yield from (text[name.start : name.end] for name in mention.names)
    for name in find_names(text):
        person = name.person or len(name.tokens) > 2 or name.tokens[0] in SURNAMES
        if not person and _UNLISTED.search(text[: name.start]):
            yield text[name.start : name.end]


def _stripper(names: frozenset[str], sentences: Iterable[Sentence]) -> Callable[[str], str]:
    """Make the function that takes the marks off `names`, but for quotations and the persons of the sentences."""
    if not names:
        return str
    persons = {name for sentence in sentences for name in _other_names(sentence.text, names)}
    kept, stripped = ("|".join(sorted(map(re.escape, some), key=len, reverse=True)) for some in (persons, names))
    pattern = re.compile(
        rf"({_QUOTATION}|(?<!\w)(?:{kept or '(?!)'})(?!\w))|(?<!\w)(?:{stripped})(?!\w)", re.IGNORECASE
    )
    return lambda english: pattern.sub(lambda found: found[0] if found[1] else strip_marks(found[0]), english)


def _other_names(text: str, names: frozenset[str]) -> Iterator[str]:
    """Give the names of a text that are no places and hold the name of one: "Nguyễn Thái Bình"."""
    places = {i for mention in find_mentions(text) for n in mention.names for i in range(n.start, n.end)}
    for name in find_names(text):
        start = next((i for i in range(name.start, name.end) if i not in places and text[i].isalnum()), name.end)
        rest = text[start : name.end]
        if (rest not in names or name.person) and any(place in rest for place in names):
            yield rest
