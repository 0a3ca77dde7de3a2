"""The decoder's layers on a flat batch give what transformers gives, and the fused loss what torch gives."""

import sys
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from tiny_gemma import make_gemma  # noqa: E402

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
from calibration import attention_masks  # noqa: E402
from flat_decoder import FlatDecoder  # noqa: E402
from fused_loss import FusedLinearCE, Teacher  # noqa: E402


@pytest.mark.parametrize("both_ways", [False, True])
def test_states_are_those_of_transformers(both_ways: bool) -> None:
    model = make_gemma("sfs", both_ways=both_ways)
    ids = torch.randint(3, 60, (3, 9))
    with torch.no_grad():
        looks = attention_masks(model.config, prompt=4, length=9)
        assert (looks is None) != both_ways
        wanted = model.model(input_ids=ids, attention_mask=looks, use_cache=False).last_hidden_state
        ours = FlatDecoder(model.model)(ids, torch.full((3,), 4)).reshape(wanted.shape)
        assert torch.allclose(ours, wanted, atol=1e-5)
        other = ids.clone()
        other[:, 3] = 1  # the prompt's last token
        theirs = FlatDecoder(model.model)(other, torch.full((3,), 4)).reshape(wanted.shape)
        assert torch.allclose(ours[:, 0], theirs[:, 0]) != both_ways


def test_the_fused_loss_has_the_gradients_of_the_plain_one() -> None:
    torch.manual_seed(1)
    hidden, weight = torch.randn(7, 8, requires_grad=True), torch.randn(11, 8, requires_grad=True)
    gold = torch.randint(0, 11, (7,))
    fused = FusedLinearCE.apply(hidden, weight, gold, 0.1, 3)
    plain = torch.nn.functional.cross_entropy(hidden @ weight.T, gold, label_smoothing=0.1)
    assert torch.allclose(fused, plain, atol=1e-5)
    for ours, theirs in zip(*(torch.autograd.grad(x, (hidden, weight)) for x in (fused, plain)), strict=True):
        assert torch.allclose(ours, theirs, atol=1e-5)


def test_a_teacher_s_likelihoods_are_learned_beside_the_labels() -> None:
    torch.manual_seed(1)
    hidden, weight = torch.randn(7, 8, requires_grad=True), torch.randn(11, 8, requires_grad=True)
    gold, teacher = torch.randint(0, 11, (7,)), Teacher(torch.randn(7, 5), torch.randn(11, 5), 0.4)
    fused = FusedLinearCE.apply(hidden, weight, gold, 0.0, 3, teacher)
    told = (teacher.hidden @ teacher.weight.T).softmax(1)
    plain = 0.6 * torch.nn.functional.cross_entropy(hidden @ weight.T, gold)
    plain += 0.4 * torch.nn.functional.cross_entropy(hidden @ weight.T, told)
    for ours, theirs in zip(*(torch.autograd.grad(x, (hidden, weight)) for x in (fused, plain)), strict=True):
        assert torch.allclose(ours, theirs, atol=1e-5)
