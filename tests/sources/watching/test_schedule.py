"""When to look again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.watching import schedule

SINCE = datetime(2023, 1, 1, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
paces = st.timedeltas(timedelta(), timedelta(days=400))


def test_what_does_not_change_is_looked_at_ever_more_rarely_up_to_a_month():
    pace, taken = schedule.first(), []
    for _ in range(12):
        taken.append(pace)
        pace = schedule.unchanged(pace)
    assert taken[:4] == [HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR]
    assert taken[-1] == schedule.LONGEST == 30 * DAY


def test_what_has_changed_is_looked_at_sooner_an_hour_later_at_the_soonest():
    assert schedule.changed(8 * DAY) == 2 * DAY
    assert schedule.changed(HOUR) == HOUR


@given(paces)
def test_every_pace_stays_between_an_hour_and_a_month(pace):
    for after in (schedule.unchanged(pace), schedule.changed(min(pace, schedule.LONGEST))):
        assert HOUR <= after <= schedule.LONGEST


def test_a_failure_is_tried_again_soon_then_later_and_once_when_48_hours_are_over():
    tried, now, failures = [], SINCE, 1
    while now < SINCE + 3 * DAY:
        now += schedule.retry(failures, SINCE, now)
        failures += 1
        tried.append((now - SINCE) / HOUR)
    assert tried == [0.25, 1.25, 5.25, 21.25, 45.25, 48, 72]


@given(st.integers(1, 500), st.timedeltas(timedelta(), timedelta(days=900)))
def test_what_is_gone_is_tried_for_ever_and_never_more_rarely_than_once_a_week(failures, age):
    assert timedelta() < schedule.retry(failures, SINCE, SINCE + age) <= 7 * DAY


@pytest.mark.parametrize(
    ("failures", "hours", "gone"), [(3, 48, True), (3, 47.9, False), (2, 90, False), (1, 0, False), (40, 47, False), (9, 500, True)]
)
def test_gone_is_what_failed_three_times_over_48_hours(failures, hours, gone):
    assert schedule.gone(failures, SINCE, SINCE + hours * HOUR) is gone


def test_a_feed_without_news_is_polled_more_rarely_down_to_once_a_day_and_with_news_as_asked_for():
    every = timedelta(minutes=30)
    assert schedule.polled(every, every, new=False) == HOUR
    assert schedule.polled(every, 20 * HOUR, new=False) == DAY
    assert schedule.polled(every, DAY, new=True) == every
    assert schedule.polled(2 * DAY, 2 * DAY, new=False) == 2 * DAY
