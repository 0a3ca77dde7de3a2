"""A tiny random Gemma-3 network, for the tests of training/."""

from typing import Any

import torch
from transformers import Gemma3ForCausalLM, Gemma3TextConfig


def make_gemma(kinds: str, seed: int = 1, vocabulary: int = 60, **more: Any) -> Gemma3ForCausalLM:
    """Make a network with a layer for each letter of `kinds`: s(liding) or f(ull attention)."""
    torch.manual_seed(seed)
    names = {"s": "sliding_attention", "f": "full_attention"}
    config = Gemma3TextConfig(
        vocab_size=vocabulary, hidden_size=32, intermediate_size=48, num_hidden_layers=len(kinds),
        num_attention_heads=2, num_key_value_heads=1, head_dim=16, query_pre_attn_scalar=16, sliding_window=512,
        tie_word_embeddings=True, layer_types=[names[kind] for kind in kinds], **more,
    )  # fmt: skip
    return Gemma3ForCausalLM(config).eval()
