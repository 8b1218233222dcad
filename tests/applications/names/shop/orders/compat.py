import sys
from typing import TYPE_CHECKING

try:
    from shop.orders.fast import outlet
except ImportError:
    from shop.orders.slow import outlet

if sys.version_info >= (3, 13):
    from shop.orders.fast import spare
else:
    from shop.orders.slow import spare

if TYPE_CHECKING:
    from shop.orders.fast import checked
else:
    from shop.orders.slow import checked
