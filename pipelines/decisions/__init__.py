"""Requests for a verdict, and who actually decides."""
