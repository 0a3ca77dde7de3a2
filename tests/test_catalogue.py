"""The models that are known, and what their licences ask."""

import re

import pytest

from vn_summarize.backends.families import ALL_FAMILIES, SUMMARY_FAMILIES
from vn_summarize.catalogue import find_known, load_catalogue, restriction


def test_every_known_model_can_be_used_and_is_described_whole() -> None:
    catalogue = load_catalogue()
    assert len({known.name.casefold() for known in catalogue}) == len(catalogue)
    for known in catalogue:
        assert known.family in {*ALL_FAMILIES, "decoder"}, known.name
        assert (known.task == "summary") == (known.family in SUMMARY_FAMILIES), known.name
        assert not known.repository or re.fullmatch(r"[\w.-]+/[\w.-]+", known.repository)
        assert all((known.licence, known.languages, known.note, known.parameters, known.size)), known.name


def test_a_model_is_found_by_name_or_repository() -> None:
    known = find_known("nllb-200-DISTILLED-600m")
    assert known is not None
    assert find_known(known.repository) is known
    assert find_known("facebook") is None


@pytest.mark.parametrize("licence", ["apache-2.0", "MIT", "cc-by-4.0"])
def test_a_free_licence_asks_for_nothing(licence: str) -> None:
    assert restriction(licence) == ""


@pytest.mark.parametrize(
    ("licence", "words"),
    [
        ("cc-by-nc-4.0", "commercial"),
        ("CC-BY-NC-SA-4.0", "commercial"),
        ("agpl-3.0", "source"),
        ("openrail", "restricts"),
        ("other, qwen-research", "restricts"),
        ("", "no licence"),
        ("apache-2.0, cc-by-nc-4.0", "commercial"),
    ],
)
def test_a_licence_that_is_not_free_has_to_be_accepted(licence: str, words: str) -> None:
    assert words in restriction(licence)
