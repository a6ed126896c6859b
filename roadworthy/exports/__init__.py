"""The published warehouse for other tools: tables as Parquet, events as logs of process mining.

An export is a folder that is whole or not there, and the same for the same warehouse.
"""

from roadworthy.exports.export import FORMATS, export

__all__ = ["FORMATS", "export"]
