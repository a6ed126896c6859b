"""Diagnosis: known patterns of a system that delays, and what speaks for each and against it."""
