from infragraph import Secret, Topic

from app.payload import Event

a = Topic[Event]("a")
b = Topic[Event]("b")
c = Topic[Event]("c")
token = Secret("TOKEN")
