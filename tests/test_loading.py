import pytest

from vn_summarize import loading
from vn_summarize.backends import Runtime
from vn_summarize.config import Settings
from vn_summarize.errors import GlossaryError
from vn_summarize.glossary.formats import write_glossary
from vn_summarize.glossary.terms import Term
from vn_summarize.loading import HeardTranslator, load_terms, load_translator, memory_path


def test_a_later_glossary_wins_over_an_earlier_one_and_over_the_built_in_terms(tmp_path):
    for name, target in (("a.csv", "needy households"), ("b.csv", "deprived households")):
        (tmp_path / name).write_text(f"source,target\nhộ nghèo,{target}\n", encoding="utf-8")
    glossary = (tmp_path / "a.csv", tmp_path / "b.csv")
    for given, target in ((glossary, "deprived households"), (glossary[::-1], "needy households")):
        terms, doubts = load_terms(Settings(glossary=given))
        assert [match.term.target for match in terms.find("hộ nghèo")] == [target]
        assert doubts == ()


def test_the_built_in_terms_are_always_there():
    assert len(load_terms(Settings())[0]) >= 120


def test_doubts_about_rows_come_in_the_order_of_the_files(tmp_path):
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("source,target\nhộ nghèo,poor households\nthôn\n", encoding="utf-8")
    _, doubts = load_terms(Settings(glossary=(tmp_path / "a.csv", tmp_path / "b.csv")))
    assert [doubt.message.split(":")[0] for doubt in doubts] == ["a.csv", "b.csv"]


def test_a_broken_row_stops_where_glossaries_are_strict_and_a_repeated_one_does_not(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("source,target\nthôn,village\nthôn,village\n", encoding="utf-8")
    assert len(load_terms(Settings(glossary=(path,), strict_glossary=True))[1]) == 1
    path.write_text("source,target\nthôn,\nthôn,village\nThôn,hamlet\n", encoding="utf-8")
    assert len(load_terms(Settings(glossary=(path,)))[1]) == 2
    with pytest.raises(GlossaryError, match=r"^a\.csv:2: target: is empty\na\.csv:4: source: .*\nstopped by --strict"):
        load_terms(Settings(glossary=(path,), strict_glossary=True))


def test_of_many_broken_rows_the_first_are_named(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("source,target\nthôn,village\n" + "xã,\n" * 25, encoding="utf-8")
    with pytest.raises(GlossaryError) as error:
        load_terms(Settings(glossary=(path,), strict_glossary=True))
    assert str(error.value).splitlines()[20:] == ["and 5 more", "stopped by --strict-glossary"]


def test_glossaries_of_different_formats_go_together(tmp_path):
    write_glossary(tmp_path / "a.tbx", [Term("nhà rông", "rong house"), Term("gùi", "back basket")])
    write_glossary(tmp_path / "b.xlsx", [Term("nhà rông", "communal house")])
    terms, _ = load_terms(Settings(glossary=(tmp_path / "a.tbx", tmp_path / "b.xlsx")))
    assert [(m.term.target, m.term.origin) for m in terms.find("nhà rông, gùi")] == [
        ("communal house", "b.xlsx"),
        ("back basket", "a.tbx"),
    ]


def test_a_heard_translator_tells_what_it_translates(translator):
    heard = []
    listening = HeardTranslator(translator, heard.append)
    assert listening.translate(["Thôn 1", "Thôn 2"]) == translator.translate(["Thôn 1", "Thôn 2"])
    assert heard == [2]
    assert listening.fingerprint == translator.fingerprint
    assert listening.fits("Thôn 1")
    assert listening.knows_terms is False


def test_what_the_memory_has_is_not_heard_of_again(tmp_path, translator, monkeypatch):
    monkeypatch.setattr(loading, "resolve_translator", lambda name, models: None)
    monkeypatch.setattr(loading, "LazyTranslator", lambda folder, runtime: translator)
    settings = Settings(cache=tmp_path / "memory")
    heard = []
    for _ in range(2):
        load_translator(settings, heard.append).translate(["Thôn 1"])
    assert heard == [1]
    assert memory_path(settings).is_file()
    assert memory_path(settings).parent == tmp_path / "memory"
    load_translator(Settings(no_cache=True), heard.append).translate(["Thôn 1"])
    assert heard == [1, 1]


def test_a_damaged_memory_is_set_aside_with_a_warning(tmp_path, translator, monkeypatch, caplog):
    monkeypatch.setattr(loading, "resolve_translator", lambda name, models: None)
    monkeypatch.setattr(loading, "LazyTranslator", lambda folder, runtime: translator)
    settings = Settings(cache=tmp_path)
    memory_path(settings).write_bytes(b"no database " * 500)
    assert load_translator(settings).translate(["Thôn 1"])
    assert "damaged" in caplog.text


def test_glossaries_of_one_name_are_two_glossaries(tmp_path):
    for folder, target in (("a", "needy households"), ("b", "deprived households")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "terms.csv").write_text(f"source,target\nhộ nghèo,{target}\n", encoding="utf-8")
    terms, _ = load_terms(Settings(glossary=(tmp_path / "a/terms.csv", tmp_path / "b/terms.csv")))
    assert [(m.term.target, m.term.origin) for m in terms.find("hộ nghèo")] == [("deprived households", "2:terms.csv")]


def test_a_short_form_of_the_user_is_found_where_it_is_written_out(tmp_path):
    (tmp_path / "a.csv").write_text("source,target\nHTX,co-op\n", encoding="utf-8")
    terms, _ = load_terms(Settings(glossary=(tmp_path / "a.csv",)))
    assert [match.term.target for match in terms.find("hợp tác xã Bình Minh")] == ["co-op"]


def test_the_settings_say_with_what_the_model_runs() -> None:
    settings = Settings(device="cpu", threads=2, jobs=3, beam=4, batch_tokens=5)
    assert loading.runtime_of(settings) == Runtime("cpu", 2, 3, 4, 5)
    assert loading.runtime_of(Settings()) == Runtime()
