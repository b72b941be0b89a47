"""Inequalities: numbers that fulfil them are never denied, and the room for one of them holds its value."""

from hypothesis import given
from hypothesis import strategies as st

from credit_dsl.reasoning.linear import Inequality, are_possible, room_of
from credit_dsl.reasoning.regions import NUMBERS
from credit_dsl.reasoning.subjects import Subject

SUBJECTS = tuple(Subject(name, name, "number", NUMBERS) for name in "xyz")
numbers = st.integers(-5, 5)
factors = st.dictionaries(st.sampled_from(SUBJECTS), numbers.filter(bool), min_size=1)


@given(st.tuples(numbers, numbers, numbers), st.lists(st.tuples(factors, st.integers(0, 3)), max_size=6))
def test_what_numbers_fulfil_is_possible(point: tuple[int, ...], given: list[tuple[dict[Subject, int], int]]) -> None:
    """Each inequality is made so that the point fulfils it, on its edge or inside."""
    values = dict(zip(SUBJECTS, point, strict=True))
    asked = [
        Inequality(each, sum(size * values[subject] for subject, size in each.items()) + slack, slack > 0)
        for each, slack in given
    ]
    assert are_possible(asked)
    for subject in SUBJECTS:
        room = room_of(subject, asked)
        assert room is None or (room[0] <= (values[subject], 0) and (values[subject], 1) <= room[1])


def test_what_cannot_be() -> None:
    """x above y, y above z, z above x; and x + y above 2 with neither above 1."""
    x, y, z = SUBJECTS
    ring = [Inequality({x: -1, y: 1}, 0, True), Inequality({y: -1, z: 1}, 0, True), Inequality({z: -1, x: 1}, 0, True)]
    assert not are_possible(ring)
    assert are_possible([Inequality(each.factors, 0, False) for each in ring])
    assert not are_possible(
        [Inequality({x: -1, y: -1}, -2, True), Inequality({x: 1}, 1, False), Inequality({y: 1}, 1, False)]
    )
