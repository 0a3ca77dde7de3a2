"""Finding the models of this machine, taking one in, taking one off."""

import shutil
from pathlib import Path

import pytest
from hub_server import FILES
from tiny_model import make_folder

from vn_summarize.errors import ConfigError, ModelCorrupt, ModelError, ModelNotFound, OutputError
from vn_summarize.inventory import (
    find_leftovers,
    find_models,
    find_removable,
    import_model,
    own_place,
    remove_model,
    staging,
    verify_whole,
)
from vn_summarize.models import read_model, resolve


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give our folder; no other one is looked at but the package's."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("VN_SUMMARIZE_MODELS", str(tmp_path / "ours"))
    return tmp_path / "ours"


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    folder = tmp_path / "elsewhere" / "tiny"
    folder.mkdir(parents=True)
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_folder(tmp_path_factory.mktemp("own") / "tiny", "marian")


def take(source: Path, name: str, place: Path) -> Path:
    return import_model(source, name, "", "mit", place)[0]


def test_models_go_to_the_folder_that_is_named(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert own_place(tmp_path / "given") == tmp_path / "given"
    assert own_place() == place
    monkeypatch.delenv("VN_SUMMARIZE_MODELS")
    assert own_place().is_absolute()
    assert own_place().name == "models"


def test_every_place_is_listed_and_an_earlier_one_hides_a_later(place: Path, checkpoint: Path, tmp_path: Path) -> None:
    take(checkpoint, "a", place)
    take(checkpoint, "a", tmp_path / "models")
    take(checkpoint, "b", tmp_path / "models")
    found = [(model.name, model.hidden) for model in find_models()]
    assert found[:3] == [("a", False), ("a", True), ("b", False)]
    assert ("vi-en-news", False) in found


def test_hidden_folders_and_others_are_no_models(place: Path, checkpoint: Path) -> None:
    shutil.copytree(checkpoint, place / ".tiny.0123456789ab.partial")
    (place / "notes").mkdir()
    assert [model for model in find_models() if model.path.parent == place] == []


def test_a_damaged_model_is_listed_with_its_problem(place: Path, checkpoint: Path) -> None:
    for name in ("cut", "none", "pickled"):
        take(checkpoint, name, place)
    (place / "cut" / "model.safetensors").write_bytes(b"short")
    (place / "none" / "model.json").write_text("{")
    shutil.rmtree(place / "pickled")
    (place / "pickled").mkdir()
    (place / "pickled" / "config.json").write_text('{"model_type": "marian"}')
    (place / "pickled" / "pytorch_model.bin").write_bytes(b"PK\3\4")
    found = {model.name: model for model in find_models() if model.path.parent == place}
    assert {model.state for model in found.values()} == {"damaged"}
    assert "model.safetensors" in found["cut"].problem
    assert "model.json" in found["none"].problem
    assert "safetensors" in found["pickled"].problem


def test_an_imported_checkpoint_is_copied_and_recorded(place: Path, checkpoint: Path) -> None:
    (checkpoint / "pytorch_model.bin").write_bytes(b"PK\3\4")
    (checkpoint / "evil.py").write_text("raise SystemExit")
    path, left = import_model(checkpoint, "mine", "", "mit", place)
    assert left == ("pytorch_model.bin",)
    assert {p.name for p in path.iterdir()} == {*FILES, "model.json"}
    assert verify_whole(resolve("mine"))
    assert [model.state for model in find_models() if model.name == "mine"] == ["recorded"]


def test_a_folder_of_ours_is_imported_whole_or_not_at_all(place: Path, own: Path, tmp_path: Path) -> None:
    path = take(own, "mine", place)
    assert {p.name: p.read_bytes() for p in path.iterdir()} == {p.name: p.read_bytes() for p in own.iterdir()}
    broken = Path(shutil.copytree(own, tmp_path / "broken"))
    (broken / "source.spm").write_bytes(b"?")
    with pytest.raises(ModelCorrupt):
        take(broken, "broken", place)
    assert [p.name for p in place.iterdir()] == ["mine"]


def test_what_is_no_model_or_pickled_is_not_imported(place: Path, checkpoint: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelNotFound):
        take(tmp_path / "nowhere", "a", place)
    (checkpoint / "model.safetensors").rename(checkpoint / "pytorch_model.bin")
    with pytest.raises(ModelError, match=r"pytorch_model\.bin only[\s\S]*save_pretrained"):
        take(checkpoint, "a", place)
    assert not place.exists() or not list(place.iterdir())


@pytest.mark.parametrize("name", ["", ".", "..", ".hidden", "a/b", "../a", "/a", "a\\b", "c:a"])
def test_a_name_is_a_name(place: Path, checkpoint: Path, name: str) -> None:
    with pytest.raises(ConfigError, match="cannot be a model's name"):
        take(checkpoint, name, place)


def test_nothing_is_replaced(place: Path, checkpoint: Path) -> None:
    take(checkpoint, "a", place)
    with pytest.raises(ConfigError, match="there already"):
        take(checkpoint, "a", place)


def test_a_checkpoint_without_a_record_is_verified_as_far_as_can_be(place: Path, checkpoint: Path) -> None:
    assert not verify_whole(read_model(checkpoint))
    weights = checkpoint / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-5])
    with pytest.raises(ModelCorrupt):
        verify_whole(read_model(checkpoint))


def test_a_failure_leaves_nothing(place: Path) -> None:
    with pytest.raises(OutputError), staging(place, "a") as folder:
        (folder / "no such folder" / "file").write_text("half")
    assert list(place.iterdir()) == []


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot write"), staging(tmp_path / "file", "a"):
        pass


def test_a_model_is_removed_whole(place: Path, checkpoint: Path) -> None:
    take(checkpoint, "a", place)
    remove_model(find_removable("a"))
    assert list(place.iterdir()) == []
    with pytest.raises(ModelNotFound):
        find_removable("a")


def test_the_shipped_model_is_never_removed(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = resolve("vi-en-news").path
    with pytest.raises(ConfigError, match="comes with"):
        find_removable("vi-en-news")
    with pytest.raises(ConfigError, match="comes with"):
        find_removable("vi-en-news", shipped.parent)
    monkeypatch.chdir(shipped.parents[1])
    with pytest.raises(ConfigError, match="comes with"):
        find_removable("vi-en-news")


@pytest.mark.parametrize("name", ["../elsewhere/tiny", "/", "..", "", "."])
def test_nothing_is_removed_by_a_path(checkpoint: Path, name: str) -> None:
    with pytest.raises(ConfigError):
        find_removable(name)
    with pytest.raises(ConfigError):
        find_removable(str(checkpoint))


def test_a_link_out_of_our_folder_is_not_followed(place: Path, checkpoint: Path) -> None:
    place.mkdir()
    (place / "tiny").symlink_to(checkpoint, target_is_directory=True)
    with pytest.raises(ConfigError, match="link"):
        find_removable("tiny")


def test_a_folder_that_is_no_model_is_not_removed(place: Path) -> None:
    (place / "letters").mkdir(parents=True)
    with pytest.raises(ModelNotFound):
        find_removable("letters")


def test_only_what_stopped_pulls_of_that_name_left_is_found(place: Path) -> None:
    left = place / ".a.0123456789ab.partial"
    for folder in (left, place / ".a.b.0123456789ab.partial", place / ".a.mine", place / ".ab.0123456789ab.partial"):
        folder.mkdir(parents=True)
    assert find_leftovers("a", [place, place / "none"]) == [left]
