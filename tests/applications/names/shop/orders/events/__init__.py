from shop.orders.events.audit import internal
from shop.orders.events.declared import *  # leaves `internal` as it is: `__all__` does not name it
