"""The queue of the background work, carried out inside the test's own transaction."""

from django_tasks_db.models import DBTaskResult


def work() -> None:
    """Carry out the jobs in the queue, as a worker does, until it is empty."""
    while job := DBTaskResult.objects.ready().first():
        job.delete()
        job.task.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])
