"""Dates that were promised, how they moved, what became of them."""
