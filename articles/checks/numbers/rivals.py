"""Which of the numbers that are left over translate each other, wrongly."""

from __future__ import annotations

from articles.checks.numbers.quantities import Quantity


def rivals_among(source: list[Quantity], target: list[Quantity]) -> list[tuple[Quantity, Quantity]]:
    """Return the left-over numbers that may translate each other, wrongly.

    Numbers of the same unit are matched first, then the others in the order of the texts.
    """
    rivals: list[tuple[Quantity, Quantity]] = []
    waiting = list(source)
    free = list(target)
    only_two = len(source) == len(target) == 1
    for same_unit in (True, False):
        # What is left only gets less: a number like one without a rival has none either.
        without: set[tuple[object, ...]] = set()
        for left in list(waiting):
            likeness = _likeness(left)
            if likeness in without:
                continue
            right = _first_rival(left, free, same_unit=same_unit, only_two=only_two)
            if right is None:
                without.add(likeness)
                continue
            rivals.append((left, right))
            waiting.remove(left)
            free.remove(right)
    return rivals


def _likeness(each: Quantity) -> tuple[object, ...]:
    """Return all that ``_first_rival`` looks at: numbers alike in this have the same rivals."""
    kind = each.number.kind
    size = 0 if kind == "digits" else max(each.number.values, default=0)
    return each.unit, kind, size


def _first_rival(
    left: Quantity, free: list[Quantity], *, same_unit: bool, only_two: bool
) -> Quantity | None:
    if same_unit and not left.unit:
        return None
    for right in free:
        if same_unit and left.unit != right.unit:
            continue
        if _may_translate(left, right, only_two=only_two):
            return right
    return None


def _may_translate(left: Quantity, right: Quantity, *, only_two: bool) -> bool:
    """Return whether one number may be the other, got wrong."""
    if "vague" in (left.number.kind, right.number.kind):
        return _are_far_apart(left, right)
    if only_two:
        return True
    if left.number.kind == right.number.kind:
        return True
    return left.unit == right.unit


def _are_far_apart(left: Quantity, right: Quantity) -> bool:
    """Return whether two numbers in words, one of them vague (dozens, thousands), exclude another.

    One in digits never does.
    """
    if "digits" in (left.number.kind, right.number.kind):
        return False
    smaller, larger = sorted([max(left.number.values), max(right.number.values)])
    if smaller < 10:
        return False
    return larger >= 5 * smaller
