"""What a script prints under several seeds of hashing."""

import os
import subprocess
import sys


def outputs(script: str) -> set[bytes]:
    return {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
