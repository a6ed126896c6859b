"""Recorded payloads, replayed as a tracker would have sent them.

bytes -> lines or slices -> arrivals with places -> records or quarantine -> pages. Two passes: the
survey (keys, instants, which copy counts), then the pages.
"""

from connectors.files.connector import FilesConnector

__all__ = ["FilesConnector"]
