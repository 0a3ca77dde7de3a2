"""Converting a checkpoint for CTranslate2: what is written, recorded, refused."""

from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the extra `torch` is not installed")
from tiny_checkpoints import FAMILY, make_checkpoint

from vn_summarize import conversion
from vn_summarize.backends import Translation
from vn_summarize.backends.families import FAMILIES
from vn_summarize.bundle import read_bundle, write_bundle
from vn_summarize.checkpoints import Origin, read_origin
from vn_summarize.conversion import CANARY, convert
from vn_summarize.errors import ConfigError, ModelCorrupt, ModelError
from vn_summarize.inventory import import_model, verify_whole
from vn_summarize.models import load, read_model

CONVERTIBLE = [name for name, family in FAMILY.items() if FAMILIES[family].ctranslate2]


def take(tmp_path: Path, name: str) -> Path:
    source = make_checkpoint(tmp_path / "from" / name, name)
    return import_model(source, name, FAMILY[name], "mit", tmp_path / "ours")[0]


@pytest.mark.parametrize("name", CONVERTIBLE)
def test_a_converted_model_is_whole_and_keeps_family_licence_and_origin(tmp_path: Path, name: str) -> None:
    folder = take(tmp_path, name)
    done = convert(read_model(folder), "small", "int8", tmp_path / "ours")
    converted = read_model(done.path)
    assert verify_whole(converted)
    model = converted.model
    assert (model.engine, model.quantization, model.family, model.licence) == (
        "ctranslate2",
        "int8",
        FAMILY[name],
        "mit",
    )
    assert read_origin(done.path) == Origin(f"converted:{name}")
    assert {p.relative_to(done.path).as_posix() for p in done.path.rglob("*") if p.is_file()} == {
        *(file.name for file in model.files),
        "model.json",
    }
    assert load(converted).translate([CANARY])[0].text == done.after
    assert done.before == load(read_model(folder)).translate([CANARY])[0].text


def test_a_converted_model_is_carried_whole(tmp_path: Path) -> None:
    done = convert(read_model(take(tmp_path, "nllb")), "small", "int8", tmp_path / "ours")
    write_bundle(read_model(done.path), tmp_path / "small.tar")
    carried = read_bundle(tmp_path / "small.tar", "", tmp_path / "there")
    imported, _ = import_model(carried, "imported", "", "", tmp_path / "there")
    for folder in (carried, imported):
        assert load(read_model(folder)).translate([CANARY])[0].text == done.after


def test_a_model_that_has_no_answer_any_more_is_thrown_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Answers:
        def __init__(self, text: str) -> None:
            self.text = text

        def translate(self, texts: list[str]) -> list[Translation]:
            return [Translation(self.text, 0.0) for _ in texts]

    monkeypatch.setattr(
        conversion, "load", lambda folder: Answers("English" if folder.model.engine == "transformers" else "")
    )
    with pytest.raises(ModelError, match="thrown away"):
        convert(read_model(take(tmp_path, "opus_mt")), "small", "int8", tmp_path / "ours")
    assert [p.name for p in (tmp_path / "ours").iterdir()] == ["opus_mt"]


def test_what_is_damaged_taken_or_cannot_be_converted_is_refused(tmp_path: Path) -> None:
    folder = take(tmp_path, "opus_mt")
    with pytest.raises(ConfigError, match="there already"):
        convert(read_model(folder), "opus_mt", "int8", tmp_path / "ours")
    with pytest.raises(ConfigError, match="no quantization"):
        convert(read_model(folder), "small", "int3", tmp_path / "ours")
    with pytest.raises(ConfigError, match="does not run chat"):
        convert(read_model(take(tmp_path, "qwen")), "small", "int8", tmp_path / "ours")
    (folder / "source.spm").write_bytes(b"?")
    with pytest.raises(ModelCorrupt, match=r"source\.spm"):
        convert(read_model(folder), "small", "int8", tmp_path / "ours")
