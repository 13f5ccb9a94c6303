"""Those who watch a space hear of what is opened in it."""

from datetime import datetime

from juluo.domains.discussions import services
from juluo.eventlog.subscriptions import subscribe
from juluo.events.discussions import PostPublished, QuestionAsked


@subscribe(PostPublished)
def tell_of_post(event: PostPublished, *, record_id: int, at: datetime) -> None:  # noqa: ARG001
    """Tell those who watch the space."""
    services.tell_watchers(subject=event.subject_id, at=at)


@subscribe(QuestionAsked)
def tell_of_question(
    event: QuestionAsked,
    *,
    record_id: int,  # noqa: ARG001
    at: datetime,
) -> None:
    """Tell those who watch the space."""
    services.tell_watchers(subject=event.subject_id, at=at)
