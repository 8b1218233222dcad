"""Lists every directory and reads every Python file: the least that sees new contents."""

import os


def main() -> None:
    pending = ["."]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
                elif entry.name.endswith(".py"):
                    _read(entry.path)


def _read(path: str) -> None:
    # Not `open`, whose objects and buffers cost more than the reading of a small file.
    descriptor = os.open(path, os.O_RDONLY)
    try:
        size = os.fstat(descriptor).st_size
        while os.read(descriptor, size + 1):
            pass
    finally:
        os.close(descriptor)


if __name__ == "__main__":
    main()
