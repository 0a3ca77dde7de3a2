"""Which files of a checkpoint are taken, whether they are whole, and what is recorded of them."""

import json
from pathlib import Path

import pytest
from hub_server import FILES, weights

from vn_summarize.checkpoints import (
    Origin,
    check_whole,
    choose_files,
    describe,
    find_pickled,
    has_weights,
    is_pickle,
    read_origin,
)
from vn_summarize.errors import ModelCorrupt, ModelError
from vn_summarize.models import read_model, verify

INDEX = "model.safetensors.index.json"


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_tokenizer_configuration_card_and_weights_are_chosen() -> None:
    names = ["config.json", "tokenizer.json", "vocab.json", "merges.txt", "spiece.model", "README.md", "LICENSE.txt"]
    assert set(choose_files([*names, "model.safetensors"])) == {*names, "model.safetensors"}


@pytest.mark.parametrize(
    "name",
    [
        "pytorch_model.bin",
        "model.pt",
        "modeling_x.py",
        "training_args.bin",
        "adapter_model.safetensors",
        "onnx/config.json",
        "../config.json",
        "consolidated.safetensors",
        ".gitattributes",
    ],
)
def test_all_else_is_left(name: str) -> None:
    assert choose_files([name]) == ()


def test_shards_are_chosen_with_their_index_only() -> None:
    shards = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"]
    assert set(choose_files([*shards, INDEX])) == {*shards, INDEX}
    assert not has_weights(choose_files(shards))
    assert "model.safetensors" in choose_files([*shards, INDEX, "model.safetensors"])
    assert not set(shards) & set(choose_files([*shards, INDEX, "model.safetensors"]))


def test_pickles_are_named() -> None:
    assert find_pickled(["model.safetensors", "b.pt", "a.bin"]) == ("a.bin", "b.pt")


@pytest.mark.parametrize(
    ("data", "pickled"),
    [(b"PK\3\4zip", True), (b"\x80\4\x95", True), (b"\6\0\0\0CTranslate2", False), (b"", False)],
)
def test_a_pickle_is_known_by_its_beginning(tmp_path: Path, data: bytes, pickled: bool) -> None:
    (tmp_path / "weights").write_bytes(data)
    assert is_pickle(tmp_path / "weights") == pickled


def test_whole_weights_pass(checkpoint: Path) -> None:
    check_whole(checkpoint, list(FILES))


@pytest.mark.parametrize(
    "data",
    [
        weights()[:-1],
        weights() + b"?",
        weights()[:20],
        b"",
        b"PK\3\4" * 100,
        b"\xff" * 8 + b"{}",
        (2).to_bytes(8, "little") + b"[]",
        (8).to_bytes(8, "little") + b'{"w": 1}',
    ],
)
def test_weights_that_are_cut_or_none_are_refused(checkpoint: Path, data: bytes) -> None:
    (checkpoint / "model.safetensors").write_bytes(data)
    with pytest.raises(ModelCorrupt, match=r"model\.safetensors"):
        check_whole(checkpoint, ["model.safetensors"])


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"weight_map": []}'])
def test_an_index_that_is_none_is_refused(checkpoint: Path, data: bytes) -> None:
    (checkpoint / INDEX).write_bytes(data)
    with pytest.raises(ModelCorrupt, match="index"):
        check_whole(checkpoint, [INDEX])


def test_a_description_records_checksums_family_licence_and_origin(checkpoint: Path) -> None:
    (checkpoint / "config.json").write_text(json.dumps({"model_type": "t5"}))
    with pytest.raises(ModelError, match="name it"):
        describe(checkpoint, "mine", "", "mit", Origin("import"))
    describe(checkpoint, "mine", "envit5", "mit", Origin("hub:a/b", "123"))
    folder = read_model(checkpoint)
    assert (folder.model.name, folder.model.family, folder.model.licence) == ("mine", "envit5", "mit")
    assert read_origin(checkpoint) == Origin("hub:a/b", "123")
    verify(folder)
    (checkpoint / "source.spm").write_bytes(b"piecez")
    with pytest.raises(ModelCorrupt, match=r"source\.spm"):
        verify(folder)


def test_a_folder_without_a_record_has_no_origin(checkpoint: Path) -> None:
    assert read_origin(checkpoint) is None
    (checkpoint / "model.json").write_text("[]")
    assert read_origin(checkpoint) is None
