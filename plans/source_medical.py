"""省医务工会《“查保促”督导检查工作要求》, to the letter, as a template of a plan.

The eight clauses keep their numbers; each stands in the step it speaks of. How many units are
drawn the source leaves open: the numbers of the rule are to be set by the issuer.
"""

from plans.source import Source, ordinal

BASIS = (
    "一、要提前做好准备工作，制定督导检查方案，研究确定督导检查单位、内容、方式方法、任务分工和"
    "工作要求等。要组织督导检查人员学习相关文件、会议精神，熟悉督导检查内容和方式方法。\n"
    "二、要理性务实地进行督导检查，防止“蜻蜓点水”，切实把情况摸上来，问题找出来。"
)
TASKS = "七、督导检查的单位要全部随机抽取。对不能安排到所抽取单位进行督导的要记录具体原因。"
CONTENTS = (
    "三、要严格按照《督导检查表》所列项目内容逐项检查督导，做好详细记录，并根据检查内容列出存在"
    "问题清单。\n"
    "四、要全面、客观地反馈督导检查情况。对每个被检查的各市医务工会和单位工会都要提供存在问题清"
    "单、提出具体督导意见，并将督导意见记录在《省医务工会“查保促”活动督导工作记录表》上。\n"
    "五、要对督导检查情况及时进行分析研究和汇总，并形成完整的督导检查报告。督导检查报告要真实反"
    "映所督导各市医务工会开展“查保促”活动情况，重点指出存在的问题，以及对策建议。"
)
REQUIREMENTS = (
    "六、各督导组在督导结束后1周内，要将《省医务工会“查保促”活动督导工作记录表》、督导检查报"
    "告等书面材料由督导组长签字后，报送至省医务工会。\n"
    "八、要严格执行中央“八项规定”和有关工作纪律要求，不接受宴请，食宿费用自理，不给单位增加负"
    "担。"
)
METHODS = ["现场检查", "随机抽查", "明查暗访", "查看台帐", "听取汇报", "交流座谈"]
SAMPLING = {
    "drawn": [
        {"target": "medical_city", "choose": 5, "per": "issuer", "pool": "reach"},
        {"target": "medical_unit", "choose": 2, "per": "city", "pool": "reach"},
    ],
    "listed": [],
}
ANNEXES = (
    "各市医务工会开展“查保促”活动督导检查项目表\n"
    "各单位开展“查保促”活动督导检查项目表\n"
    "附件3 省医务工会“查保促”活动督导工作记录表"
)


def title(year: int, round_number: int) -> str:
    """The name of such a round."""
    return f"{year}年“查保促”{ordinal(round_number)}督导检查"


MEDICAL = Source(
    key="medical",
    name="省医务工会“查保促”督导检查工作要求",
    about="产业工会自己的督导：各市医务工会和医疗卫生单位全部随机抽取，督导后1周内报材料。",
    title=title,
    texts={
        "basis": BASIS,
        "tasks": TASKS,
        "contents": CONTENTS,
        "requirements": REQUIREMENTS,
    },
    methods=METHODS,
    methods_form=("督导检查采取", "、", "等灵活多样的方式进行。"),
    sampling=SAMPLING,
    sampling_wording=TASKS,
    headings={
        "tasks": "督导单位",
        "contents": "督导内容",
        "methods": "督导方式",
        "requirements": "督导要求",
    },
    annexes=ANNEXES,
    materials_where="工作要求 六：督导结束后1周内",
)
