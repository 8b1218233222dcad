from infragraph import Service, Topic

from shop.payload import Event

stock = Service("stock")
levels = Topic[Event]("stock-levels")
