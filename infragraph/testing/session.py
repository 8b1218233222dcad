"""What the tests of one session share: the application, and a PostgreSQL once one asks for it."""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import AsyncExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from anyio.from_thread import BlockingPortal, start_blocking_portal

from infragraph.local.analyzing import AnalysisError, analysis
from infragraph.local.application import LocalApplication
from infragraph.local.excerpts import excerpts
from infragraph.runtime.application import Graph, load_database, load_services
from infragraph.runtime.databases.migrations import Migration, read_migrations
from infragraph.sdk.service import Service
from infragraph.testing import templates
from infragraph.testing.templates import Entry, Templates

TESTS = "tests"
"""As which service a test itself publishes and queries."""

FOLDER = "testing"
"""Below the application's state: what is kept between sessions."""


_COLUMNS = 100


class ApplicationError(Exception):
    """The application cannot be tested as it stands."""


class Session:
    """Each part is made when the first test asks for it; `portal` runs what outlives a test."""

    def __init__(self, root: Path, portal: BlockingPortal, stack: AsyncExitStack) -> None:
        self._root = root
        self._portal = portal
        self._stack = stack

    @cached_property
    def application(self) -> LocalApplication:
        """The application at the folder.

        Raises:
            ApplicationError: it cannot be read, or has errors.
        """
        try:
            read = self._portal.call(analysis, self._root, None)
        except AnalysisError as error:
            raise ApplicationError(str(error)) from error
        if read.has_errors:
            found = excerpts(read.application, _COLUMNS, is_coloured=False)
            message = f"the application has errors:\n{found}"
            raise ApplicationError(message)
        return read.application

    @cached_property
    def graph(self) -> Graph:
        written = self.application.graph
        return Graph(
            application=self.application.name,
            nodes={node["id"]: node for node in written["nodes"]},
            edges=tuple(written["edges"]),
        )

    @cached_property
    def services(self) -> Mapping[str, Service]:
        """All of them, as tests import them."""
        return load_services(self.graph, self.application.services(), self.application.root)

    def clone(self, database: str) -> Entry:
        """A database for one test; gives its entry in the runtime configuration.

        Raises:
            PostgresMissingError: the machine has no PostgreSQL.
            MigrationError: a migration failed.
        """
        return self._portal.call(self._templates.clone, database, self._migrations(database))

    def drop(self, names: Sequence[str]) -> None:
        """Remove databases of a test, while the next one begins."""
        for name in names:
            self._portal.start_task_soon(self._templates.drop, name)

    @cached_property
    def _templates(self) -> Templates:
        state = self.application.state / FOLDER
        services = (*self.application.services(), TESTS)
        return self._portal.call(templates.opened, self._stack, state, services)

    def _migrations(self, database: str) -> tuple[Migration, ...]:
        """As `infragraph db migrate` reads them; none where another tool owns the schema."""
        node: Mapping[str, Any] = self.graph.nodes[f"database:{database}"]
        root = self.application.root
        folder = load_database(node, root).migrations
        if folder is None:
            return ()
        return read_migrations(root / Path(node["location"]["path"]).parent / folder)


@contextmanager
def opened(root: Path) -> Generator[Callable[[], Session]]:
    """A block in which there is a session, once it is asked for."""
    with start_blocking_portal() as portal:
        stack = AsyncExitStack()
        session = Session(root, portal, stack)
        try:
            yield lambda: session
        finally:
            portal.call(stack.aclose)
