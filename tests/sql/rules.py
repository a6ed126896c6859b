"""What a check finds wrong with a warehouse."""

from roadworthy.sql_files import sql_files
from roadworthy.warehouse import Warehouse

CHECKS = sql_files("checks")


def broken(warehouse: Warehouse, check: str) -> list[str]:
    """The details of all rows that break the rule of a check."""
    return warehouse.frame(CHECKS[check])["detail"].to_list()
