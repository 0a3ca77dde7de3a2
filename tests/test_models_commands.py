"""The commands about models."""

import json
import sys
from pathlib import Path

import pytest
from hub_server import COMMIT, FILES, HubServer, serving
from typer.testing import CliRunner

from vn_summarize import cli
from vn_summarize.errors import ModelError
from vn_summarize.models import resolve_summarizer, resolve_translator


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VN_SUMMARIZE_MODELS", raising=False)
    return tmp_path / "ours"


@pytest.fixture
def server(monkeypatch):
    pytest.importorskip("huggingface_hub", reason="the extra `hub` is not installed")
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    with serving() as running:
        monkeypatch.setenv("HF_ENDPOINT", running.url)
        yield running


@pytest.fixture
def models(command, place):
    def call(*args, **kwargs):
        return command("models", *args, "--models-dir", place, **kwargs)

    return call


@pytest.fixture
def checkpoint(tmp_path):
    folder = tmp_path / "elsewhere" / "tiny"
    folder.mkdir(parents=True)
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    return folder


def records(out):
    return [json.loads(line) for line in out.splitlines()]


COMMANDS = ("list", "info", "pull", "verify", "convert", "import", "remove", "bundle", "unbundle")


@pytest.mark.parametrize("name", COMMANDS)
def test_help_shows_examples(name):
    text = CliRunner().invoke(cli.app, ["models", name, "--help"]).output
    assert f"vn-summarize models {name}" in text


def test_list_shows_what_is_here_and_what_can_be_pulled(models, checkpoint, place):
    models("import", checkpoint, "--name", "opus-mt-vi-en")
    code, out, _ = models("list")
    assert code == 0
    for word in ("name", "family", "licence", "size", "languages", "checked", "where", "note"):
        assert word in out.splitlines()[0]
    assert "vi-en-news" in out
    assert "hub: google/madlad400-3b-mt" in out
    assert str(place / "opus-mt-vi-en") in out
    assert "hub: Helsinki-NLP/opus-mt-vi-en" not in out
    listed = {record["name"]: record for record in records(models("list", "--json")[1])}
    assert listed["opus-mt-vi-en"]["checked"] == "recorded"
    assert listed["nllb-200-distilled-600M"]["licence"] == "cc-by-nc-4.0"
    assert listed["vi-en-news"]["size"] > 10**8


def test_info_says_where_a_model_came_from(models, checkpoint):
    models("import", checkpoint, "--licence", "mit")
    code, out, _ = models("info", "tiny", "--json")
    record = records(out)[0]
    assert (code, record["from"], record["licence"], record["family"]) == (0, "import", "mit", "opus-mt")
    assert set(record["files"]) == set(FILES)
    assert all(record["files"].values())
    code, out, _ = models("info", "tiny")
    assert code == 0
    assert "licence       mit" in out


def test_info_knows_a_model_that_is_not_here(models):
    code, out, _ = models("info", "madlad400-3b-mt", "--json")
    assert (code, records(out)[0]["task"]) == (0, "translation")
    assert models("info", "no-such-model")[0] == 2


def test_pull_shows_the_licence_and_gives_the_folder(models, place, server: HubServer):
    code, out, err = models("pull", "owner/tiny")
    assert (code, out.strip()) == (0, str(place / "tiny"))
    assert "licence: apache-2.0" in err
    assert COMMIT in err
    assert records(models("info", "tiny", "--json")[1])[0]["revision"] == COMMIT
    assert models("verify", "tiny")[0] == 0


@pytest.mark.parametrize("licence", ["cc-by-nc-4.0", "agpl-3.0", None])
def test_a_licence_that_restricts_has_to_be_accepted(models, place, server: HubServer, licence):
    server.licence = licence
    code, _, err = models("pull", "owner/tiny")
    assert code == 2
    assert "--accept-licence" in err
    assert not server.asked("config.json")
    assert models("pull", "owner/tiny", "--accept-license")[0] == 0
    assert (place / "tiny").is_dir()


def test_a_summarizer_is_pulled_by_its_family_and_translates_nothing(models, place, server: HubServer):
    code, out, err = models("pull", "owner/tiny", "--family", "bart", "--name", "short")
    assert code == 0, err
    assert resolve_summarizer("short", place).path == Path(out.strip())
    with pytest.raises(ModelError, match="--summarizer"):
        resolve_translator("short", place)


def test_pull_says_before_it_asks_the_hub_what_cannot_be(models, checkpoint, server: HubServer):
    assert models("pull", "vi-en-news")[0] == 2
    code, _, err = models("pull", "no-such-model")
    assert code == 2
    assert "owner/name" in err
    models("import", checkpoint)
    code, _, err = models("pull", "owner/tiny")
    assert code == 2
    assert "there already" in err
    assert not server.requests


def test_a_failed_pull_is_no_model_and_can_be_removed(models, place, server: HubServer):
    server.fault("model.safetensors", *[500] * 20)
    code, out, err = models("pull", "owner/tiny")
    assert (code, out) == (2, "")
    assert "pull again" in err
    assert "tiny" not in {record["name"] for record in records(models("list", "--json")[1])}
    assert models("remove", "tiny", "--yes")[0] == 0
    assert list(place.iterdir()) == []


def test_pull_without_the_library_names_the_extra(models, monkeypatch):
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    code, _, err = models("pull", "owner/tiny")
    assert code == 2
    assert "vn-summarize[hub]" in err
    assert "unbundle" in err


def test_convert_without_torch_names_the_extra(models, checkpoint, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    models("import", checkpoint)
    code, _, err = models("convert", "tiny")
    assert code == 2
    assert "vn-summarize[torch]" in err


def test_convert_refuses_what_cannot_be_converted(models, checkpoint):
    models("import", checkpoint)
    assert "no quantization 'int3'" in models("convert", "tiny", "--quantization", "int3")[2]
    code, _, err = models("convert", "vi-en-news")
    assert code == 2
    assert "only checkpoints" in err


def test_verify_names_what_is_damaged(models, checkpoint, place):
    models("import", checkpoint)
    code, out, _ = models("verify")
    assert code == 0
    assert "tiny: whole" in out
    assert "vi-en-news: whole" in out
    (place / "tiny" / "source.spm").write_bytes(b"piecez")
    code, out, _ = models("verify", "tiny", "--json")
    assert (code, records(out)[0]["checked"]) == (2, "damaged")
    assert "source.spm" in records(out)[0]["problem"]


def test_import_says_what_it_left(models, checkpoint, place):
    (checkpoint / "pytorch_model.bin").write_bytes(b"PK\3\4")
    code, out, err = models("import", checkpoint, "--name", "mine")
    assert (code, out.strip()) == (0, str(place / "mine"))
    assert "pytorch_model.bin" in err


def test_remove_asks_or_is_told(models, checkpoint, place):
    models("import", checkpoint)
    code, _, err = models("remove", "tiny")
    assert code == 2
    assert "--yes" in err
    assert (place / "tiny").is_dir()
    assert models("remove", "tiny", "--yes")[0] == 0
    assert not (place / "tiny").exists()
    assert models("remove", "tiny", "--yes")[0] == 2


def test_the_shipped_model_stays(models):
    code, _, err = models("remove", "vi-en-news", "--yes")
    assert code == 2
    assert "comes with" in err


def test_a_bundle_goes_to_another_place(models, checkpoint, command, tmp_path):
    models("import", checkpoint)
    code, out, _ = models("bundle", "tiny", "tiny.tar")
    assert (code, out.strip()) == (0, "tiny.tar")
    code, out, _ = command("models", "unbundle", "tiny.tar", "--models-dir", tmp_path / "there", "--name", "mine")
    assert (code, Path(out.strip())) == (0, tmp_path / "there" / "mine")
    assert command("models", "verify", "mine", "--models-dir", tmp_path / "there")[0] == 0
    assert models("unbundle", "none.tar")[0] == 2


def test_the_table_fits_where_a_model_is_damaged(models, place):
    (place / "broken").mkdir(parents=True)
    (place / "broken" / "model.json").write_text("{")
    code, out, err = models("list")
    assert code == 0
    assert "damaged" in out
    assert "broken: " in err


def test_models_dir_comes_before_all_other_places(command, models, checkpoint, place):
    models("import", checkpoint, "--name", "vi-en-news")
    _, out, _ = command("doctor", "--models-dir", place)
    assert str(place / "vi-en-news") in out
    found = [record for record in records(models("list", "--json")[1]) if record["name"] == "vi-en-news"]
    assert [record["note"].startswith("hidden") for record in found] == [False, True]
