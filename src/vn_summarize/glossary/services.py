"""Glossaries as DeepL, Google Cloud Translation and Amazon Translate take them: pairs, and little else."""

from collections.abc import Sequence
from dataclasses import replace

from vn_summarize.document import Finding
from vn_summarize.glossary.delimited import render_rows
from vn_summarize.glossary.surfaces import canonical
from vn_summarize.glossary.terms import Term

SERVICES = {
    "deepl": "DeepL",
    "google": "Google Cloud Translation",
    "google-set": "Google Cloud Translation",
    "aws": "Amazon Translate",
}
"""The formats of services, each with the service's name."""

# DeepL and Google (unidirectional): no header; Google (equivalent term set), Amazon: the languages
_HEADERS = {"google-set": ("vi", "en", "pos", "description"), "aws": ("vi", "en")}


def render_pairs(terms: Sequence[Term], format: str, suffix: str) -> tuple[bytes, list[Finding]]:
    """Write terms for a service as .csv, .tsv or .tmx, with Findings that say what it has no place for.

    Aliases become pairs of their own; a term to keep is its own translation; a term that only forbids is
    left out. Of two pairs with the same source the first is written.
    """
    findings = _losses(terms, format, suffix)
    pairs: dict[str, Term] = {}
    for term in terms:
        for source in (term.source, *term.aliases) if term.policy != "forbid" else ():
            target = source if term.policy == "keep" else term.target
            kept = pairs.setdefault(canonical(source), replace(term, source=source, target=target))
            if kept.target != target:
                message = f"{source!r} is {kept.target!r} in an earlier pair; {target!r} is left out"
                findings.append(Finding("glossary", "warning", message))
    if suffix == ".tmx":
        from vn_summarize.glossary.tmx import render_tmx  # noqa: PLC0415 (lxml waits for its first use)

        return render_tmx(list(pairs.values()), plain=True), findings
    header = _HEADERS.get(format)
    rows = [(t.source, t.target, t.pos, t.note)[: len(header or "st")] for t in pairs.values()]
    # Without a header nothing tells a reader that the comma parts the cells, if cells have semicolons.
    quoted = not header and suffix == ".csv" and any(";" in cell for row in rows for cell in row)
    text = render_rows([header, *rows] if header else rows, "\t" if suffix == ".tsv" else ",", quoted=quoted)
    return text.encode(), findings


def _losses(terms: Sequence[Term], format: str, suffix: str) -> list[Finding]:
    has_note = format == "google-set"
    counts = {
        "has no place for alternatives": sum(bool(t.alternatives) for t in terms),
        "has no place for forbidden renderings": sum(bool(t.forbidden) for t in terms if t.policy != "forbid"),
        "cannot only forbid; the entry is left out": sum(t.policy == "forbid" for t in terms),
        "always forces; the policy prefer is lost": sum(t.policy == "prefer" for t in terms),
        "has no rule of case": sum(t.case == "exact" for t in terms),
        "has no place for part of speech": 0 if has_note else sum(bool(t.pos) for t in terms),
        "has no place for a note": 0 if has_note else sum(bool(t.note) for t in terms),
        "has no place for domain and provenance": sum(bool(t.domain or t.provenance) for t in terms),
    }
    where = f"a {suffix[1:].upper()} glossary of {SERVICES[format]}"
    return [Finding("glossary", "warning", f"{where} {what} (terms: {n})") for what, n in counts.items() if n]
