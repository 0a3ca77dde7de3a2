"""The command doctor."""

import json
from pathlib import Path

from vn_summarize.cli.options import Config, Device, Json, Model, ModelsDir
from vn_summarize.cli.terminal import guarded, settings_of, tell


@guarded
def doctor(
    model: Model = None,
    models_dir: ModelsDir = None,
    device: Device = None,
    config: Config = None,
    as_json: Json = False,
) -> int:
    """Check the installation and the model.

    Translates one sentence with it; exits with 2 if anything is broken.
    """
    from vn_summarize.doctor import examine  # noqa: PLC0415 - imports wait for the command

    healthy = True
    for check in examine(settings_of([Path("-")], config, model=model, models=models_dir, device=device)):
        healthy &= check.ok
        if as_json:
            tell(json.dumps({"name": check.name, "ok": check.ok, "value": check.value}, ensure_ascii=False))
        else:
            tell(f"{'ok' if check.ok else 'BROKEN':<6}  {check.name:<12}  {check.value}")
    return 0 if healthy else 2
