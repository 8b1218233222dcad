from infragraph import Secret, Service, Topic

from acme.payload import Event

front = Service("front")
started = Topic[Event]("started")
stopped = Topic[Event]("stopped")
session = Secret("SESSION")
banner = Secret("BANNER")

BANNER = banner.get()
