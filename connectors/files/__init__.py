"""Recorded payloads, replayed as a tracker would have sent them."""
