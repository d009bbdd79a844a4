"""Processes that work side by side: who does what next, and that a dead one costs nobody else's result."""

from grader.workers.crew import Crew, Desk, Task
from grader.workers.worker import Job

__all__ = ["Crew", "Desk", "Job", "Task"]
