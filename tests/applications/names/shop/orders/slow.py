from infragraph import Topic

from shop.payload import Event

outlet = Topic[Event]("slow-outlet")
spare = Topic[Event]("slow-spare")
checked = Topic[Event]("slow-checked")
