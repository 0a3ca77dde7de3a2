"""What editors have corrected: the English that stands for a Vietnamese sentence in place of the model's."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from vn_summarize.cleaning import normalise_tones
from vn_summarize.glossary.rows import tidy

REVIEWED = "reviewed"
"""What `TranslatedSentence.how` says of a sentence whose English is an editor's."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """The English of editors, by the `sentence_key` of the Vietnamese."""

    english: Mapping[str, str] = field(default_factory=dict)

    def find(self, original: str) -> str:
        """Give the English of a sentence as printed, "" where nobody corrected it."""
        return self.english.get(sentence_key(original), "") if self.english else ""

    def fingerprint_in(self, originals: Iterable[str]) -> str:
        """Name the corrections of these sentences: the SHA-256 of them in order, "" where there are none."""
        keys = map(sentence_key, originals) if self.english else ()
        found = [(key, self.english[key]) for key in keys if key in self.english]
        return hashlib.sha256(json.dumps(found).encode()).hexdigest() if found else ""


NONE = Corrections()


def sentence_key(original: str) -> str:
    """Give the form in which a sentence is looked up: NFC, one placement of tone marks, single blanks."""
    return normalise_tones(tidy(original))
