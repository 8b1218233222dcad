"""The console entry: answers `--version` itself, and loads the command line for all else."""

import sys

# What an image that only serves is asked for: it has none of the compiler's libraries.
_RUNTIME = (["serve"], ["cron"], ["healthcheck"])
_DATABASES = (["db", "bootstrap"], ["db", "migrate"])


def main() -> None:
    if sys.argv[1:] == ["--version"]:
        from infragraph.cli.version import VERSION  # noqa: PLC0415 - nothing else is loaded

        sys.stdout.write(f"infragraph {VERSION}\n")
        return
    if sys.argv[1:2] == ["analyze"]:
        from infragraph.cli.warm import answer  # noqa: PLC0415 - the fast way, before all else

        code = answer(sys.argv[1:])
        if code is None:
            from infragraph.cli.at_once import analyze  # noqa: PLC0415 - the fast way, once more

            code = analyze(sys.argv[1:])
        if code is not None:
            sys.exit(code)
    if sys.argv[1:2] in _RUNTIME or sys.argv[1:3] in _DATABASES:
        from infragraph.runtime.command import run as run_runtime  # noqa: PLC0415 - in images alone

        sys.exit(run_runtime(sys.argv[1:]))
    from infragraph.cli.entry import run  # noqa: PLC0415 - typer costs more than a version does

    run()


if __name__ == "__main__":
    main()
