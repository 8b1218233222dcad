from infragraph import Service, SQLDatabase, Topic

from app.payload import Event

stock = Service("stock")
db = SQLDatabase("stock", migrations=None)
changed = Topic[Event]("changed")
WRITE = "update items set count = count - 1 where id = $1"
READ = "select count from items where id = $1"
