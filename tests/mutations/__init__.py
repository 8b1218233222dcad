"""Mistakes that are planted into the shop, by what they are made in."""

from tests.mutations.arguments import ARGUMENTS
from tests.mutations.databases import DATABASES
from tests.mutations.files import FILES
from tests.mutations.graph import GRAPH
from tests.mutations.http import HTTP
from tests.mutations.messaging import MESSAGING
from tests.mutations.mutation import Mutation
from tests.mutations.payloads import PAYLOADS
from tests.mutations.schedules import CRONS
from tests.mutations.settings import COMMENTS, CONFIGURATION
from tests.mutations.slips import SLIPS

MUTATIONS: tuple[Mutation, ...] = (
    *FILES,
    *ARGUMENTS,
    *MESSAGING,
    *HTTP,
    *CRONS,
    *DATABASES,
    *PAYLOADS,
    *GRAPH,
    *CONFIGURATION,
    *COMMENTS,
    *SLIPS,
)
