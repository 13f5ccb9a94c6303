"""Reads of plans and what they hold."""

from juluo.domains.planning.queries.parts import plan_parts, register_part

__all__ = ["plan_parts", "register_part"]
