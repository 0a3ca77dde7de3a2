"""Checkpoints of summarizers: recognised, loaded from disk, and asked for a summary."""

import pytest

pytest.importorskip("torch", reason="torch is not installed: pip install 'vn-summarize[torch]'")

from tiny_summarizers import MAKERS, make_summarizer

from vn_summarize.backends import Runtime
from vn_summarize.backends.families import SUMMARY_FAMILIES
from vn_summarize.backends.summarizer import LocalSummarizer
from vn_summarize.backends.vocabulary import CheckpointTokenizer
from vn_summarize.errors import GenerationError
from vn_summarize.models import ModelFolder, resolve_summarizer

TEXT = "Xã còn 214 hộ nghèo. Bà con góp công làm đường."


@pytest.fixture(scope="module", params=MAKERS)
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> ModelFolder:
    path = make_summarizer(tmp_path_factory.mktemp("summarizers") / request.param, request.param)
    found = resolve_summarizer(path)
    assert found.model.family == request.param
    return found


def test_every_family_has_a_checkpoint() -> None:
    assert set(MAKERS) == set(SUMMARY_FAMILIES)


def test_summary_is_one_line_and_the_same_each_time(folder: ModelFolder) -> None:
    answers = {LocalSummarizer(folder, Runtime(device="cpu", threads=1)).summarize(TEXT) for _ in range(2)}
    assert len(answers) == 1
    assert "\n" not in answers.pop()


def test_language_is_the_family_s(folder: ModelFolder) -> None:
    assert LocalSummarizer(folder).language == SUMMARY_FAMILIES[folder.model.family].language


def test_text_that_does_not_fit_is_refused(folder: ModelFolder) -> None:
    summarizer = LocalSummarizer(folder, Runtime(device="cpu", threads=1))
    assert summarizer.fits(TEXT)
    assert not summarizer.fits(TEXT * 500)
    with pytest.raises(GenerationError, match="longer than"):
        summarizer.summarize(TEXT * 500)


def test_model_is_told_what_to_do(folder: ModelFolder) -> None:
    tokenizer, family = CheckpointTokenizer(folder), SUMMARY_FAMILIES[folder.model.family]
    wanted = "Summarize" if family.kind == "chat" else family.prefix
    if not wanted:
        pytest.skip("this family reads the bare article")
    told, bare = tokenizer.decode(tokenizer.encode(TEXT)), tokenizer.decode(tokenizer.encode("Xã"))
    assert wanted[:7] in told  # the tiny vocabularies lack some letters
    assert wanted[:7] in bare
