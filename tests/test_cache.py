"""The translation memory and the translator in front of it."""

import multiprocessing
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vn_summarize.backends import DEFAULT_DECODING, Decoding, Translation
from vn_summarize.cache import COMMIT_EVERY, CachedTranslator, TranslationMemory, default_path, make_key
from vn_summarize.errors import GenerationError, OutputError


@dataclass
class Fake:
    """Turns text around, counts what it is asked, and fails on request."""

    fingerprint: str = "fake:1"
    knows_terms: bool = True
    unsure_below: float = -0.6
    fail_after: int = 10**9
    asked: list[list[str]] = field(default_factory=list)

    def fits(self, text: str) -> bool:
        return len(text) < 100

    def translate(self, texts: Sequence[str], decoding: Decoding = DEFAULT_DECODING) -> list[Translation]:
        if len(self.asked) >= self.fail_after:
            raise GenerationError("enough")
        self.asked.append(list(texts))
        return [Translation(text[::-1], -len(text) / 100, len(text) % 2 == 0, (text,)) for text in texts]


def key(number: int) -> bytes:
    return make_key("f", DEFAULT_DECODING, str(number))


TEXTS = st.lists(st.text(max_size=8), max_size=80)
IN_TMP = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@IN_TMP
@given(TEXTS, TEXTS)
def test_cached_answers_are_the_inner_ones_and_nothing_is_asked_twice(
    tmp_path: Path, first: list[str], second: list[str]
) -> None:
    memory = TranslationMemory(tmp_path / "m.sqlite")
    fake, plain = Fake(fingerprint=repr((first, second))), Fake()
    cached = CachedTranslator(fake, memory)
    assert cached.translate(first) == plain.translate(first)
    assert cached.translate(second) == plain.translate(second)
    asked = [text for batch in fake.asked for text in batch]
    assert sorted(asked) == sorted(set(first) | set(second))
    assert all(len(batch) <= COMMIT_EVERY for batch in fake.asked)
    memory.close()


@IN_TMP
@given(st.builds(Translation, st.text(), st.floats(-50, 0), st.booleans(), st.lists(st.text(), max_size=3).map(tuple)))
def test_a_translation_survives_the_file(tmp_path: Path, value: Translation) -> None:
    path = tmp_path / "m.sqlite"
    memory = TranslationMemory(path)
    memory.put_many({key(1): value})
    memory.close()
    again = TranslationMemory(path)
    assert again.get_many([key(1), key(2)]) == {key(1): value}
    again.close()


def test_keys_differ_by_fingerprint_decoding_and_text() -> None:
    keys = {make_key(f, d, t) for f in ("a", "b") for d in (Decoding(), Decoding(beam=4)) for t in ("x", "y")}
    assert len(keys) == 8


def test_what_was_done_before_a_failure_is_kept(tmp_path: Path) -> None:
    memory = TranslationMemory(tmp_path / "m.sqlite")
    texts = [f"câu {i}" for i in range(3 * COMMIT_EVERY)]
    with pytest.raises(GenerationError):
        CachedTranslator(Fake(fail_after=2), memory).translate(texts)
    other = TranslationMemory(tmp_path / "m.sqlite")
    assert len(other) == 2 * COMMIT_EVERY
    rest = Fake()
    assert CachedTranslator(rest, other).translate(texts) == Fake().translate(texts)
    assert sum(map(len, rest.asked)) == COMMIT_EVERY


def test_the_seam_is_passed_through(tmp_path: Path) -> None:
    cached = CachedTranslator(Fake(), TranslationMemory(tmp_path / "m.sqlite"))
    assert (cached.fingerprint, cached.knows_terms, cached.unsure_below) == ("fake:1", True, -0.6)
    assert cached.fits("ngắn")
    assert not cached.fits("dài" * 100)


def test_more_keys_than_one_statement_takes(tmp_path: Path) -> None:
    memory = TranslationMemory(tmp_path / "m.sqlite")
    values = {key(i): Translation(str(i), -1.0) for i in range(2500)}
    memory.put_many(values)
    assert memory.get_many([*values, key(-1)]) == values


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_corrupt_file_is_set_aside_and_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "m.sqlite"
    path.write_bytes(content)
    memory = TranslationMemory(path)
    assert [p.read_bytes() for p in memory.set_aside] == [content]
    memory.put_many({key(1): Translation("one", 0.0)})
    assert TranslationMemory(path).get_many([key(1)]) == {key(1): Translation("one", 0.0)}


def test_damage_found_later_is_a_miss_not_an_error(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    memory = TranslationMemory(path)
    memory.put_many({key(i): Translation("x" * 300, 0.0) for i in range(500)})
    memory.close()
    data = bytearray(path.read_bytes())
    data[8192:] = b"\xee" * (len(data) - 8192)
    path.write_bytes(bytes(data))
    damaged = TranslationMemory(path)
    assert damaged.get_many([key(i) for i in range(500)]) == {}
    assert len(damaged.set_aside) == 1
    damaged.put_many({key(7): Translation("seven", 0.0)})
    assert damaged.get_many([key(7)]) == {key(7): Translation("seven", 0.0)}


def test_a_row_that_is_not_whole_is_a_miss(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    memory = TranslationMemory(path)
    memory.put_many({key(1): Translation("one", 0.0), key(2): Translation("two", 0.0)})
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE translations SET value = '[1' WHERE key = ?", (key(1),))
    assert set(memory.get_many([key(1), key(2)])) == {key(2)}


def test_a_place_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="--no-cache"):
        TranslationMemory(tmp_path / "file" / "m.sqlite")


def numbers(first: int, end: int) -> dict[bytes, Translation]:
    return {key(i): Translation(str(i), 0.0) for i in range(first, end)}


def test_a_memory_never_holds_more_than_its_limit(tmp_path: Path) -> None:
    memory = TranslationMemory(tmp_path / "m.sqlite", limit=100)
    for first in range(0, 1000, 7):
        memory.put_many(numbers(first, first + 7))
        assert len(memory) <= 100
    assert len(memory) >= 90
    memory.put_many(numbers(5000, 5250))  # more than the limit at once
    assert 0 < len(memory) <= 100
    again = TranslationMemory(tmp_path / "m.sqlite", limit=50)
    again.put_many(numbers(9999, 10000))
    assert len(again) <= 50


def test_what_was_not_used_for_longest_makes_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    days = iter(range(100))
    now = 0.0
    monkeypatch.setattr("vn_summarize.cache.time.time", lambda: now)
    memory = TranslationMemory(tmp_path / "m.sqlite", limit=100)
    for first in (0, 50):
        now = 1e9 + 2 * 86_400 * next(days)
        memory.put_many(numbers(first, first + 50))
    now = 1e9 + 2 * 86_400 * next(days)
    assert len(memory.get_many([key(i) for i in range(30)])) == 30
    memory.put_many(numbers(100, 120))
    kept = memory.get_many([key(i) for i in range(120)])
    assert len(kept) == 90
    assert kept.keys() >= {key(i) for i in (*range(30), *range(100, 120))}
    assert not kept.keys() & {key(i) for i in range(30, 50)}


def test_the_same_translations_again_push_nothing_out(tmp_path: Path) -> None:
    memory = TranslationMemory(tmp_path / "m.sqlite", limit=100)
    for _ in range(5):
        memory.put_many(numbers(0, 100))
    assert len(memory) == 100


def test_a_use_is_noted_once_a_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = TranslationMemory(tmp_path / "m.sqlite")
    memory.put_many(numbers(0, 3))
    monkeypatch.setattr(memory, "_write", lambda *args: pytest.fail("written"))
    assert len(memory.get_many([*numbers(0, 3)])) == 3


def test_a_file_of_before_uses_were_noted_is_read(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE translations (key BLOB PRIMARY KEY, value TEXT, written INTEGER) WITHOUT ROWID")
        raw.execute("INSERT INTO translations VALUES (?, ?, 5)", (key(1), '["one", 0.0, true, []]'))
    memory = TranslationMemory(path)
    assert memory.get_many([key(1)]) == {key(1): Translation("one", 0.0)}
    memory.put_many(numbers(2, 3))
    assert len(TranslationMemory(path)) == 2
    assert not memory.set_aside


def test_threads_share_a_memory(tmp_path: Path) -> None:
    memory = TranslationMemory(tmp_path / "m.sqlite")
    texts = [f"câu {i}" for i in range(100)]
    answers: list[list[Translation]] = []
    work = [
        threading.Thread(target=lambda: answers.append(CachedTranslator(Fake(), memory).translate(texts)))
        for _ in range(4)
    ]
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()
    assert answers == [Fake().translate(texts)] * 4


def write_numbers(path: Path, first: int, begin: Any) -> None:
    begin.wait()
    memory = TranslationMemory(path)
    for i in range(first, first + 50):
        memory.put_many({key(i): Translation(str(i), 0.0)})


def test_processes_share_a_file(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    context = multiprocessing.get_context("spawn")
    begin = context.Barrier(4)
    work = [context.Process(target=write_numbers, args=(path, first, begin)) for first in (0, 50, 100, 150)]
    for process in work:
        process.start()
    for process in work:
        process.join()
    assert [process.exitcode for process in work] == [0] * 4
    assert len(TranslationMemory(path)) == 200


def test_the_default_place_is_the_users_cache_folder() -> None:
    assert default_path().name == "translations.sqlite"
    assert "vn-summarize" in default_path().parts
