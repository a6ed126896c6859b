"""Roadworthy: execution-latency analytics from work trackers.

The composition root. ``connectors`` fetch, ``sql`` conforms, ``pipelines`` compute and
``reports`` draw; they meet in :mod:`roadworthy.stages` and nowhere else.
"""

__version__ = "1.0.0.dev0"
