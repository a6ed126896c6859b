"""Requests for a verdict, and who in fact decides."""
