"""Spaces and what is said in them."""

from juluo.domains.discussions.models.marks import Bookmark, Reaction, Revision
from juluo.domains.discussions.models.readers import Follow, ThreadRead
from juluo.domains.discussions.models.spaces import JoinRequest, Space, SpaceMember
from juluo.domains.discussions.models.talk import Answer, Comment, Contribution, Post, PostTag

__all__ = [
    "Answer",
    "Bookmark",
    "Comment",
    "Contribution",
    "Follow",
    "JoinRequest",
    "Post",
    "PostTag",
    "Reaction",
    "Revision",
    "Space",
    "SpaceMember",
    "ThreadRead",
]
