"""A model in a process of its own: what comes back, and what is left when it is damaged, killed or interrupted."""

import multiprocessing

import pytest
from tiny_model import make_folder

from vn_summarize.config import Settings
from vn_summarize.errors import ModelCorrupt, ModelError
from vn_summarize.loading import load_translator
from vn_summarize.models import resolve
from vn_summarize.trials import peak_megabytes, run_trial

SOURCES = ["Xã có 214 hộ nghèo.", "Bà con góp công làm đường.", ""]


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    return Settings(model=str(make_folder(tmp_path_factory.mktemp("models") / "tiny", "marian")), no_cache=True)


def test_the_translations_are_those_of_the_model_and_each_sentence_is_told(settings):
    told = []
    trial = run_trial(settings, SOURCES, True, told.append)
    assert list(trial.texts) == [a.text for a in load_translator(settings).translate(SOURCES)]
    assert (trial.model, trial.fingerprint) == (settings.model, resolve(settings.model).fingerprint)
    assert told == [1, 2, 3]
    assert trial.seconds > 0


def test_the_memory_is_that_of_the_process_not_of_the_one_that_started_it(settings):
    if peak_megabytes() is None:
        pytest.skip("this system does not say how much memory a process held")
    ballast = b"x" * 600_000_000
    trial = run_trial(settings, SOURCES, True)
    assert len(ballast) / 1e6 < (peak_megabytes() or 0)
    assert 10 < (trial.peak_mb or 0) < 500


def test_a_damaged_model_is_the_same_error_as_elsewhere(tmp_path):
    folder = make_folder(tmp_path / "tiny", "marian")
    shard = next(folder.glob("model.bin.*"))
    shard.write_bytes(shard.read_bytes()[:-1] + b"?")
    with pytest.raises(ModelCorrupt, match=shard.name):
        run_trial(Settings(model=str(folder)), SOURCES, True)


@pytest.mark.parametrize(("error", "said"), [(None, "was killed"), (KeyboardInterrupt(), None)])
def test_nothing_is_left_of_a_process_that_is_killed_or_interrupted(settings, error, said):
    def disturb(done):
        if error:
            raise error
        for process in multiprocessing.active_children():
            process.kill()

    with pytest.raises(type(error) if error else ModelError, match=said):
        run_trial(settings, SOURCES * 700, True, disturb)
    assert multiprocessing.active_children() == []
