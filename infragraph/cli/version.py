"""The version, which is also that of the distribution."""

# Written here and read by the build: to ask the installed distribution costs more than all the rest
# of `--version`.
VERSION = "0.1.0"
