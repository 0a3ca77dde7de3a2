import pytest
from glossary_samples import GLOSSARIES, TERMS
from hypothesis import given, settings
from hypothesis import strategies as st

from vn_summarize.errors import GlossaryError
from vn_summarize.glossary.formats import FORMATS, read_glossary
from vn_summarize.glossary.services import SERVICES, render_pairs
from vn_summarize.glossary.surfaces import canonical
from vn_summarize.glossary.terms import Term

WAYS = [(name, suffix) for name in SERVICES for suffix in FORMATS[name]]


def pairs(text: str, name: str = "a.csv") -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    terms, findings = read_glossary(text.encode(), name)
    return [(t.source, t.target) for t in terms], [(f.severity, f.message) for f in findings]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("deepl.csv", 'cà phê,coffee\n"cá kho, cá rán","fish, stewed or fried"\n'),
        ("deepl.tsv", "cà phê\tcoffee\ncá kho, cá rán\tfish, stewed or fried\n"),
        ("deepl-export.csv", 'cà phê,coffee,VI,EN\n"cá kho, cá rán","fish, stewed or fried",VI,EN-US\n'),
        ("deepl-generator.csv", 'cà phê,coffee,vi,en,0.93\n"cá kho, cá rán","fish, stewed or fried",vi,en,0.5\n'),
        ("deepl-reversed.csv", 'coffee,cà phê,en,vi\n"fish, stewed or fried","cá kho, cá rán",en,vi\n'),
        ("google-set.csv", 'vi,en,pos,description\ncà phê,coffee,,\n"cá kho, cá rán","fish, stewed or fried",,\n'),
        ("aws.csv", 'en,vi\ncoffee,cà phê\n"fish, stewed or fried","cá kho, cá rán"\n'),
        ("aws.tsv", "vi\ten\ncà phê\tcoffee\ncá kho, cá rán\tfish, stewed or fried\n"),
    ],
)
def test_glossaries_as_services_export_them(name: str, text: str) -> None:
    assert pairs(text, name) == ([("cà phê", "coffee"), ("cá kho, cá rán", "fish, stewed or fried")], [])


def test_part_of_speech_and_description_of_an_equivalent_term_set() -> None:
    (term,), _ = read_glossary("en,vi,description,pos\ncoffee,cà phê,a drink,noun\n".encode(), "a.csv")
    assert (term.note, term.pos) == ("a drink", "noun")


def test_other_languages_are_passed_over() -> None:
    assert pairs("vi,fr,en\ncà phê,café,coffee\n,thé,tea\n") == (
        [("cà phê", "coffee")],
        [
            ("info", "a.csv:1: fr: is another language; it is not used"),
            ("info", "a.csv:3: row: has no Vietnamese; not used (entries like this: 1)"),
        ],
    )
    assert pairs("thé,tea,FR,EN\ncà phê,coffee,VI,EN\n") == (
        [("cà phê", "coffee")],
        [("info", "a.csv:1: row: is 'FR' to 'EN'; not used (entries like this: 1)")],
    )


def test_a_glossary_without_vietnamese_is_refused() -> None:
    with pytest.raises(GlossaryError, match=r"^a\.csv:1: source: the header has languages, but no Vietnamese"):
        pairs("en,fr,pos\ntea,thé,noun\n")


def test_short_words_in_the_first_row_are_no_header() -> None:
    assert pairs("chè,tea\n")[0] == [("chè", "tea")]
    assert pairs("bò,ox\n")[0] == [("bò", "ox")]
    assert pairs("sáu,VI\n")[0] == [("sáu", "VI")]


@pytest.mark.parametrize(("format", "suffix"), WAYS)
def test_aliases_are_pairs_and_what_is_kept_is_its_own_translation(format: str, suffix: str) -> None:
    data, _ = render_pairs(TERMS, format, suffix)
    terms, findings = read_glossary(data, f"a{suffix}")
    assert [(t.source, t.target) for t in terms] == [
        *(("hợp tác xã", "cooperative"), ("HTX", "cooperative"), ("hợp tác", "cooperative")),
        *(("nhà rông", "nhà rông"), ("Dao", "Dao people")),
    ]
    assert findings == []


def test_what_is_lost_is_said() -> None:
    assert [f.message for f in render_pairs(TERMS, "deepl", ".csv")[1]] == [
        "a CSV glossary of DeepL has no place for alternatives (terms: 1)",
        "a CSV glossary of DeepL has no place for forbidden renderings (terms: 1)",
        "a CSV glossary of DeepL cannot only forbid; the entry is left out (terms: 1)",
        "a CSV glossary of DeepL always forces; the policy prefer is lost (terms: 1)",
        "a CSV glossary of DeepL has no rule of case (terms: 1)",
        "a CSV glossary of DeepL has no place for part of speech (terms: 1)",
        "a CSV glossary of DeepL has no place for a note (terms: 1)",
        "a CSV glossary of DeepL has no place for domain and provenance (terms: 1)",
    ]
    assert render_pairs([Term("xã", "commune", pos="noun", note="n")], "google-set", ".csv")[1] == []


def test_a_source_that_two_terms_have_is_said() -> None:
    terms = [Term("xã", "commune"), Term("phường", "ward", aliases=("Xã",))]
    data, (finding,) = render_pairs(terms, "aws", ".csv")
    assert data.decode() == "vi,en\nxã,commune\nphường,ward\n"
    assert finding.message == "'Xã' is 'commune' in an earlier pair; 'ward' is left out"


@settings(max_examples=40)
@given(GLOSSARIES, st.sampled_from(WAYS))
def test_source_and_target_of_any_forced_term_are_read_back(terms: list[Term], way: tuple[str, str]) -> None:
    plain = [Term(t.source, t.target or "x", pos=t.pos, origin=f"a{way[1]}") for t in terms]
    data, _ = render_pairs(plain, *way)
    read = [(t.source, t.target) for t in read_glossary(data, f"a{way[1]}")[0]]
    assert read == [(t.source, t.target) for t in plain]
    assert len({canonical(source) for source, _ in read}) == len(read)
