"""``juluo report``: write a report on a window to a file."""

import argparse
from pathlib import Path
from typing import Any

from juluo.project.commands.metric import day
from juluo.project.outcome import DONE, Refusal


def add_to(choices: Any) -> None:
    """Add the sub-command's parser."""
    parser = choices.add_parser("report", help="write a report on a window to a file")
    parser.add_argument("--from", dest="start", type=day, required=True, metavar="DATE")
    parser.add_argument(
        "--to", dest="end", type=day, required=True, metavar="DATE", help="first day not counted"
    )
    parser.add_argument("--format", choices=["html", "docx"], required=True)
    parser.add_argument("--lang", choices=["zh", "en"], help="default: the community's language")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the file whole, or not at all."""
    from django.utils import timezone

    from juluo.analytics.engine import QuestionRefused
    from juluo.domains.community import queries as community
    from juluo.domains.reporting import queries as reporting
    from juluo.domains.reporting.types import ReportRequest
    from juluo.project.installation import compile_words

    if options.end <= options.start:
        raise Refusal(f"--to {options.end} must come after --from {options.start}")
    folder = options.out.resolve().parent
    if not folder.is_dir():
        raise Refusal(f"there is no folder {folder} to write {options.out.name} to")
    if options.out.is_dir():
        raise Refusal(f"{options.out} is a folder; name a file to write")
    compile_words()
    language = options.lang or ("zh" if community.settings().language.startswith("zh") else "en")
    asked = ReportRequest(start=options.start, end=options.end, language=language)
    try:
        document = reporting.operations_report(asked, now=timezone.now())
    except QuestionRefused as error:
        raise Refusal(str(error)) from error
    content = reporting.rendered(document, options.format)
    draft = options.out.with_name(f".{options.out.name}.part")
    try:
        draft.write_bytes(content)
        draft.replace(options.out)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise Refusal(f"{options.out} cannot be written: {error.strerror}") from error
    print(
        f"{options.out}: {len(document.sections)} sections, {len(document.evidence)} metrics cited"
    )
    return DONE
