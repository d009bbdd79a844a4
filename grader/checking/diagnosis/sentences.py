"""What a diagnosis says: constants only, so that no sentence can hold an expected value."""

from __future__ import annotations

from grader.vocabulary import Text

# about the answer alone

NAN = Text(
    "The result holds NaN: look for 0/0, a logarithm of zero or a missing value.",
    "결과에 NaN이 들어 있어요. 0을 0으로 나누거나 0의 로그를 구하거나 결측값이 섞이지 않았는지 살펴보세요.",
)
INFINITE = Text(
    "The result holds infinity: something overflows or is divided by zero.",
    "결과에 무한대가 들어 있어요. 값이 넘치거나 0으로 나누는 곳이 있어요.",
)
ZEROS = Text(
    "All values are zero: was anything computed or fitted, or are fractions cut off to whole numbers?",
    "값이 모두 0이에요. 계산이나 학습이 실제로 이루어졌는지, 소수가 정수로 잘리지 않았는지 살펴보세요.",
)
CONSTANT = Text(
    "All values are the same, whatever the input: see whether the input is used at all.",
    "입력이 달라도 값이 모두 같아요. 입력을 실제로 사용하고 있는지 살펴보세요.",
)
SATURATED = Text(
    "Every value is exactly 0 or 1 where numbers in between are wanted: look for a hard decision, rounding or overflow.",
    "0과 1 사이의 값이 필요한데 모두 정확히 0 아니면 1이에요. 너무 일찍 판정하거나 반올림하거나 값이 넘치지 않는지 살펴보세요.",
)
UNDERFLOW = Text(
    "Very small values have become exactly zero: work with logarithms, or subtract the maximum first.",
    "아주 작은 값이 정확히 0이 되어 버렸어요. 로그로 계산하거나 먼저 최댓값을 빼 보세요.",
)
TRUTH_VALUES = Text(
    "These are True and False where numbers are wanted.", "수가 있어야 하는데 True와 False가 들어 있어요."
)
TEXT_NUMBERS = Text(
    "The numbers are stored as text: convert them with float() or astype(float).",
    "수가 글자로 저장되어 있어요. float()나 astype(float)로 바꿔 보세요.",
)
NONE_INSIDE = Text(
    "There is a None among the values: does every branch of your function return something?",
    "값 가운데 None이 있어요. 함수가 어떤 경우에도 값을 돌려주는지 살펴보세요.",
)
RAGGED = Text(
    "The rows are of different lengths, so this is not a table of numbers.",
    "행마다 길이가 달라서 하나의 수 배열이 되지 않아요.",
)

# shapes

COLUMN = Text(
    "The shape is (n, 1) where a flat array of shape (n,) is wanted: ravel() makes it flat.",
    "모양이 (n, 1)이에요. (n,) 모양의 1차원 배열이 필요하니 ravel()로 펴 보세요.",
)
FLAT = Text(
    "The shape is (n,) where a column of shape (n, 1) is wanted: reshape(-1, 1) makes one.",
    "모양이 (n,)이에요. (n, 1) 모양의 열이 필요하니 reshape(-1, 1)을 써 보세요.",
)
ROW = Text(
    "The shape is (1, n) where a flat array of shape (n,) is wanted: take its only row, or leave out keepdims.",
    "모양이 (1, n)이에요. (n,) 모양의 1차원 배열이 필요하니 하나뿐인 행을 꺼내거나 keepdims를 빼 보세요.",
)
BROADCAST = Text(
    "The result has n rows and n columns: a flat array of shape (n,) met a column of shape (n, 1) and was broadcast.",
    "결과가 n행 n열이 되었어요. (n,) 모양의 배열과 (n, 1) 모양의 열을 함께 계산해서 브로드캐스팅이 일어났어요.",
)
TRANSPOSED = Text(
    "The values are right, but transposed: rows and columns have changed places.",
    "값은 맞지만 전치되어 있어요. 행과 열이 서로 바뀌었어요.",
)
TRANSPOSED_SHAPE = Text("Rows and columns seem to have changed places.", "행과 열이 서로 바뀐 것 같아요.")
FIRST_MISSING = Text("The first one is missing; the others are right.", "맨 앞의 하나가 빠졌어요. 나머지는 맞아요.")
LAST_MISSING = Text(
    "The last one is missing; the others are right. Look at where the loop or slice ends.",
    "맨 뒤의 하나가 빠졌어요. 나머지는 맞아요. 반복문이나 슬라이스가 끝나는 곳을 살펴보세요.",
)
FIRST_EXTRA = Text(
    "There is one too many at the beginning; the others are right.", "맨 앞에 하나가 더 있어요. 나머지는 맞아요."
)
LAST_EXTRA = Text(
    "There is one too many at the end; the others are right. Look at where the loop or slice ends.",
    "맨 뒤에 하나가 더 있어요. 나머지는 맞아요. 반복문이나 슬라이스가 끝나는 곳을 살펴보세요.",
)
RIGHT_BUT_SHAPED = Text(
    "The values are right, but the array has another shape: reshape it.",
    "값은 맞지만 배열의 모양이 달라요. reshape로 모양을 바꿔 보세요.",
)

# axes and statistics

WRONG_AXIS = Text(
    "This was computed along the other axis: axis=0 goes down the columns, axis=1 along the rows.",
    "다른 축을 따라 계산했어요. axis=0은 열마다, axis=1은 행마다 계산해요.",
)
WHOLE_ARRAY = Text(
    "This was computed over the whole array at once: say along which axis.",
    "배열 전체를 한꺼번에 계산했어요. 어느 축을 따라 계산할지 axis로 정하세요.",
)
DDOF = Text(
    "The standard deviation divides by another number: n (ddof=0, NumPy) or n - 1 (ddof=1, pandas)?",
    "표준편차를 나누는 수가 달라요. n(ddof=0, NumPy)인지 n - 1(ddof=1, pandas)인지 확인하세요.",
)
NOT_NORMALISED = Text(
    "The proportions are right, but the values are not normalised: divide by their sum.",
    "비율은 맞지만 정규화하지 않았어요. 합으로 나누세요.",
)
NORMALISED_TWICE = Text(
    "The values were normalised although they should not be: they are divided by their sum once too often.",
    "정규화하지 않아야 하는데 정규화했어요. 합으로 한 번 더 나누었어요.",
)
NOT_UNIT_LENGTH = Text(
    "The directions are right, but the vectors are not of length 1: divide by the norm.",
    "방향은 맞지만 벡터의 길이가 1이 아니에요. 노름으로 나누세요.",
)
NOT_STANDARDISED = Text(
    "The columns are not standardised: subtract the mean and divide by the standard deviation.",
    "열을 표준화하지 않았어요. 평균을 빼고 표준편차로 나누세요.",
)
NOT_CENTRED = Text(
    "The mean is not subtracted, or it is subtracted where it should stay.",
    "평균을 빼지 않았거나, 빼지 않아야 할 곳에서 뺐어요.",
)
NOT_SCALED = Text(
    "The columns are centred, but not divided by their standard deviation.",
    "열에서 평균은 뺐지만 표준편차로 나누지 않았어요.",
)
LOGITS = Text(
    "These are scores before the softmax; probabilities are wanted.",
    "소프트맥스를 거치기 전의 점수예요. 확률이 필요해요.",
)
SCORES = Text(
    "These are scores before the sigmoid; probabilities are wanted.",
    "시그모이드를 거치기 전의 점수예요. 확률이 필요해요.",
)

# one and the same change of every value

SIGN = Text("The values have the wrong sign.", "값의 부호가 반대예요.")
ABSOLUTE = Text("Absolute values were taken: the minus signs are lost.", "절댓값을 구해서 음의 부호가 사라졌어요.")
COMPLEMENT = Text(
    "This is one minus what is wanted: the share or probability of the other case.",
    "1에서 필요한 값을 뺀 값이에요. 반대쪽 경우의 비율이나 확률이에요.",
)
RECIPROCAL = Text(
    "The fraction is upside down: numerator and denominator have changed places.",
    "분수가 거꾸로예요. 분자와 분모가 서로 바뀌었어요.",
)
TWICE = Text(
    "The values are twice what is wanted: look for a missing 1/2 or something counted twice.",
    "필요한 값의 두 배예요. 1/2을 빠뜨렸거나 같은 것을 두 번 세지 않았는지 살펴보세요.",
)
HALF = Text(
    "The values are half of what is wanted: look for a 1/2 too many or a forgotten 2.",
    "필요한 값의 절반이에요. 1/2을 한 번 더 곱했거나 2를 빠뜨리지 않았는지 살펴보세요.",
)
PERCENT = Text(
    "The values are in percent where fractions are wanted: divide by 100.",
    "비율이 필요한데 퍼센트로 되어 있어요. 100으로 나누세요.",
)
FRACTION = Text(
    "The values are fractions where percent are wanted: multiply by 100.",
    "퍼센트가 필요한데 비율로 되어 있어요. 100을 곱하세요.",
)
NATURAL_LOG = Text(
    "This looks like the natural logarithm where another base is wanted (np.log2, np.log10).",
    "다른 밑의 로그(np.log2, np.log10)가 필요한데 자연로그를 쓴 것 같아요.",
)
DECIMAL_LOG = Text(
    "This looks like the logarithm to base 10 where another base is wanted (np.log, np.log2).",
    "다른 밑의 로그(np.log, np.log2)가 필요한데 밑이 10인 상용로그를 쓴 것 같아요.",
)
BINARY_LOG = Text(
    "This looks like the logarithm to base 2 where another base is wanted (np.log, np.log10).",
    "다른 밑의 로그(np.log, np.log10)가 필요한데 밑이 2인 로그를 쓴 것 같아요.",
)
DEGREES = Text(
    "The angles are in degrees where radians are wanted: np.deg2rad converts them.",
    "각도를 라디안으로 나타내야 하는데 도 단위예요. np.deg2rad로 바꾸세요.",
)
RADIANS = Text(
    "The angles are in radians where degrees are wanted: np.rad2deg converts them.",
    "각도를 도 단위로 나타내야 하는데 라디안이에요. np.rad2deg로 바꾸세요.",
)
SUM_FOR_MEAN = Text(
    "This is a sum where a mean is wanted: divide by the number of items.",
    "평균이 필요한데 합을 구했어요. 개수로 나누세요.",
)
MEAN_FOR_SUM = Text(
    "This was divided by the number of items once too often: a mean where a sum is wanted, or the mean of a mean.",
    "개수로 한 번 더 나누었어요. 합이 필요한데 평균을 구했거나 평균을 다시 평균 냈어요.",
)
SQUARED = Text(
    "These are the squares of what is wanted: a square root is missing (variance for deviation, MSE for RMSE).",
    "필요한 값의 제곱이에요. 제곱근이 빠졌어요(표준편차 대신 분산, RMSE 대신 MSE).",
)
ROOT = Text(
    "These are the square roots of what is wanted: a root too many (deviation for variance, RMSE for MSE).",
    "필요한 값의 제곱근이에요. 제곱근을 한 번 더 구했어요(분산 대신 표준편차, MSE 대신 RMSE).",
)
EXPONENTIAL = Text(
    "A logarithm is missing: the values are the exponentials of what is wanted.",
    "로그가 빠졌어요. 필요한 값에 지수 함수를 적용한 값이에요.",
)
LOGARITHM = Text(
    "These are the logarithms of what is wanted: take exp, or leave out the logarithm.",
    "필요한 값의 로그예요. exp를 쓰거나 로그를 빼세요.",
)
INTEGERS = Text(
    "The values are whole numbers where decimals are wanted: look for integer division or a conversion to int.",
    "소수가 필요한데 정수만 들어 있어요. 정수 나눗셈을 하거나 int로 바꾸지 않았는지 살펴보세요.",
)
ROUNDED = Text("The values are rounded: give them as they are computed.", "값을 반올림했어요. 계산한 값 그대로 주세요.")
LOW_PRECISION = Text(
    "The values have lost digits in a small float type: compute in float64.",
    "작은 실수 타입 때문에 값의 정밀도가 떨어졌어요. float64로 계산하세요.",
)
OFF_BY_ONE = Text(
    "Off by one: look at where counting begins (0 or 1) and ends.",
    "1만큼 어긋났어요. 세기 시작하는 곳(0인지 1인지)과 끝나는 곳을 살펴보세요.",
)

# order

LABELS = Text(
    "The groups are right, but their labels are exchanged.",
    "무리는 맞게 나뉘었지만 레이블이 서로 바뀌었어요.",
)
ZERO_AND_ONE = Text(
    "0 and 1 have changed places: which class is the positive one?",
    "0과 1이 서로 바뀌었어요. 어느 쪽이 양성 클래스인지 확인하세요.",
)
REVERSED = Text("The values are right, but in reverse order.", "값은 모두 맞지만 순서가 거꾸로예요.")
SHIFTED = Text(
    "The values are right, but each stands one place beside its own.",
    "값은 맞지만 모두 한 자리씩 밀려 있어요.",
)
ROW_ORDER = Text("The rows are right, but in another order.", "행은 모두 맞지만 순서가 달라요.")
COLUMN_ORDER = Text("The columns are right, but in another order.", "열은 모두 맞지만 순서가 달라요.")
ORDER = Text("The right values are there, but in another order.", "값은 모두 맞지만 순서가 달라요.")

# the weakest, said last

FACTOR = Text(
    "All values are wrong by the same factor: look for a missing or superfluous division or multiplication.",
    "모든 값이 같은 비율만큼 달라요. 나눗셈이나 곱셈을 빠뜨렸거나 한 번 더 하지 않았는지 살펴보세요.",
)
OFFSET = Text(
    "All values are wrong by the same amount: look for a missing or superfluous constant.",
    "모든 값이 같은 크기만큼 달라요. 상수를 빠뜨렸거나 한 번 더 더하지 않았는지 살펴보세요.",
)
ONLY_FIRST = Text(
    "Only the first value is wrong: look at how it begins.", "맨 앞의 값만 달라요. 시작하는 부분을 살펴보세요."
)
ONLY_LAST = Text("Only the last value is wrong: look at how it ends.", "맨 뒤의 값만 달라요. 끝나는 부분을 살펴보세요.")
FEW = Text(
    "Most of the values are right; a few are not. Think of the borders and of special cases.",
    "대부분의 값은 맞고 몇 개만 달라요. 경계와 특별한 경우를 생각해 보세요.",
)
