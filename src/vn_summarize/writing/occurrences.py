"""Each occurrence of a glossary term in an article, and what makes two renderings of a term one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from vn_summarize.document import ArticleResult, TermUse
from vn_summarize.glossary.inflection import bare, singular
from vn_summarize.glossary.renderings import English, split_words
from vn_summarize.glossary.surfaces import canonical


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One occurrence of a term in a run: a line of terms.csv."""

    article: str  # Article.id
    sentence: int  # Sentence.index
    start: int  # character offset in Sentence.text
    term: str  # as the glossary has it
    source: str  # as the sentence has it
    required: str
    rendered: str  # "" when unmet
    status: Literal["met", "unmet"]
    how: str
    policy: str
    origin: str


def term_name(use: TermUse) -> str:
    """Name the term that a use is of: as the glossary has it, else in the form that all its spellings share."""
    return use.term or canonical(use.source)


@lru_cache(maxsize=65536)
def rendering_key(required: str, rendered: str) -> str:
    """Give what two renderings share when they are one: words apart from case, articles, number and possessive.

    Where the rendering holds the required English in any way that the glossary takes ("Secretary of the
    Kon Tum Provincial Party Committee" for that of the Provincial Party Committee), it is that English.
    """
    said = required if English(rendered).find(required) else rendered
    return " ".join(singular(bare(word.text)) for word in split_words(said))


def list_occurrences(result: ArticleResult) -> Iterator[Occurrence]:
    """Yield the occurrences of an article's terms in the order of its sentences."""
    for sentence in result.translated.sentences:
        for use in sentence.terms:
            yield Occurrence(
                article=result.translated.document.article.id,
                sentence=sentence.source.index,
                start=use.start,
                term=term_name(use),
                source=use.source,
                required=use.target,
                rendered=use.rendered,
                status=use.status,
                how=use.how,
                policy=use.policy,
                origin=use.origin,
            )


def distinct(texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give the first text of each key, in order."""
    found: dict[str, str] = {}
    for key, text in texts:
        found.setdefault(key, text)
    return found
