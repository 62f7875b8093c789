"""How Celery is wired: queues, limits, the clock."""

import pytest
from django.conf import settings

from config.celery import app


def own_tasks():
    app.loader.import_default_modules()
    return sorted(name for name in app.tasks if not name.startswith("celery."))


def queue_of(task):
    return app.amqp.router.route({}, task)["queue"]


def test_every_task_says_which_queue_it_goes_to():
    assert set(own_tasks()) <= set(settings.CELERY_TASK_ROUTES)
    assert {queue_of(task).name for task in own_tasks()} <= {"reading", "watching", "scanning", "delivery"}


def test_each_queue_has_a_key_of_its_own():
    queues = [app.amqp.queues[name] for name in settings.CELERY_TASK_QUEUES]
    assert len({queue.routing_key for queue in queues}) == 4


def test_a_worker_that_is_not_told_otherwise_takes_all_queues():
    assert set(app.amqp.queues.consume_from) == {"reading", "watching", "scanning", "delivery"}


@pytest.mark.parametrize("task", ["claims.tasks.read_snapshots", "claims.tasks.redate_claims"])
def test_reading_keeps_nothing_else_waiting(task):
    assert queue_of(task).name == "reading"


def test_a_task_ends_before_its_message_comes_back_and_before_its_lease_runs_out():
    from claims import tasks

    comes_back = app.conf.broker_transport_options["visibility_timeout"]
    for name in own_tasks():
        task = app.tasks[name]
        soft, hard = task.soft_time_limit or app.conf.task_soft_time_limit, task.time_limit or app.conf.task_time_limit
        assert soft < hard
        if task.name != "claims.tasks.verify_ledger_whole":  # hours long: its row's lease keeps the second away
            assert hard <= comes_back / 2
            assert hard < tasks.LEASE


def test_what_comes_of_a_task_is_not_kept_and_what_dies_comes_back():
    assert app.conf.task_ignore_result
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    assert app.conf.worker_prefetch_multiplier == 1
