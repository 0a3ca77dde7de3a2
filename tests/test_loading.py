from vn_summarize import loading
from vn_summarize.config import Settings
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


def test_a_heard_translator_tells_what_it_translates(translator):
    heard = []
    listening = HeardTranslator(translator, heard.append)
    assert listening.translate(["Thôn 1", "Thôn 2"]) == translator.translate(["Thôn 1", "Thôn 2"])
    assert heard == [2]
    assert listening.fingerprint == translator.fingerprint
    assert listening.fits("Thôn 1")
    assert listening.knows_terms is False


def test_what_the_memory_has_is_not_heard_of_again(tmp_path, translator, monkeypatch):
    monkeypatch.setattr(loading, "resolve", lambda name, models: None)
    monkeypatch.setattr(loading, "LazyTranslator", lambda folder, inter: translator)
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
    monkeypatch.setattr(loading, "resolve", lambda name, models: None)
    monkeypatch.setattr(loading, "LazyTranslator", lambda folder, inter: translator)
    settings = Settings(cache=tmp_path)
    memory_path(settings).write_bytes(b"no database " * 500)
    assert load_translator(settings).translate(["Thôn 1"])
    assert "damaged" in caplog.text
