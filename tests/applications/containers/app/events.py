from infragraph import Topic

from app.payload import Event

a = Topic[Event]("a")
b = Topic[Event]("b")
c = Topic[Event]("c")
d = Topic[Event]("d")
