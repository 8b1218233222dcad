from infragraph import Topic

from app.payload import Event

red = Topic[Event]("red")
green = Topic[Event]("green")
blue = Topic[Event]("blue")
black = Topic[Event]("black")
white = Topic[Event]("white")
