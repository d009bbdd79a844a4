"""The vocabulary of chapter 1: which words count as which concept, in English and in Korean."""

import re
from pathlib import Path
from typing import Any

# One entry per concept. Case, spaces and hyphens are evened out before words are compared.
TERMS = {
    "label": [
        "label", "labels", "target", "targets", "target value", "answer", "correct answer", "right answer",
        "desired output", "desired outputs", "desired solution", "desired answer", "expected output", "ground truth",
        "class label", "레이블", "라벨", "타깃", "타겟", "타깃값", "타겟값", "정답", "정답 레이블", "목표값", "목푯값",
        "원하는 출력", "기대 출력", "원하는 답", "correct output", "response variable", "dependent variable",
        "종속 변수", "목표 변수", "반응 변수", "기대하는 출력", "올바른 출력", "올바른 답",
    ],
    "feature": [
        "feature", "features", "attribute", "attributes", "input", "inputs", "predictor", "특성", "속성", "피처", "입력",
    ],
    "hyperparameter": ["hyperparameter", "hyperparameters", "하이퍼파라미터"],
    "parameter": ["parameter", "parameters", "파라미터", "매개변수", "모수"],
    "classification": ["classification", "classifying", "classification task", "분류", "분류 작업", "분류 문제"],
    "regression": ["regression", "regression task", "회귀", "회귀 작업", "회귀 문제", "회귀 분석"],
    "clustering": ["clustering", "cluster analysis", "군집", "군집화", "클러스터링", "군집 분석"],
    "visualization": ["visualization", "visualisation", "data visualization", "시각화", "데이터 시각화"],
    "dimensionality reduction": [
        "dimensionality reduction", "dimension reduction", "reducing dimensionality", "reduction of dimensions", "차원 축소",
        "차원축소", "차원 감소",
    ],
    "association rules": [
        "association rule learning", "association rules", "association rule mining", "association rule",
        "연관 규칙 학습", "연관 규칙", "연관 규칙 분석", "연관 분석", "연관규칙학습",
        "association analysis", "association learning", "market basket analysis", "연관성 분석", "장바구니 분석",
    ],
    "anomaly detection": [
        "anomaly detection", "outlier detection", "이상치 탐지", "이상 탐지", "이상치 감지", "이상 감지",
        "detecting anomalies", "이상치 검출", "이상 검출", "이상값 탐지", "아웃라이어 탐지",
    ],
    "novelty detection": ["novelty detection", "특이치 탐지", "특이치 감지", "새로운 것 탐지"],
    "density estimation": ["density estimation", "밀도 추정"],
    "reinforcement learning": ["reinforcement learning", "reinforcement", "rl", "강화 학습", "강화"],
    "supervised learning": ["supervised learning", "supervised", "지도 학습", "지도", "감독 학습"],
    "unsupervised learning": ["unsupervised learning", "unsupervised", "비지도 학습", "비지도"],
    "instance-based learning": [
        "instance-based learning", "instance-based", "instance-based algorithm", "memory-based learning",
        "memory-based", "case-based learning", "lazy learning",
        "사례 기반 학습", "사례 기반", "사례 기반 알고리즘", "인스턴스 기반 학습", "인스턴스 기반",
        "k-nn", "knn", "k-nearest neighbours", "k-nearest neighbors", "nearest neighbours", "nearest neighbors",
        "k-최근접 이웃", "최근접 이웃",
    ],
    "model-based learning": ["model-based learning", "model-based", "모델 기반 학습", "모델 기반"],
    "overfitting": ["overfitting", "overfit", "over-fitting", "과대적합", "과적합", "오버피팅"],
    "underfitting": ["underfitting", "underfit", "과소적합", "언더피팅"],
}

# Open answers: every group is one idea, and any of its patterns expresses it. `(?s)` lets an idea span sentences.
OUT_OF_CORE = {
    "data exceed memory": [
        r"(?s)(?=.*\b(memory|ram)\b)(?=.*(\bfit|larg|big|huge|exceed|too much|more than|(can.?t|cannot|can not) (hold|load|keep|store)|at once|not enough|limited))",
        r"(?s)(?=.*(메모리|램|ram))(?=.*(들어가지|들어갈 수 없|안 들어|못 들어|올릴 수 없|올라가지|담을 수 없|담기지|큰|크|초과|넘|부족|모자라|한꺼번에|한 번에))",
    ],
    "trained piece by piece": [
        r"\b(chunk|piece|part|portion|mini-?\s?batch|batch|subset|slice|increment|bit by bit|step by step|little by little)",
        r"(조각|일부|나누|나눠|나눈|미니\s?배치|배치|조금씩|부분|점진|차례로|덩어리|단계)",
    ],
}
MODEL_BASED = {
    "parameter values": [
        r"(parameter|weight|coefficient)",
        r"(파라미터|매개변수|모수|가중치|계수)",
    ],
    "minimise a cost": [
        r"(?s)(?=.*(minimi[sz]|reduc|lower|small|optimi[sz]))(?=.*(cost|loss|error|penalt))",
        r"(?s)(?=.*(maximi[sz]))(?=.*(utility|fitness))",
        r"(?s)(?=.*(최소|줄이|줄여|낮추|작게|작아|최적))(?=.*(비용|손실|오차))",
        r"(?s)(?=.*(최대))(?=.*(효용|적합도))",
    ],
    "features go into the function": [
        r"(?s)(?=.*(predict|new (case|instance|example|sample|data)))(?=.*(feature|input|function|plug|feed|formula|equation))",
        r"(?s)(?=.*(예측|새로운|새 ))(?=.*(특성|입력|함수|식에|대입|넣|주입))",
    ],
}

# Ideas that do not belong into the answer. One slip is forgiven, two are not.
OUT_OF_CORE_SLIPS = {
    "several computers": r"(several|many|multiple) (computers|machines|servers)|여러 (대|컴퓨터|서버)",
    "internet": r"internet|인터넷|cloud|클라우드",
    "no training": r"without (any )?training|훈련하지 않",
}
MODEL_BASED_SLIPS = {
    "stored examples": r"(stor|memoris|memoriz|remember|keep)\w* (all |the )*(training )?(samples|examples|instances)|샘플을 (모두 |전부 )?(저장|기억|외)",
    "similarity": r"similarity|유사도",
    "set by hand": r"(person|human|user|people) (choose|set|select)\w* the parameters|파라미터를 사람이",
}

# Words of the chapter. An open answer that consists mostly of them is a list of keywords, not a sentence.
KEYWORDS = [
    "memory", "ram", "chunk", "batch", "mini-batch", "incremental", "online", "learning", "parameter", "weight",
    "hyperparameter", "cost", "function", "loss", "error", "minimise", "minimize", "utility", "penalty",
    "regularisation", "regularization", "feature", "label", "model", "prediction", "overfitting", "underfitting",
    "distributed", "cluster", "cloud", "input", "similarity", "instance", "samples", "training", "test", "validation",
    "gradient", "rate", "classification", "regression", "메모리", "램", "조각", "배치", "미니배치", "점진적", "온라인",
    "파라미터", "가중치", "하이퍼파라미터", "비용", "손실", "오차", "최소화", "효용", "벌점", "규제", "특성", "레이블",
    "과대적합", "과소적합", "분산", "클러스터", "클라우드", "유사도", "사례", "테스트", "검증", "경사", "학습률",
    "분류", "회귀",
]

# Without a Korean ending, nouns that any sentence about learning needs make a list as well.
ENDING = re.compile(r"[가-힣](?:다|요|죠|까|음|함|됨|임|것|기|는지|하고|하여|해서)(?!\w)")
NOUNS = [
    "외부", "학습", "데이터", "훈련", "세트", "함수", "예측", "샘플", "모델", "새", "새로운", "큰", "대용량", "부족", "매개변수",
    "최적", "탐색", "입력", "값", "일부", "컴퓨터",
]


def keywords(answer: Any) -> list[str]:
    """Return the words that make this answer a list of keywords where most of its words are among them."""
    return KEYWORDS if not isinstance(answer, str) or ENDING.search(answer) else KEYWORDS + NOUNS


def load(profile: str, data: Path) -> dict[str, Any]:
    """Return the terms, ideas and slips of the two open questions, and the function ``keywords``."""
    return {
        "terms": TERMS,
        "out_of_core": (OUT_OF_CORE, OUT_OF_CORE_SLIPS),
        "model_based": (MODEL_BASED, MODEL_BASED_SLIPS),
        "keywords": keywords,
    }
