"""By which door work came in, and what was put into what had been committed."""
