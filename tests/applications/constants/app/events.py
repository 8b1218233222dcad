from infragraph import Topic

import app.naming
from app.naming import PREFIX, SEPARATOR, STAGE, VERSION, Name, Plain, Production, Settings
from app.numbers import KEEP
from app.payload import Event

f_string = Topic[Event](f"{PREFIX}{SEPARATOR}f{SEPARATOR}v{VERSION}", retention=KEEP)
percent = Topic[Event]("%s-percent-%d" % (PREFIX, VERSION + 1))
formatted = Topic[Event]("{}-{stage}-formatted".format(PREFIX, stage=STAGE))
joined = Topic[Event](
    "app-"
    "implicit"
    + SEPARATOR
    + "joined"
)
made = Topic[Event](Name.MADE)
sold = Topic[Event](app.naming.Name.SOLD.value, ordering_key="customer")
lost = Topic[Event](Plain.LOST.value)
settings = Topic[Event](Settings.TOPIC)
inner = Topic[Event](Production.Inner.TOPIC)
production = Topic[Event](name=Production.QUEUE)

ALL_NAMES = (f_string.name, percent.name)
