"""What a student reads when a submission cannot be graded: what is wrong with it, and what to do."""

from __future__ import annotations

from grader.errors import InvalidSubmission
from grader.sanitize import plain
from grader.vocabulary import Text

NOTHING = Text(
    "Nothing was submitted for this exercise. Expected a file named {expected}.",
    "이 과제로 제출된 파일이 없습니다. {expected} 파일을 제출해 주세요.",
)
NOT_FOUND = Text(
    "There is no {expected} among the files that you submitted (found: {found}). Rename your file and submit again.",
    "제출한 파일 가운데 {expected}이(가) 없습니다(들어 있는 파일: {found}). 파일 이름을 바꿔 다시 제출해 주세요.",
)
EMPTY = Text(
    "{name} is empty. Save your work and submit the file again.",
    "{name} 파일이 비어 있습니다. 작업을 저장한 뒤 다시 제출해 주세요.",
)
NO_CODE = Text(
    "{name} has no code in it. Check that you submitted the notebook that you worked in.",
    "{name}에 코드가 없습니다. 작업한 노트북을 제출했는지 확인해 주세요.",
)
WRONG_TYPE = Text(
    "{name} is not the kind of file that this exercise asks for. Submit {expected}.",
    "{name}은(는) 이 과제에 맞는 파일 형식이 아닙니다. {expected} 파일을 제출해 주세요.",
)
LOOKS_LIKE = Text(
    "{name} has the right name, but inside it is {what}. Submit the file that you worked in.",
    "{name}의 이름은 맞지만 내용은 {what}입니다. 작업한 원본 파일을 제출해 주세요.",
)
NOT_JSON = Text(
    "{name} is not a readable notebook: its contents break off or were damaged near line {line}. "
    "Open it in Jupyter, save it, and submit it again.",
    "{name}을(를) 노트북으로 읽을 수 없습니다. {line}번째 줄 근처에서 내용이 끊겼거나 손상되었습니다. "
    "Jupyter에서 열어 저장한 뒤 다시 제출해 주세요.",
)
CONFLICT = Text(
    "{name} holds the marks of an unresolved Git merge (<<<<<<<). Resolve it, open the notebook once, and submit it again.",
    "{name}에 해결되지 않은 Git 병합 표시(<<<<<<<)가 남아 있습니다. 충돌을 해결하고 노트북이 열리는지 확인한 뒤 다시 제출해 주세요.",
)
NOT_NOTEBOOK = Text(
    "{name} is a JSON file, but not a Jupyter notebook. Submit the .ipynb file that you worked in.",
    "{name}은(는) JSON 파일이지만 Jupyter 노트북이 아닙니다. 작업한 .ipynb 파일을 제출해 주세요.",
)
OLD_NOTEBOOK = Text(
    "{name} is in an old notebook format ({version}). Open it in a current Jupyter, save it, and submit it again.",
    "{name}은(는) 오래된 노트북 형식({version})입니다. 최신 Jupyter에서 열어 저장한 뒤 다시 제출해 주세요.",
)
NEW_NOTEBOOK = Text(
    "{name} is in a notebook format that is not known here ({version}). Save it as notebook format 4 and submit it again.",
    "{name}은(는) 여기서 읽을 수 없는 노트북 형식({version})입니다. 노트북 형식 4로 저장해 다시 제출해 주세요.",
)
BROKEN_CELL = Text(
    "Cell {number} of {name} is damaged. Open the notebook in Jupyter, save it, and submit it again.",
    "{name}의 {number}번째 셀이 손상되었습니다. 노트북을 Jupyter에서 열어 저장한 뒤 다시 제출해 주세요.",
)
NOT_PYTHON = Text(
    "{name} is a notebook for {language}, but this exercise is in Python. Choose a Python kernel and submit it again.",
    "{name}은(는) {language} 노트북입니다. 이 과제는 파이썬으로 작성합니다. 파이썬 커널을 선택해 다시 제출해 주세요.",
)
TOO_MANY_CELLS = Text(
    "{name} has {found} cells; at most {limit} are accepted. Remove the cells that you do not need.",
    "{name}에 셀이 {found}개 있습니다. 최대 {limit}개까지 제출할 수 있습니다. 필요 없는 셀을 지워 주세요.",
)
TOO_COMPLEX = Text(
    "{name} is built in a way that no notebook is (too deeply nested or too many parts). Submit the notebook as Jupyter saves it.",
    "{name}의 구조가 일반적인 노트북과 다릅니다(너무 깊거나 조각이 너무 많음). Jupyter가 저장한 파일 그대로 제출해 주세요.",
)
NOT_UTF8 = Text(
    "{name} is not saved as UTF-8 text. In your editor choose 'Save with encoding: UTF-8' and submit it again.",
    "{name}이(가) UTF-8로 저장되지 않았습니다. 편집기에서 'UTF-8 인코딩으로 저장'을 선택해 다시 제출해 주세요.",
)
BINARY = Text(
    "{name} holds binary data, not Python source. Submit the .py file that you wrote.",
    "{name}은(는) 파이썬 소스가 아니라 이진 데이터입니다. 직접 작성한 .py 파일을 제출해 주세요.",
)
FILE_TOO_LARGE = Text(
    "{name} is larger than {limit} MB. Clear the outputs (Kernel > Restart and clear all outputs), save, and submit again.",
    "{name}이(가) {limit}MB보다 큽니다. 출력을 모두 지우고(Kernel > Restart and clear all outputs) 저장한 뒤 다시 제출해 주세요.",
)
TOTAL_TOO_LARGE = Text(
    "Your files are larger than {limit} MB together. Submit only the files that the exercise asks for.",
    "제출한 파일을 모두 합하면 {limit}MB가 넘습니다. 과제에서 요구한 파일만 제출해 주세요.",
)
TOO_MANY_FILES = Text(
    "You submitted more than {limit} files. Submit only the files that the exercise asks for.",
    "제출한 파일이 {limit}개가 넘습니다. 과제에서 요구한 파일만 제출해 주세요.",
)
TOO_DEEP = Text(
    "Your folders are nested too deeply ({name}). Submit only the files that the exercise asks for.",
    "폴더가 너무 깊게 겹쳐 있습니다({name}). 과제에서 요구한 파일만 제출해 주세요.",
)
LINK = Text(
    "{name} is a link to another file, and links are not followed. Submit the file itself.",
    "{name}은(는) 다른 파일을 가리키는 링크입니다. 링크는 따라가지 않으니 파일 자체를 제출해 주세요.",
)
NOT_A_FILE = Text(
    "{name} is not an ordinary file. Submit the file that you worked in.",
    "{name}은(는) 일반 파일이 아닙니다. 작업한 파일을 제출해 주세요.",
)
FOLDER = Text(
    "{name} is a folder, but a file is expected. Submit the file itself.",
    "{name}은(는) 폴더입니다. 파일 자체를 제출해 주세요.",
)
UNREADABLE = Text(
    "{name} could not be read when it was collected. Submit it again.",
    "{name}을(를) 읽을 수 없었습니다. 다시 제출해 주세요.",
)
TWICE = Text(
    "There are several files for this exercise ({names}). Keep the one that is to be graded and submit again.",
    "이 과제에 해당하는 파일이 여러 개입니다({names}). 채점받을 파일 하나만 남기고 다시 제출해 주세요.",
)
BAD_ZIP = Text(
    "{name} is not a readable ZIP archive: it broke off or was damaged. Pack your files again, or submit them one by one.",
    "{name}을(를) ZIP 압축 파일로 읽을 수 없습니다. 내용이 끊겼거나 손상되었습니다. 다시 압축하거나 파일을 하나씩 제출해 주세요.",
)
ENCRYPTED_ZIP = Text(
    "{name} is protected with a password. Pack your files again without one.",
    "{name}에 암호가 걸려 있습니다. 암호 없이 다시 압축해 주세요.",
)
METHOD_ZIP = Text(
    "{name} is packed with an unusual compression method. Pack your files again as an ordinary ZIP archive.",
    "{name}은(는) 흔히 쓰지 않는 방식으로 압축되었습니다. 일반 ZIP 형식으로 다시 압축해 주세요.",
)
NESTED_ZIP = Text(
    "There is an archive inside your archive ({name}). Put the files themselves into one ZIP archive.",
    "압축 파일 안에 또 압축 파일({name})이 있습니다. 파일 자체를 하나의 ZIP으로 압축해 주세요.",
)
UNSAFE_NAME = Text(
    "There is a file whose name leads out of your folder or cannot be used ({name}). Submit only your own files, by plain names.",
    "제출한 폴더 밖을 가리키거나 쓸 수 없는 파일 이름({name})이 있습니다. 자신의 파일만 평범한 이름으로 제출해 주세요.",
)
SAME_NAME = Text(
    "Your archive holds the same file name twice ({name}), perhaps in upper and lower case. Keep one of them.",
    "압축 파일에 같은 이름({name})이 두 번 들어 있습니다(대소문자만 다른 경우도 포함). 하나만 남겨 주세요.",
)
BOMB = Text(
    "{name} unpacks to far more than an exercise needs. Pack only the files that the exercise asks for.",
    "{name}의 압축을 풀면 과제에 필요한 것보다 훨씬 커집니다. 과제에서 요구한 파일만 압축해 주세요.",
)

ZIP_INSIDE = Text("a ZIP archive", "ZIP 압축 파일")
PDF_INSIDE = Text("a PDF", "PDF 문서")
HTML_INSIDE = Text("a web page", "웹 페이지")
NOTEBOOK_INSIDE = Text("a Jupyter notebook", "Jupyter 노트북")
LFS_INSIDE = Text("a Git LFS pointer", "Git LFS 포인터")


def shown(name: str, limit: int = 80) -> str:
    """A hostile name for a message: one line, printable, not too long."""
    clean = plain(name).replace("\n", "\N{REPLACEMENT CHARACTER}").replace("\t", "\N{REPLACEMENT CHARACTER}")
    return clean if len(clean) <= limit else clean[: limit - 1] + "…"


def say(text: Text, **values: object) -> Text:
    """``text`` filled in; the values may be hostile or bilingual."""
    clean = {
        name: shown(value, 200) if isinstance(value, str) else f"{value:g}" if isinstance(value, float) else value
        for name, value in values.items()
    }
    return text.format(**clean)


def refusal(text: Text, **values: object) -> InvalidSubmission:
    """``text`` filled in as by `say`, ready to be raised."""
    return InvalidSubmission(say(text, **values))
