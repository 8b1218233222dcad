from acme_lib.payload import Event
from infragraph import Topic

refunded = Topic[Event]("refunded")
