"""Finding, checking and loading a model folder."""

import json
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from tiny_model import describe, make_folder, make_onnx_folder

from vn_summarize import models
from vn_summarize.backends import Decoding, Runtime, Translation
from vn_summarize.errors import ModelCorrupt, ModelError, ModelNotFound
from vn_summarize.models import LazyTranslator, find_places, load, read_model, resolve, verify


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_folder(tmp_path_factory.mktemp("models") / "tiny", "marian")


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "models" / "tiny"))


def test_a_model_is_found_by_path_and_by_name(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert resolve(folder).path == folder
    assert resolve(str(folder)).model.name == "tiny"
    assert resolve("tiny", models_dir=folder.parent).path == folder
    monkeypatch.setenv("VN_SUMMARIZE_MODELS", f"{tmp_path / 'none'}:{folder.parent}")
    assert resolve("tiny").path == folder
    monkeypatch.delenv("VN_SUMMARIZE_MODELS")
    monkeypatch.chdir(tmp_path)
    assert resolve("tiny").path == Path("models/tiny")


def test_the_places_come_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VN_SUMMARIZE_MODELS", "/first")
    places = find_places(tmp_path)
    assert places[:3] == [tmp_path, Path("/first"), Path("models")]
    assert places[-2].name == "shipped"


def test_a_model_that_is_not_there_names_every_place(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFound) as caught:
        resolve("no-such-model", models_dir=tmp_path)
    for place in find_places(tmp_path):
        assert str((place / "no-such-model").absolute()) in str(caught.value)


@pytest.mark.parametrize("name", ["", ".", "..", "../tiny", "/none/tiny"])
def test_only_a_plain_name_is_looked_up(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parents[1])
    with pytest.raises(ModelNotFound):
        resolve(name, models_dir=folder)


def test_a_folder_comes_before_a_short_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert resolve("fast").model.name == "vi-en-small"
    assert resolve("quality").model.name == "vi-en-news"
    monkeypatch.chdir(folder.parents[1])
    folder.rename("fast")
    assert resolve("fast").path == Path("fast")


@pytest.mark.parametrize(("asked", "searched"), [(0, 2), (1, 1), (3, 3)])
def test_a_model_is_searched_with_its_own_beam_unless_another_is_asked_for(
    tmp_path: Path, asked: int, searched: int
) -> None:
    path = make_onnx_folder(tmp_path / "tiny")
    describe(path, "decoder", engine="onnxruntime", beam=2)
    translator = load(read_model(path), Runtime(beam=asked))
    (answer,) = translator.translate(["Xã có 9 thôn."], Decoding(alternatives=9))
    plain = load(read_model(make_onnx_folder(tmp_path / "plain")))
    assert translator.translate(["Xã có 9 thôn."]) == plain.translate(["Xã có 9 thôn."], Decoding(beam=searched))
    assert len(answer.alternatives) < searched


@pytest.mark.parametrize("name", ["vi-en-news", "vi-en-small"])
def test_a_shipped_model_is_whole(name: str) -> None:
    shipped = resolve(name)
    verify(shipped)
    names = {file.name for file in shipped.model.files}
    assert {"source.spm", "model.onnx.00", shipped.model.card} <= names
    assert max(file.size for file in shipped.model.files) <= 90_000_000
    assert not {p.name for p in shipped.path.iterdir()} - names - {"model.json"}


@pytest.mark.parametrize("name", ["model.bin.01", "source.spm", "config.json", "README.md"])
def test_a_changed_file_is_named_with_both_checksums(folder: Path, name: str) -> None:
    verify(read_model(folder))
    file = folder / name
    recorded = next(f for f in read_model(folder).model.files if f.name == name)
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    with pytest.raises(ModelCorrupt, match=rf"{name}.*{recorded.sha256}[\s\S]*Restore"):
        verify(read_model(folder))


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "model.bin.00").unlink()
    with pytest.raises(ModelCorrupt, match=r"model\.bin\.00"):
        verify(read_model(folder))


def test_bad_weights_are_never_loaded(folder: Path) -> None:
    shard = folder / "model.bin.01"
    shard.write_bytes(shard.read_bytes()[:-1] + b"?")
    with pytest.raises(ModelCorrupt, match=r"model\.bin\.01"):
        load(read_model(folder))
    describe(folder, "marian")  # checksums of the damaged file, so that the engine meets it
    shard.write_bytes(b"")
    describe(folder, "marian")
    with pytest.raises(ModelCorrupt, match="cannot load"):
        load(read_model(folder))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1}', '{"format": "one"}', "\udcff"])
def test_a_description_that_is_none_is_corrupt(folder: Path, text: str) -> None:
    (folder / "model.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ModelCorrupt, match=r"model\.json"):
        read_model(folder)


def test_a_newer_format_asks_for_a_newer_program(folder: Path) -> None:
    describe(folder, "marian", format=99)
    with pytest.raises(ModelError, match="update vn-summarize"):
        read_model(folder)


@pytest.mark.parametrize("name", ["weights.pkl", "pytorch_model.bin", "../source.spm", "model.bin.x", "code.py"])
def test_only_plain_data_inside_the_folder_is_taken(folder: Path, name: str) -> None:
    data: dict[str, Any] = json.loads((folder / "model.json").read_text())
    data["files"][0]["name"] = name
    (folder / "model.json").write_text(json.dumps(data))
    with pytest.raises(ModelCorrupt, match="unexpected file"):
        read_model(folder)


def test_the_fingerprint_follows_what_a_translation_depends_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = read_model(folder).fingerprint
    (folder / "README.md").write_text("# Another card\n")
    describe(folder, "marian")
    assert read_model(folder).fingerprint == before
    describe(folder, "marian", source_tokens=50)
    fewer = read_model(folder).fingerprint
    monkeypatch.setattr(models, "CODE_VERSION", models.CODE_VERSION + 1)
    assert len({before, fewer, read_model(folder).fingerprint}) == 3


def test_lazy_weights_are_loaded_at_the_first_text(folder: Path) -> None:
    lazy = LazyTranslator(read_model(folder))
    (folder / "model.bin.00").unlink()
    assert lazy.fingerprint == read_model(folder).fingerprint
    assert lazy.fits("Xã còn 12 hộ nghèo.")
    assert not lazy.fits("hộ nghèo " * 500)
    assert lazy.translate(["", " "]) == [Translation("", 0.0)] * 2
    assert not lazy.loaded
    with pytest.raises(ModelCorrupt, match=r"model\.bin\.00"):
        lazy.translate(["Xã còn 12 hộ nghèo."])


def test_lazy_answers_are_the_loaded_ones(folder: Path) -> None:
    texts = ["Xã còn 12 hộ nghèo.", "", "Bà con góp công."]
    lazy = LazyTranslator(read_model(folder))
    assert lazy.translate(texts) == load(read_model(folder)).translate(texts)
    assert lazy.loaded


def test_models_without_memory_files_load_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load(read_model(folder)).translate(["Bà con góp công."])
    monkeypatch.delattr("os.memfd_create", raising=False)
    assert load(read_model(folder)).translate(["Bà con góp công."]) == first


def test_finding_a_model_imports_no_engine(folder: Path) -> None:
    code = (
        "import sys; from vn_summarize.models import LazyTranslator, resolve\n"
        f"LazyTranslator(resolve({str(folder)!r})).fingerprint\n"
        "print([m for m in ('ctranslate2', 'sentencepiece', 'torch', 'transformers', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("device", ["cuda", "mps"])
def test_the_shipped_model_runs_on_the_processor_only(device: str) -> None:
    with pytest.raises(ModelError, match=f"processor only.*--device {device}"):
        load(resolve("vi-en-news"), Runtime(device=device))


def test_a_device_that_is_not_there_is_an_error(folder: Path) -> None:
    with pytest.raises(ModelError, match="no code for it"):
        load(read_model(folder), Runtime(device="mps"))


def test_a_checkpoint_without_torch_says_what_to_install(tmp_path: Path) -> None:
    if find_spec("torch"):
        pytest.skip("torch is installed")
    (tmp_path / "config.json").write_text('{"model_type": "marian"}')
    (tmp_path / "model.safetensors").write_bytes(b"")
    with pytest.raises(ModelError, match=r"pip install 'vn-summarize\[torch\]'"):
        load(read_model(tmp_path))
