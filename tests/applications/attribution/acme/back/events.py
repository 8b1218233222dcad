from infragraph import Topic

from acme.payload import Event

received = Topic[Event]("received")
