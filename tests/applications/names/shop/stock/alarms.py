from infragraph import Topic

from shop.payload import Event

alarm = Topic[Event]("stock-alarm")
unheard = Topic[Event]("stock-unheard")
