"""山东省总工会《2017年“查保促”工作第二次督导方案》, to the letter, as a template of a plan.

Only what changes from round to round is replaced: the year, the round, the date by which visits
end. With those of 2017 every text is the issued one.
"""

from datetime import date

from plans.source import Source, ordinal

TITLE = "2017年“查保促”工作第二次督导"
BASIS = (
    "为持续扎实推进全省“查保促”工作深化发展，总结各地、各单位的工作经验，查找存在的问题和不足，"
    "促进工作落细、落实，根据省总工会年度工作安排，拟于近期对全省“查保促”工作开展情况进行"
    "第二次集中督导，具体方案如下。"
)
SAMPLING_WORDING = (
    "每个市抽查2个县（市、区）（至少有一个危险化学品重点监管县，本年度已经抽查过的原则上不再重复），"
    "每个县（市、区）抽查4家高危行业的非公中小企业（至少有2家化工企业）。"
)
TASKS = (
    "2017年12月8日前，由省总工会分管领导、省总工会生产保护部和部分直属省产业工会负责人担任组长，"
    "省总工会生产保护部和直属省产业工会相关同志参加，利用1周时间，对各市2017年“查保促”活动开展"
    "情况进行督导。" + SAMPLING_WORDING
)
CONTENTS = (
    "被督导单位2017年“查保促”活动，特别是化工行业“查保促”专项行动的动员部署、行动方案的制定情况，"
    "纳入同级政府安全生产工作体系情况，健全完善职工安全生产教育培训、群众性隐患排查治理、"
    "职工排查隐患奖励等相关制度情况，推广应用“一法三卡”工作法以及组织开展“查保促”活动重点"
    "督导情况。\n"
    "本次督导不听取专题汇报，被督导单位将书面汇报材料交由督导组带回。被督导的市、县（市、区）"
    "总工会可根据督导工作安排，对“查保促”工作开展情况进行重点介绍。"
)
METHODS = ["查阅资料", "实地走访", "座谈交流", "个别交流"]
ANNEXES = (
    "附件：1.县级以上工会开展“查保促”活动评分表\n"
    "2.企业工会开展“查保促”活动评分表\n"
    "3.省总工会“查保促”活动督导工作记录表（县级以上工会）\n"
    "4.省总工会“查保促”活动督导工作记录表（企业工会）"
)
REQUIREMENTS = (
    "（一）各督导组原则上由3人组成，并根据工作安排，于12月8日前完成督导工作。\n"
    "（二）各督导组要对照《“查保促”活动评分表》（附件1、2）上的评分项，对所督导的县（市、区）"
    "总工会和企业工会2017年工作情况分别进行评分。\n"
    "（三）各督导组要认真填写省总工会《“查保促”活动督导工作记录表》（附件3、4），特别是要认真"
    "总结所督导单位的工作亮点和存在的问题，并形成经验材料。\n"
    "（四）各督导组在督导结束后1周内，要将所督导的市、县（市、区）总工会的汇报材料、典型经验材料、"
    "《“查保促”活动评分表》《“查保促”活动督导工作记录表》等相关资料一并报省总工会生产保护部。"
)
MATERIALS_DAYS = 7  # 四(四)：督导结束后1周内
SAMPLING = {
    "counties": {"per_city": 2, "key_at_least": 1, "avoid_repeats": "in_principle"},
    "enterprises": {
        "per_county": 4,
        "high_risk": True,
        "private": True,
        "small_or_medium": True,
        "industry": "chemical",
        "industry_at_least": 2,
    },
}
TEXTS = {"basis": BASIS, "tasks": TASKS, "contents": CONTENTS, "requirements": REQUIREMENTS}


def title(year: int, round_number: int) -> str:
    """The name of such a round."""
    return TITLE.replace("2017年", f"{year}年").replace("第二次", ordinal(round_number))


def adapt(text: str, year: int, round_number: int, visits_end_on: date) -> str:
    """A text with this year, round and day in the place of those of 2017."""
    return (
        text.replace("2017年", f"{year}年")
        .replace("第二次", ordinal(round_number))
        .replace("12月8日", f"{visits_end_on.month}月{visits_end_on.day}日")
    )


SHANDONG = Source(
    key="shandong",
    name="2017年第二次督导方案",
    about="山东省总工会原文：依据、任务、内容、方式、要求和抽取规则都已填好，年度和日期换成上面的，可逐项改。",
    title=title,
    texts=TEXTS,
    methods=METHODS,
    methods_form=("采取", "和", "等方式，确保督导效果。"),
    sampling=SAMPLING,
    sampling_wording=SAMPLING_WORDING,
    headings={
        "tasks": "一、督导任务和时间安排",
        "contents": "二、督导内容",
        "methods": "三、督导方式",
        "requirements": "四、督导要求",
    },
    annexes=ANNEXES,
    materials_days=MATERIALS_DAYS,
    materials_where="2017年方案 四（四）：督导结束后1周内",
    adapt=adapt,
)
