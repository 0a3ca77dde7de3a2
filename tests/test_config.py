import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vn_summarize.config import (
    BEAM,
    FORMATS,
    PLACE_NAMES,
    Settings,
    find_config,
    load_settings,
    parse_environment,
    read_config,
    render_shape,
    with_shape,
)
from vn_summarize.errors import ConfigError


def write(folder: Path, text: str) -> Path:
    path = folder / "vn-summarize.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_nothing_given_gives_the_defaults():
    assert load_settings({}, environment={}) == Settings()


def test_settings_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings().jobs = 2


def test_file_gives_way_to_environment_and_environment_to_flags(tmp_path):
    config = write(tmp_path, 'model = "file"\njobs = 2\nlimit = 3\n')
    environment = {"VN_SUMMARIZE_JOBS": "4", "VN_SUMMARIZE_LIMIT": "5"}
    settings = load_settings({"limit": 6}, config=config, environment=environment)
    assert (settings.model, settings.jobs, settings.limit) == ("file", 4, 6)


def test_flags_that_are_not_given_leave_the_file_alone(tmp_path):
    config = write(tmp_path, 'strict = true\nglossary = ["a.csv"]\n')
    settings = load_settings({"strict": False, "glossary": (), "model": None}, config=config, environment={})
    assert settings.strict
    assert settings.glossary == (tmp_path / "a.csv",)


def test_relative_paths_start_from_the_file(tmp_path):
    config = write(tmp_path, 'output = "results"\nmodels = "/opt/models"\nglossary = "terms.csv"\n')
    settings = load_settings({}, config=config, environment={})
    assert settings.output == tmp_path / "results"
    assert settings.models == Path("/opt/models")
    assert settings.glossary == (tmp_path / "terms.csv",)


def test_keys_may_have_hyphens(tmp_path):
    assert read_config(write(tmp_path, "summary-words = 40")) == {"summary_words": 40}


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        ("speed = 3", "speed", "summary_sentences"),
        ('jobs = "4"', "jobs", "whole number"),
        ("jobs = 0", "jobs", "whole number"),
        ("jobs = true", "jobs", "whole number"),
        ("strict = 1", "strict", "true or false"),
        ('format = ["pdf"]', "format", "json, md, html"),
        ("format = []", "format", "json, md, html"),
        ("model = 3", "model", "name or folder"),
        ('model = ["a"]', "model", "name or folder"),
        ("glossary = [1]", "glossary", "list of files"),
        ('output = ""', "output", "a folder"),
    ],
)
def test_a_bad_line_is_named_with_file_key_and_what_is_allowed(tmp_path, text, key, allowed):
    config = write(tmp_path, text)
    with pytest.raises(ConfigError) as error:
        read_config(config)
    assert str(error.value).startswith(f"{config}: {key}: ")
    assert allowed in str(error.value)


@pytest.mark.parametrize("content", [b"jobs = = 2", b"\xff\xfe\x00"])
def test_a_file_that_is_no_toml_is_named(tmp_path, content):
    path = tmp_path / "broken.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match="not valid TOML"):
        load_settings({}, config=path, environment={})


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ConfigError, match=r"absent\.toml: cannot be read"):
        load_settings({}, config=tmp_path / "absent.toml", environment={})


def test_environment_variables_are_read_by_kind():
    found = parse_environment(
        {
            "VN_SUMMARIZE_GLOSSARY": "a.csv:b.csv",
            "VN_SUMMARIZE_FORMAT": "md, json",
            "VN_SUMMARIZE_STRICT": "yes",
            "VN_SUMMARIZE_CACHE": "/tmp/memory",
            "VN_SUMMARIZE_MODEL": "",
            "HOME": "/home/reader",
        }
    )
    assert found == {
        "glossary": (Path("a.csv"), Path("b.csv")),
        "format": ("json", "md"),
        "strict": True,
        "cache": Path("/tmp/memory"),
    }


@pytest.mark.parametrize(("name", "value"), [("JOBS", "many"), ("STRICT", "perhaps"), ("COLOUR", "red")])
def test_a_bad_environment_variable_is_named(name, value):
    with pytest.raises(ConfigError, match=f"environment variable VN_SUMMARIZE_{name}"):
        parse_environment({f"VN_SUMMARIZE_{name}": value})


def test_a_bad_flag_is_named():
    with pytest.raises(ConfigError, match=r"--format: .*pdf"):
        load_settings({"format": ("pdf",)}, environment={})


def test_the_record_is_always_written():
    assert load_settings({"format": ("tsv",)}, environment={}).format == ("json", "tsv")


@given(st.lists(st.sampled_from(FORMATS), min_size=1))
def test_the_order_of_formats_does_not_matter(names):
    given_once = load_settings({"format": tuple(names)}, environment={}).format
    assert given_once == load_settings({"format": tuple(sorted(set(names)))}, environment={}).format


def test_a_summary_length_replaces_one_of_the_other_kind(tmp_path):
    config = write(tmp_path, "summary_words = 40")
    settings = load_settings({"summary_sentences": 2}, config=config, environment={})
    assert (settings.summary_sentences, settings.summary_words) == (2, None)


def test_two_summary_lengths_at_once_are_refused():
    with pytest.raises(ConfigError, match="give one of them"):
        load_settings({"summary_sentences": 2, "summary_words": 40}, environment={})


def test_the_file_is_found_in_the_folder_beside_it_and_beside_a_file(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    article = folder / "a.txt"
    article.touch()
    assert find_config([folder, article]) is None
    outer = write(tmp_path, "jobs = 1")
    assert find_config([folder]) == outer
    inner = write(folder, "jobs = 2")
    assert find_config([folder]) == find_config([article]) == inner


@given(
    st.sets(st.sampled_from(FORMATS)),
    st.sampled_from([{}, {"summary_words": 40}, {"summary_sentences": 3}]),
    st.sampled_from(PLACE_NAMES),
)
def test_the_shape_of_outputs_is_read_back(names, length, place_names):
    settings = load_settings({"format": ("json", *names), "place_names": place_names, **length}, environment={})
    others = load_settings({"summary_words": 7, "format": ("txt",), "place_names": "ascii"}, environment={})
    assert with_shape(others, render_shape(settings)) == settings


def test_a_shape_that_is_none_is_refused():
    with pytest.raises(ConfigError):
        with_shape(load_settings({}, environment={}), "format=pdf")


def test_place_names_have_two_forms():
    assert load_settings({}, environment={}).place_names == "original"
    assert load_settings({}, environment={"VN_SUMMARIZE_PLACE_NAMES": "ascii"}).place_names == "ascii"
    with pytest.raises(ConfigError, match="original or ascii"):
        load_settings({"place_names": "plain"}, environment={})


@pytest.mark.parametrize(
    ("key", "values"), [("summary_language", ("en", "vi", "both")), ("style", ("paragraph", "bullets"))]
)
def test_the_summary_has_languages_and_styles(key, values):
    assert getattr(load_settings({}, environment={}), key) == values[0]
    for value in values:
        settings = load_settings({key: value}, environment={})
        assert with_shape(load_settings({}, environment={}), render_shape(settings)) == settings
    with pytest.raises(ConfigError, match=f"{values[0]} or"):
        load_settings({key: "other"}, environment={})


def test_where_and_how_wide_a_model_runs_is_set_alike_everywhere(tmp_path):
    config = write(tmp_path, 'device = "cuda"\nthreads = 1\nbeam = 2\nbatch-tokens = 512\n')
    environment = {"VN_SUMMARIZE_DEVICE": "cpu", "VN_SUMMARIZE_BEAM": "4"}
    settings = load_settings({"batch_tokens": 64}, config=config, environment=environment)
    assert (settings.device, settings.threads, settings.beam, settings.batch_tokens) == ("cpu", 1, 4, 64)


@pytest.mark.parametrize(("key", "value"), [("device", "tpu"), ("beam", -1), ("beam", BEAM + 1), ("threads", -1)])
def test_a_device_or_beam_that_there_is_none_of_is_refused(key, value):
    with pytest.raises(ConfigError, match=f"--{key}"):
        load_settings({key: value}, environment={})
