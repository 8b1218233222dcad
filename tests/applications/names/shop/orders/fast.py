from infragraph import Topic

from shop.payload import Event

outlet = Topic[Event]("fast-outlet")
spare = Topic[Event]("fast-spare")
checked = Topic[Event]("fast-checked")
