"""Pulling a model, from a server on the loopback address that speaks the hub's protocol."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from hub_server import COMMIT, FILES, HubServer, serving, weights

from vn_summarize import hub
from vn_summarize.checkpoints import Origin, read_origin
from vn_summarize.errors import ConfigError, ModelCorrupt, ModelError, OutputError
from vn_summarize.models import read_model, verify

pytest.importorskip("huggingface_hub", reason="the extra `hub` is not installed")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    with serving() as running:
        monkeypatch.setenv("HF_ENDPOINT", running.url)
        yield running


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let no test wait; the pauses that were asked for are remembered."""
    asked: list[float] = []
    monkeypatch.setattr("time.sleep", asked.append)
    return asked


def pull(place: Path, revision: str = "", repository: str = "owner/tiny") -> Path:
    return hub.fetch(hub.look_up(repository, revision), "tiny", "", place, lambda line: None)


def is_model(place: Path) -> bool:
    return (place / "tiny").exists()


def test_a_pulled_model_has_the_files_of_its_commit_and_their_checksums(server: HubServer, tmp_path: Path) -> None:
    folder = pull(tmp_path)
    assert {p.name: p.read_bytes() for p in folder.iterdir() if p.name != "model.json"} == FILES
    model = read_model(folder)
    verify(model)
    assert (model.model.name, model.model.family, model.model.licence) == ("tiny", "opus-mt", "apache-2.0")
    assert {file.name for file in model.model.files if file.sha256} == set(FILES)
    assert read_origin(folder) == Origin("hub:owner/tiny", COMMIT)
    assert [p.name for p in tmp_path.iterdir()] == ["tiny"]


def test_the_weights_come_by_a_redirect(server: HubServer, tmp_path: Path) -> None:
    pull(tmp_path)
    assert ("GET", "/cdn/model.safetensors", "") in server.requests


def test_a_revision_is_asked_for_and_its_commit_recorded(server: HubServer, tmp_path: Path) -> None:
    assert read_origin(pull(tmp_path, "v1")) == Origin("hub:owner/tiny", COMMIT)
    assert ("GET", "/api/models/owner/tiny/revision/v1", "") in server.requests


def test_code_pickles_and_folders_are_not_fetched(server: HubServer, tmp_path: Path) -> None:
    server.files |= {"pytorch_model.bin": b"PK\3\4", "modeling_x.py": b"", "onnx/config.json": b"{}", "../up.json": b""}
    assert {p.name for p in pull(tmp_path).iterdir()} == {*FILES, "model.json"}
    assert not [path for _, path, _ in server.requests if "pytorch" in path or "modeling" in path or "onnx" in path]


def test_sharded_weights_are_fetched_whole_or_refused(server: HubServer, tmp_path: Path) -> None:
    shards = {f"model-0000{n}-of-00002.safetensors": weights(n) for n in (1, 2)}
    index = json.dumps({"weight_map": dict(zip("ab", shards, strict=True))}).encode()
    del server.files["model.safetensors"]
    server.files |= shards | {"model.safetensors.index.json": index}
    assert set(shards) < {p.name for p in pull(tmp_path / "a").iterdir()}
    del server.files["model-00002-of-00002.safetensors"]
    with pytest.raises(ModelCorrupt, match="model-00002-of-00002"):
        pull(tmp_path / "b")
    assert not is_model(tmp_path / "b")


def test_pickled_weights_are_refused_with_what_to_do(server: HubServer) -> None:
    server.files = {"config.json": b"{}", "pytorch_model.bin": b"PK\3\4"}
    with pytest.raises(ModelError, match=r"pytorch_model\.bin only[\s\S]*--revision refs/pr/N[\s\S]*models import"):
        hub.look_up("owner/tiny")
    server.files = {"config.json": b"{}"}
    with pytest.raises(ModelError, match="no safetensors"):
        hub.look_up("owner/tiny")


@pytest.mark.parametrize(("status", "words"), [(401, "HF_TOKEN"), (403, "accept its terms"), (404, "check the name")])
def test_what_the_hub_refuses_is_not_asked_again(
    server: HubServer, pauses: list[float], status: int, words: str
) -> None:
    server.fault("api", status)
    with pytest.raises(ModelError, match=words):
        hub.look_up("owner/tiny")
    assert not pauses


def test_a_repository_or_revision_that_is_not_there(server: HubServer) -> None:
    with pytest.raises(ModelError, match="404"):
        hub.look_up("owner/none")
    with pytest.raises(ModelError, match="--revision"):
        hub.look_up("owner/tiny", "no-such")
    with pytest.raises(ConfigError, match="no repository has such a name"):
        hub.look_up("a/b/c")


def test_trouble_of_the_server_is_waited_out(server: HubServer, pauses: list[float], tmp_path: Path) -> None:
    server.fault("api", 503, 500)
    server.fault("model.safetensors", 502)
    assert (pull(tmp_path) / "model.safetensors").read_bytes() == FILES["model.safetensors"]
    assert pauses == [1, 2, 1]


def test_lasting_trouble_of_the_server_is_an_error(server: HubServer, pauses: list[float], tmp_path: Path) -> None:
    server.fault("model.safetensors", *[500] * 20)
    with pytest.raises(ModelError, match="answers 500; what is fetched is kept"):
        pull(tmp_path)
    assert pauses == list(hub.PAUSES)
    assert not is_model(tmp_path)


@pytest.mark.parametrize("fault", ["cut", "short"])
def test_a_truncated_body_is_gone_on_with_after_its_last_byte(
    server: HubServer, fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.DOWNLOAD_CHUNK_SIZE", 500)  # what broke off within one is lost
    server.fault("model.safetensors", fault)
    assert (pull(tmp_path) / "model.safetensors").read_bytes() == FILES["model.safetensors"]
    half = len(FILES["model.safetensors"]) // 2
    assert server.asked("model.safetensors")[-1] in (f"bytes={half}-", f"bytes={half // 500 * 500}-")


def test_a_stopped_pull_is_no_model_and_the_next_goes_on(server: HubServer, tmp_path: Path) -> None:
    server.fault("model.safetensors", "short", *[503] * 20)
    with pytest.raises(ModelError):
        pull(tmp_path)
    assert not is_model(tmp_path)
    server.faults, server.requests = {}, []
    assert (pull(tmp_path) / "model.safetensors").read_bytes() == FILES["model.safetensors"]
    assert all(asked.startswith("bytes=") for asked in server.asked("model.safetensors"))
    assert not server.asked("config.json")[1:], "a file that is there and right is not fetched again"


@pytest.mark.parametrize("name", ["model.safetensors", "config.json"])
def test_a_wrong_checksum_is_thrown_away(server: HubServer, name: str, tmp_path: Path) -> None:
    server.fault(name, "wrong")
    with pytest.raises(ModelCorrupt, match=rf"{name}[\s\S]*checksum"):
        pull(tmp_path)
    assert not is_model(tmp_path)
    assert (pull(tmp_path) / name).read_bytes() == FILES[name]


def test_a_part_of_other_bytes_is_never_taken(server: HubServer, tmp_path: Path) -> None:
    part = tmp_path / f".tiny.{COMMIT[:12]}.partial" / "model.safetensors.part"
    part.parent.mkdir()
    part.write_bytes(b"?" * 100)
    with pytest.raises(ModelCorrupt):
        pull(tmp_path)
    part.write_bytes(b"?" * 100_000)
    assert (pull(tmp_path) / "model.safetensors").read_bytes() == FILES["model.safetensors"]


def test_what_gives_no_checksum_is_not_taken(server: HubServer, tmp_path: Path) -> None:
    server.with_etag = False
    with pytest.raises(ModelError, match="no checksum"):
        pull(tmp_path)


def test_a_family_that_cannot_be_used_is_told_before_the_weights_are_fetched(server: HubServer, tmp_path: Path) -> None:
    server.files["config.json"] = b'{"model_type": "resnet"}'
    with pytest.raises(ModelError, match="resnet"):
        pull(tmp_path)
    assert not server.asked("model.safetensors")


def test_weights_that_are_none_are_refused(server: HubServer, tmp_path: Path) -> None:
    server.files["model.safetensors"] = b"PK\x03\x04" + b"pickle" * 100
    with pytest.raises(ModelCorrupt, match="safetensors"):
        pull(tmp_path)
    assert not is_model(tmp_path)


def test_a_disk_that_is_too_small_is_told_before_anything_is_fetched(
    server: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=1000))
    with pytest.raises(OutputError, match="room"):
        pull(tmp_path)
    assert not server.asked("config.json")


def test_no_server_is_an_error_that_names_the_ways_out(monkeypatch: pytest.MonkeyPatch, pauses: list[float]) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(ModelError, match=r"HTTPS_PROXY[\s\S]*HF_ENDPOINT"):
        hub.look_up("owner/tiny")
    assert pauses == list(hub.PAUSES)


def test_a_licence_with_a_name_of_its_own_is_named(server: HubServer) -> None:
    server.licence = ["other", "mit"]
    assert hub.look_up("owner/tiny").licence == "other, mit"


def test_nothing_but_a_pull_imports_the_library() -> None:
    code = (
        "import sys, vn_summarize.hub, vn_summarize.cli, vn_summarize.models; print('huggingface_hub' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
