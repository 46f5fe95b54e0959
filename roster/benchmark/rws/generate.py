"""
Seeded instances in the manner of the published rotating-workforce family.

Demand is drawn flat over the week, a little lower at weekends, or nearly gone at weekends; limits and forbidden
successions are drawn from the ranges that the published instances have. About a third are infeasible with their own
number of employees, by counting, by the linear relaxation or only by search. `walked` instances take their demand from
a random lawful word and are feasible by construction.
"""

from __future__ import annotations

from random import Random

from roster.benchmark.rws.format import Instance, Limits, RwsShift

SMALL = (3, 9)
PUBLISHED = (9, 51)
LARGE = (60, 400)

DAY_SHIFT, AFTERNOON, NIGHT = "D", "A", "N"
STARTS = {DAY_SHIFT: 360, AFTERNOON: 840, NIGHT: 1320}
LATER_FIRST = ((NIGHT, DAY_SHIFT), (NIGHT, AFTERNOON), (AFTERNOON, DAY_SHIFT))


def generate(seed: int, people: tuple[int, int] = PUBLISHED) -> Instance:
    """
    Draw an instance with a number of employees between two numbers; equal seeds give equal instances.

    >>> generate(7) == generate(7), generate(7) == generate(8)
    (True, False)
    """
    random = Random(f"rws {seed} {people}")
    names = [DAY_SHIFT, AFTERNOON, NIGHT][: random.choices((2, 3), (15, 85))[0]]
    employees = random.randint(*people)
    shifts = tuple(RwsShift(name, STARTS[name], 480, _run(random)) for name in names)
    work = Limits(random.choice((3, 3, 4)), random.choice((5, 6, 7)))
    off = Limits(random.choice((1, 1, 2)), random.choice((2, 3, 4)))
    pairs = tuple(pair for pair in LATER_FIRST if set(pair) <= set(names))
    late = pairs if NIGHT not in names else (*pairs, (NIGHT, NIGHT))
    return Instance(
        f"seed{seed}",
        employees,
        shifts,
        _demand(random, employees, len(names)),
        off,
        work,
        pairs,
        late if random.random() < 0.5 else (),
    )


def _run(random: Random) -> Limits:
    return Limits(random.choice((2, 2, 3)), random.choice((4, 4, 5, 5, 6, 7)))


def _demand(random: Random, employees: int, shifts: int) -> tuple[tuple[int, ...], ...]:
    """Draw demand of roughly five working days a week for each employee."""
    daily = max(shifts, round(employees * random.uniform(4.8, 5.15) / 7))
    cuts = sorted(random.sample(range(1, daily), shifts - 1)) if daily > shifts else list(range(1, shifts))
    weekday = [high - low for low, high in zip([0, *cuts], [*cuts, daily], strict=True)]
    style = random.choices(("flat", "lower", "closed"), (50, 30, 20))[0]
    if style == "flat":
        return tuple((number,) * 7 for number in weekday)
    rows = []
    for number in weekday:
        share = random.uniform(0.6, 1.0) if style == "lower" else random.uniform(0.0, 0.4)
        weekend = round(number * share)
        # Whoever is not needed at the weekend works on weekdays: the week's sum stays near five days a person.
        rise = number if style == "closed" else number + (number - weekend) // 4
        steps = sorted((rise - random.choice((0, 0, 1)) for _ in range(5)), reverse=True)
        rows.append((*(max(0, step) for step in steps), weekend, weekend))
    return tuple(rows)


def walked(seed: int, people: tuple[int, int] = PUBLISHED) -> Instance:
    """Draw an instance whose demand is that of a random lawful word: feasible with its own number of employees."""
    random = Random(f"walked {seed} {people}")
    drawn = generate(seed, people)
    for _ in range(200):
        word = _word(random, drawn)
        if word is not None:
            break
    else:
        raise ValueError(f"no lawful word found for seed {seed}")
    demand = tuple(
        tuple(sum(day == shift.name for day in word[weekday::7]) for weekday in range(7))
        for shift in drawn.shifts
    )
    return Instance(
        f"walked{seed}",
        len(word) // 7,
        drawn.shifts,
        demand,
        drawn.off,
        drawn.work,
        drawn.not_after,
        drawn.not_after_off,
    )


def _word(random: Random, drawn: Instance) -> list[str] | None:
    """Walk at random until the word closes at a whole week after the employees wanted; None if it gets stuck."""
    word: list[str] = []
    while len(word) < 7 * (drawn.employees + 40):
        if len(word) >= 7 * drawn.employees and len(word) % 7 == 0 and _follows(drawn, word, word[0]):
            return word
        block = _block(random, drawn)
        if block is None:
            return None
        if word and not _follows(drawn, word, block[0]):
            if drawn.off.longest == 1:
                return None
            word.append("-")
        word += [*block, *["-"] * random.randint(drawn.off.shortest, drawn.off.longest)]
    return None


def _follows(drawn: Instance, word: list[str], first: str) -> bool:
    """Whether a block may begin with a shift after a word that ends with days off, perhaps with one alone."""
    return word[-2] == "-" or (word[-2], first) not in drawn.not_after_off


def _block(random: Random, drawn: Instance) -> list[str] | None:
    """Return a random lawful block of work; None where the draw came out too long or too short."""
    for _ in range(50):
        block: list[str] = []
        wanted = random.randint(drawn.work.shortest, drawn.work.longest)
        while len(block) < wanted:
            free = [
                shift
                for shift in drawn.shifts
                if not block or (shift.name != block[-1] and (block[-1], shift.name) not in drawn.not_after)
            ]
            if not free:
                break
            shift = random.choice(free)
            block += [shift.name] * random.randint(shift.run.shortest, shift.run.longest)
        if len(block) == wanted:
            return block
    return None
