"""Run something in threads that have database connections of their own."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection


def run_in_thread(function: Callable[..., Any], *arguments: Any, together: int = 1) -> Any:
    """Run the function in ``together`` threads at once; return the first one's result."""
    results: list[Any] = []
    errors: list[Exception] = []
    start = threading.Barrier(together)

    def body() -> None:
        start.wait()
        try:
            results.append(function(*arguments))
        except Exception as error:  # noqa: BLE001 - handed to the one who waits
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=body) for _ in range(together)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return results[0]
