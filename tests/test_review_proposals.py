from dataclasses import replace

from vn_summarize.glossary.delimited import parse_glossary
from vn_summarize.review.proposals import propose_terms, render_proposals
from vn_summarize.review.store import Correction

ELDERS = (("già làng", "village patriarchs"),)
PRAISED = Correction(
    "Hội nghị biểu dương 5 già làng.",
    "The conference praised 5 village elders.",
    "The conference praised 5 village patriarchs.",
    "b",
    7,
    ELDERS,
)
SPOKE = Correction(
    "Già làng A Brol phát biểu.",
    "Village elders A Brol spoke at length.",
    "Village patriarchs A Brol spoke.",
    "c",
    2,
    ELDERS,
)


def test_a_term_whose_english_was_replaced_twice_is_proposed_with_count_and_places():
    (proposal,) = propose_terms([PRAISED, SPOKE])
    assert (proposal.source, proposal.target, proposal.before) == ("già làng", "village elders", "village patriarchs")
    assert (proposal.count, proposal.examples) == (2, ("b#7", "c#2"))


def test_once_is_not_enough_and_neither_is_the_same_sentence_again():
    assert propose_terms([PRAISED]) == []
    assert propose_terms([PRAISED, replace(PRAISED, article="z")]) == []


def test_two_different_changes_are_no_change_made_twice():
    assert propose_terms([PRAISED, replace(SPOKE, english="Village chiefs A Brol spoke.")]) == []


def test_where_no_term_is_known_the_phrase_that_the_sentences_share_is_taken():
    first = Correction(
        "Xã có 12 hộ thoát nghèo.", "It has 12 homes out of need.", "It has 12 homes free of need.", "a", 1
    )
    second = Correction(
        "Năm nay, 30 hộ thoát nghèo bền vững.",
        "This year 30 are out of need.",
        "This year 30 are free of need.",
        "b",
        3,
    )
    (proposal,) = propose_terms([first, second])
    assert (proposal.source, proposal.before, proposal.target) == ("hộ thoát nghèo", "free", "out")


def test_a_sentence_written_anew_teaches_nothing():
    anew = (
        "Everybody who had come that morning went home glad in the end.",
        "All in all it was a day to remember there.",
    )
    assert propose_terms([replace(c, english=e, terms=()) for c, e in zip((PRAISED, SPOKE), anew, strict=True)]) == []


def test_a_term_that_changed_together_with_its_neighbours_is_left_alone():
    anew = [
        replace(
            SPOKE,
            source=f"Già làng thôn {n} nói.",
            before=f"The village patriarchs spoke {n}.",
            english=f"Some wise men spoke {n}.",
        )
        for n in range(2)
    ]
    assert propose_terms(anew) == []


def test_of_two_proposals_for_one_phrase_the_more_frequent_stands():
    third = replace(
        SPOKE, source="Các già làng họp.", before="The village patriarchs met.", english="The village elders met."
    )
    others = [
        replace(third, source=f"Già làng {n} họp.", before=f"Village patriarchs {n} met.", english=f"Sages {n} met.")
        for n in range(2)
    ]
    (proposal,) = propose_terms([*others, PRAISED, SPOKE, third])
    assert (proposal.target, proposal.count) == ("village elders", 3)


def test_the_file_is_a_glossary():
    terms, findings = parse_glossary(render_proposals(propose_terms([PRAISED, SPOKE])), "p.csv")
    assert findings == []
    assert [(t.source, t.target) for t in terms] == [("già làng", "village elders")]
    assert terms[0].note == "in 2 sentences in place of “village patriarchs”: b#7, c#2"
