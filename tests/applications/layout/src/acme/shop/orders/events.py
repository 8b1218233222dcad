from acme_lib.payload import Event
from infragraph import Topic

placed = Topic[Event]("placed")
