"""The constraint: which cause costs most days beyond what is normal, and how sure that is."""
