"""Steps: what running one activation would do that the graph is about, in source order."""

from typing import TYPE_CHECKING, Literal, TypeAlias

from infragraph.frontend.values import Declared, Place, Values
from infragraph.model import facts

if TYPE_CHECKING:
    from infragraph.frontend.activation import Activation


@facts.fact
class Write:
    """A statement that changes a database, somewhere before."""

    database: str
    place: Place


@facts.fact
class Call:
    """Another function of the application is called.

    `is_mention` marks one that is only named, `is_escape` one that is handed to code that was not
    read.
    """

    target: "Activation"
    place: Place
    before: frozenset[Write]
    is_mention: bool = False
    is_escape: bool = False


@facts.fact
class Use:
    """A verb of a declared resource, or a call of an endpoint.

    `expression` is what is called, as written. `access` is set for databases. `outbox` is the
    database whose transaction a publish joins; `has_outbox` also holds where it is not known which.
    `event` is what is published, `event_place` where it stands. `is_mention` marks an endpoint that
    is only named. `argument` is what makes a call a use of another resource than the one it is made
    on.
    """

    resource: Declared
    verb: str
    expression: str
    place: Place
    before: frozenset[Write]
    access: Literal["read", "write", "read-write", "unknown"] | None = None
    outbox: Declared | None = None
    has_outbox: bool = False
    event: Values = frozenset()
    event_place: Place | None = None
    is_mention: bool = False
    argument: Place | None = None


@facts.fact
class Stated:
    """A use stated by a comment: `# infragraph: uses[publishes topic:signups]`.

    `place` is the statement, to the end of its header; `comment` is where it is stated.
    """

    relation: str
    target: str
    place: Place
    comment: Place


@facts.fact
class Doubt:
    """A use that could not be tied to a resource; `is_typed` where only a type says it is one."""

    expression: str
    reason: str
    place: Place
    is_typed: bool = False
    is_reported: bool = False


@facts.fact
class Raised:
    """An error of a library is raised, by the dotted path of its class."""

    error: str
    place: Place


Step: TypeAlias = Call | Use | Stated | Doubt | Raised
