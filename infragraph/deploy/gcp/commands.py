"""Commands of the user's machine: gcloud, and the shell that the script is for."""

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence

from infragraph.deploy.errors import refuse, refuse_use

_LINES = 5


def demand_tools() -> None:
    for tool, why in (("bash", "runs apply.sh"), ("gcloud", "talks to Google Cloud")):
        if shutil.which(tool) is None:
            refuse_use(f"{tool} is not here, which {why}", f"install {tool}, or put it on the PATH")


def streamed(
    command: Sequence[str], variables: Mapping[str, str], tell: Callable[[str], None]
) -> None:
    """Runs a command, tells what it says line by line, and ends the deployment if it fails."""
    last: list[str] = []
    with subprocess.Popen(  # noqa: S603 - words, and no shell reads them
        list(command),
        env={**os.environ, **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            tell(line.rstrip("\n"))
            last = [*last, line.strip()][-_LINES:]
    if process.returncode != 0:
        reason = next((line for line in reversed(last) if line), "it said nothing")
        refuse(
            f"{command[0]} ended with {process.returncode}: {reason}",
            "mend it and deploy again: what is there is found, and it goes on from there",
        )


def answered(command: Sequence[str]) -> str:
    """What a command prints; its failure ends the deployment."""
    done = subprocess.run(  # noqa: S603 - as above
        list(command),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        said = [line for line in done.stderr.splitlines() if line.strip()]
        refuse(f"{' '.join(command[:4])} failed: {said[-1] if said else 'it said nothing'}")
    return done.stdout.strip()
