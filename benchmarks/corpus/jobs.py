"""A service's crons."""

from random import Random

from benchmarks.corpus.calling import called
from benchmarks.corpus.chains import into
from benchmarks.corpus.filling import fillers
from benchmarks.corpus.library import TRAIL_MODULE
from benchmarks.corpus.plan import Service
from benchmarks.corpus.referring import reference
from benchmarks.corpus.written import Function, Module, Statement


def jobs(service: Service, choice: Random) -> Module:
    """Two crons; every third service runs the first one on demand too, which makes an endpoint."""
    sweep = f'{service.variable}.cron("{service.name}-sweep", every="1h")'
    on_demand = f'{service.variable}.post("/{service.name}/sweep", access="public")'
    is_both = service.index % 3 == 0
    cron = f"cron:{service.name}-sweep"
    tidy = f"cron:{service.name}-tidy"
    functions = (
        Function(
            name="sweep",
            parameters="",
            decorators=(sweep, on_demand) if is_both else (sweep,),
            imports=(service.importing,),
            entries=(cron, service.endpoint("sweep")) if is_both else (cron,),
            body=(
                Statement(lines=('reference = "sweep"',)),
                into(service, choice, within="jobs", chain="close"),
            ),
        ),
        Function(
            name="tidy",
            parameters="",
            decorators=(f'{service.variable}.cron("{service.name}-tidy", schedule="0 4 * * *")',),
            imports=(service.importing,),
            entries=(tidy,),
            body=(
                Statement(lines=('reference = "tidy"',)),
                called(
                    choice,
                    reference(
                        choice, within=service.module("jobs"), module=TRAIL_MODULE, name="leave"
                    ),
                    f"{TRAIL_MODULE}.leave",
                ),
            ),
        ),
    )
    return Module(
        name=service.module("jobs"),
        owner=service.node,
        functions=functions,
        before=fillers(service, choice, 2),
        nodes=tuple(entry for function in functions for entry in function.entries),
    )
