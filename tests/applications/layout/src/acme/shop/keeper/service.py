from acme_lib.payload import Event
from acme_lib.store import kept
from infragraph import Service

keeper = Service("keeper")


@keeper.subscribe(kept, "keep")
async def keep(event: Event) -> None:
    print(event.id)
