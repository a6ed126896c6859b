"""A session of Spark, and what it says when something goes wrong."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from roadworthy.errors import ConfigError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_SETTINGS: Final = {
    "spark.executorEnv.POLARS_MAX_THREADS": "1",  # the workers fill the machine
    "spark.ui.enabled": "false",  # it listens on every address
    "spark.ui.showConsoleProgress": "false",
}
_ON_THIS_MACHINE: Final = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
}
_LAST_FAULT: Final = re.compile(r"^(?:Caused by: )?[\w.$]+(?:Error|Exception): (.+)$", re.MULTILINE)


@contextmanager
def opened(master: str) -> Iterator["SparkSession"]:
    """A session of a Spark, for a while.

    Raises:
        ConfigError: Spark is not installed, or does not start there.
    """
    session = _started(master)
    try:
        session.sparkContext.setLogLevel("OFF")  # what goes wrong is told once, by us
        yield session
    finally:
        session.stop()


def _started(master: str) -> "SparkSession":
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - of an extra
    except ImportError as error:
        raise ConfigError(
            f"--spark {master}: Spark is not installed here ({error}); install 'roadworthy[spark]' "
            "and a Java, or build without --spark"
        ) from error
    # Spark takes any python3 otherwise; this variable of its own says where workers have another.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = _SETTINGS | (_ON_THIS_MACHINE if master.startswith("local") else {})
    started = SparkSession.builder.appName("roadworthy").master(master).config(map=settings)
    try:
        session: SparkSession = started.getOrCreate()
    except faults() as error:
        raise ConfigError(
            f"--spark {master}: Spark does not start: {last_words(error)}; see that there is a "
            "Java that it knows, and that the master answers"
        ) from error
    return session


def faults() -> tuple[type[Exception], ...]:
    """What Spark raises, and what it is spoken to through."""
    from py4j.protocol import Py4JError  # noqa: PLC0415 - of an extra
    from pyspark.errors import PySparkException  # noqa: PLC0415

    return Py4JError, PySparkException


def last_words(error: Exception) -> str:
    """The cause of a fault, without the way it came."""
    told = _LAST_FAULT.findall(str(error)) or str(error).splitlines() or [type(error).__name__]
    return str(told[-1]).strip(" .")
