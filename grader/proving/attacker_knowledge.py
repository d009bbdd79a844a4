"""Finds out what an exercise's checks ask: what a submission that copies would know."""

from __future__ import annotations

from typing import Any

from grader.checking import run_checks
from grader.course.models import Course, Exercise
from grader.datasets.public import public_data
from grader.errors import FormatError, GraderError, SandboxLost, SubmissionFault
from grader.files import write_whole
from grader.grading.conditions import Conditions
from grader.proving.adversaries import ATTACKER_KNOWLEDGE, RECORD, AttackerKnowledge, build_adversary
from grader.proving.proof_cache import cache_key
from grader.proving.request_trace import TracedLink, TracedRequest
from grader.references.card import Card
from grader.references.reference_session import open_reference
from grader.running.proxy import SubmissionProxy
from grader.running.session import open_session
from grader.sandbox import Backend

_READS = frozenset({"get", "has", "figure", "files", "read", "environment"})


def attacker_knowledge(
    course: Course, exercise: Exercise, seed: int, card: Card | None, backend: Backend
) -> AttackerKnowledge:
    """Run the checks on the reference and note their requests; remembered by digest like every other attempt.

    Raises
    ------
    GraderError
        The reference does not run.
    """
    course = course.as_run(exercise, backend.gpu is not None)
    submitted = build_adversary(exercise, RECORD)
    conditions = Conditions.on(course, backend, seed=seed).of(exercise)
    path = course.root / ".grader" / "proof" / f"asked-{cache_key(course, exercise, submitted, conditions, card)}.json"
    try:
        return ATTACKER_KNOWLEDGE.loads(path.read_bytes())
    except (OSError, FormatError):
        pass
    knowledge = _observe(course, exercise, submitted, seed, card, backend)
    write_whole(path, ATTACKER_KNOWLEDGE.dumps(knowledge).encode())
    return knowledge


def _observe(
    course: Course, exercise: Exercise, submitted: bytes, seed: int, card: Card | None, backend: Backend
) -> AttackerKnowledge:
    data_dir = public_data(course, exercise)
    requests: list[TracedRequest] = []
    with (
        open_session(exercise, submitted, backend=backend, seed=seed, data_dir=data_dir) as session,
        open_reference(course, exercise, backend=backend, seed=seed) as reference,
    ):
        if session.link is None:
            raise GraderError(f"{exercise.id}: the reference does not run: {session.run.message.en}")
        link = session.link

        def checked(visible_only: bool) -> list[Any]:
            return run_checks(
                exercise, session, seed=seed, reference=reference, card=card, visible_only=visible_only,
                profile=course.profile, data_dir=data_dir,
            )  # fmt: skip

        session.link = TracedLink(link, requests.append)  # type: ignore[assignment]
        visible = checked(True)
        session.link = link
        try:
            seen = SubmissionProxy(session).call("_asked_so_far")
        except SubmissionFault:
            seen = []  # a check ended it; a copier then knows nothing
        names = {request.label for request in requests if request.op == "get"}
        requests.clear()
        session.link = TracedLink(link, requests.append)  # type: ignore[assignment]
        verdicts = checked(False)
        session.link = link
        if session.lost:
            raise SandboxLost("the template that started the reference's kernel died while it was asked")
    called = {request.check for request in requests if request.op not in _READS}
    return AttackerKnowledge(
        tuple(str(each) for each in seen) if isinstance(seen, list) else (),
        tuple(sorted(name.partition(".")[0] for name in names)),
        sum(v.max_points for v in visible),
        sum(v.max_points for v in verdicts if v.visible or v.check not in called),
    )
