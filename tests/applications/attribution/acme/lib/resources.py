from infragraph import Bucket, Secret, SQLDatabase, Topic

from acme.payload import Event

journal = SQLDatabase("journal", migrations=None, shared_with=("front", "back"))
traces = Topic[Event]("traces")
deep = Topic[Event]("deep")
looped = Topic[Event]("looped")
blobs = Bucket("blobs")
licence = Secret("LICENCE")
key = Secret("KEY")
