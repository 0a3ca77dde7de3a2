"""An article's sentences as XLIFF 2.1 (OASIS, 2018), the form in which translation editors take bilingual work."""

from lxml import etree

from vn_summarize.document import ArticleResult, Finding, TranslatedSentence
from vn_summarize.glossary.markup import Element, append, render_xml
from vn_summarize.glossary.rows import tidy
from vn_summarize.writing.exchange import sentence_findings

XLIFF = "urn:oasis:names:tc:xliff:document:2.0"  # 2.1 kept the name
GLOSSARY = "urn:oasis:names:tc:xliff:glossary:2.0"

_PRIORITIES = {"error": "1", "warning": "4", "info": "10"}  # 1 is the highest, 10 the lowest


def render_xliff(result: ArticleResult) -> bytes:
    """Write a file for the article and in it a unit for each sentence.

    Unit "s12" is sentence 12; its doubts are notes, its terms a glossary, and `original` is the article's id.
    """
    root = etree.Element(f"{{{XLIFF}}}xliff", nsmap={None: XLIFF, "gls": GLOSSARY})
    root.attrib.update({"version": "2.1", "srcLang": "vi", "trgLang": "en"})
    file = append(root, f"{{{XLIFF}}}file", id="f1", original=tidy(result.translated.document.article.id))
    _add_notes(file, sentence_findings(result, None))
    for sentence in result.translated.sentences:
        index = sentence.source.index
        unit = append(file, f"{{{XLIFF}}}unit", id=f"s{index}")
        _add_terms(unit, sentence)
        _add_notes(unit, sentence_findings(result, index))
        state = "reviewed" if sentence.how == "reviewed" else "translated"
        segment = append(unit, f"{{{XLIFF}}}segment", state=state if sentence.text else "initial")
        append(segment, f"{{{XLIFF}}}source", tidy(sentence.source.original))
        append(segment, f"{{{XLIFF}}}target", tidy(sentence.text))
    return render_xml(root)


def _add_terms(unit: Element, sentence: TranslatedSentence) -> None:
    """Add the terms of a sentence that have a required English, each once."""
    uses = {(tidy(use.source), tidy(use.target)): tidy(use.origin) for use in sentence.terms if tidy(use.target)}
    glossary = append(unit, f"{{{GLOSSARY}}}glossary") if uses else None
    for (source, target), origin in uses.items():
        entry = append(glossary, f"{{{GLOSSARY}}}glossEntry")
        append(entry, f"{{{GLOSSARY}}}term", source, source=origin)
        append(entry, f"{{{GLOSSARY}}}translation", target, source=origin)


def _add_notes(parent: Element, findings: list[Finding]) -> None:
    notes = append(parent, f"{{{XLIFF}}}notes") if findings else None
    for finding in findings:
        priority = _PRIORITIES[finding.severity]
        append(notes, f"{{{XLIFF}}}note", tidy(finding.message), category=tidy(finding.kind), priority=priority)
