"""``juluo report`` and ``juluo plan-document``: write a document to a file."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from juluo.project.commands.metric import day
from juluo.project.outcome import DONE, Refusal

if TYPE_CHECKING:
    from juluo.domains.reporting.types import ReportRequest
    from juluo.lib.documents.model import Document

FORMATS = ("docx", "pptx", "pdf", "html")
KINDS = ("weekly", "monthly", "quarterly", "half_year", "annual", "window", "activity", "work")


def add_to(choices: Any) -> None:
    """Add the parsers of both sub-commands."""
    report = choices.add_parser("report", help="write a report on a window to a file")
    report.add_argument("--from", dest="start", type=day, metavar="DATE")
    report.add_argument("--to", dest="end", type=day, metavar="DATE", help="first day not counted")
    report.add_argument(
        "--cycle",
        type=_cycle,
        metavar="NAME",
        help="instead of --from and --to: 2026, 2026-H1, 2026-Q1, 2026-03 or 2026-W14",
    )
    report.add_argument(
        "--kind",
        choices=KINDS,
        help="default: the cycle's own kind, or window for --from and --to",
    )
    report.add_argument("--plan", type=int, metavar="PLAN", help="narrow it to a plan")
    report.add_argument("--money", action="store_true", help="tell of money")
    report.add_argument(
        "--anew",
        action="store_true",
        help="today's figures, even where a report on these days was issued",
    )
    _add_file_to(report)
    report.set_defaults(run=run)

    plan = choices.add_parser("plan-document", help="write a plan as a document to a file")
    plan.add_argument("plan", type=int, metavar="PLAN", help="the number in the plan's address")
    plan.add_argument(
        "--version", type=int, metavar="NUMBER", help="a frozen version; default: as it is now"
    )
    _add_file_to(plan)
    plan.set_defaults(run=run_plan)


def _add_file_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=FORMATS, required=True)
    parser.add_argument("--lang", choices=["zh", "en"], help="default: the community's language")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")


def _cycle(text: str) -> tuple[date, date]:
    from juluo.domains.reporting.types import NotACycle, cycle_days

    try:
        return cycle_days(text)
    except NotACycle:
        message = f"{text!r} is no cycle; write it like 2026, 2026-H1, 2026-Q1, 2026-03, 2026-W14"
        raise argparse.ArgumentTypeError(message) from None


def run(options: argparse.Namespace) -> int:
    """Write a report whole, or not at all: the one that was issued on these days, where one was."""
    from django.utils import timezone

    from juluo.analytics.engine import QuestionRefused
    from juluo.domains.reporting import queries as reporting

    asked = _asked(options)
    if (issued := _issued(asked, options)) is not None:
        return _written(issued, options, "metrics")
    try:
        document = reporting.composed(asked, now=timezone.now()).document
    except QuestionRefused as error:
        raise Refusal(str(error)) from error
    return _written(document, options, "metrics")


def _asked(options: argparse.Namespace) -> "ReportRequest":
    from juluo.domains.reporting.types import Kind, ReportRequest, kind_of

    start, end = _window(options)
    kind = Kind(options.kind) if options.kind else kind_of(start, end)
    if kind is Kind.ACTIVITY and options.plan is None:
        raise Refusal("an activity's report is on its plan: name it with --plan")
    return ReportRequest(
        start=start,
        end=end,
        language=_prepared(options),
        kind=kind,
        plan_id=options.plan,
        with_money=options.money,
    )


def _issued(asked: "ReportRequest", options: argparse.Namespace) -> "Document | None":
    from juluo.domains.reporting import queries as reporting

    if options.anew or options.plan is not None:
        return None
    report = reporting.issued_on(
        kind=asked.kind, start=asked.start, end=asked.end, with_money=asked.with_money
    )
    if report is None or report.issued_at is None:
        return None
    day = f"{report.issued_at:%Y-%m-%d}"
    print(f"issued on {day}, edition {report.edition}; --anew asks today's figures")
    return reporting.document_of(report.pk, asked.language)


def run_plan(options: argparse.Namespace) -> int:
    """Write a plan whole, or not at all."""
    from django.utils import timezone

    from juluo.domains.reporting import queries as reporting

    language = _prepared(options)
    document = reporting.plan_document(
        options.plan, language=language, now=timezone.now(), version=options.version
    )
    if document is None:
        version = f" with a version {options.version}" if options.version else ""
        raise Refusal(f"there is no plan {options.plan}{version}")
    return _written(document, options, "figures")


def _window(options: argparse.Namespace) -> tuple[date, date]:
    if options.cycle:
        if options.start or options.end:
            raise Refusal("give either --cycle, or --from and --to")
        start, end = options.cycle
        return start, end
    if not (options.start and options.end):
        raise Refusal("say which days: --cycle 2026-Q1, or --from and --to")
    if options.end <= options.start:
        raise Refusal(f"--to {options.end} must come after --from {options.start}")
    return options.start, options.end


def _prepared(options: argparse.Namespace) -> str:
    """Refuse what cannot be written before any work is done, and return the language."""
    from juluo.domains.community import queries as community
    from juluo.project.installation import compile_words

    folder = options.out.resolve().parent
    if not folder.is_dir():
        raise Refusal(f"there is no folder {folder} to write {options.out.name} to")
    if options.out.is_dir():
        raise Refusal(f"{options.out} is a folder; name a file to write")
    compile_words()
    ours = "zh" if community.settings().language.startswith("zh") else "en"
    return options.lang or ours


def _written(document: "Document", options: argparse.Namespace, cited: str) -> int:
    from juluo.domains.reporting import queries as reporting
    from juluo.lib.documents.pdf import PdfUnavailable

    try:
        content = reporting.rendered(document, options.format)
    except PdfUnavailable as error:
        raise Refusal(str(error)) from error
    draft = options.out.with_name(f".{options.out.name}.part")
    try:
        draft.write_bytes(content)
        draft.replace(options.out)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise Refusal(f"{options.out} cannot be written: {error.strerror}") from error
    print(
        f"{options.out}: {len(document.sections)} sections, {len(document.evidence)} {cited} cited"
    )
    return DONE
