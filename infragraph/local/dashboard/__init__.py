"""The dashboard of a run: on the loopback address, for whoever holds the run's token."""
