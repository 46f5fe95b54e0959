"""Every rule, both sides of every limit, drawn as rosters, on rings and on dates."""

from __future__ import annotations

from dataclasses import replace

import pytest

from roster.checker import check_roster, check_rotation, count_breaches
from roster.domain import rules
from roster.domain.horizon import ring
from roster.domain.rules import Rule
from tests.checker.worlds import MONDAY, dated, roster_of, rota, staff, word, world

H = 60


def on_dates(rule: Rule, text: str, before: str = "", **other: object) -> int:
    days = word(text)
    return count_breaches(
        rule,
        days,
        dated(len(days)),
        other.pop("problem", world()),
        before=word(before),
        **other,  # type: ignore[arg-type]
    )


def on_ring(rule: Rule, text: str, **other: object) -> int:
    days = word(text)
    return count_breaches(rule, days, ring(len(days) // 7), world(), **other)  # type: ignore[arg-type]


# Rest of 11 h: N ends 06:00, A starts 14:00 (8 h), D 08:00 next but one (26 h); A ends 22:00, D 08:00 (10 h).
@pytest.mark.parametrize(
    ("text", "before", "found"),
    [
        ("A-D----", "", 0),
        ("AD-----", "", 1),
        ("ADAD---", "", 2),
        ("NA-----", "", 1),
        ("ND-----", "", 1),
        ("N-M----", "", 0),
        ("DD-----", "", 0),
        ("-----AD", "", 1),
        ("D------", "A", 1),
        ("D------", "", 0),
        ("-D-----", "AD", 0),
        ("s D - - - - -", "", 0),
        ("w D - - - - -", "", 1),
        ("w - D - - - -", "", 0),
        ("Ds D - - - - -", "", 0),
        ("Dw D - - - - -", "", 1),
    ],
)
def test_rest_on_dates(text: str, before: str, found: int) -> None:
    assert on_dates(rules.MinRest(minutes=11 * H), text, before) == found


@pytest.mark.parametrize(("minutes", "found"), [(10 * H, 0), (10 * H + 1, 1)])
def test_rest_is_met_to_the_minute(minutes: int, found: int) -> None:
    assert on_dates(rules.MinRest(minutes=minutes), "AD-----") == found


@pytest.mark.parametrize(("text", "found"), [("D-----A", 1), ("N-----N", 0), ("M-----N", 1), ("-D----N", 0)])
def test_rest_goes_round_the_ring(text: str, found: int) -> None:
    assert on_ring(rules.MinRest(minutes=11 * H), text) == found


def test_rest_is_minutes_not_days() -> None:
    # N ends Tuesday 06:00, M starts Wednesday 06:00: exactly 24 h although a whole day is off.
    assert on_dates(rules.MinRest(minutes=24 * H), "N-M----") == 0
    assert on_dates(rules.MinRest(minutes=24 * H + 1), "N-M----") == 1


# D@e ends 16:00, D@w starts 08:00: 16 h less one hour of travel.
@pytest.mark.parametrize(
    ("text", "minutes", "found"),
    [
        ("D@e D@w", 15 * H, 0),
        ("D@e D@w", 15 * H + 1, 1),
        ("D@e D@e", 16 * H, 0),
        ("D@e D", 16 * H, 0),
        ("D@e - D@w", 39 * H, 0),
        ("D@e - D@w", 39 * H + 1, 1),
    ],
)
def test_travel_is_not_rest(text: str, minutes: int, found: int) -> None:
    assert on_dates(rules.MinRest(minutes=minutes), text) == found


@pytest.mark.parametrize(
    ("text", "before", "found"),
    [
        ("N D", "", 0),
        ("X D", "", 0),
        ("X M", "", 1),
        ("s D", "", 0),
        ("s M", "", 1),
        ("M", "X", 1),
        ("M", "", 0),
    ],
)
def test_nobody_is_in_two_duties_at_once(text: str, before: str, found: int) -> None:
    assert on_dates(rules.NoOverlap(), f"{text} -", before) == found


def test_overlap_goes_round_the_ring() -> None:
    assert on_ring(rules.NoOverlap(), "M-----X") == 1
    assert on_ring(rules.NoOverlap(), "D-----X") == 0


def test_overlap_is_judged_without_being_asked_for() -> None:
    problem = world(staff())
    assert [v.rule for v in check_roster(problem, roster_of(problem, "XM-----"))] == ["no_overlap"]
    assert [v.rule for v in check_rotation(problem, [rota("M-----X")])] == ["no_overlap"]


# N ends 06:00: one day off and A at 14:00 is 32 h; two days off and M is 48 h.
@pytest.mark.parametrize(
    ("text", "before", "found"),
    [
        ("NN--M--", "", 0),
        ("NN-A---", "", 1),
        ("NA-----", "", 1),
        ("NN-----", "", 0),
        ("NN-N---", "", 1),
        ("NN--N--", "", 0),
        ("N-M-N-M", "", 2),
        ("-----NN", "", 0),
        ("A------", "N", 1),
        ("-A-----", "N", 1),
        ("N------", "N", 0),
        ("N s s M - - -", "", 0),
        ("N w - - - - -", "", 1),
        ("DD-A---", "", 0),
        ("-------", "NA", 0),
    ],
)
def test_rest_after_nights_on_dates(text: str, before: str, found: int) -> None:
    assert on_dates(rules.RestAfterNights(minutes=48 * H), text, before) == found


@pytest.mark.parametrize(
    ("text", "found"), [("A----NN", 1), ("-A---NN", 1), ("--A--NN", 0), ("NNNNNNN", 0), ("N------", 0)]
)
def test_rest_after_nights_goes_round_the_ring(text: str, found: int) -> None:
    assert on_ring(rules.RestAfterNights(minutes=48 * H), text) == found


@pytest.mark.parametrize(("minutes", "found"), [(48 * H, 0), (48 * H + 1, 1)])
def test_rest_after_nights_is_met_to_the_minute(minutes: int, found: int) -> None:
    assert on_dates(rules.RestAfterNights(minutes=minutes), "N--M---") == found


@pytest.mark.parametrize(
    ("text", "before", "found"),
    [
        ("NNN----", "", 0),
        ("NNNN---", "", 1),
        ("NNNNN--", "", 2),
        ("---NNNN", "", 1),
        ("NNNNNNN", "", 4),
        ("NN-----", "NN", 1),
        ("N------", "NNNNN", 1),
        ("-------", "NNNNN", 0),
        ("NNNDNNN", "", 0),
    ],
)
def test_most_nights_on_dates(text: str, before: str, found: int) -> None:
    assert on_dates(rules.MaxNights(nights=3), text, before) == found


@pytest.mark.parametrize(("text", "found"), [("NN---NN", 1), ("N----NN", 0), ("NNNNNNN", 7), ("-NNN---", 0)])
def test_most_nights_goes_round_the_ring(text: str, found: int) -> None:
    assert on_ring(rules.MaxNights(nights=3), text) == found


@pytest.mark.parametrize(
    ("text", "before", "found"),
    [
        ("-DD----", "", 0),
        ("-D-----", "", 1),
        ("D-D-D--", "", 2),
        ("D------", "", 0),
        ("D------", "-", 1),
        ("D------", "D", 0),
        ("D------", "-D", 0),
        ("-------", "-D", 1),
        ("-------", "-D-", 0),
        ("------D", "", 0),
        ("-DDD---", "", 0),
        ("-DDDD--", "", 1),
        ("DDDDDDD", "", 4),
        ("DD-----", "DDD", 2),
        ("- D s D D - -", "", 1),
    ],
)
def test_blocks_of_work_on_dates(text: str, before: str, found: int) -> None:
    assert on_dates(rules.WorkBlock(shortest=2, longest=3), text, before) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("D-----D", 0),
        ("D------", 1),
        ("DD---DD", 1),
        ("DDDDDDD", 7),
        ("------D", 1),
        ("-------", 0),
        ("DD----D", 0),
    ],
)
def test_blocks_of_work_go_round_the_ring(text: str, found: int) -> None:
    assert on_ring(rules.WorkBlock(shortest=2, longest=3), text) == found


@pytest.mark.parametrize(
    ("text", "before", "found"),
    [
        ("D-DDDD-", "", 1),
        ("D-D----", "", 2),
        ("D--D---", "", 0),
        ("-DDDDDD", "", 0),
        ("-DDDDDD", "D", 1),
        ("DDDDDD-", "", 0),
        ("D---DDD", "", 0),
        ("D----DD", "", 1),
        ("-------", "", 4),
        ("D s D D D D D", "", 1),
        ("D s - D D D D", "", 0),
    ],
)
def test_blocks_of_days_off_on_dates(text: str, before: str, found: int) -> None:
    assert on_dates(rules.OffBlock(shortest=2, longest=3), text, before) == found


@pytest.mark.parametrize(
    ("text", "found"), [("-DDDDD-", 0), ("-DDDDDD", 1), ("--DDD--", 1), ("-------", 7), ("DDDDDDD", 0)]
)
def test_blocks_of_days_off_go_round_the_ring(text: str, found: int) -> None:
    assert on_ring(rules.OffBlock(shortest=2, longest=3), text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("-DA----", 1),
        ("-DDA---", 0),
        ("D@e D@w - - - - -", 0),
        ("- D@e D@w D@e A - -", 0),
        ("-DDDDA-", 1),
        ("DA-----", 0),
        ("----AAD", 0),
    ],
)
def test_runs_of_a_shift_on_dates(text: str, found: int) -> None:
    assert on_dates(rules.ShiftRun(shift="D", shortest=2, longest=3), text) == found


def test_runs_of_a_standby_count_those_after_a_shift() -> None:
    rule = rules.ShiftRun(shift="s", shortest=2, longest=3)
    assert on_dates(rule, "- s Ds - - - -") == 0
    assert on_dates(rule, "- Ds - - - - -") == 1
    assert on_dates(rule, "- s Ds s Ds - -") == 1


@pytest.mark.parametrize(("text", "found"), [("DD---DD", 1), ("D-----D", 0), ("D-----A", 1), ("DDDDDDD", 7)])
def test_runs_of_a_shift_go_round_the_ring(text: str, found: int) -> None:
    assert on_ring(rules.ShiftRun(shift="D", shortest=2, longest=3), text) == found


@pytest.mark.parametrize(
    ("pause", "text", "before", "found"),
    [
        (0, "NM-----", "", 1),
        (0, "N-M----", "", 0),
        (0, "ND-----", "", 0),
        (0, "NMNM---", "", 2),
        (0, "M------", "N", 1),
        (0, "-----NM", "", 1),
        (1, "N-M----", "", 1),
        (1, "NM-----", "", 0),
        (1, "N--M---", "", 0),
        (1, "NDM----", "", 0),
        (1, "N s M - - - -", "", 1),
        (1, "-M-----", "N", 1),
        (1, "M------", "N-", 1),
        (1, "----N-M", "", 1),
    ],
)
def test_forbidden_successions_on_dates(pause: int, text: str, before: str, found: int) -> None:
    assert on_dates(rules.Succession(first="N", second="M", days_off=pause), text, before) == found


@pytest.mark.parametrize(
    ("pause", "text", "found"), [(0, "M-----N", 1), (1, "M----N-", 1), (1, "-M----N", 1), (0, "-M----N", 0)]
)
def test_forbidden_successions_go_round_the_ring(pause: int, text: str, found: int) -> None:
    assert on_ring(rules.Succession(first="N", second="M", days_off=pause), text) == found


W, F, Y = "-----D-", "-------", "----N--"  # weekend worked, free, spoiled by Friday's night


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (W + F + W + F, 0),
        (F + W + W + F, 1),
        (W + W + F + F, 1),
        (F + F + W + W, 1),
        (W * 4, 3),
        (Y + W + F + F, 1),
        ("----A--" + W + F + F, 0),
        (W + F + W + "-----", 0),
        (W + W + "-----D", 1),
    ],
)
def test_free_weekends_on_dates(text: str, found: int) -> None:
    assert on_dates(rules.FreeWeekends(one_in=2), text) == found


def test_free_weekends_count_standby_and_the_edge_of_the_calendar() -> None:
    rule = rules.FreeWeekends(one_in=1)
    assert on_dates(rule, "- - - - - - s") == 1
    assert on_dates(rule, "- - - - s - -") == 1  # until Saturday 08:00
    assert on_dates(rule, "- - - - - - - s") == 0
    saturday = dated(2, MONDAY.replace(day=9))
    assert count_breaches(rule, word("--"), saturday, world()) == 0
    assert count_breaches(rule, word("--"), saturday, world(), before=word("N")) == 1
    assert count_breaches(rule, word("D-"), saturday, world()) == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [(W + F, 0), (W, 1), (F, 0), (W + W + F, 1), (W + F + W, 1), (W * 3, 3), (F + W + W, 1), (Y, 1)],
)
def test_free_weekends_go_round_the_ring(text: str, found: int) -> None:
    assert on_ring(rules.FreeWeekends(one_in=2), text) == found


def test_free_weekends_carried_in() -> None:
    rule = rules.FreeWeekends(one_in=2)
    assert on_dates(rule, W, before=W) == 1
    assert on_dates(rule, W, before=F) == 0
    assert on_dates(rule, F, before=W + W) == 0


@pytest.mark.parametrize(
    ("text", "found"), [("DDDDD--", 0), ("DDDDDD-", 1), ("-DDDDDDDDDD---", 1), ("-------DDDDDDD", 1)]
)
def test_hours_of_a_week(text: str, found: int) -> None:
    assert on_dates(rules.WeekHours(minutes=40 * H), text) == found
    assert on_ring(rules.WeekHours(minutes=40 * H), text) == found


def test_hours_of_a_week_cut_by_the_edge_count_its_days_inside() -> None:
    rule = rules.WeekHours(minutes=16 * H)
    thursday = dated(5, MONDAY.replace(day=7))
    assert count_breaches(rule, word("DD---"), thursday, world()) == 0
    assert count_breaches(rule, word("DDD--"), thursday, world()) == 1
    assert count_breaches(rule, word("DD---"), thursday, world(), before=word("D")) == 1
    assert on_dates(rule, "DDD") == 1


# D is 08:00 to 16:00: from Saturday's end to Monday's begin are 40 h, 32 of them in the first week.
@pytest.mark.parametrize(
    ("text", "minutes", "found"),
    [
        ("DDDDDD-", 40 * H, 0),
        ("DDDDDD-", 40 * H + 1, 1),
        ("DDDDDDD", 17 * H, 1),
        ("D-DDDDD", 40 * H, 0),  # over a day off within the week
        (
            "DDDDDDL-DDDDDL",
            35 * H,
            1,
        ),  # one rest of 36 h from Sunday night: four hours of it in the first week
        ("DDDDDD--DDDDDL", 63 * H, 1),  # one rest of 64 h, which is not two of 63 h
        ("DDDDDD--DDDDDL", 32 * H, 0),  # but two of 32 h
    ],
)
def test_weekly_rest_serves_one_week_over_its_turn(text: str, minutes: int, found: int) -> None:
    assert on_ring(rules.WeeklyRest(minutes=minutes), text) == found


@pytest.mark.parametrize(
    ("text", "before", "found"),
    [
        ("DDDDDD-", "", 0),  # what follows is not known
        ("DDDDDDD", "", 1),
        ("DDDDDDL", "", 1),
        ("-DDDDDD", "", 0),  # the rest may have begun on the Sunday before
        ("DDDDDDD", "DDDDDD-", 2),  # the week before waits for a rest until Monday noon
        ("-DDDDDD", "DDDDDD-", 1),  # which then serves that week alone
        ("-DDDDDD", "DD--DD-", 0),
    ],
)
def test_weekly_rest_on_dates_knows_the_weeks_before(text: str, before: str, found: int) -> None:
    assert on_dates(rules.WeeklyRest(minutes=42 * H), text, before=before) == found


def test_weekly_rest_begins_after_the_night_of_the_week_before() -> None:
    # X ends Monday 08:00, D begins Tuesday 08:00: 24 h are left of a Monday off.
    assert on_ring(rules.WeeklyRest(minutes=24 * H), "DDDDD-X-DDDDDD") == 0
    assert on_ring(rules.WeeklyRest(minutes=24 * H + 1), "DDDDD-X-DDDDDD") == 1
    assert on_dates(rules.WeeklyRest(minutes=24 * H + 1), "DDDDD-X-DDDDDD") == 1
    assert on_dates(rules.WeeklyRest(minutes=24 * H + 1), "-DDDDDD", before="X") == 1
    assert on_dates(rules.WeeklyRest(minutes=24 * H + 1), "-DDDDDD") == 0


def test_weekly_rest_does_not_reach_into_the_next_week() -> None:
    # Sunday L ends 20:00; Monday off would make it 36 h, but only four hours lie in the first week.
    assert on_ring(rules.WeeklyRest(minutes=24 * H), "DDDDDDL-DDDDDD") == 1


@pytest.mark.parametrize(
    ("text", "before", "found"),
    [
        ("s D - - - - -", "", 0),
        ("s M - - - - -", "", 1),
        ("Ds M - - - - -", "", 1),
        ("s - M - - - -", "", 0),
        ("M M - - - - -", "s -", 0),
        ("M - - - - - -", "s s", 1),
    ],
)
def test_no_standby_before_an_early_shift(text: str, before: str, found: int) -> None:
    assert on_dates(rules.NoStandbyBefore(start=8 * H), text, before) == found


def test_no_standby_before_goes_round_the_ring() -> None:
    assert on_ring(rules.NoStandbyBefore(start=8 * H), "M - - - - - s") == 1


@pytest.mark.parametrize(
    ("text", "before", "found"),
    [
        ("N - s - - - -", "", 0),
        ("N s - - - - -", "", 1),
        ("N Ds - - - - -", "", 1),
        ("D s - - - - -", "", 0),
        ("s N - - - - -", "", 0),
        ("s - - - - - -", "N", 1),
        ("N s N s - - -", "", 2),
    ],
)
def test_no_standby_after_a_night(text: str, before: str, found: int) -> None:
    assert on_dates(rules.NoStandbyAfterNights(), text, before) == found


def test_no_standby_after_a_night_goes_round_the_ring() -> None:
    assert on_ring(rules.NoStandbyAfterNights(), "s - - - - - N") == 1


@pytest.mark.parametrize(("minutes", "found"), [(12 * H, 0), (12 * H - 1, 2)])
def test_length_of_a_shift(minutes: int, found: int) -> None:
    assert on_dates(rules.ShiftLength(minutes=minutes), "L X - s D - -") == found
    assert on_ring(rules.ShiftLength(minutes=minutes), "L X - s D - -") == found


def test_average_hours_of_a_rotation_are_net() -> None:
    rule = rules.AverageHours()
    some = staff(rule, net_minutes=36 * H)
    assert on_ring(rule, "DDDDD--DDDD---", staff=some) == 0
    assert on_ring(rule, "DDDDD--DDDDD--", staff=some) == 1
    assert [v.rule for v in check_rotation(world(some), [rota("DDDDD--/DDDDD--")])] == ["average_hours"]


def test_an_average_holds_for_each_rotation_not_for_the_sum() -> None:
    some = staff(rules.AverageHours(), net_minutes=32 * H)
    parts = [rota("DDDDD--"), replace(rota("DDD----"), name="b")]
    assert [v.person for v in check_rotation(world(some), parts)] == ["ops"]


def test_average_hours_of_a_calendar_are_the_contracts_less_leave() -> None:
    rule, some = rules.AverageHours(), staff()
    assert on_dates(rule, "DDDDD--", staff=some) == 0
    assert on_dates(rule, "DDDDDD-", staff=some) == 1
    assert on_dates(rule, "DDDDD--DDDDD--", staff=some, leave=frozenset({12, 13})) == 0
    assert on_dates(rule, "DDDDD--DDDDD--", staff=some, leave=frozenset({11})) == 1
    assert on_dates(rule, "DDDDD--DDDD---", staff=some, leave=frozenset({11})) == 0


@pytest.mark.parametrize(
    ("percent", "text", "dates", "ringed"),
    [
        (25, "s s - - - - -", 0, 1),
        (25, "s - - - - - -", 0, 0),
        (25, "s s s - - - -", 1, 1),
        (50, "s s s - - - -", 0, 0),
        (50, "Ds s s s - - -", 0, 1),
    ],
)
def test_share_of_standby(percent: int, text: str, dates: int, ringed: int) -> None:
    rule = rules.StandbyShare(percent=percent)
    assert on_dates(rule, text) == dates
    assert on_ring(rule, text) == ringed


def test_averages_have_no_price() -> None:
    some = staff(rules.AverageHours(price=5), rules.MaxNights(nights=0, price=5))
    assert [v.rule for v in check_rotation(world(some), [rota("NNNNNN-")])] == ["average_hours"]
