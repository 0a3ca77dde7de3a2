"""Short forms: found, written out for the model, explained in the English."""

from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vn_summarize.abbreviations import (
    check_abbreviations,
    expand,
    find_abbreviations,
    introduce,
    known_abbreviations,
)
from vn_summarize.document import Abbreviation, Finding, Sentence


def find(*texts: str) -> tuple[dict[str, Abbreviation], tuple[Finding, ...]]:
    found, findings = find_abbreviations([Sentence(i, 0, text, text) for i, text in enumerate(texts)])
    return {a.short: a for a in found}, findings


def known(*shorts: str) -> list[Abbreviation]:
    return [a for a in known_abbreviations() if a.short in shorts]


def test_table_is_whole() -> None:
    rows = known_abbreviations()
    assert len(rows) >= 170
    assert len({row.short for row in rows}) == len(rows)
    for row in rows:
        assert row.short
        assert row.long
        assert row.english
        assert row.origin
        assert row.english.isascii()


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("Đồng bào dân tộc thiểu số (ĐBDTTS) vui.", "ĐBDTTS", "đồng bào dân tộc thiểu số"),
        ("Ủy ban mặt trận Tổ quốc (UBMTTQ) Việt Nam", "UBMTTQ", "Ủy ban Mặt trận Tổ quốc"),
        ("Dự án nâng cao thu nhập (DANCTN)", "DANCTN", "Dự án nâng cao thu nhập"),
        ("thăm Quỹ giúp người nghèo, sau đây viết tắt là QGNN, và", "QGNN", "Quỹ giúp người nghèo"),
        ("Quỹ giúp người nghèo (gọi tắt là QGNN)", "QGNN", "Quỹ giúp người nghèo"),
        ("Quỹ giúp người nghèo (viết tắt: “QGNN”)", "QGNN", "Quỹ giúp người nghèo"),
        ("QGNN (Quỹ giúp người nghèo) họp", "QGNN", "Quỹ giúp người nghèo"),
        ("theo “Quỹ giúp người nghèo” (QGNN)", "QGNN", "Quỹ giúp người nghèo"),
        ("của Trung tâm Khuyến nông và Giống (TTKNG)", "TTKNG", "Trung tâm Khuyến nông và Giống"),
        ("của Thanh niên tình nguyện (THNTN)", "THNTN", "Thanh niên tình nguyện"),
        ("Hội Doanh nhân trẻ Việt Nam (HDNT)", "HDNT", "Hội Doanh nhân trẻ Việt Nam"),
        ("Hội Đông y tỉnh (HĐYT)", "HĐYT", "Hội Đông y tỉnh"),
        ("Hội Đông y tỉnh (HDYT)", "HDYT", "Hội Đông y tỉnh"),
        ("Quỹ hỗ trợ HTX (QHTHTX)", "QHTHTX", "Quỹ hỗ trợ HTX"),
        ("thu gom, vận chuyển rác (TGVCR)", "TGVCR", "thu gom, vận chuyển rác"),
    ],
)
def test_definition_of_the_article(text: str, short: str, long: str) -> None:
    found, _ = find(text)
    assert (found[short].long, found[short].origin, found[short].sentence) == (long, "article", 0)


def test_several_definitions_in_one_sentence() -> None:
    found, _ = find("Quỹ bảo hiểm y tế (BHYT), bảo hiểm xã hội (BHXH) và Quỹ giúp người nghèo (QGNN) tăng.")
    assert {s for s, a in found.items() if a.origin == "article"} == {"BHYT", "BHXH", "QGNN"}


@pytest.mark.parametrize("text", ["Tin, ảnh: Nguyễn Văn Trí (TTXVN)", "Nhà máy Ánh Dương (PP)", "Ông A (SN 1960)"])
def test_a_bracket_alone_defines_nothing(text: str) -> None:
    assert all(a.origin != "article" for a in find(text)[0].values())


def test_the_article_wins_over_the_table() -> None:
    found, _ = find("Bộ Tài chính (BTC) nêu rõ.", "BTC đề nghị.")
    assert found["BTC"].long == "Bộ Tài chính"
    assert found["BTC"].english == ""


def test_english_comes_from_a_row_with_the_same_long_form() -> None:
    found, _ = find("Ngân hàng chính sách xã hội Việt Nam (NHCSXHVN) cho vay.")
    assert (found["NHCSXHVN"].english, found["NHCSXHVN"].english_short) == ("Vietnam Bank for Social Policies", "VBSP")
    assert find("Ủy ban MTTQ Việt Nam (UBMTVN)")[0]["UBMTVN"].english == "Vietnam Fatherland Front Committee"


def test_a_part_of_the_article_s_own_short_form_is_not_one_by_itself() -> None:
    assert set(find("Quỹ Học bổng Hồ Chí Minh (QHB HCM) trao quà.", "QHB HCM có 3 tỷ đồng.")[0]) == {"QHB HCM"}
    assert set(find("Đoàn TNCS HCM họp.")[0]) == {"TNCS HCM"}


def test_typing_errors_in_a_long_form_are_bridged_and_reported() -> None:
    found, findings = find("Đời sống đồg bào dân tộc thiểu số (ĐBDTTS) khá hơn.", "Quỹ giúp ngời nghèoo (QGNN).")
    assert found["ĐBDTTS"].long == "đồng bào dân tộc thiểu số"
    assert [(f.kind, f.severity, f.sentence) for f in findings] == [("typo", "info", 0), ("typo", "info", 1)]
    assert "nghèoo" in findings[1].message


@pytest.mark.parametrize(
    "printed", ["ồng bào dân tộc thiểu số", "đồng bào dân tộc thiêu số", "đồngg bào dân tộc thiểu số"]
)
def test_one_wrong_letter_anywhere(printed: str) -> None:
    found, findings = find(f"Cuộc sống {printed} (ĐBDTTS) đổi thay.")
    assert found["ĐBDTTS"].long == "đồng bào dân tộc thiểu số"
    assert len(findings) == 1


def test_known_ones_are_those_in_the_text() -> None:
    found, _ = find("HĐND, UBND tỉnh và TTXVN; KT – XH; NN & PTNT; HĐND-UBMTTQ xã.")
    assert set(found) == {"HĐND", "UBND", "TTXVN", "KT-XH", "NN&PTNT", "UBMTTQ"}


@pytest.mark.parametrize(
    "code", ["181-QĐ/TW", "57/2023/NĐ-CP", "số 12-CT/TU", "số 5 - NQ/TW", "23/QĐ-UBND", "ubnd", "UBNDX"]
)
def test_codes_and_other_words_are_no_abbreviations(code: str) -> None:
    assert find(f"Theo {code} của tỉnh")[0] == {}
    assert expand(f"Theo {code} của tỉnh", known_abbreviations()) == f"Theo {code} của tỉnh"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("UBND tỉnh họp với HĐND.", "Ủy ban nhân dân tỉnh họp với Hội đồng nhân dân."),
        ("DTTS vươn lên. HTX giúp DTTS.", "Dân tộc thiểu số vươn lên. Hợp tác xã giúp dân tộc thiểu số."),
        ("“HTX kiểu mới” là HTX tốt", "“Hợp tác xã kiểu mới” là hợp tác xã tốt"),
        ("dân tộc thiểu số (DTTS) ở đây", "dân tộc thiểu số ở đây"),
        ("dân tộc thểu số (DTTS) ở đây", "dân tộc thiểu số ở đây"),
        ("“Bảo hiểm y tế” (BHYT), thuốc", "“Bảo hiểm y tế”, thuốc"),
        ("bảo hiểm y tế, sau đây gọi tắt là BHYT, đã", "bảo hiểm y tế đã"),
        ("HĐND (Hội đồng nhân dân) xã", "Hội đồng nhân dân xã"),
        ("Ủy ban MTTQ xã", "Ủy ban Mặt trận Tổ quốc xã"),
        ("Ủy ban UBMTTQ Việt Nam", "Ủy ban Mặt trận Tổ quốc Việt Nam"),
        ("tin của TTXVN Việt Nam", "tin của Thông tấn xã Việt Nam"),
        ("Hội đồng nhân dân HĐND xã", "Hội đồng nhân dân xã"),
        ("ở TP. Kon Tum, Tp.Huế, TP.HCM", "ở thành phố Kon Tum, thành phố Huế, thành phố Hồ Chí Minh"),
        ("Ban giám đốc, HĐND-UBND xã", "Ban giám đốc, Hội đồng nhân dân - Ủy ban nhân dân xã"),
        ("GDP tăng, GRDP giảm", "GDP tăng, GRDP giảm"),
        ("CT 12 của TW", "Chỉ thị 12 của Trung ương"),
        ("anh CT nói", "anh CT nói"),
        ("UBND TỈNH HỌP BÀN", "ỦY BAN NHÂN DÂN TỈNH HỌP BÀN"),
        ("MÀU DA CAM", "MÀU DA CAM"),
    ],
)
def test_expand(text: str, written: str) -> None:
    assert expand(text, known_abbreviations()) == written


def test_expand_writes_out_short_forms_inside_long_forms() -> None:
    abbreviations = [Abbreviation("QHT", "Quỹ HTX tỉnh", ""), *known("HTX"), Abbreviation("AB", "ban AB", "")]
    assert expand("giúp QHT và AB", abbreviations) == "giúp Quỹ hợp tác xã tỉnh và AB"


WORDS = """
UBND HĐND ĐBDTTS (UBND) (ĐBDTTS) tỉnh Ủy ban nhân dân, dân tộc thiểu số (DTTS)
181-QĐ/TW KT-XH CT 12 TP. . “ ” - & XY (XY)
"""


@example("tỉnh XY", [Abbreviation("XY", "(XY)", "")])
@given(
    st.lists(st.sampled_from(WORDS.split())).map(" ".join) | st.text(),
    st.lists(
        st.builds(Abbreviation, st.sampled_from(["XY", "DTTS", "CT"]), st.sampled_from(WORDS.split()), st.just(""))
    ),
)
def test_expanding_twice_changes_nothing(text: str, own: Sequence[Abbreviation]) -> None:
    abbreviations = [*own, *known("UBND", "HĐND", "ĐBDTTS", "KT-XH", "TP")]
    once = expand(text, abbreviations)
    assert expand(once, abbreviations) == once


@pytest.mark.parametrize(
    ("source", "english", "left"),
    [
        ("UBND tỉnh", "The UBND met.", ["UBND"]),
        ("UBND tỉnh", "The People's Committee (UBND) met.", []),
        ("UBND tỉnh", "The People's Committee met.", []),
        ("TTg", "TTg spoke.", ["TTg"]),
        ("GDP, WHO, FDI", "GDP, WHO, FDI, VND, ODA and OCOP", []),
        ("dịch Covid-19", "COVID-19 and Covid-19", []),
        ("12-CT/TU", "Directive 12-CT/TU of Congress XIII", []),
        ("QGNN cho vay", "QGNN lends.", ["QGNN"]),
        ("tỉnh", "The ĐBX lends.", ["ĐBX"]),
        ("Lê Ngọc Tuấn", "ĐĂK GLEI district, Chairman LÊ NGỌC TUẤN", []),
        ("Hội nghị", "KON TUM ENDS POVERTY", []),
    ],
)
def test_check(source: str, english: str, left: list[str]) -> None:
    findings = check_abbreviations(source, english, known("UBND", "TTg", "GDP"))
    assert [f.message.split("”")[0].strip("“") for f in findings] == left
    assert all((f.kind, f.severity) == ("abbreviation", "warning") for f in findings)


BANK = known("NHNN")


def test_introduce_explains_the_short_form_at_first_use() -> None:
    english = ["The state bank of Vietnam acted.", "State Bank of Vietnam.", "The State Bank of Vietnam said so."]
    assert introduce(english, BANK) == ("The state bank of Vietnam (SBV) acted.", *english[1:])


@pytest.mark.parametrize(
    "english",
    [
        ["State Bank of Vietnam", "State Bank of Vietnam"],
        ["State Bank of Vietnam's", "State Bank of Vietnam", "State Bank of Vietnam"],
        ["State Bank of Vietnam Kon Tum", "State Bank of Vietnam", "State Bank of Vietnam"],
        ["State Bank of Vietnam", "State Bank of Vietnam (SBV)", "State Bank of Vietnam"],
    ],
)
def test_introduce_leaves_alone(english: list[str]) -> None:
    assert introduce(english, BANK) == tuple(english)


@given(
    st.lists(
        st.lists(st.sampled_from(["State Bank of Vietnam", "united nations", "the", ".", "’s", "Hà"])).map(" ".join)
    )
)
def test_taking_the_brackets_away_gives_back_the_input(english: list[str]) -> None:
    shown = introduce(english, known_abbreviations())
    assert [s.replace(" (SBV)", "").replace(" (UN)", "") for s in shown] == english


@pytest.mark.parametrize(
    ("text", "short", "english"),
    [
        ("Quỹ Cầu Xanh (Green Bridge Fund - GBF) tặng 5 con bò.", "GBF", "Green Bridge Fund"),
        ("Mạng lưới (GBN – Green Bridge Network) có 3 xã.", "GBN", "Green Bridge Network"),
        ("Quỹ (tên tiếng Anh là: Fund for Rivers and Forests, FRF) đã đến.", "FRF", "Fund for Rivers and Forests"),
    ],
)
def test_the_english_that_an_article_gives_itself_is_taken(text, short, english):
    sentences = (Sentence(0, 0, text, text), Sentence(1, 0, f"{short} giúp dân.", f"{short} giúp dân."))
    (found,), _ = find_abbreviations(sentences)
    assert (found.short, found.english, found.english_short, found.sentence) == (short, english, short, 0)
    assert expand(sentences[1].text, (found,)) == sentences[1].text
    assert not check_abbreviations(sentences[1].text, f"{short} helps people.", (found,))


@pytest.mark.parametrize(
    "text",
    ["Ban (Ban An Ninh - BAN) họp.", "Quỹ (Green Care Fund - ABC) họp.", "Phần mềm (Smart Village 4 - SV) chạy."],
)
def test_brackets_that_spell_no_short_form_in_english_define_none(text):
    assert find_abbreviations((Sentence(0, 0, text, text),))[0] == ()
