"""A changed glossary: only the articles that it touches are made again, as a run would make them."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tiny_model import make_onnx_folder

from vn_summarize.batch import run
from vn_summarize.cache import CachedTranslator, TranslationMemory
from vn_summarize.config import Settings
from vn_summarize.corrections import Corrections, sentence_key
from vn_summarize.errors import ConfigError
from vn_summarize.events import Skipped
from vn_summarize.glossary.terms import Term, TermBase
from vn_summarize.models import load, read_model
from vn_summarize.revision import apply_terms, find_records, find_touched
from vn_summarize.writing import result_from_json

BASE = [Term("hộ nghèo", "poor households", origin="built-in")]
OLD, NEW = TermBase(BASE), TermBase([Term("nhà rông", "communal house", origin="mine.csv"), *BASE])
TEXTS = {
    "a.txt": "XÃ ĐĂK PNE SỬA NHÀ RÔNG\n\nBà con làng Kon Go sửa nhà rông. Có 12 hộ nghèo được giúp lợp lại mái./.\n",
    "2023/b.txt": "Thôn 2 có 14 hộ nghèo. Các hộ nuôi dê và trồng mía.\n",
}
ROWS = ("Làng có 3 hộ nghèo.", "Làng dựng nhà rông mới, cao 15 mét.")


@pytest.fixture
def news(tmp_path):
    for name, text in TEXTS.items():
        path = tmp_path / "news" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    lines = (json.dumps({"title": "", "text": row}, ensure_ascii=False) + "\n" for row in ROWS)
    (tmp_path / "news" / "rows.jsonl").write_text("".join(lines), encoding="utf-8")
    return tmp_path / "news"


@pytest.fixture
def settings(tmp_path):
    return Settings(output=tmp_path / "out", format=("json", "md", "html", "tsv"), summary_sentences=2)


def outputs(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "report.json")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def apply(settings, translator, terms, on_event=lambda event: None):
    return apply_terms(find_records(settings.output, translator), settings, translator, terms, on_event)


def test_the_outcome_is_a_fresh_run_s_and_only_touched_articles_are_written(news, settings, translator, tmp_path):
    run([news], settings, translator, OLD)
    before = outputs(settings.output)
    events = []
    report = apply(replace(settings, format=("json",), summary_sentences=None), translator, NEW, events.append)
    assert report.written == ("a", "rows/000002")
    assert sum(isinstance(event, Skipped) for event in events) == 2
    after = outputs(settings.output)
    fresh = replace(settings, output=tmp_path / "fresh")
    run([news], fresh, translator, NEW)
    assert after == outputs(fresh.output)
    changed = {name for name in before if before[name] != after[name]}
    own = {"index.html", "index.csv", "index.md", "terms.csv", "terms.md"}
    assert changed - own <= {f"{id}.{suffix}" for id in report.written for suffix in settings.format}


def test_the_tiny_model_translates_the_touched_sentences_only(news, settings, tmp_path):
    model = load(read_model(make_onnx_folder(tmp_path / "tiny")))
    asked = []

    class Heard:
        fingerprint, knows_terms, fits = model.fingerprint, model.knows_terms, model.fits
        unsure_below = model.unsure_below

        def translate(self, texts, *decoding):
            asked.extend(texts)
            return model.translate(texts, *decoding)

    translator = CachedTranslator(Heard(), TranslationMemory(tmp_path / "memory.sqlite"))
    run([news], settings, translator, OLD)
    first = list(asked)
    asked.clear()
    apply(settings, translator, NEW)
    assert not set(asked) & set(first)
    fresh = replace(settings, output=tmp_path / "fresh")
    run([news], fresh, model, NEW)
    assert outputs(settings.output) == outputs(fresh.output)


def test_the_inputs_are_not_needed(news, settings, translator):
    run([news], settings, translator, OLD)
    for path in (path for path in news.rglob("*") if path.is_file()):
        path.unlink()
    assert apply(settings, translator, NEW).written == ("a", "rows/000002")


def test_a_run_with_the_new_glossary_finds_everything_current_afterwards(news, settings, translator):
    run([news], settings, translator, OLD)
    apply(settings, translator, NEW)
    assert not run([news], settings, translator, NEW).written


def test_what_would_change_is_told_by_sentence(news, settings, translator):
    run([news], settings, translator, OLD)
    touched = list(find_touched(find_records(settings.output, translator), NEW))
    assert [article.id for article in touched] == ["a", "rows/000002"]
    assert {change.after for article in touched for change in article.changes} == {"nhà rông → communal house"}
    back = list(find_touched(find_records(settings.output, translator), TermBase([])))
    assert {change.before.partition(" → ")[2] for article in back for change in article.changes} == {"poor households"}
    assert all(change.after == "" for article in back for change in article.changes)


def test_an_article_that_only_a_correction_touches_is_told(news, settings, translator):
    run([news], settings, translator, OLD)
    records = find_records(settings.output, translator)
    original = result_from_json(records[0].path.read_text(encoding="utf-8")).translated.sentences[0].source.original
    touched = list(find_touched(records, OLD, Corrections({sentence_key(original): "The village met."})))
    assert [(article.path, article.changes) for article in touched] == [(records[0].path, ())]
    assert not list(find_touched(records, OLD))


def test_an_output_of_another_model_is_a_run_s_work(news, settings, translator):
    run([news], settings, translator, OLD)
    translator.fingerprint = "fake:2"
    with pytest.raises(ConfigError, match="another version or model"):
        apply(settings, translator, NEW)


def test_a_folder_without_results_is_refused(settings, translator):
    settings.output.mkdir()
    (settings.output / "other.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ConfigError, match="no results"):
        apply(settings, translator, NEW)


def test_results_of_two_forms_are_refused(news, settings, translator):
    run([news / "a.txt"], settings, translator, OLD)
    run([news / "2023"], replace(settings, summary_sentences=1), translator, OLD)
    with pytest.raises(ConfigError, match="different settings"):
        apply(settings, translator, NEW)


def test_a_damaged_record_is_named_and_the_others_are_done(news, settings, translator):
    run([news], settings, translator, OLD)
    path = settings.output / "2023" / "b.json"
    path.write_bytes(path.read_bytes()[:-40])
    report = apply(settings, translator, NEW)
    assert [failure.origin for failure in report.failures] == [str(path)]
    assert report.written == ("a", "rows/000002")
