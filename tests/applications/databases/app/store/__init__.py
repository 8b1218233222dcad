from infragraph import Service, SQLDatabase, Topic

from app.payload import Event

store = Service("store")
db = SQLDatabase("store", shared_with=("reader",))
handled = SQLDatabase("handled", migrations=None)
pool = SQLDatabase("pool", migrations=None)
changed = Topic[Event]("changed")
