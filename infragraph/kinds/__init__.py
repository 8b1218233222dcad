"""One module per kind of resource: all that is known of it whatever the cloud."""

from infragraph.diagnostics.problem import Problem
from infragraph.kinds import (
    auth_handler,
    bucket,
    cron,
    database,
    endpoint,
    hook,
    mount,
    secret,
    service,
    subscription,
    topic,
)
from infragraph.kinds.argument_problems import ARGUMENT_PROBLEMS
from infragraph.kinds.handlers import HANDLER_PROBLEMS
from infragraph.kinds.kind import Kind
from infragraph.kinds.payload import PAYLOAD_PROBLEMS
from infragraph.kinds.placement import DECLARATION_MISPLACED
from infragraph.kinds.service_names import SERVICE_UNKNOWN

# In the order in which they are declared: a kind comes after those that it refers to.
ALL_KINDS: tuple[Kind, ...] = (
    service.KIND,
    auth_handler.KIND,
    hook.STARTUP,
    hook.SHUTDOWN,
    mount.KIND,
    topic.KIND,
    database.KIND,
    bucket.KIND,
    secret.KIND,
    endpoint.KIND,
    subscription.KIND,
    cron.KIND,
)

# What can be wrong with any declaration, then with each kind.
KIND_PROBLEMS: tuple[Problem, ...] = (
    *ARGUMENT_PROBLEMS,
    DECLARATION_MISPLACED,
    *HANDLER_PROBLEMS,
    SERVICE_UNKNOWN,
    *PAYLOAD_PROBLEMS,
    *(problem for kind in ALL_KINDS for problem in kind.problems),
)
