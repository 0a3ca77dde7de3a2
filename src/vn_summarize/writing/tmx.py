"""An article's sentences as TMX 1.4b, the form in which translation memories are exchanged."""

from vn_summarize.document import ArticleResult
from vn_summarize.glossary.markup import append, render_xml
from vn_summarize.glossary.rows import tidy
from vn_summarize.glossary.tmx import add_variants, new_tmx
from vn_summarize.writing.exchange import describe_doubt, sentence_findings


def render_sentences_tmx(result: ArticleResult) -> bytes:
    """Write a unit for each sentence that has English: doubts as notes, article and score as properties."""
    root, body = new_tmx("sentence")
    article = tidy(result.translated.document.article.id)
    for sentence in result.translated.sentences:
        vietnamese, english = tidy(sentence.source.original), tidy(sentence.text)
        if not (vietnamese and english):
            continue
        unit = append(body, "tu", tuid=f"{article.replace(' ', '%20')}#{sentence.source.index}")  # TMX: without blanks
        for doubt in sentence_findings(result, sentence.source.index):
            append(unit, "note", tidy(describe_doubt(doubt)))
        properties = {"article": article, "score": f"{sentence.score:.2f}", "how": tidy(sentence.how)}
        for name, value in properties.items():
            append(unit, "prop", value, type=f"x-{name}")
        add_variants(unit, vietnamese, english)
    return render_xml(root)
