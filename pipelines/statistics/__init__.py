"""Estimators: open intervals are censored, never left out; every estimate has an interval."""
