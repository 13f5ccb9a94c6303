"""``python -m juluo`` is the ``juluo`` command."""

from juluo.project.cli import main

main()
