import sqlite3
from dataclasses import replace

import pytest

from vn_summarize.corrections import Corrections, sentence_key
from vn_summarize.errors import OutputError
from vn_summarize.review.store import (
    Correction,
    default_path,
    forget_corrections,
    keep_corrections,
    list_corrections,
    load_corrections,
)

FIRST = Correction("Thôn họp.", "The village met.", "Village meeting.", "a", 2, (("thôn", "village"),))
SECOND = Correction("Xã họp.", "The commune met.", "Commune meeting.", "b", 0)


def test_corrections_are_kept_and_listed_by_article_and_sentence(tmp_path):
    path = tmp_path / "made" / "corrections.sqlite"
    keep_corrections(path, [SECOND, FIRST])
    assert list_corrections(path) == [FIRST, SECOND]
    assert load_corrections(path).find("Thôn  họp.") == "The village met."


def test_where_nothing_is_kept_nothing_is_made(tmp_path):
    path = tmp_path / "corrections.sqlite"
    assert load_corrections(path) == Corrections()
    assert not path.exists()


def test_a_later_correction_counts_and_what_the_program_said_first_stays_known(tmp_path):
    path = tmp_path / "corrections.sqlite"
    keep_corrections(path, [FIRST])
    keep_corrections(
        path, [replace(FIRST, english="The hamlet met.", before="The village met.", terms=(), article="c")]
    )
    assert list_corrections(path) == [replace(FIRST, english="The hamlet met.", article="c")]


def test_forgotten_ones_are_gone(tmp_path):
    path = tmp_path / "corrections.sqlite"
    keep_corrections(path, [FIRST, SECOND])
    forget_corrections(path, [FIRST])
    assert list_corrections(path) == [SECOND]


def test_a_damaged_file_stops_the_run_and_stays_as_it_is(tmp_path):
    path = tmp_path / "corrections.sqlite"
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(OutputError, match="backup"):
        load_corrections(path)
    assert path.read_bytes().startswith(b"no database")


def test_all_of_one_call_or_none(tmp_path):
    path = tmp_path / "corrections.sqlite"
    with pytest.raises(OutputError):
        keep_corrections(path, [FIRST, replace(SECOND, english=None)])
    with sqlite3.connect(path) as connection:
        tables = connection.execute("SELECT count(*) FROM corrections").fetchall()
    assert tables == [(0,)]


def test_the_file_lies_with_the_users_data_and_not_in_a_cache():
    assert default_path().name == "corrections.sqlite"
    assert "cache" not in {part.lower() for part in default_path().parts}


def test_a_sentence_is_found_however_its_letters_and_blanks_are_written():
    assert sentence_key("Ho\u0300a  Bình\u00a0họp.") == sentence_key("Hoà Bình họp.") == sentence_key("Hòa Bình họp. ")
    assert sentence_key("HỌP THÔN") != sentence_key("Họp thôn")


def test_the_fingerprint_names_the_corrections_that_concern_an_article_and_no_others():
    some = Corrections({"Thôn họp.": "The village met."})
    more = Corrections({**some.english, "Xã họp.": "The commune met."})
    assert some.fingerprint_in(["Thôn họp.", "Nghỉ."]) == more.fingerprint_in(["Thôn họp."]) != ""
    assert some.fingerprint_in(["Thôn họp."]) != Corrections({"Thôn họp.": "Met."}).fingerprint_in(["Thôn họp."])
    assert more.fingerprint_in(["Nghỉ."]) == ""
