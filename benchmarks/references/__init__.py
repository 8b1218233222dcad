"""Programs that ours is compared with, each run as a process of its own in the tree's root."""
