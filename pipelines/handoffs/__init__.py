"""Handing work over: attempts, verdicts, rework."""
