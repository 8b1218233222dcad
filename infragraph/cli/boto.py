"""Whether AWS can be talked to at all: its client is an extra."""


def demand_boto() -> None:
    """Ends the run where the extra is not installed."""
    from importlib.util import find_spec  # noqa: PLC0415 - `--help` needs none of it

    if find_spec("boto3") is None:
        from infragraph.cli.exits import stop  # noqa: PLC0415

        stop("boto3 is not here, by which AWS is talked to; install infragraph-cli[aws]")
