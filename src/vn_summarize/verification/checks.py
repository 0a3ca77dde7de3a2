"""What a translation must keep, checked against its Vietnamese source, and what that amounts to as Findings."""

import unicodedata
from collections.abc import Iterable

from vn_summarize.document import Check, Finding

from .codes import blank_codes, check_codes
from .dates import check_dates, extra_dates, find_dates
from .english_dates import find_mentions, find_times
from .form import check_form
from .invented import extra_names
from .names import check_names
from .numbers import check_numbers, extra_numbers
from .times import check_times, find_source_times

__all__ = ["blank", "blank_dates", "check_facts", "check_form", "extra_facts", "findings_of"]


def check_facts(source: str, english: str, decimal_commas: bool = False) -> tuple[Check, ...]:
    """Check every number, date, proper name and document code of `source` against `english`.

    A clock time counts as a number. Each stretch of the source is read once: codes first, then dates
    and times, then numbers. `decimal_commas`: the article parts thousands with dots (`has_decimal_commas`).
    """
    source, english = (unicodedata.normalize("NFC", text) for text in (source, english))
    plain = blank_codes(source, english)
    dates, times = check_dates(*plain), check_times(*plain)
    checked = {check.source for check in (*dates, *times)}  # "4/5" that is no date is a number
    spans = [(d.start, d.end) for d in find_dates(plain[0]) if d.text in checked]
    spans += [(t.start, t.end) for t in find_source_times(plain[0]) if t.text in checked]
    numbers = check_numbers(blank(plain[0], spans), blank_dates(plain[1]), decimal_commas)
    return (*numbers, *times, *dates, *check_names(source, english), *check_codes(source, english))


def findings_of(checks: Iterable[Check]) -> tuple[Finding, ...]:
    """Turn the failed checks into Findings.

    An error: a number, date or code that is not rendered or made another, a name that is missing. A warning: a name
    with other diacritics or in part, which still leads the reader to the right person or place.
    """
    found = []
    for check in checks:
        if check.ok:
            continue
        if check.kind == "name" and check.rendered:
            found.append(Finding("name", "warning", f'"{check.source}" is rendered as "{check.rendered}"'))
        elif check.rendered:
            said = f'"{check.source}" ({check.expected}) is rendered as "{check.rendered}"'
            found.append(Finding(check.kind, "error", said))
        else:
            wanted = "" if check.expected == check.source else f" ({check.expected})"
            found.append(Finding(check.kind, "error", f'"{check.source}"{wanted} is not in the translation'))
    return tuple(found)


def extra_facts(source: str, english: str, decimal_commas: bool = False) -> tuple[Finding, ...]:
    """Name the numbers, dates and names of `english` that the source has nowhere: the model made them up."""
    source, english = (unicodedata.normalize("NFC", text) for text in (source, english))
    _, plain = blank_codes(source, english)
    numbers = extra_numbers(source, blank_dates(plain), decimal_commas)
    return (*numbers, *extra_dates(source, plain), *extra_names(source, english))


def blank_dates(english: str) -> str:
    """Blank dates and times out of an English text."""
    spans = [(mention.start, mention.end) for mention in find_mentions(english)]
    return blank(english, [*spans, *((time.start, time.end) for time in find_times(english))])


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Put a sign that is part of no word in the place of each letter of the spans."""
    for start, end in spans:
        text = text[:start] + "\0" * (end - start) + text[end:]
    return text
