"""Trackers in, records out. Nothing is interpreted here: meaning begins in SQL."""
