"""The bounded memory of a run: what was asked for last is kept, and no more of it than its size."""

from credit_dsl.run.recent import Recent


def computed(keys: str, size: int) -> str:
    """The keys that had to be computed, when these were asked for one after the other."""
    found: list[str] = []
    recent = Recent(size)
    for key in keys:
        assert recent.get(key, lambda key=key: found.append(key) or key.upper()) == key.upper()  # type: ignore[misc]
    return "".join(found)


def test_as_many_as_its_size_are_kept() -> None:
    assert computed("abab", 2) == "ab"
    assert computed("abcabc", 2) == "abcabc"


def test_what_was_asked_for_longest_ago_is_forgotten() -> None:
    assert computed("abacab", 2) == "abcb"


def test_a_run_over_a_few_thousand_customers_computes_nothing_twice() -> None:
    recent, found = Recent(), []
    for _ in range(2):
        for key in range(4096):
            recent.get(key, lambda key=key: found.append(key))  # type: ignore[misc]
    assert found == list(range(4096))
