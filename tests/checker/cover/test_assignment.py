"""The matching of people to posts against the plainest method there is: trying every way."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from roster.checker.cover.assignment import hold
from roster.checker.cover.bundles import Bundles, bits
from roster.domain.problem import Post

LOADS = (100, 60, 50, 40, 30, 10)


@st.composite
def moments(draw: st.DrawFn, loads: tuple[int, ...] = LOADS) -> tuple[tuple[Post, ...], dict[int, int]]:
    """Up to four posts, and up to five people with the posts they are able to hold."""
    posts = tuple(
        Post(
            f"post{number}",
            ("ops",),
            0,
            60,
            people=draw(st.integers(1, 2)),
            chain=draw(st.sampled_from((None, None, "a"))),
            level=draw(st.integers(1, 2)),
            load=draw(st.sampled_from(loads)),
        )
        for number in range(draw(st.integers(1, 4)))
    )
    able = draw(st.lists(st.integers(0, 2 ** len(posts) - 1), max_size=5))
    return posts, dict(enumerate(able))


def may_hold(posts: tuple[Post, ...], mask: int) -> bool:
    """Written apart from the checker: the rule of the brief in so many words."""
    held = [posts[number] for number in range(len(posts)) if mask >> number & 1]
    apart = all(a.chain is None or a.chain != b.chain or a.level == b.level for a, b in combinations(held, 2))
    return apart and sum(post.load for post in held) <= 100


def best(posts: tuple[Post, ...], able: dict[int, int]) -> tuple[int, ...]:
    """Return the numbers of people on the posts, the first post's as large as can be, then the second's, and so on."""
    options = [
        [mask for mask in range(2 ** len(posts)) if not mask & ~could and may_hold(posts, mask)]
        for could in able.values()
    ]
    found = (0,) * len(posts)
    for choice in product(*options):
        counted = Counter(number for mask in choice for number in bits(mask))
        found = max(found, tuple(min(counted[n], post.people) for n, post in enumerate(posts)))
    return found


def numbers(posts: tuple[Post, ...], held: dict[int, int]) -> tuple[int, ...]:
    counted = Counter(number for mask in held.values() for number in bits(mask))
    return tuple(counted[number] for number in range(len(posts)))


def check(posts: tuple[Post, ...], able: dict[int, int], kept: dict[int, int]) -> None:
    held = hold(Bundles(posts), able, {number: post.people for number, post in enumerate(posts)}, kept)
    assert all(not mask & ~able[person] and may_hold(posts, mask) for person, mask in held.items())
    assert numbers(posts, held) == best(posts, able)


@settings(derandomize=True, deadline=None, max_examples=400)
@given(moments(), st.data())
def test_posts_are_filled_in_order_as_far_as_any_assignment_could(
    moment: tuple[tuple[Post, ...], dict[int, int]], data: st.DataObject
) -> None:
    posts, able = moment
    kept = {}
    for person in range(data.draw(st.integers(0, 5))):
        masks = [mask for mask in range(2 ** len(posts)) if may_hold(posts, mask)]
        kept[person] = data.draw(st.sampled_from(masks))
    check(posts, able, kept)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(moments(loads=(100,)), st.data())
def test_whole_posts_need_no_search_but_chains(
    moment: tuple[tuple[Post, ...], dict[int, int]], data: st.DataObject
) -> None:
    posts, able = moment
    kept = {
        person: 1 << data.draw(st.integers(0, len(posts) - 1))
        for person in range(data.draw(st.integers(0, 5)))
    }
    check(posts, able, kept)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(moments())
def test_the_exact_search_agrees_with_trying_every_way(
    moment: tuple[tuple[Post, ...], dict[int, int]],
) -> None:
    posts, able = moment
    classes = tuple(sorted(Counter(able.values()).items()))
    required = {number: post.people for number, post in enumerate(posts)}
    counts = Bundles(posts).solve(classes, required)
    possible = best(posts, able) == tuple(post.people for post in posts)
    assert (counts is not None) is possible
    if counts is not None:
        supplied: Counter[int] = Counter()
        for (could, mask), number in counts.items():
            assert not mask & ~could
            assert may_hold(posts, mask)
            supplied.update(dict.fromkeys(bits(mask), number))
        used: Counter[int] = Counter()
        for (could, _), number in counts.items():
            used[could] += number
        assert all(used[could] <= number for could, number in classes)
        assert all(supplied[post] >= number for post, number in required.items())


def test_people_keep_their_posts_when_others_come_and_go() -> None:
    posts = tuple(Post(f"p{number}", ("ops",), 0, 60) for number in range(3))
    needs = {0: 1, 1: 1, 2: 1}
    before = hold(Bundles(posts), {1: 0b111, 2: 0b111, 3: 0b111}, needs, {})
    after = hold(Bundles(posts), {0: 0b111, 1: 0b111, 3: 0b111}, needs, before)
    assert (after[1], after[3]) == (before[1], before[3])


def test_a_post_is_given_up_for_another_and_taken_by_a_third_way() -> None:
    # The second person has to take the shares of 40 and 60 so that the first can take the whole post: no chain of
    # single exchanges leads there from the first person on the share of 40 and the second on the whole post.
    posts = tuple(Post(f"p{number}", ("ops",), 0, 60, load=load) for number, load in enumerate((40, 100, 60)))
    assert hold(Bundles(posts), {0: 0b011, 1: 0b111}, {0: 1, 1: 1, 2: 1}, {}) == {0: 0b010, 1: 0b101}


def test_shared_loads_of_a_hundredfold_crowd_are_decided() -> None:
    posts = tuple(
        Post(f"p{number}", ("ops",), 0, 60, people=100, load=load)
        for number, load in enumerate((100, 50, 50, 60, 40))
    )
    needs = dict.fromkeys(range(5), 100)
    crowd = {person: (0b00001, 0b11111, 0b11110)[person % 3] for person in range(300)}
    assert numbers(posts, hold(Bundles(posts), crowd, needs, {})) == (100,) * 5
    fewer = {person: mask for person, mask in crowd.items() if person < 297}
    assert numbers(posts, hold(Bundles(posts), fewer, needs, {})) == (100, 100, 100, 97, 97)
