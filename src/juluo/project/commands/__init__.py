"""The sub-commands of ``juluo``, in the order that ``--help`` shows them.

A command is a module with ``add_to(choices)``, which adds its parser and sets ``run`` to a
function that takes the parsed options and returns the exit code.
"""

from types import ModuleType

from juluo.project.commands import (
    doctor,
    import_talk,
    manage,
    metric,
    report,
    roll,
    run,
    search,
    worker,
)

COMMANDS: tuple[ModuleType, ...] = (
    run,
    import_talk,
    metric,
    report,
    worker,
    roll,
    search,
    doctor,
    manage,
)
