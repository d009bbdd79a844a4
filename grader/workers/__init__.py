"""Processes that work side by side: who does what next, and that a dead one costs nobody else's result."""

from grader.workers.worker import Job
from grader.workers.worker_pool import Task, TaskObserver, WorkerPool

__all__ = ["Job", "Task", "TaskObserver", "WorkerPool"]
