import pytest

from vn_summarize import doctor
from vn_summarize.backends import Translation
from vn_summarize.config import Settings
from vn_summarize.doctor import CANARY, examine
from vn_summarize.errors import ModelCorrupt


class Model:
    """Answers with `text`; raises it where it is an error."""

    def __init__(self, text):
        self.text = text

    def translate(self, texts):
        if isinstance(self.text, Exception):
            raise self.text
        assert texts == [CANARY]
        return [Translation(self.text, 0.0)]


def diagnose(monkeypatch, tmp_path, answer):
    monkeypatch.setattr(doctor, "LazyTranslator", lambda folder, runtime: Model(answer))
    return {check.name: check for check in examine(Settings(cache=tmp_path))}


def test_a_model_that_keeps_the_number_is_whole(monkeypatch, tmp_path):
    checks = diagnose(monkeypatch, tmp_path, "The conference passed three resolutions.")
    assert checks["canary"].ok
    assert "three resolutions" in checks["canary"].value
    assert str(tmp_path) in checks["memory"].value


@pytest.mark.parametrize("answer", ["The conference.", "", ModelCorrupt("model.bin is not whole")])
def test_a_model_that_does_not_translate_is_broken_and_the_rest_is_still_told(monkeypatch, tmp_path, answer):
    checks = diagnose(monkeypatch, tmp_path, answer)
    assert not checks["canary"].ok
    assert checks["python"].ok
    assert checks["checksums"].ok


def test_the_memory_s_size_and_its_limit_are_told(tmp_path):
    assert "not there yet" in doctor._memory(Settings(cache=tmp_path))
    (tmp_path / "translations.sqlite").write_bytes(bytes(3_000_000))
    (tmp_path / "translations.sqlite-wal").write_bytes(bytes(200_000))
    assert "3.2 MB; it keeps the 2,000,000 translations used last" in doctor._memory(Settings(cache=tmp_path))


def test_a_model_that_is_not_there_is_named(tmp_path):
    checks = {check.name: check for check in examine(Settings(model="absent", cache=tmp_path))}
    assert not checks["model"].ok
    assert "absent" in checks["model"].value
    assert "canary" not in checks


def test_a_package_that_is_missing_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(doctor, "PACKAGES", ("no-such-package",))
    checks = {check.name: check for check in examine(Settings(model="absent", cache=tmp_path))}
    assert not checks["no-such-package"].ok
