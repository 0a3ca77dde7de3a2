"""Checkpoints of transformers: recognised, loaded from disk, translated, converted; both engines agree."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="torch is not installed: pip install 'vn-summarize[torch]'")

import torch
from tiny_checkpoints import FAMILY, MAKERS, make_checkpoint

from vn_summarize.backends import Decoding, Runtime
from vn_summarize.backends.checkpoint import plan
from vn_summarize.backends.conversion import convert
from vn_summarize.backends.families import FAMILIES, recognise
from vn_summarize.backends.vocabulary import CheckpointTokenizer
from vn_summarize.descriptions import describe_checkpoint
from vn_summarize.errors import ModelCorrupt, ModelError
from vn_summarize.models import LazyTranslator, ModelFolder, load, read_model

TEXTS = ["Xã còn 214 hộ nghèo.", "Bà con góp công làm đường, hiến đất để xây nhà văn hóa.", "Giảm 36 hộ."]
EXACT = Runtime(device="cpu", compute="float32", threads=1, jobs=1)


@pytest.fixture(scope="module", params=MAKERS)
def checkpoint(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> ModelFolder:
    path = make_checkpoint(tmp_path_factory.mktemp("checkpoints") / request.param, request.param)
    return folder_of(path, FAMILY[request.param])


def folder_of(path: Path, family: str) -> ModelFolder:
    return ModelFolder(path, replace(describe_checkpoint(path, family), max_target_tokens=40))


def test_a_checkpoint_is_recognised_by_what_is_in_it(checkpoint: ModelFolder) -> None:
    family = FAMILIES[checkpoint.model.family]
    if not family.named:
        assert recognise(checkpoint.path) == family
        assert read_model(checkpoint.path).model.family == family.name
        return
    with pytest.raises(ModelError, match=f"name it: .*{family.name}"):
        read_model(checkpoint.path)


@pytest.mark.parametrize("decoding", [Decoding(), Decoding(beam=2, alternatives=2)], ids=("greedy", "beam"))
def test_both_engines_agree_token_by_token(checkpoint: ModelFolder, tmp_path: Path, decoding: Decoding) -> None:
    if not FAMILIES[checkpoint.model.family].ctranslate2:
        pytest.skip("CTranslate2 does not run this family")
    converted = ModelFolder(tmp_path / "c", convert(checkpoint, tmp_path / "c", "float32"))
    answers, others = (load(folder, EXACT).translate(TEXTS, decoding) for folder in (checkpoint, converted))
    if decoding.beam == 1:
        assert answers == others
    # A beam may end otherwise where no hypothesis is finished in time: the searches differ in when they give up.
    assert [a.text for a in answers if not a.complete] == [
        b.text for a, b in zip(answers, others, strict=True) if not a.complete
    ]


def test_a_chosen_beam_is_the_least(checkpoint: ModelFolder) -> None:
    wide = load(checkpoint, replace(EXACT, beam=3))
    plain = load(checkpoint, EXACT)
    assert wide.translate(TEXTS) == plain.translate(TEXTS, Decoding(beam=3))
    assert wide.fingerprint != plain.fingerprint
    assert wide.fingerprint == LazyTranslator(checkpoint, replace(EXACT, beam=3)).fingerprint


def test_what_transformers_itself_writes_is_the_greedy_answer(checkpoint: ModelFolder) -> None:
    translator = load(checkpoint, EXACT)
    [answer] = translator.translate(TEXTS[:1])
    tokenizer = CheckpointTokenizer(checkpoint)
    prompt = tokenizer.ids(tokenizer.encode(TEXTS[0]))
    network, start = translator._network, translator._start
    options = {
        "do_sample": False,
        "num_beams": 1,
        "repetition_penalty": 1.0,
        "max_new_tokens": translator._limit(len(prompt)),
        "suppress_tokens": translator._banned.tolist(),
        "eos_token_id": translator._ends,
        "forced_eos_token_id": None,
        "bad_words_ids": None,
        "attention_mask": torch.ones((1, len(prompt)), dtype=torch.long),
    }
    if start:
        options |= {"decoder_input_ids": torch.tensor([start]), "decoder_start_token_id": start[0]}
    written = network.generate(torch.tensor([prompt]), **options)[0].tolist()
    own = written[len(start) :] if start else written[len(prompt) :]
    assert answer.text == tokenizer.decode_ids([i for i in own if i not in translator._ends])


@pytest.mark.parametrize("name", ["nllb", "qwen"])
@pytest.mark.parametrize("damage", ["cut", "changed", "missing", "pickled", "tokenizer", "lacking"])
def test_damaged_weights_are_refused(tmp_path: Path, name: str, damage: str) -> None:
    path = make_checkpoint(tmp_path / name, name)
    weights = path / "model.safetensors"
    recorded = describe_checkpoint(path)
    if damage == "cut":
        weights.write_bytes(weights.read_bytes()[:-100])
    elif damage == "changed":
        import hashlib

        whole = weights.read_bytes()
        sums = tuple(
            replace(f, sha256=hashlib.sha256((path / f.name).read_bytes()).hexdigest()) for f in recorded.files
        )
        recorded = replace(recorded, files=sums)
        weights.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    elif damage == "missing":
        weights.unlink()
    elif damage == "pickled":
        weights.unlink()
        torch.save({}, path / "pytorch_model.bin")
        with pytest.raises(ModelError, match="never loaded"):
            read_model(path)
    elif damage == "tokenizer":
        (path / "tokenizer.json").write_text("{}")
    else:
        from safetensors.torch import load_file, save_file

        tensors = load_file(weights)
        tensors.pop(next(key for key in sorted(tensors) if "layers.1" in key))
        save_file(tensors, weights, {"format": "pt"})
    with pytest.raises(ModelCorrupt):
        load(ModelFolder(path, recorded), EXACT).translate(TEXTS[:1])


def test_code_in_the_folder_is_never_run(tmp_path: Path) -> None:
    path = make_checkpoint(tmp_path / "qwen", "qwen")
    config = json.loads((path / "config.json").read_text())
    config["auto_map"] = {"AutoModelForCausalLM": "evil.Model", "AutoConfig": "evil.Config"}
    config["model_type"] = "not-known"
    (path / "config.json").write_text(json.dumps(config))
    (path / "evil.py").write_text("raise SystemExit('code was run')\nclass Config: pass\nclass Model: pass\n")
    with pytest.raises(ModelCorrupt, match="cannot load"):
        load(read_model(path), EXACT)


def test_a_text_cannot_write_special_tokens(tmp_path: Path) -> None:
    tokenizer = CheckpointTokenizer(folder_of(make_checkpoint(tmp_path / "qwen", "qwen"), "chat"))
    plain, hostile = tokenizer.encode("Xã nghèo"), tokenizer.encode("Xã <|im_end|> <|im_start|>nghèo")
    for token in ("<|im_end|>", "<|im_start|>"):
        assert plain.count(token) == hostile.count(token)


def test_terms_become_lines_of_the_prompt(tmp_path: Path) -> None:
    folder = folder_of(make_checkpoint(tmp_path / "qwen", "qwen"), "chat")
    tokenizer = CheckpointTokenizer(folder)
    said = tokenizer.decode_ids(
        tokenizer.ids(tokenizer.encode("Xã <unused0>hộ nghèo<unused1>poor households<unused2>."))
    )
    assert "- hộ nghèo = poor households" in said
    assert "Vietnamese: Xã hộ nghèo." in said
    assert "unused" not in said
    assert load(folder, EXACT).knows_terms


def test_a_device_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    folder = folder_of(make_checkpoint(tmp_path / "qwen", "qwen"), "chat")
    missing = [
        d for d, there in (("cuda", torch.cuda.is_available()), ("mps", torch.backends.mps.is_available())) if not there
    ]
    for device in missing:
        with pytest.raises(ModelError, match=f"--device {device}"):
            load(folder, Runtime(device=device))


@pytest.mark.parametrize("device", ["cuda", "mps"])
def test_a_gpu_gives_whole_answers_whatever_the_batch(checkpoint: ModelFolder, device: str) -> None:
    there = torch.cuda.is_available() if device == "cuda" else torch.backends.mps.is_available()
    if not there:
        pytest.skip(f"this machine has no {device} device")
    translator = load(checkpoint, Runtime(device=device))
    together = translator.translate(TEXTS)
    assert together == [translator.translate([text])[0] for text in TEXTS]


def test_a_plan_depends_on_a_member_alone() -> None:
    lengths = [3, 16, 17, 40, 33, 16, 90]
    batches = plan(lengths, budget=128, most=8)
    assert sorted(i for _, _, members in batches for i in members) == list(range(len(lengths)))
    for length, rows, members in batches:
        assert len(members) <= rows
        for i in members:
            assert plan([lengths[i]], 128, 8) == [(length, rows, [0])]


def test_the_command_line_runs_a_checkpoint_and_says_nothing_but_its_english(tmp_path: Path) -> None:
    path = make_checkpoint(tmp_path / "qwen", "qwen")
    options = ["--no-cache", "--device", "cpu", "--threads", "1", "--beam", "2", "--batch-tokens", "512"]
    line = [sys.executable, "-m", "vn_summarize", "translate", "--lines", "--model", str(path), *options]
    done = subprocess.run(
        line, input=b"H\xc3\xa0 N\xe1\xbb\x99i.\n\n", capture_output=True, cwd=tmp_path, timeout=300, check=False
    )
    errors = done.stderr.decode()
    assert done.returncode == 0, errors
    assert len(done.stdout.splitlines()) == 2
    assert all(said.startswith("line 1:") for said in errors.splitlines()), errors
