"""Commands of infragraph in processes of their own, with what is generated for an environment."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from infragraph.local.ports import free_port
from infragraph.runtime.clouds.google_tokens import CERTIFICATES
from tests.runtime.google import CERTIFICATES_PATH


def generated(root: Path, environment: str, cloud: str = "gcp") -> dict[str, Any]:
    """The runtime configuration of an environment; all that is generated is in `out`."""
    words = ("generate", cloud, str(root), "--env", environment, "--output", str(root / "out"))
    done = subprocess.run(
        (sys.executable, "-m", "infragraph", *words), capture_output=True, check=False, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (written,) = (root / "out").rglob(f"infragraph.runtime.{environment}.json")
    configuration: dict[str, Any] = json.loads(written.read_text())
    return configuration


def google(address: str) -> dict[str, str]:
    """Of a process whose metadata server is at `address`, and whose Pub/Sub is nowhere."""
    return {
        "GCE_METADATA_HOST": address,
        "GCE_METADATA_IP": address,
        CERTIFICATES: f"http://{address}{CERTIFICATES_PATH}",
        "PUBSUB_EMULATOR_HOST": f"127.0.0.1:{free_port('127.0.0.1')}",
    }


def others() -> dict[str, str]:
    """The variables of this process, without those of an account of Google."""
    return {name: it for name, it in os.environ.items() if not name.startswith("GOOGLE_")}
