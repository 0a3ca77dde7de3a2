"""Text to the tokens that a model is given, and back."""

import unicodedata
from collections.abc import Sequence

from sentencepiece import SentencePieceProcessor

from vn_summarize.models import ModelFolder, read_checked


class Tokenizer:
    """The SentencePiece models of a folder with its prompt and its limits; needs no weights."""

    def __init__(self, folder: ModelFolder) -> None:
        model = self._model = folder.model
        named = {file.name: file for file in model.files}
        self._source = SentencePieceProcessor(model_proto=b"".join(read_checked(folder, named["source.spm"])))
        target = named.get("target.spm")
        self._target = (
            SentencePieceProcessor(model_proto=b"".join(read_checked(folder, target))) if target else self._source
        )
        self._before = [model.bos, *self._pieces(model.prompt_prefix)] if model.family == "decoder" else []
        self._after = self._pieces(model.prompt_suffix) if model.family == "decoder" else [model.eos]
        self.suffix_length = len(self._after)
        self.overhead = len(self._before) + self.suffix_length

    def _pieces(self, text: str) -> list[str]:
        pieces: list[str] = self._source.encode(text, out_type=str)
        return pieces

    def encode(self, text: str) -> list[str]:
        """Give the whole token sequence for `text`; empty when there is nothing to translate."""
        clean = tidy(text)
        return [*self._before, *self._pieces(clean), *self._after] if clean else []

    def fits(self, text: str) -> bool:
        """Say whether `text` is within the model's limit of source tokens."""
        return self.allows(self.encode(text))

    def allows(self, tokens: Sequence[str]) -> bool:
        """Say whether a sequence made by `encode` is within the limit."""
        return len(tokens) - self.overhead <= self._model.max_source_tokens

    def ids(self, pieces: Sequence[str]) -> list[int]:
        """Give the numbers of pieces."""
        return [self._source.piece_to_id(piece) for piece in pieces]

    def decode_ids(self, ids: Sequence[int]) -> str:
        """Do as `decode` for the numbers of generated tokens."""
        return self.decode([self._target.id_to_piece(i) for i in ids])

    def decode(self, pieces: Sequence[str]) -> str:
        """Give the text of generated tokens, on one line, without special tokens and broken characters."""
        special = {self._model.bos, self._model.eos, *self._model.suppress, *self._model.term_markers}
        text: str = self._target.decode([piece for piece in pieces if piece not in special])
        return " ".join(text.replace("\ufffd", "").split())


def tidy(text: str) -> str:
    """Put a segment on one line in NFC; control and format characters and lone surrogates are no text and go."""
    text = text.encode("utf-8", "ignore").decode("utf-8")
    printed = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf"))
    return unicodedata.normalize("NFC", " ".join(printed.split()))
