"""The user's guide names every command, option, setting and variable that there is."""

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import typer

from vn_summarize.cli import app
from vn_summarize.config import ENVIRONMENT_PREFIX, Settings

GUIDE = (Path(__file__).parent.parent / "docs" / "usage.md").read_text(encoding="utf-8")


def _commands(group: Any, before: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, command in group.commands.items():
        inner = _commands(command, f"{before}{name} ") if hasattr(command, "commands") else {before + name: command}
        found |= inner
    return found


COMMANDS = _commands(typer.main.get_command(app))


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_guide_names_each_command_with_its_options(name: str) -> None:
    section = GUIDE.split(f"### `vn-summarize {name}", 1)[1].split("\n##", 1)[0]
    options = [p.opts for p in COMMANDS[name].params if p.param_type_name == "option"]
    assert options
    assert [o for o in options if not any(f"`{form}`" in section or f"`{form} " in section for form in o)] == []


@pytest.mark.parametrize("key", [field.name for field in fields(Settings)])
def test_the_guide_names_each_setting_with_its_variable(key: str) -> None:
    assert f"| `{key}` | `{ENVIRONMENT_PREFIX}{key.upper()}` |" in GUIDE
