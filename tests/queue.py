"""The queue of the background work, carried out inside the test's own transaction."""

from django_tasks_db.models import DBTaskResult


def work() -> None:
    """Carry out what waits in the queue, as a worker does, until nothing waits."""
    while job := DBTaskResult.objects.ready().first():
        job.delete()
        job.task.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])
