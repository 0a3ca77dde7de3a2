"""Articles of three papers with their English, and the records that the program makes of them."""

import math
from collections.abc import Sequence
from pathlib import Path

from vn_summarize.backends import DEFAULT_DECODING, Decoding, Translation
from vn_summarize.document import Article
from vn_summarize.glossary.formats import load_builtin
from vn_summarize.glossary.place_terms import PlaceTerms
from vn_summarize.pipeline import translate_article
from vn_summarize.summarization import Length
from vn_summarize.writing import Hashes, output_path, render_json, render_markdown, write_text

TITLE = ("Sa Thầy tổng kết phong trào thi đua giúp hộ nghèo", "Sa Thầy reviews the emulation movement to help the poor")
OPENING = (
    "Ngày 8/6, Ủy ban nhân dân huyện Sa Thầy, tỉnh Kon Tum tổ chức hội nghị tổng kết phong trào thi đua “Chung tay vì "
    "người nghèo” trong hai năm qua.",
    "On June 8, the People's Committee of Sa Thầy District, Kon Tum Province held a final review conference on the "
    "emulation movement “Join hands for the poor” in the past two years.",
)
HELPED = (
    "Hội viên các xã đã hỗ trợ 2.700 hộ nghèo làm chuồng trại, đào giếng và lợp lại mái nhà trước mùa mưa.",
    "Members in the communes have supported 2,700 poor households in building barns, digging wells and putting new "
    "roofs on their houses before the rainy season.",
)
HELPED_OTHERWISE = (
    "Hội viên các xã đã hỗ trợ 2.650 hộ nghèo làm chuồng trại, đào giếng và lợp lại mái nhà trước mùa mưa.",
    HELPED[1].replace("2,700", "2,650"),
)
MONEY = (
    "Tổng kinh phí của phong trào là 21 tỷ đồng, phần lớn do bà con và các doanh nghiệp trong huyện đóng góp.",
    "The total cost of the movement is 21 billion VND, most of it contributed by the people and the enterprises of "
    "the district.",
)
LOST = (
    "Bà con thôn Kà Bầy góp 640 ngày công để làm con đường ra rẫy dài hơn hai cây số qua hai con suối.",
    "People in Kà Bầy Village contributed days of work to the road to their fields across two streams.",
)
CLOSING = (
    "Ban tổ chức cho biết sang năm phong trào sẽ hướng về các làng xa trung tâm, nơi đường đi còn khó khăn.",
    "The organizers said that next year the movement will turn to the villages far from the center, where the roads "
    "are still difficult.",
)
OWN_OPENING = (
    "Sáng 8/6, tại hội trường huyện Sa Thầy, tỉnh Kon Tum, hội nghị tổng kết phong trào “Chung tay vì người nghèo” "
    "đã biểu dương 12 tập thể.",
    "On the morning of June 8, in the hall of Sa Thầy District, Kon Tum Province, the final review conference on the "
    "movement “Join hands for the poor” commended 12 collectives.",
)
OTHER_TITLE = ("Ngọc Hồi tiêm phòng cho đàn bò trước mùa mưa", "Ngọc Hồi vaccinates its cattle before the rains")
OTHER = (
    (
        "Ngày 20/6, cán bộ thú y huyện Ngọc Hồi bắt đầu tiêm vắc xin cho 4.300 con bò ở các thôn dọc đường biên.",
        "On June 20, veterinary officers of Ngọc Hồi District began to vaccinate 4,300 cows in the villages along the "
        "border.",
    ),
    (
        "Mỗi tổ tiêm phòng có ba người, đi từng nhà từ sáng sớm trước khi bà con lùa bò lên nương.",
        "Each vaccination team has three people, who go from house to house in the early morning before the people "
        "drive their cows to the fields.",
    ),
)
TWICE = tuple((a.replace("20/6", "27/6"), b.replace("June 20", "June 27")) for a, b in OTHER)

ARTICLES = {
    # id: source, date, title, body
    "kontum/tong-ket": ("kontumtv.example", "2022-06-08", TITLE, (OPENING, HELPED, MONEY, LOST, CLOSING)),
    "mttq/phong-trao": ("mttq.example", "2022-06-09", TITLE, (OPENING, HELPED_OTHERWISE, MONEY, CLOSING)),
    "bao/bieu-duong": ("bao.example", "2022-06-09", TITLE, (OWN_OPENING, HELPED_OTHERWISE, CLOSING)),
    "bao/tiem-phong": ("bao.example", "2022-06-20", OTHER_TITLE, OTHER),
    "bao/tiem-phong-tuan-sau": ("bao.example", "2022-06-27", OTHER_TITLE, TWICE),
    "khong-ngay": ("", "", ("Thêm một lớp học xóa mù chữ", "One more literacy class"), (CLOSING,)),
}


class Translated:
    """A Translator that knows the articles' English."""

    fingerprint = "fake:briefing"
    knows_terms = False
    unsure_below = -math.inf

    def __init__(self) -> None:
        pairs = [pair for _, _, title, body in ARTICLES.values() for pair in (title, *body)]
        self._english = {source.rstrip("."): english for source, english in pairs}

    def fits(self, text: str) -> bool:
        return True

    def translate(self, texts: Sequence[str], decoding: Decoding = DEFAULT_DECODING) -> list[Translation]:
        return [Translation(self._english.get(text.rstrip("."), "Nothing."), -0.5) for text in texts]


def write_results(folder: Path) -> None:
    """Write the articles' records and pages as a run does."""
    terms = PlaceTerms(load_builtin())
    for id, (source, date, title, body) in ARTICLES.items():
        article = Article(id, f"{id}.txt", title[0], tuple(text for text, _ in body), source, date)
        result = translate_article(article, Translated(), terms, Length(sentences=2))
        write_text(output_path(folder, id, ".json"), render_json(result, Hashes("sig", "s", id, "t")))
        write_text(output_path(folder, id, ".md"), render_markdown(result))


def plain_record(id: str, sentences: Sequence[str], date: str = "", days: Sequence[str] = (), **more: object) -> dict:
    """Give the record of an article without English worth the name; `days`: what its first sentence names."""
    checks = [{"kind": "date", "source": day, "expected": day, "rendered": day, "ok": True} for day in days]
    told = [
        {"index": i, "paragraph": i - 1, "source": text, "translation": f"English {i}", "terms": [], "checks": []}
        for i, text in enumerate(sentences)
    ]
    told[0]["checks"] = checks
    return {
        "schema": 1,
        "current": {"signature": "sig"},
        "article": {"id": id, "date": date, "source": "", "title": {"source": "", "translation": ""}},
        "summary": {"headline": {"text": f"Headline of {id}", "sources": [0]}, "sentences": []},
        "key_facts": [],
        "places": [],
        "findings": [],
        "sentences": told,
    } | more
