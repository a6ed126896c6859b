"""One chart per module: its docstring is the paragraph printed under it.

Each holds a QUESTION, a `finding` (the title, where the numbers allow one), the chart itself
under the name of the module, a `table` of its numbers and its KEYS.
"""
