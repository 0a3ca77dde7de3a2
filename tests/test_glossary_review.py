"""What a review of a glossary finds, and what it leaves alone."""

import pytest

from vn_summarize.document import Finding
from vn_summarize.glossary.formats import parse_glossary
from vn_summarize.glossary.review import Problem, count_severities, find_unseen, review
from vn_summarize.glossary.terms import Term

BASE = [
    Term("hộ nghèo", "poor households", alternatives=("poor families",), origin="built-in"),
    Term("Hội Nông dân", "Farmers' Union", aliases=("HND",), origin="built-in"),
    Term("vận động", "mobilize", policy="prefer", origin="built-in"),
]


def look(*terms: Term, base: list[Term] = BASE) -> list[Problem]:
    return review([t if t.origin else Term(**{**_fields(t), "origin": "mine.csv"}) for t in terms], (), base)


def _fields(term: Term) -> dict[str, object]:
    return {name: getattr(term, name) for name in Term.__dataclass_fields__}


def kinds(*terms: Term) -> list[tuple[str, str]]:
    return [(problem.kind, problem.severity) for problem in look(*terms)]


def test_a_sound_glossary_has_no_problem():
    assert (
        look(
            Term("nhà rông", "communal house", aliases=("rông",)),
            Term("cồng chiêng", "", policy="keep"),
            Term("HTX", "cooperative"),
            Term("xã Đăk Pne", "Đăk Pne Commune"),
            Term("dân tộc", "", policy="forbid", forbidden=("tribe",)),
        )
        == []
    )


def test_what_the_reader_of_the_file_reports_is_an_error_or_a_warning_by_kind():
    text = "source,target,colour\nhộ khá,better-off households\nhộ khá,better-off households\nhộ khá,rich\nrẫy\n"
    terms, findings = parse_glossary(text, "mine.csv")
    found = {(problem.kind, problem.severity) for problem in review(terms, findings, BASE)}
    assert found == {("conflict", "error"), ("row", "error"), ("duplicate", "warning"), ("column", "warning")}


def test_errors_stand_first():
    severities = [p.severity for p in look(Term("nông dân", "farmers"), Term("poverty", "sự nghèo"))]
    assert severities == sorted(severities, key=["error", "warning", "info"].index)
    assert severities[0] == "error"


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        ("poverty reduction", "giảm nghèo", "swapped"),
        ("giảm nghèo", "giảm poverty", "'giảm'"),
        ("giảm nghèo", "<b>poverty reduction</b>", "markup"),
        ("giảm nghèo", "{0} reduction", "markup"),
        ("giảm nghèo", "减贫", "no letter"),
        ("giảm nghèo", "the work that is done so that fewer people in the province are poor", "words"),
        ("nông thôn", "Nông thôn", "policy keep"),
        ("xyzzy blorb", "poverty", "no Vietnamese syllable"),
    ],
)
def test_a_row_that_cannot_be_obeyed_is_named(source, target, said):
    (problem,) = [p for p in look(Term(source, target)) if p.kind in ("target", "source")]
    assert said in problem.message
    assert problem.source == source


def test_names_keep_their_marks_in_the_english():
    assert look(Term("nhà máy Ya Ly", "Ya Ly plant"), Term("chợ Đăk Tô", "Đăk Tô market")) == []


def test_an_alias_that_an_earlier_term_has_is_never_used():
    problems = look(Term("tổ hợp tác", "cooperative group", aliases=("THT",)), Term("tiếp thị", "marketing", ("THT",)))
    (shadowed,) = [p for p in problems if p.kind == "shadowed"]
    assert shadowed.source == "tiếp thị"
    assert "'THT'" in shadowed.message
    assert "tổ hợp tác" in shadowed.message


def test_other_english_than_the_base_s_is_told_as_a_hint_and_an_alternative_is_none():
    (override,) = look(Term("hộ nghèo", "needy households"))
    assert (override.kind, override.severity) == ("overrides", "info")
    assert "'poor households'" in override.message
    assert look(Term("hộ nghèo", "poor families")) == []
    assert kinds(Term("hộ nghèo", "Poor households")) == [("duplicate", "info")]


def test_a_term_that_cuts_longer_terms_of_the_base_is_told():
    (hides,) = [p for p in look(Term("nông dân", "farmers")) if p.kind == "hides"]
    assert (hides.severity, hides.source) == ("warning", "nông dân")
    assert "“Hội Nông dân” → Farmers' Union" in hides.message


def test_terms_that_the_articles_do_not_use_are_told():
    terms = [Term("nhà rông", "communal house", origin="m"), Term("rẫy", "swidden field", origin="m")]
    texts = ["Làng dựng nhà rông.", "Chị trồng mì trên nương."]
    assert [(p.kind, p.source) for p in find_unseen(terms, BASE, texts)] == [("unseen", "rẫy")]


def test_problems_are_counted_by_severity():
    problems = review([], [Finding("glossary", "warning", "m:1: row: broken")], [])
    assert count_severities(problems) == {"errors": 1, "warnings": 0, "hints": 0}
