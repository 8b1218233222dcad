"""The console entry: answers `--version` itself, and loads the command line for all else."""

import sys


def main() -> None:
    if sys.argv[1:] == ["--version"]:
        from infragraph.cli.version import VERSION  # noqa: PLC0415 - nothing else is loaded

        sys.stdout.write(f"infragraph {VERSION}\n")
        return
    from infragraph.cli.entry import run  # noqa: PLC0415 - typer costs more than a version does

    run()


if __name__ == "__main__":
    main()
