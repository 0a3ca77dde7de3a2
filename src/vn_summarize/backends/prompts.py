"""The prompts for instruction models; pure."""

import re

from vn_summarize.glossary.enforcement import TERM_END, TERM_MIDDLE, TERM_START

_TERM = re.compile(f"{TERM_START}([^<]*){TERM_MIDDLE}([^<]*){TERM_END}")

INSTRUCTION = (
    "Translate the Vietnamese text into English. Write the English on one line and nothing else: no notes, no "
    "explanations, no Vietnamese. Leave nothing out and add nothing. Keep every number, date, name and code."
)
TERMS = "Use these English terms, inflected as the sentence needs:"


SUMMARY = (
    "Summarize the news article in English, in two to four short sentences of one paragraph and nothing else: no "
    "heading, no notes. Say only what the article says. Copy every number, date and name that you use."
)


def write_summary_prompt(text: str) -> str:
    """Write the prompt that asks for a summary of an English article."""
    return f"{SUMMARY}\nArticle: {text}"


def write_prompt(text: str) -> str:
    """Write the prompt for a text; its inline terms (docs/model-format.md) become lines of the prompt."""
    plain, terms = split_terms(text)
    lines = [TERMS, *(f"- {source} = {target}" for source, target in terms)] if terms else []
    return "\n".join((INSTRUCTION, *lines, f"Vietnamese: {plain}"))


def split_terms(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Give a text without the marks of inline terms, and each (source, English) once, in order."""
    terms = dict.fromkeys((m[1].strip(), m[2].strip()) for m in _TERM.finditer(text))
    return _TERM.sub(r"\1", text), tuple((s, t) for s, t in terms if s and t)
