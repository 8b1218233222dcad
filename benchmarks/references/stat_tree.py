"""Lists every directory and asks for the status of every entry: the least that sees a change."""

import os


def main() -> None:
    pending = ["."]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                os.lstat(entry.path)
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)


if __name__ == "__main__":
    main()
