from infragraph import Topic

from app.payload import Event

audit = Topic[Event]("audit")
jobs = Topic[Event]("jobs")
orders = Topic[Event]("orders")
