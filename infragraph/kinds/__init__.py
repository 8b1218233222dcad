"""One module per kind of resource: all that is known of it whatever the cloud."""

from infragraph.kinds.kind import Kind

# In the order in which they are declared: a kind comes after those that it refers to.
ALL_KINDS: tuple[Kind, ...] = ()
