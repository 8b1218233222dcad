from infragraph import Service, Topic

from app.payload import Event

game = Service("game")
ping = Topic[Event]("ping")
again = Topic[Event]("again")
over = Topic[Event]("over")
