"""The files that a command is told of: the runtime configuration, and the graph."""

import argparse
import os
from pathlib import Path

from infragraph.runtime.application import GRAPH_FILE, Graph, read_graph
from infragraph.runtime.configuration import Configuration, ConfigurationError, read_configuration


def given_configuration(options: argparse.Namespace) -> Configuration:
    """The one that is named.

    Raises:
        ConfigurationError: none is, or it is not what it should be.
    """
    if options.config is None:
        message = "name the runtime configuration by --config, or in the variable INFRAGRAPH_CONFIG"
        raise ConfigurationError(message)
    return read_configuration(Path(options.config), os.environ)


def given_graph(options: argparse.Namespace) -> Graph:
    """The one that is named, or that of the application's folder."""
    return read_graph(options.graph or options.root / GRAPH_FILE)
