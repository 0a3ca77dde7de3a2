"""What the articles in seeds/ become before a model sees them, pinned as JSON beside this file.

    python tests/golden/update.py

writes the expectations anew. Read what `git diff tests/golden` shows before you commit it.
"""

import json
from pathlib import Path
from typing import Any

from vn_summarize.document import Article, Finding, Sentence
from vn_summarize.pipeline import prepare
from vn_summarize.reading import find_files, read_articles
from vn_summarize.translation import prepare as write_out

FOLDER = Path(__file__).parent
SEEDS = FOLDER.parent.parent / "seeds"


def read_seeds() -> dict[str, Article]:
    """Read every article in seeds/, by id."""
    articles = [article for file in find_files([SEEDS]) for article in read_articles(file)]
    assert all(isinstance(article, Article) for article in articles), articles
    return {article.id: article for article in articles}


def outline(article: Article) -> dict[str, Any]:
    """Clean an article, cut it into sentences, find its abbreviations; give what a person can read and judge."""
    document, findings = prepare(article)
    cleaned, written_out = document.article, write_out(document)
    return {
        "title": cleaned.title,
        "source": cleaned.source,
        "date": cleaned.date,
        "authors": list(cleaned.authors),
        "removed": [[r.kind, r.paragraph, r.offset, r.text] for r in cleaned.removed],
        "sentences": [_sentence(sentence) for sentence in written_out.sentences],
        "abbreviations": [
            {"short": a.short, "long": a.long, "english": a.english, "usual": a.english_short, "sentence": a.sentence}
            for a in document.abbreviations
        ],
        "findings": [_finding(finding) for finding in findings],
    }


def _sentence(sentence: Sentence) -> dict[str, Any]:
    read = {"model reads": sentence.text} if sentence.text != sentence.original else {}
    return {"paragraph": sentence.paragraph, "printed": sentence.original, **read}


def _finding(finding: Finding) -> dict[str, Any]:
    return {"kind": finding.kind, "sentence": finding.sentence, "message": finding.message}


def expectation(id: str) -> Path:
    """Give the file with what is expected of an article."""
    return FOLDER / f"{id}.json"


def main() -> None:
    for id, article in read_seeds().items():
        path = expectation(id)
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(outline(article), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
