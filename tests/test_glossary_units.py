"""What the table of administrative units knows."""

import pytest

from vn_summarize.glossary import units


def test_the_table_has_every_province_of_before_and_after_the_reform() -> None:
    found = [unit for name in units.provinces() for unit in units.units_of(name) if unit.type in units.PROVINCE]
    assert sum(unit.since == "" for unit in found) == 63
    assert sum(unit.since == "+" for unit in found) == 34


def test_every_merged_province_went_into_one_that_is_there_today() -> None:
    found = [unit for name in units.provinces() for unit in units.units_of(name) if unit.type in units.PROVINCE]
    today = {unit.own for unit in found if unit.since == "+"}
    before = {unit.own: unit.into for unit in found if unit.since == ""}
    assert len([code for code in before if before[code]]) == 29
    assert all(before[code] in today if before[code] else code in today for code in before)


@pytest.mark.parametrize(
    ("name", "types", "expected"),
    [
        ("hơ moong", units.COMMUNE, True),
        ("hơ moong", units.PROVINCE, False),
        ("ia h'drai", units.DISTRICT, True),
        ("bà rịa vũng tàu", units.PROVINCE, True),
        ("phú quốc", "d", True),
        ("thừa thiên huế", "T", True),
        ("suối ngàn", units.DISTRICT, False),
    ],
)
def test_a_name_is_known_at_its_level(name: str, types: str, expected: bool) -> None:
    assert units.known(name, types) is expected


@pytest.mark.parametrize(
    ("spelt", "types", "name"),
    [("kontum", "T", "kon tum"), ("daklak", "T", "đắk lắk"), ("đak glei", "h", "đắk glei"), ("đăk glei", "T", "")],
)
def test_a_name_with_other_marks_or_spaces_is_the_known_one(spelt: str, types: str, name: str) -> None:
    assert units.variant_of(spelt, types) == name


@pytest.mark.parametrize(
    ("name", "letter", "parents", "note"),
    [
        ("kon tum", "T", (), "Quảng Ngãi Province"),
        ("bình dương", "T", (), "Ho Chi Minh City"),
        ("bắc cạn", "T", (), "Thái Nguyên Province"),
        ("thừa thiên huế", "T", (), "Hue City"),
        ("quảng ngãi", "T", (), ""),
        ("hà nội", "C", (), ""),
        ("sa thầy", "h", (), "no district since July 1, 2025; its area is in Quảng Ngãi Province"),
        ("đà lạt", "k", (), "no district since July 1, 2025; its area is in Lâm Đồng Province"),
        ("mô rai", "x", (), "Mô Rai Commune, Quảng Ngãi Province"),
        ("hơ moong", "x", (), "no unit of this name since July 1, 2025; its area is in Quảng Ngãi Province"),
        ("hơ moong", "x", ("kon tum",), "no unit of this name since July 1, 2025; its area is in Quảng Ngãi Province"),
    ],
)
def test_what_a_unit_is_today(name: str, letter: str, parents: tuple[str, ...], note: str) -> None:
    assert units.today(name, letter, parents) == note


def test_of_several_units_with_a_name_the_parent_tells_which_is_meant() -> None:
    assert units.today("ngọc linh", "x", ()) == ""
    assert units.today("ngọc linh", "x", ("đắk glei",)) == "Ngọc Linh Commune, Quảng Ngãi Province"
    assert units.today("ngọc linh", "x", ("vị xuyên",)).endswith("Tuyên Quang Province")


def test_a_unit_that_the_table_has_elsewhere_only_gets_no_note() -> None:
    assert units.today("hơ moong", "x", ("đắk glei",)) == ""
    assert units.today("sa thầy", "x", ()) == ""  # a commune of today
    assert units.today("suối ngàn", "h", ()) == ""


@pytest.mark.parametrize("gap", [" - ", "-", " ", " – "])
def test_a_province_is_spelt_in_one_way_and_its_city_as_english_does(gap: str) -> None:
    text = f"Thừa Thiên{gap}Hue's authorities met in Hue City."
    assert units.respell_provinces(text) == f"Thừa Thiên{gap}Huế's authorities met in Hue City."
