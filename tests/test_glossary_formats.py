import contextlib
import unicodedata
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from glossary_samples import GLOSSARIES, TERMS
from hypothesis import given, settings
from hypothesis import strategies as st

from vn_summarize.errors import GlossaryError
from vn_summarize.glossary.formats import (
    BUILTIN,
    FORMATS,
    load_builtin,
    load_glossary,
    parse_glossary,
    read_glossary,
    render_as,
    render_glossary,
    write_glossary,
)
from vn_summarize.glossary.services import SERVICES
from vn_summarize.glossary.terms import Term, TermBase


def load(folder: Path, text: str, name: str = "mine.csv", encoding: str = "utf-8") -> tuple[list[Term], list[str]]:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    terms, findings = load_glossary(path)
    assert all(f.kind in ("glossary", "column", "duplicate", "conflict") and f.severity == "warning" for f in findings)
    return terms, [f.message for f in findings]


def test_all_columns_in_any_order(tmp_path: Path) -> None:
    text = (
        "Target,Source,aliases,policy,alternatives,forbidden,case,domain,provenance,note\n"
        'cooperative,hợp tác xã,HTX | hợp-tác,prefer,co-op|co-operative,kolkhoz,exact,farms,Law 17/2023/QH15,"a, b"\n'
    )
    assert load(tmp_path, text) == (
        [
            Term(
                "hợp tác xã",
                "cooperative",
                aliases=("HTX", "hợp-tác"),
                alternatives=("co-op", "co-operative"),
                forbidden=("kolkhoz",),
                policy="prefer",
                case="exact",
                domain="farms",
                note="a, b",
                provenance="Law 17/2023/QH15",
                origin="mine.csv",
            )
        ],
        [],
    )


@pytest.mark.parametrize(
    ("name", "text", "encoding"),
    [
        ("a.csv", "source,target\nhộ nghèo,poor household\n", "utf-8"),
        ("bom.csv", "source,target\r\nhộ nghèo,poor household\r\n", "utf-8-sig"),
        ("excel.csv", "source;target\nhộ nghèo;poor household\n", "utf-8"),
        ("a.tsv", "source\ttarget\nhộ nghèo\tpoor household\n", "utf-8"),
        ("unicode.txt", "source\ttarget\nhộ nghèo\tpoor household", "utf-16"),
        ("bare.csv", "hộ nghèo,poor household\n", "utf-8"),
        ("comma.csv", "source,target,note\nhộ nghèo,poor household,a; b; c; d\n", "utf-8"),
        ("semicolon.csv", "source;target;note\nhộ nghèo;poor household;a, b, c, d\n", "utf-8"),
        ("bare.tsv", "\n\nhộ nghèo\tpoor household\n\n", "utf-8"),
        ("nfd.csv", unicodedata.normalize("NFD", "hộ nghèo,poor household\n"), "utf-8"),
        ("names.csv", "Vietnamese,English\nhộ nghèo,poor household\n", "utf-8"),
    ],
)
def test_the_forms_that_spreadsheets_save(tmp_path: Path, name: str, text: str, encoding: str) -> None:
    terms, messages = load(tmp_path, text, name, encoding)
    assert [(t.source, t.target) for t in terms] == [("hộ nghèo", "poor household")]
    assert messages == []


def test_the_sign_that_parts_the_cells_is_what_more_lines_have() -> None:
    rows = "hộ nghèo,poor; needy; low-income\nthôn,village\nxã,commune\n"
    assert [t.target for t in parse_glossary(rows, "x")[0]] == ["poor; needy; low-income", "village", "commune"]


def test_broken_rows_are_named_and_the_rest_loads(tmp_path: Path) -> None:
    text = (
        "source,target,policy,case,forbidden\n"
        ",nothing,,,\n"
        "xã,,,,\n"
        "huyện,district,must,,\n"
        "tỉnh,province,,upper,\n"
        "bản,village,forbid,,\n"
        "thôn,village,,,,,more\n"
        'làng,"village,,,\n'
        "...,dots,,,\n"
        "Kon Tum,,keep,,\n"
        "chi bộ,Party cell,,,\n"
    )
    terms, messages = load(tmp_path, text)
    assert [(t.source, t.policy) for t in terms] == [("Kon Tum", "keep"), ("chi bộ", "force")]
    assert messages == [
        "mine.csv:2: source: is empty or has no letter",
        "mine.csv:3: target: is empty",
        "mine.csv:4: policy: is 'must', not one of force, prefer, keep, forbid",
        "mine.csv:5: case: is 'upper', not one of auto, exact",
        "mine.csv:6: forbidden: is empty",
        "mine.csv:7: row: has 7 cells, but there are 5 columns",
        "mine.csv:8: row: a quotation mark is not closed or stands inside a cell (unexpected end of data)",
        "mine.csv:9: source: is empty or has no letter",
    ]


def test_a_quoted_cell_may_have_several_lines(tmp_path: Path) -> None:
    terms, messages = load(tmp_path, 'source,target,note\nxã,commune,"one\ntwo"\nhuyện,district,\nxã,ward,\n')
    assert [(t.target, t.note) for t in terms] == [("commune", "one two"), ("district", "")]
    assert messages == ["mine.csv:5: source: 'xã' is 'commune' in line 2, which is used"]


def test_tsv_without_quoting(tmp_path: Path) -> None:
    terms, messages = load(tmp_path, 'source\ttarget\n"Vì người nghèo" 2022\t"For the Poor" 2022\n', "a.tsv")
    assert [(t.source, t.target) for t in terms] == [('"Vì người nghèo" 2022', '"For the Poor" 2022')]
    assert messages == []


def test_duplicates_and_conflicts_are_reported(tmp_path: Path) -> None:
    text = "source,target,aliases\nTỉnh uỷ,Committee,\nTỉnh ủy,Committee,\nTỈNH ỦY,Board,\nThành ủy,City,tỉnh ủy\n"
    terms, messages = load(tmp_path, text)
    assert [t.source for t in terms] == ["Tỉnh uỷ", "Thành ủy"]
    assert messages == [
        "mine.csv:3: source: 'Tỉnh ủy' stands in line 2 too",
        "mine.csv:4: source: 'TỈNH ỦY' is 'Committee' in line 2, which is used",
        "mine.csv:5: aliases: 'tỉnh ủy' is 'Committee' in line 2, which is used",
    ]


def test_an_unknown_column_is_reported(tmp_path: Path) -> None:
    terms, messages = load(tmp_path, "source,target,colour\nxã,commune,red\n")
    assert [t.target for t in terms] == ["commune"]
    assert messages == ["mine.csv:1: colour: is not a column of a glossary, or stands there twice; it is not used"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", r"mine\.csv:1: the file is empty"),
        (b"\xef\xbb\xbf \n\n", r"mine\.csv:1: the file is empty"),
        (b"source,target\n", r"mine\.csv:1: there is no term"),
        (b"source,english word\nx,y\n", r"mine\.csv:1: target: the header has no such column"),
        (b"source,target\n,b\n", r"mine\.csv:2: source: is empty"),
        ("source,target\nhộ,poor\n".encode("cp1258", "replace") + b"\xe9\n", r"mine\.csv:\d: is not UTF-8 text"),
    ],
)
def test_a_file_that_cannot_be_used(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes(data)
    with pytest.raises(GlossaryError, match=message):
        load_glossary(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(GlossaryError, match=":1: cannot be read"):
            load_glossary(path)


@settings(max_examples=40)
@given(GLOSSARIES, st.sampled_from(",;\t"))
def test_what_is_rendered_is_read_back(terms: list[Term], delimiter: str) -> None:
    assert parse_glossary(render_glossary(terms, delimiter), "x", delimiter=delimiter)[0] == terms


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(GlossaryError):
        assert parse_glossary(text, "x")[0]


@cache
def rendered(name: str, suffix: str) -> bytes:
    """Write the samples once: a workbook has the time in it."""
    return render_as(TERMS, name, suffix)[0]


SUFFIXES = (".csv", ".tsv", ".tbx", ".tmx", ".xlsx", ".glossary")


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=200)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(suffix: str, data: bytes) -> None:
    with contextlib.suppress(GlossaryError):
        assert read_glossary(data, f"x{suffix}")[0]


@pytest.mark.parametrize(("name", "suffix"), [(n, s) for n, suffixes in FORMATS.items() for s in suffixes])
@settings(max_examples=40)
@given(data=st.data())
def test_any_damage_is_read_or_refused(name: str, suffix: str, data: st.DataObject) -> None:
    whole = rendered(name, suffix)
    at = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(at, min(len(whole), at + 20)))
    with contextlib.suppress(GlossaryError):
        assert read_glossary(whole[:at] + data.draw(st.binary(max_size=20)) + whole[end:], f"x{suffix}")[0]


@pytest.mark.parametrize(("name", "suffix"), [(n, s) for n, suffixes in FORMATS.items() for s in suffixes])
def test_what_is_written_is_read_by_its_suffix_and_by_its_content(tmp_path: Path, name: str, suffix: str) -> None:
    path = tmp_path / f"mine{suffix}"
    lost = write_glossary(path, TERMS, format=name)
    terms, findings = load_glossary(path)
    assert findings == []
    if name not in SERVICES:
        assert lost == []
        assert [replace(t, origin="x") for t in terms] == TERMS
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    by_content, _ = read_glossary(path.read_bytes(), "mine.glossary")
    assert [replace(t, origin="") for t in by_content] == [replace(t, origin="") for t in terms]


@pytest.mark.parametrize(
    ("name", "format", "message"),
    [
        ("a.docx", "", "no glossary format '.docx'; there are csv, tsv, xlsx, tbx"),
        ("a.csv", "xls", "no glossary format 'xls'; there are"),
        ("a.csv", "tmx", "tmx: the suffix is .tmx"),
        ("a.xlsx", "aws", "aws: the suffix is .csv or .tsv or .tmx"),
    ],
)
def test_a_format_that_cannot_be_written(tmp_path: Path, name: str, format: str, message: str) -> None:
    with pytest.raises(GlossaryError, match=message):
        write_glossary(tmp_path / name, TERMS, format=format)
    assert list(tmp_path.iterdir()) == []


def test_what_no_file_can_hold_is_not_written(tmp_path: Path) -> None:
    for name in ("a.csv", "a.tbx", "a.tmx", "a.xlsx"):
        write_glossary(tmp_path / name, [Term("x\u0000ã", "com\ud800mune\n", aliases=("\u0001",), note="a\tb")])
        (term,), _ = load_glossary(tmp_path / name)
        assert (term.source, term.target, term.aliases, term.note) == ("xã", "commune", (), "a b")


def test_the_builtin_base_is_large_and_says_where_each_term_is_from() -> None:
    terms = load_builtin()
    assert len(terms) >= 800
    assert all(t.provenance and t.domain and t.origin == BUILTIN for t in terms)
    assert {t.policy for t in terms} == {"force", "prefer"}


def test_the_builtin_base_has_no_broken_row_and_no_conflict() -> None:
    terms = load_builtin()
    read, findings = parse_glossary(render_glossary(terms), BUILTIN)
    assert (read, findings) == (terms, [])


def test_the_builtin_base_has_every_ethnic_group() -> None:
    people = [t for t in load_builtin() if t.source.startswith("dân tộc ") and t.domain == "ethnic groups"]
    assert len(people) == 54


HOUSE_STYLE = {
    "Bí thư Tỉnh ủy": "Secretary of the Provincial Party Committee",
    "Phó Bí thư Tỉnh ủy": "Deputy Secretary of the Provincial Party Committee",
    "Phó Bí thư Thường trực": "Standing Deputy Secretary",
    "Huyện ủy": "District Party Committee",
    "Thành ủy": "Municipal Party Committee",
    "Ban Thường vụ": "Standing Committee",
    "Ủy viên Trung ương Đảng": "member of the Party Central Committee",
    "Bộ Chính trị": "the Politburo",
    "UBND tỉnh": "Provincial People's Committee",
    "UBND huyện": "District People's Committee",
    "UBND xã": "Commune People's Committee",
    "HĐND": "People's Council",
    "Chủ tịch UBND tỉnh": "Chairman of the Provincial People's Committee",
    "MTTQ": "Vietnam Fatherland Front",
    "Mặt trận Tổ quốc": "Vietnam Fatherland Front",
    "Ủy ban MTTQ": "Fatherland Front Committee",
    "Quốc hội": "National Assembly",
    "ĐBQH": "National Assembly deputies",
    "Đảng ủy xã": "Commune Party Committee",
    "chi bộ": "Party cell",
    "tỉnh": "Province",
    "huyện": "District",
    "xã": "Commune",
    "thị xã": "Town",
    "thị trấn": "Township",
    "phường": "Ward",
    "thôn": "village",
    "Sở Y tế": "Department of Health",
    "Hội Liên hiệp Phụ nữ": "Women's Union",
    "Đoàn Thanh niên": "Youth Union",
    "Hội Nông dân": "Farmers' Union",
    "Hội Cựu chiến binh": "Veterans' Association",
    "Liên đoàn Lao động": "Confederation of Labor",
    "DTTS": "ethnic minority",
    "đồng bào dân tộc thiểu số": "ethnic minority people",
    "hộ nghèo": "poor households",
    "hộ cận nghèo": "near-poor households",
    "thoát nghèo": "escape poverty",
    "giảm nghèo bền vững": "sustainable poverty reduction",
    "nông thôn mới": "new-style rural areas",
    "xây dựng nông thôn mới": "building new-style rural areas",
    "cuộc vận động": "campaign",
    "phong trào": "movement",
    "chương trình mục tiêu quốc gia": "national target program",
    "Chỉ thị": "Directive",
    "Nghị quyết": "Resolution",
    "Nghị định": "Decree",
    "Thông tư": "Circular",
    "Quyết định": "Decision",
    "Kế hoạch": "Plan",
    "chỉ tiêu": "target",
    "sơ kết": "preliminary review",
    "tổng kết": "final review",
    "hội nghị": "conference",
    "các cấp, các ngành": "all levels and sectors",
    "hệ thống chính trị": "political system",
    "đoàn thể": "mass organizations",
    "hợp tác xã": "cooperative",
    "tổ hợp tác": "cooperative group",
    "mô hình điểm": "pilot model",
    "vận động": "mobilize",
    "cán bộ": "officials",
    "đảng viên": "Party members",
    "nhân dân": "people",
    "an sinh xã hội": "social security",
    "vốn vay ưu đãi": "preferential loans",
    "Ngân hàng Chính sách xã hội": "Vietnam Bank for Social Policies",
    "doanh nghiệp": "enterprises",
    "đầu tư": "investment",
    "tiêu chí": "criteria",
    "xã hội hóa": "social mobilization of resources",
}


@pytest.fixture(scope="module")
def builtin() -> TermBase:
    return TermBase(load_builtin())


@pytest.mark.parametrize("source", HOUSE_STYLE)
def test_the_builtin_base_keeps_the_house_style(builtin: TermBase, source: str) -> None:
    assert [(m.text, m.term.target) for m in builtin.find(source)] == [(source, HOUSE_STYLE[source])]


def test_everyday_syllables_inside_other_words_are_no_terms(builtin: TermBase) -> None:
    text = "Bản báo cáo cơ bản nêu việc buôn bán và đời sống xã hội ở nông thôn."
    single = {m.text.lower() for m in builtin.find(text)} & {"bản", "buôn", "xã", "thôn", "làng"}
    assert single == set()


def test_the_columns_and_the_undecided_rows_of_an_extract_are_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    rows = "nhà rông,,,7,\nhộ nghèo,poor households,,9,\nrẫy,,keep,3,\n"
    path.write_text(f"source,target,policy,count,contexts\n{rows}", encoding="utf-8")
    terms, findings = load_glossary(path)
    assert [term.source for term in terms] == ["hộ nghèo", "rẫy"]
    assert [finding.severity for finding in findings] == ["info"]


def test_conflicts_and_duplicates_have_kinds_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("hộ nghèo,poor households\nhộ nghèo,poor households\nHộ nghèo,the poor\n", encoding="utf-8")
    assert [finding.kind for finding in load_glossary(path)[1]] == ["duplicate", "conflict"]
