"""A generation to be interrupted, as a process of its own: `interrupted.py FOLDER VERSION`.

Every version writes, changes, keeps and removes files, makes one that can be run, and finds one
that was changed by hand and one that is somebody else's.
"""

import os
import sys
from pathlib import Path

from infragraph.model.artifact import Artifact
from infragraph.workspace.deployments import Deployment, Made, after, carry_out, decide, opened
from infragraph.workspace.manifest import Origin

ORIGIN = Origin(application="shop", generator="aws", environment="prod")
LISTING = "infragraph.aws.prod.manifest.json"
MARKER = "/the-generation-begins-here"

EDITED, FOREIGN = "edited.json", "foreign.json"
LARGE = 300_000


def contents(version: int) -> dict[str, str]:
    """What a version generates, by path."""
    own = {f"iam/only-{version}-{number}.json": f"{version}\n" for number in range(3)}
    return {
        "kept.json": "the same\n",
        "template.json": f"{version}" * LARGE,
        "empty.json": "",
        "run.sh": f"echo {version}\n",
        f"of-{version % 2}/deep/file.json": f"{version}\n",
        EDITED: f"{version}\n",
        FOREIGN: f"{version}\n",
        **own,
    }


def generate(folder: Path, version: int) -> None:
    deployment = opened(folder, ORIGIN)
    assert isinstance(deployment, Deployment)
    made = [
        Made(
            artifact=Artifact(path=path, content=text, is_executable=path == "run.sh"),
            part="manifests",
        )
        for path, text in contents(version).items()
    ]
    steps = decide(deployment, made, None, is_forced=False)
    carry_out(deployment, steps, after(deployment, steps, None, f"infragraph {version}"))


if __name__ == "__main__":
    os.access(MARKER, os.F_OK)
    generate(Path(sys.argv[1]), int(sys.argv[2]))
