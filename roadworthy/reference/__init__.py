"""Pages of the documents that the program itself knows best: its settings and its commands.

``docs/generate.py`` writes them; what they say stands beside the code that does it.
"""
