"""How Spark is started, and what it says when something goes wrong."""

import sys
from typing import TYPE_CHECKING

import pytest

from roadworthy.stages.spark_sessions import last_words

if TYPE_CHECKING:
    from tests.roadworthy.conftest import Place

WORKER = """An exception was thrown from the Python worker:
Traceback (most recent call last):
  File "spark.py", line 13, in _facts
    raise RoadworthyError("no")
roadworthy.errors.RoadworthyError: a worker has another version
"""
JVM = """An error occurred while calling o101.getResult.
: org.apache.spark.SparkException: Exception thrown in awaitResult:
\tat org.apache.spark.util.SparkThreadUtils$.awaitResult(SparkThreadUtils.scala:70)
Caused by: java.io.FileNotFoundException: /shared/3 (No such file or directory)
\tat java.base/java.lang.Thread.run(Thread.java:840)
"""


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (WORKER, "a worker has another version"),
        (JVM, "/shared/3 (No such file or directory)"),
        ("[JAVA_GATEWAY_EXITED] Java exited.", "[JAVA_GATEWAY_EXITED] Java exited"),
        ("", "RuntimeError"),
    ],
)
def test_a_fault_of_spark_is_told_by_its_cause(told: str, words: str) -> None:
    assert last_words(RuntimeError(told)) == words


def test_without_spark_installed_a_build_on_it_says_what_to_install(
    place: "Place", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    result = place.call("build", "--spark", "local[2]")
    assert result.exit_code == 2
    assert "--spark local[2]: Spark is not installed here" in result.stderr
    assert "install 'roadworthy[spark]' and a Java, or build without --spark" in result.stderr
