"""What a dated change to the system did: before and after, with an interval, or "cannot tell"."""
