"""A first ``roadworthy.toml``: what was asked for, what was found, and the text made of both."""
