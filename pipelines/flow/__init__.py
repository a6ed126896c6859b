"""The flow of work: stages, stays, ages, and how much of them is work."""
