"""An executor that runs each function immediately, in the calling process."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Final, ParamSpec, TypeVar

_Given = ParamSpec("_Given")
_Told = TypeVar("_Told")


class AtOnce(Executor):
    """For little work, and for tests: the same functions without a process or a thread."""

    def submit(
        self, fn: Callable[_Given, _Told], /, *args: _Given.args, **kwargs: _Given.kwargs
    ) -> Future[_Told]:
        """Call the function; what it raises is raised here."""
        future: Future[_Told] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


AT_ONCE: Final = AtOnce()
"""What computes where nobody names anything else."""
