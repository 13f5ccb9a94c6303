"""Keep by which tags posts are found."""

from collections.abc import Collection

from juluo.domains.discussions import rules
from juluo.domains.discussions.models import Post, PostTag


def keep_tags(posts: Collection[Post], *, anew: bool = False) -> None:
    """Write down the tags of posts, in place of those before if they may have had some."""
    if anew:
        PostTag.objects.filter(post__in=[post.pk for post in posts]).delete()
    found = [
        PostTag(post=post, tag=tag, published_at=post.published_at)
        for post in posts
        for tag in rules.tags_found_by(post.tags)
    ]
    if found:
        PostTag.objects.bulk_create(found, ignore_conflicts=True)
