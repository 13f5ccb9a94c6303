"""``juluo doctor``: look whether everything is in order, and say what is not."""

import argparse
import json
from typing import Any

from juluo.project.outcome import DONE, REFUSED


def add_to(choices: Any) -> None:
    """Add the sub-command's parser."""
    parser = choices.add_parser("doctor", help="check database, lake, deliveries and jobs")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print each finding; exit 1 when something is wrong."""
    from juluo.project.health import examine

    findings = examine()
    if options.json:
        print(json.dumps([finding.__dict__ for finding in findings], ensure_ascii=False))
    else:
        for finding in findings:
            print(f"{'ok' if finding.ok else 'WRONG':6} {finding.subject}: {finding.words}")
    return DONE if all(finding.ok for finding in findings) else REFUSED
