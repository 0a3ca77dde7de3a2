"""Figures of several articles side by side: only those that count the same thing in the same words."""

from briefing_articles import plain_record

from vn_summarize.briefing.figures import compare_figures, list_figures

HOMES = "Đến nay xã đã xóa {} hộ ở nhà tạm trên địa bàn."
ROADS = "Cùng thời gian, nhân dân làm được {} km đường bê tông."


def figures(id, **stated):
    sentences = [{"homes": HOMES, "roads": ROADS}[what].format(number) for what, number in stated.items()]
    facts = [
        {
            "kind": "figure",
            "text": number,
            "source": f"{number} hộ" if what == "homes" else f"{number} km",
            "sentence": index,
            "counted": "households" if what == "homes" else "",
            "action": "",
        }
        for index, (what, number) in enumerate(stated.items())
    ]
    return list_figures(plain_record(id, sentences, key_facts=facts), f"{id}.md")


def shown(rows):
    return [([value.text for value in row.values], row.differs) for row in rows]


def test_a_figure_that_differs_comes_first():
    rows = compare_figures([figures("a", roads="12", homes="40"), figures("b", homes="42", roads="12")])
    assert shown(rows) == [(["40", "42"], True), (["12", "12"], False)]
    assert [value.article for value in rows[0].values] == ["a", "b"]


def test_what_only_one_article_has_stands_alone_and_other_units_are_never_compared():
    rows = compare_figures([figures("a", homes="40"), figures("b", roads="12")])
    assert shown(rows) == [(["40"], False), (["12"], False)]


def test_other_words_around_it_make_it_another_figure():
    other = plain_record("b", ["Năm 2019 cả huyện còn 900 hộ thiếu nước sinh hoạt vào mùa khô."])
    other["key_facts"] = [
        {"kind": "figure", "text": "900", "source": "900 hộ", "sentence": 0, "counted": "", "action": ""}
    ]
    rows = compare_figures([figures("a", homes="40"), list_figures(other, "b.md")])
    assert shown(rows) == [(["40"], False), (["900"], False)]


def test_one_value_written_in_two_ways_does_not_differ():
    rows = compare_figures([figures("a", homes="1.200"), figures("b", homes="1200")])
    assert shown(rows) == [(["1.200", "1200"], False)]
