"""The forms in which other programs take an article's sentences: which there are, and who writes them."""
# ruff: noqa: PLC0415 (what writes a form is imported at its first use)

from collections.abc import Callable, Sequence
from importlib.util import find_spec

from vn_summarize.document import ArticleResult, Finding
from vn_summarize.errors import ConfigError

SENTENCE_COLUMNS = ("article", "index", "paragraph", "vietnamese", "english", "score", "how", "findings")
"""The columns of the sentences' table, in CSV and in Parquet."""


def render_exchange(name: str, result: ArticleResult) -> bytes:
    """Give an article's file of the format `name`, one of EXCHANGE_FORMATS; the same result gives the same bytes."""
    return EXCHANGE_FORMATS[name](result)


def check_formats(names: Sequence[str]) -> None:
    """Raise ConfigError where a format needs a package that is not installed."""
    if "parquet" in names and find_spec("pyarrow") is None:
        raise ConfigError("--format parquet needs pyarrow: pip install 'vn-summarize[parquet]', or give csv")


def sentence_findings(result: ArticleResult, index: int | None) -> list[Finding]:
    """Give the doubts about a sentence, or with None those about the whole article."""
    return [finding for finding in result.findings if finding.sentence == index]


def describe_doubt(finding: Finding) -> str:
    """Give a doubt as text on one line: "error number: no "1,300" in the translation"."""
    return " ".join(f"{finding.severity} {finding.kind}: {finding.message}".split())


def _docx(result: ArticleResult) -> bytes:
    from vn_summarize.writing.docx import render_docx

    return render_docx(result)


def _tmx(result: ArticleResult) -> bytes:
    from vn_summarize.writing.tmx import render_sentences_tmx

    return render_sentences_tmx(result)


def _xliff(result: ArticleResult) -> bytes:
    from vn_summarize.writing.xliff import render_xliff

    return render_xliff(result)


def _csv(result: ArticleResult) -> bytes:
    from vn_summarize.writing.sentences import render_sentences_csv

    return render_sentences_csv(result).encode("utf-8", "replace")


def _parquet(result: ArticleResult) -> bytes:
    from vn_summarize.writing.sentences import render_sentences_parquet

    return render_sentences_parquet(result)


EXCHANGE_FORMATS: dict[str, Callable[[ArticleResult], bytes]] = {
    "docx": _docx,
    "tmx": _tmx,
    "xliff": _xliff,
    "csv": _csv,
    "parquet": _parquet,
}
"""What `--format` calls them, and the function that gives their bytes."""
