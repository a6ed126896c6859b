"""Where the time of every item went, and what it cost."""
