"""The harnesses: one for each way in which what strangers wrote comes to be read."""
