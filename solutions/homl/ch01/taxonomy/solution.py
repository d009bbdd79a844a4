# %% [markdown] lang="en"
# # Classify machine-learning systems on three axes
#
# Before you pick an algorithm you should be able to say what kind of system you are about to build: which data it needs,
# how it copes with new data, and what it keeps. The kinds are not drawers of one cabinet but **three independent
# questions**, so each of the thirteen systems below gets three codes.
#
# **First code: what tells the system what is right?**
#
# | code | meaning |
# | --- | --- |
# | `supervised` | every training example comes with its right answer |
# | `semi` | people gave answers for a few examples, most have none, and both kinds are used |
# | `self` | nobody gave answers; targets are made out of the inputs, by hiding a part and predicting it, say |
# | `rl` | an agent acts and gets rewards or penalties |
# | | *with no targets of any kind, say what is looked for:* |
# | `cluster` | groups |
# | `reduce` | fewer columns, or a picture of the data |
# | `rules` | what occurs together |
# | `anomaly` | odd cases, after training on data that hold some odd cases themselves |
# | `novelty` | cases unlike anything seen, after training on data known to be clean |
#
# **Second code: how does it take in new data?**
#
# * `batch`: training needs the whole training set; fresh data mean beginning anew with the old and the new together.
# * `online`: every new piece (an example or a chunk) is taken in by itself, on top of what was learnt before.
#
# When or where the training runs plays no part.
#
# **Third code: what does it answer from?**
#
# * `instance`: from stored examples, by comparing a new case with them.
# * `model`: from parameters (weights, centres, …) into which the examples were turned; the examples could be thrown away.
#
# A worked example: *a weather station corrects the weights of a formula with every measurement and then forgets the
# measurement; the right answer is the temperature of the next hour* is `("supervised", "online", "model")`.
#
# **Define** `answers: dict[str, tuple[str, str, str]]` with the keys `"c01"` … `"c13"` and three codes each, in the order
# of the questions. Upper and lower case do not matter. Where two codes can be defended, both are accepted.
#
# **Points**: the first codes count one by one. For the second and third, with two codes to choose from, a wrong answer takes
# back a right one, so guessing does not pay. The same three codes for all systems earn nothing either.
#
# Hint: underline in each case what comes with the data, what happens when new data arrive, and what is kept.

# %% [markdown] lang="ko"
# # 머신러닝 시스템을 세 가지 축으로 분류하기
#
# 알고리즘을 고르기 전에 어떤 종류의 시스템을 만들려는지 말할 수 있어야 합니다. 어떤 데이터가 필요한지, 새 데이터를 어떻게
# 받아들이는지, 무엇을 간직하는지 말입니다. 시스템의 종류는 서랍 하나에 넣듯 정해지는 것이 아니라 **서로 독립인 세 가지 물음**의
# 답입니다. 그래서 아래의 열세 가지 시스템에는 기호를 세 개씩 붙입니다.
#
# **첫째 기호: 무엇이 옳은지를 무엇이 알려 주나요?**
#
# | 기호 | 뜻 |
# | --- | --- |
# | `supervised` | 모든 훈련 샘플에 정답이 붙어 있다(지도 학습) |
# | `semi` | 사람이 일부 샘플에만 답을 붙였고, 답이 있는 샘플과 없는 샘플을 함께 쓴다(준지도 학습) |
# | `self` | 사람이 답을 붙이지 않았고, 입력의 일부를 가리고 맞히는 식으로 입력에서 타깃을 만든다(자기 지도 학습) |
# | `rl` | 에이전트가 행동하고 보상이나 벌점을 받는다(강화 학습) |
# | | *타깃이 전혀 없으면 무엇을 찾는지 씁니다.* |
# | `cluster` | 비슷한 것끼리의 그룹(군집) |
# | `reduce` | 더 적은 수의 열, 또는 데이터를 나타낸 그림(차원 축소와 시각화) |
# | `rules` | 함께 나타나는 것(연관 규칙) |
# | `anomaly` | 이상한 사례. 훈련 데이터에도 이상한 사례가 섞여 있다(이상치 탐지) |
# | `novelty` | 지금까지 본 것과 다른 사례. 훈련 데이터는 깨끗하다고 확인되었다(특이치 탐지) |
#
# **둘째 기호: 새 데이터를 어떻게 받아들이나요?**
#
# * `batch`: 훈련하려면 훈련 세트 전체가 필요하고, 새 데이터가 생기면 예전 데이터와 합쳐 처음부터 다시 훈련한다(배치 학습).
# * `online`: 새로 들어온 조각(샘플 하나 또는 묶음 하나)을 지금까지 배운 것 위에 그때그때 더한다(온라인 학습).
#
# 훈련을 언제 어디에서 하는지는 상관없습니다.
#
# **셋째 기호: 무엇을 보고 답하나요?**
#
# * `instance`: 저장해 둔 샘플을 새로운 사례와 비교해서 답한다(사례 기반).
# * `model`: 샘플에서 얻은 파라미터(가중치, 중심 등)로 답한다. 샘플은 버려도 된다(모델 기반).
#
# 예를 들어 *기상 관측소에서 측정할 때마다 식의 가중치를 고치고 측정값은 지운다. 정답은 한 시간 뒤의 기온이다.*라는 시스템은
# `("supervised", "online", "model")`입니다.
#
# **정의할 것**: `answers: dict[str, tuple[str, str, str]]`. 키는 `"c01"`부터 `"c13"`까지이고 값은 물음의 순서대로 쓴 기호 세
# 개입니다. 대문자와 소문자는 구별하지 않습니다. 두 가지 답이 모두 타당한 곳에서는 둘 다 맞는 것으로 봅니다.
#
# **점수**: 첫째 기호는 맞은 만큼 점수를 받습니다. 둘째와 셋째는 두 기호 가운데 고르는 것이므로, 틀린 답 하나가 맞은 답 하나를
# 지웁니다. 찍어서는 점수를 얻지 못합니다. 모든 시스템에 똑같은 기호를 써도 점수가 없습니다.
#
# 힌트: 사례마다 데이터에 무엇이 딸려 있는지, 새 데이터가 오면 어떻게 되는지, 무엇을 간직하는지에 밑줄을 그어 보세요.

# %% [markdown] lang="en"
# ## The thirteen systems
#
# * **c01** A factory has 60,000 photos of solder joints; inspectors marked each one as good or faulty. A neural network is
#   trained on all of them. Whenever a thousand more photos have been marked, a new network is trained from the start on
#   the old and the new photos.
# * **c02** For a flat on offer, a website looks up the five flats in its list that are most like it and averages their known
#   rents. In January the list is thrown away and put together anew from all contracts.
# * **c03** A linear model predicts tomorrow's power consumption of a town from the weather report. Every midnight the meter
#   tells how much it really was, the weights are corrected a little, and the day's record is deleted.
# * **c04** Three terabytes of log lines say which advertisement was shown to whom and whether it was clicked; the computer has
#   16 GB of memory. At night, cut off from every network, a program reads 100,000 lines, adjusts the weights of a logistic
#   regression with them, forgets them and reads the next 100,000.
# * **c05** A museum's app keeps five centres in a space of interests. Every evening the day's visitors shift the centre closest
#   to them a little and are forgotten. Nobody ever said which five kinds of visitors there are.
# * **c06** A supermarket counts through all receipts of the past year in one go to find out which goods end up in the same
#   basket. The next January it counts everything again.
# * **c07** Among a bank's stored payments there are surely some frauds, but nobody knows which. A new payment is compared with
#   the stored ones; if even the most similar ones are far away, it is reported. Then it is stored as well, at once.
# * **c08** For a week engineers recorded a pump and made sure that it ran perfectly all the time. An alarm goes off when a new
#   sound is unlike every stored recording. After a repair, the store is emptied and a whole new week recorded.
# * **c09** Of 8,000 family photos grandmother has named the persons in 40. A program compares faces and hands the names on, from
#   each face that has a name to the unnamed faces most like it, until all have one. With new photos it starts over.
# * **c10** Two million satellite pictures that nobody ever described. A network gets pictures with a patch covered up and learns to
#   paint what was there, for three weeks on the whole collection. Next year it begins anew on both years' pictures.
# * **c11** A robot dog learns to climb stairs. Each step upwards brings points, each fall costs some. After every attempt the
#   weights of its controller change a little.
# * **c12** 20,000 values were measured on each of 900 plants. Each plant is to become one point on a sheet of paper, so that similar
#   plants lie close together. The points are computed from the whole table at once, and for another table all over again.
# * **c13** Whoever presses "spam" or "not spam" puts that mail into a store, at once. A new mail gets the answer which most of
#   the ten most similar mails in the store have.

# %% [markdown] lang="ko"
# ## 열세 가지 시스템
#
# * **c01** 공장에 납땜 사진 60,000장이 있고, 검사원이 사진마다 정상인지 불량인지 표시해 두었다. 신경망을 이 사진 모두로
#   훈련한다. 표시한 사진이 천 장 더 모일 때마다 예전 사진과 새 사진을 합쳐 새 신경망을 처음부터 훈련한다.
# * **c02** 어느 웹사이트는 매물로 나온 집과 가장 비슷한 집 다섯 채를 목록에서 찾아, 알려진 월세를 평균한다. 1월이 되면 목록을
#   버리고 모든 계약서로 목록을 새로 만든다.
# * **c03** 선형 모델이 일기 예보를 보고 어느 도시의 내일 전력 사용량을 예측한다. 자정마다 계량기에서 실제 사용량을 읽어 가중치를
#   조금 고치고 그날의 기록은 지운다.
# * **c04** 누구에게 어떤 광고를 보여 주었고 클릭했는지 적힌 로그가 3테라바이트인데 컴퓨터의 메모리는 16GB이다. 네트워크를 모두
#   끊은 밤에 프로그램이 로그를 100,000줄 읽어 로지스틱 회귀의 가중치를 고치고, 그 줄은 잊은 다음 다음 100,000줄을 읽는다.
# * **c05** 박물관 앱이 관심사의 공간에 중심 다섯 개를 간직하고 있다. 저녁마다 그날의 관람객들이 저마다 가장 가까운 중심을 조금씩
#   옮기고, 관람객의 기록은 지워진다. 관람객에 어떤 다섯 부류가 있는지는 아무도 말해 준 적이 없다.
# * **c06** 마트에서 지난해의 영수증 전체를 한꺼번에 세어 어떤 물건들이 같은 장바구니에 담기는지 알아낸다. 다음 1월에는 모두
#   처음부터 다시 센다.
# * **c07** 은행에 저장된 결제 가운데 사기가 틀림없이 섞여 있지만 어느 것인지는 아무도 모른다. 새 결제가 들어오면 저장된 결제와
#   비교하고, 가장 비슷한 것마저 멀리 떨어져 있으면 보고한다. 그런 다음 새 결제도 바로 저장한다.
# * **c08** 기술자들이 일주일 동안 펌프 소리를 녹음하면서 펌프가 내내 완벽하게 돌아가는지 확인했다. 저장된 어느 녹음과도 닮지
#   않은 소리가 나면 경보가 울린다. 수리한 다음에는 저장된 녹음을 모두 지우고 일주일을 새로 녹음한다.
# * **c09** 가족사진 8,000장 가운데 40장에 할머니가 이름을 적어 두었다. 프로그램이 얼굴을 비교해서, 이름이 있는 얼굴에서 가장
#   비슷한 이름 없는 얼굴로 이름을 넘겨주는 일을 모든 얼굴에 이름이 붙을 때까지 되풀이한다. 새 사진이 생기면 처음부터 다시 한다.
# * **c10** 아무도 설명을 붙이지 않은 위성 사진이 200만 장 있다. 신경망이 한 부분을 가린 사진을 받아 거기에 무엇이 있었는지 그려
#   내는 법을 사진 전체로 3주 동안 배운다. 내년에는 두 해의 사진을 합쳐 처음부터 다시 배운다.
# * **c11** 로봇 개가 계단 오르기를 배운다. 한 계단 오를 때마다 점수를 받고 넘어지면 점수를 잃는다. 한 번 시도할 때마다 제어기의
#   가중치가 조금씩 바뀐다.
# * **c12** 식물 900그루에서 값을 20,000개씩 측정했다. 비슷한 식물이 가까이 놓이도록 식물마다 종이 위의 점 하나로 나타내려고
#   한다. 점의 위치는 표 전체로 한꺼번에 계산하고, 표가 바뀌면 처음부터 다시 계산한다.
# * **c13** "스팸"이나 "스팸 아님"을 누르면 그 메일이 바로 저장소에 들어간다. 새 메일에는 저장소에서 가장 비슷한 메일 열 통
#   가운데 가장 많은 답을 붙인다.

# %%
# SOLUTION
# STUB: answers = {
# STUB:     "c01": ("", "", ""),
# STUB:     # and so on up to "c13"
# STUB: }
answers = {
    "c01": ("supervised", "batch", "model"),
    "c02": ("supervised", "batch", "instance"),
    "c03": ("supervised", "online", "model"),
    "c04": ("supervised", "online", "model"),
    "c05": ("cluster", "online", "model"),
    "c06": ("rules", "batch", "model"),
    "c07": ("anomaly", "online", "instance"),
    "c08": ("novelty", "batch", "instance"),
    "c09": ("semi", "batch", "instance"),
    "c10": ("self", "batch", "model"),
    "c11": ("rl", "online", "model"),
    "c12": ("reduce", "batch", "model"),
    "c13": ("supervised", "online", "instance"),
}
# END SOLUTION
