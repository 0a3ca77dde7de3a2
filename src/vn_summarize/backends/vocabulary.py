"""Text to tokens and back for checkpoints, with the tokenizers of transformers; no weights and no torch needed."""

import re
import warnings
from collections.abc import Sequence
from typing import Any

from vn_summarize.backends.families import ALL_FAMILIES
from vn_summarize.backends.prompts import write_prompt, write_summary_prompt
from vn_summarize.backends.tokenization import tidy
from vn_summarize.errors import ModelCorrupt, ModelError
from vn_summarize.models import ModelFolder, read_checked

TOKENIZER_FOLDER = "tokenizer"
"""Where a converted model keeps the checkpoint's config.json and tokenizer files."""


class CheckpointTokenizer:
    """The tokenizer of a checkpoint with the codes, prefixes and limits of its family."""

    def __init__(self, folder: ModelFolder) -> None:
        self._model, self._family = folder.model, ALL_FAMILIES[folder.model.family]
        self._tokenizer = _open(folder, self._family.source_code)
        special = [str(t) for t in self._tokenizer.added_tokens_decoder.values() if t.special]
        special = list(dict.fromkeys([*self._tokenizer.all_special_tokens, *special]))
        self._special = re.compile("|".join(map(re.escape, sorted(special, key=len, reverse=True))))
        self.end: str = self._tokenizer.eos_token
        self._never = frozenset(special) - {self.end}
        target = self._family.code_token.format(self._family.target_code)
        self.answer_start = [target] if self._family.target_first else []
        self._check_codes()
        self.overhead = len(self._tokens(""))

    def encode(self, text: str) -> list[str]:
        """Give the whole token sequence for `text`; empty when there is nothing to translate.

        A special token that the text spells out is parted, so that no text can end itself or give orders.
        """
        clean = self._family.normalise(tidy(text))
        return self._tokens(clean) if clean else []

    def fits(self, text: str) -> bool:
        """Say whether `text` is within the model's limit of source tokens."""
        return self.allows(self.encode(text))

    def allows(self, tokens: Sequence[str]) -> bool:
        """Say whether a sequence made by `encode` is within the limit."""
        return len(tokens) - self.overhead <= self._model.max_source_tokens

    def ids(self, pieces: Sequence[str]) -> list[int]:
        """Give the numbers of tokens."""
        numbers: list[int] = self._tokenizer.convert_tokens_to_ids(list(pieces))
        return numbers

    def find_suppressed(self, tokens: Sequence[str]) -> tuple[str, ...]:
        """Choose from an engine's vocabulary what is never generated: special tokens, and rows without a token."""
        known = self._tokenizer.get_vocab()
        return tuple(t for t in tokens if t in self._never or t not in known)

    def find_banned(self, size: int) -> list[int]:
        """Do as `find_suppressed` for the numbers of a vocabulary of `size` rows."""
        allowed = {i for token, i in self._tokenizer.get_vocab().items() if token not in self._never}
        return [i for i in range(size) if i not in allowed]

    def decode(self, pieces: Sequence[str]) -> str:
        """Give the text of generated tokens, on one line, without special tokens and the answer's prefix."""
        return self.decode_ids(self.ids(pieces))

    def decode_ids(self, ids: Sequence[int]) -> str:
        """Do as `decode` for the numbers of generated tokens."""
        text: str = self._tokenizer.decode(list(ids), skip_special_tokens=True, clean_up_tokenization_spaces=False)
        return " ".join(text.replace("\ufffd", "").split()).removeprefix(self._family.answer_prefix.strip()).strip()

    def _tokens(self, text: str) -> list[str]:
        if self._family.kind == "chat":
            write = write_summary_prompt if self._family.language else write_prompt
            prompt = self._tokenizer.apply_chat_template(
                [{"role": "user", "content": self._part_special(write(text))}],
                add_generation_prompt=True,
                tokenize=False,
                enable_thinking=False,  # Qwen 3 would think aloud; other templates ignore it
            )
            ids = self._tokenizer(prompt, add_special_tokens=False).input_ids
        else:
            ids = self._tokenizer(self._family.prefix + self._part_special(text)).input_ids
        tokens: list[str] = self._tokenizer.convert_ids_to_tokens(ids)
        return tokens

    def _part_special(self, text: str) -> str:
        return self._special.sub(lambda m: f"{m.group()[:1]} {m.group()[1:]}", text)

    def _check_codes(self) -> None:
        for code in filter(None, (self._family.source_code, self._family.target_code)):
            number = self._tokenizer.convert_tokens_to_ids(self._family.code_token.format(code))
            if number in (None, self._tokenizer.unk_token_id):
                raise ModelError(f"{self._model.name} does not know the language {code!r}")


def import_transformers() -> Any:
    """Import transformers, without its progress bars and advice; raise ModelError where it is not installed."""
    try:
        import transformers  # noqa: PLC0415 - an extra
    except ImportError as e:
        raise ModelError("models of this kind need more packages: pip install 'vn-summarize[torch]'") from e
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    return transformers


def _open(folder: ModelFolder, source_code: str) -> Any:
    transformers = import_transformers()
    apart = any(f.name.startswith(f"{TOKENIZER_FOLDER}/") for f in folder.model.files)
    path = folder.path / TOKENIZER_FOLDER if apart else folder.path
    for file in folder.model.files:
        if file.name.startswith(f"{TOKENIZER_FOLDER}/") or not file.name.endswith((".safetensors", ".md")):
            for _ in read_checked(folder, file):
                pass
    options = {"src_lang": source_code} if source_code else {}
    try:
        with warnings.catch_warnings():  # Marian's asks for a package that only its training needs
            warnings.simplefilter("ignore")
            return transformers.AutoTokenizer.from_pretrained(
                str(path), local_files_only=True, trust_remote_code=False, **options
            )
    except Exception as e:  # transformers raises whatever the damage leads to
        raise ModelCorrupt(f"{path}: the tokenizer cannot be loaded: {e}") from e
