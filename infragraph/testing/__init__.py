"""The pytest plugin: an application in an environment of its own, in one process."""
