"""What a student reads about a run that ended badly: what happened, and what to do about it."""

from __future__ import annotations

from grader.vocabulary import Outcome, Text

# how a run ended, by the outcome of its first cell that did not pass
FAULTS = {
    Outcome.ERROR: Text("Cell {n} stopped with {error}.", "{n}번 셀이 {error} 오류로 멈췄어요."),
    Outcome.TIMEOUT: Text(
        "Cell {n} ran longer than it may and was stopped. Look for a loop that does not end.",
        "{n}번 셀이 제한 시간을 넘겨 중단되었어요. 끝나지 않는 반복문이 있는지 확인해 보세요.",
    ),
    Outcome.MEMORY: Text(
        "Cell {n} asked for more memory than there is. Work with smaller arrays, or with one part at a time.",
        "{n}번 셀이 허용된 메모리보다 많이 요청했어요. 배열을 더 작게 만들거나 나누어서 처리해 보세요.",
    ),
    Outcome.OUTPUT: Text(
        "Cell {n} printed far too much. Print a few rows or numbers only.",
        "{n}번 셀이 너무 많은 내용을 출력했어요. 필요한 몇 줄만 출력해 보세요.",
    ),
    Outcome.DISK: Text(
        "Cell {n} wrote more to disk than there is room for. Write fewer or smaller files.",
        "{n}번 셀이 허용된 디스크 공간보다 많이 썼어요. 파일 수나 크기를 줄여 보세요.",
    ),
    Outcome.PROCESSES: Text(
        "Cell {n} started too many processes or threads. Start a few only, and wait for them to end.",
        "{n}번 셀이 프로세스나 스레드를 너무 많이 만들었어요. 몇 개만 만들고 끝나기를 기다려 주세요.",
    ),
    Outcome.VIOLATION: Text(
        "Cell {n} made a system call that is not allowed here and was stopped. Use what Python and its libraries offer.",
        "{n}번 셀이 여기서 허용되지 않는 시스템 호출을 해서 중단되었어요. 파이썬과 라이브러리가 제공하는 기능을 사용해 주세요.",
    ),
}
DIED = Text(
    "Cell {n} ended the Python process itself. Leave out calls such as exit().",
    "{n}번 셀이 파이썬 프로세스 자체를 끝내 버렸어요. exit() 같은 호출은 빼 주세요.",
)
OFFLINE = Text(
    "Cell {n} tried to reach the network ({error}). There is none while your work is graded: read what you need from `data/` "
    "or from files that you hand in.",
    "{n}번 셀이 네트워크에 연결하려고 했어요({error}). 채점하는 동안에는 네트워크를 쓸 수 없으니 필요한 것은 `data/`나 "
    "함께 제출한 파일에서 읽어 주세요.",
)
NO_NETWORK = (
    "[Errno -3]",
    "[Errno -2]",
    "[Errno 101]",
    "Temporary failure in name resolution",
    "Network is unreachable",
)
ENDED = {
    Outcome.TIMEOUT: Text(
        "Your code used up its computing time while it answered and was stopped. Look for a loop that does not end.",
        "답을 계산하는 동안 허용된 연산 시간을 모두 써서 중단되었어요. 끝나지 않는 반복문이 있는지 확인해 보세요.",
    ),
    Outcome.MEMORY: Text(
        "Your code was stopped while it answered: it used more memory than there is. Work with smaller arrays.",
        "답을 계산하는 동안 허용된 메모리보다 많이 써서 중단되었어요. 배열을 더 작게 만들어 보세요.",
    ),
    Outcome.DISK: Text(
        "Your code was stopped while it answered: it wrote more to disk than there is room for. "
        "Write fewer or smaller files.",
        "답을 계산하는 동안 허용된 디스크 공간보다 많이 써서 중단되었어요. 파일 수나 크기를 줄여 보세요.",
    ),
    Outcome.PROCESSES: Text(
        "Your code was stopped while it answered: it started too many processes or threads. Start a few only.",
        "답을 계산하는 동안 프로세스나 스레드를 너무 많이 만들어서 중단되었어요. 몇 개만 만들어 주세요.",
    ),
    Outcome.VIOLATION: Text(
        "Your code made a system call that is not allowed here and was stopped. Use what Python and its libraries offer.",
        "답을 계산하는 동안 허용되지 않는 시스템 호출을 해서 중단되었어요. 파이썬과 라이브러리가 제공하는 기능을 사용해 주세요.",
    ),
}
MODULE_FAULTS = {
    Outcome.ERROR: Text("Importing your module stopped with {error}.", "모듈을 가져오는 중에 {error} 오류가 났어요."),
    Outcome.TIMEOUT: Text(
        "Importing your module took too long. Move long computations into functions.",
        "모듈을 가져오는 데 시간이 너무 오래 걸렸어요. 오래 걸리는 계산은 함수 안으로 옮겨 주세요.",
    ),
    Outcome.MEMORY: Text(
        "Importing your module took more memory than there is. Work with smaller arrays.",
        "모듈을 가져오는 중에 허용된 메모리보다 많이 썼어요. 배열을 더 작게 만들어 보세요.",
    ),
    Outcome.OUTPUT: Text(
        "Importing your module printed far too much. Print a few rows or numbers only.",
        "모듈을 가져오는 중에 너무 많은 내용을 출력했어요. 필요한 몇 줄만 출력해 보세요.",
    ),
    Outcome.DISK: Text(
        "Importing your module wrote more to disk than there is room for. Write fewer or smaller files.",
        "모듈을 가져오는 중에 허용된 디스크 공간보다 많이 썼어요. 파일 수나 크기를 줄여 보세요.",
    ),
    Outcome.PROCESSES: Text(
        "Importing your module started too many processes or threads. Start a few only.",
        "모듈을 가져오는 중에 프로세스나 스레드를 너무 많이 만들었어요. 몇 개만 만들어 주세요.",
    ),
    Outcome.VIOLATION: Text(
        "Importing your module made a system call that is not allowed here. Use what Python and its libraries offer.",
        "모듈을 가져오는 중에 허용되지 않는 시스템 호출을 했어요. 파이썬과 라이브러리가 제공하는 기능을 사용해 주세요.",
    ),
}
MODULE_DIED = Text(
    "Importing your module ended the Python process itself. Leave out calls such as exit().",
    "모듈을 가져오는 중에 파이썬 프로세스 자체가 끝났어요. exit() 같은 호출은 빼 주세요.",
)
