"""Make src/vn_summarize/data/places.tsv from the tables of Vietnam's administrative units.

    python scripts/places.py FOLDER

FOLDER holds vn-units-pre2025.tsv (kind, code, name, ASCII name, full name, English, parent code) and
vn-units-2025.tsv (full name, English, parent's English), taken from thanglequoc/vietnamese-provinces-database
v2.4.1 (MIT licence). The header of the file that is made explains its columns.
"""

import re
import sys
from collections import defaultdict
from pathlib import Path

from vn_summarize.glossary.surfaces import canonical

OUTPUT = Path(__file__).parent.parent / "src" / "vn_summarize" / "data" / "places.tsv"
HEADER = """\
# Vietnam's administrative units before and since the reform of 2025, from thanglequoc/vietnamese-provinces-database
# v2.4.1 (MIT licence); which province became which: Resolution 202/2025/QH15 of June 12, 2025. Made by
# scripts/places.py. Name in its folded form, then its units: T tỉnh, C city under the state; k thành phố, s thị xã,
# q quận, h huyện; x xã, p phường, t thị trấn, d đặc khu. T62>51: province 62, now a part of 51. k62.608: unit 608
# in province 62. x612: a unit in 612. +p62: a unit of today and its province. ~T46: an older name of province 46.
"""
LETTERS = {
    "Tỉnh": "T",
    "Thành phố": "k",
    "Thị xã": "s",
    "Quận": "q",
    "Huyện": "h",
    "Xã": "x",
    "Phường": "p",
    "Thị trấn": "t",
    "Đặc khu": "d",
}
MERGERS = """
Tuyên Quang: Hà Giang; Lào Cai: Yên Bái; Thái Nguyên: Bắc Kạn; Phú Thọ: Vĩnh Phúc, Hòa Bình; Bắc Ninh: Bắc Giang
Hưng Yên: Thái Bình; Hải Phòng: Hải Dương; Ninh Bình: Hà Nam, Nam Định; Quảng Trị: Quảng Bình; Đà Nẵng: Quảng Nam
Quảng Ngãi: Kon Tum; Gia Lai: Bình Định; Khánh Hòa: Ninh Thuận; Lâm Đồng: Đắk Nông, Bình Thuận; Đắk Lắk: Phú Yên
Hồ Chí Minh: Bà Rịa - Vũng Tàu, Bình Dương; Đồng Nai: Bình Phước; Tây Ninh: Long An; Cần Thơ: Sóc Trăng, Hậu Giang
Vĩnh Long: Bến Tre, Trà Vinh; Đồng Tháp: Tiền Giang; Cà Mau: Bạc Liêu; An Giang: Kiên Giang
"""
"""Resolution 202/2025/QH15: each new unit, which keeps the name of one of the old, and the others that went into it."""
OLDER = {"Thừa Thiên Huế": "Huế", "Bắc Cạn": "Bắc Kạn", "Đắc Lắc": "Đắk Lắk", "Đắc Nông": "Đắk Nông"}
"""Older names of provinces; Thừa Thiên Huế became Huế City by Resolution 175/2024/QH15."""


def main(folder: Path) -> None:
    """Write the table of places."""
    old = [line.split("\t") for line in (folder / "vn-units-pre2025.tsv").read_text("utf-8").splitlines()]
    new = [line.split("\t") for line in (folder / "vn-units-2025.tsv").read_text("utf-8").splitlines()]
    codes = {canonical(row[2]): row[1] for row in old if row[0] == "provinces"}
    english = {bare(row[3]): row[1] for row in old if row[0] == "provinces"}
    merged = {codes[part]: codes[whole] for part, whole in mergers()}
    units: dict[str, list[str]] = defaultdict(list)
    for kind, code, name, _, full, _, *parent in old:
        letter = LETTERS[full.removesuffix(f" {name}")]
        if kind == "provinces":
            into = f">{merged[code]}" if code in merged else ""
            token = f"{'C' if letter == 'k' else letter}{code}{into}"
        else:
            token = f"{letter}{parent[0]}.{code}" if kind == "districts" else letter + parent[0]
        units[key(name)].append(token)
    for full, _, parent in new:
        letter, name = split(full)
        top = parent == "province-level"
        code = codes[canonical(name)] if top else english[bare(re.sub(" (Province|City)$", "", parent))]
        units[key(name)].append(f"+{'C' if top and letter == 'k' else letter}{code}")
    for older, name in OLDER.items():
        units[key(older)].append(f"~T{codes[canonical(name)]}")
    lines = [f"{name}\t{' '.join(dict.fromkeys(found))}\n" for name, found in sorted(units.items())]
    OUTPUT.write_text(HEADER + "".join(lines), encoding="utf-8")


def mergers() -> list[tuple[str, str]]:
    """List (part, whole) as folded names."""
    rows = [row.split(":") for row in MERGERS.strip().replace("\n", ";").split(";")]
    return [(canonical(part), canonical(whole)) for whole, parts in rows for part in parts.split(",")]


def key(name: str) -> str:
    """Give the form in which names are looked up; a number has no leading zero ("Phường 04")."""
    return canonical(re.sub(r"' (?=\w)", "'", name)).removeprefix("0")


def split(full: str) -> tuple[str, str]:
    """Part a full name of the newer table into the letter of its type and the name."""
    return next((LETTERS[t], full[len(t) + 1 :]) for t in LETTERS if full.lower().startswith(f"{t.lower()} "))


def bare(english: str) -> str:
    """Give a province's English name as both tables have it: "Ha Noi" and "Hanoi" are one."""
    return english.replace(" ", "").lower()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
