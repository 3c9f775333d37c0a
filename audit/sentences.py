"""What each action did, as a sentence about its object; the actor stands before it.

``{object}`` is what the event is about, ``{subject}`` the visit or plan whose chain it stands in:
the point 1-1 alone says nothing, 德城区总工会's does.
"""

from collections.abc import Iterator
from string import Formatter
from typing import NamedTuple

from audit.labels import ACTIONS

SENTENCES = {
    "region.load": "装入了{object}的行政区划",
    "region.create": "新增了区划{object}",
    "region.change": "改了区划{object}",
    "organization.load": "建立了{object}的各级总工会",
    "organization.create": "登记了单位{object}",
    "organization.change": "改了{object}的资料",
    "organization.close": "停用了{object}",
    "organization.reopen": "重新启用了{object}",
    "organization.import": "从{object}导入了单位",
    "user.create": "给{object}开通了账号",
    "user.change": "改了{object}的账号",
    "user.disable": "停用了{object}的账号",
    "user.enable": "启用了{object}的账号",
    "user.password": "改了自己的密码",
    "user.password_reset": "重置了{object}的密码",
    "rubric.store": "存了{object}的草稿",
    "rubric.publish": "发布了{object}",
    "rubric.retire": "停用了{object}",
    "rubric.accept": "接受了{object}中原样的一处不符",
    "rubric.cancel": "作废了{object}的草稿",
    "rubric.edit": "修改了{object}的草稿",
    "rubric.undo": "撤销了{object}草稿的一步修改",
    "rubric.read": "读入了评分表{object}",
    "rubric.correct": "更正了读入的{object}",
    "plan.create": "建立了方案{object}",
    "plan.edit": "改了方案{object}",
    "plan.rubrics": "改了{object}用的评分表",
    "plan.phases": "改了{object}的阶段",
    "plan.publish": "发布了方案{object}",
    "plan.close": "结束了方案{object}",
    "plan.cancel": "取消了方案{object}",
    "plan.visits": "在{object}中生成了督导",
    "plan.schedule": "排了{object}的日程",
    "plan.dates": "延期或调整了{object}的日期",
    "team.create": "在{subject}中建立了{object}",
    "team.edit": "改了{subject}的{object}",
    "team.disband": "撤销了{subject}的{object}",
    "recusal.declare": "申报了回避：{object}",
    "recusal.withdraw": "撤销了回避：{object}",
    "draw.relax": "放开了{object}的“原则上不再重复”",
    "draw.freeze": "冻结了候选名单：{object}",
    "draw.seed_entry": "录入了种子：{object}",
    "draw.seed_differ": "录入的种子与第一次不一致：{object}",
    "draw.seed": "录入的种子两次一致，种子确定：{object}",
    "draw.run": "抽取：{object}",
    "draw.void": "作废了抽取：{object}",
    "draw.end": "结束了被替换县的企业抽取：{object}",
    "draw.replace": "替换了抽中单位：{object}",
    "visit.add": "指定了督导对象{object}",
    "visit.mismatch": "标{object}为结果不一致",
    "visit.assign": "安排了对{object}的督导",
    "visit.cancel": "取消了对{object}的督导",
    "visit.start": "开始填写{object}的材料",
    "visit.complete": "填完了{object}的材料",
    "visit.incomplete": "把{object}的材料改回填写",
    "visit.submit": "提交了{object}的材料",
    "visit.recall": "撤回了{object}的材料",
    "visit.return": "退回了{object}的材料",
    "visit.vet": "初审了{object}的材料",
    "visit.confirm": "确认了{object}的材料",
    "visit.release": "把结果下发给{object}",
    "visit.correct": "更正{object}已确认的材料",
    "visit.archive": "把{object}的材料归档",
    "answer.save": "给{subject}的{object}打分",
    "answer.save_many": "一次给{subject}的{object}打分",
    "text.save": "写了{subject}的{object}",
    "finding.add": "记下{subject}的问题：{object}",
    "finding.edit": "改了{subject}的问题：{object}",
    "finding.move": "调整了{subject}的问题次序：{object}",
    "finding.withdraw": "撤回了{subject}的问题：{object}",
    "finding.remedy": "登记了{subject}的整改：{object}",
    "signature.add": "在{subject}的材料上签字：{object}",
    "comment.add": "对{object}的材料提了审核意见",
    "comment.resolve": "了结了对{object}材料的一条审核意见",
    "hazard.report": "上报了隐患{object}",
    "hazard.withdraw": "撤回了上报的{object}",
    "hazard.register": "把{object}登记入台账",
    "hazard.dismiss": "不予登记{object}",
    "hazard.duplicate": "把{object}并入先报的隐患",
    "hazard.grade_general": "把{object}定为一般隐患",
    "hazard.grade_major": "把{object}定为重大隐患",
    "hazard.advise_stop": "建议停止作业：{object}",
    "hazard.no_stop": "研判{object}不会立即导致事故",
    "hazard.answer_stop": "答复了停止作业建议：{object}",
    "hazard.plan": "下达了{object}的整改方案",
    "hazard.forward": "上报了{object}的六落实方案",
    "hazard.file": "为{object}建立档案并报告政府职能部门",
    "hazard.inspect": "检查了{object}",
    "hazard.list": "挂牌督办{object}",
    "hazard.check_six": "核查了{object}的六落实",
    "hazard.report_off": "报送了{object}的销号报告",
    "hazard.check_off": "现场核查了{object}的整改",
    "hazard.sign_off": "签发了{object}的销号文件",
    "hazard.extend": "延长了{object}的期限",
    "hazard.offer": "申请验收{object}",
    "hazard.accept": "代表职能部门验收通过{object}",
    "hazard.witness": "代表工会监督签字：{object}",
    "hazard.close": "{object}销号",
    "hazard.reject": "验收不通过{object}",
    "hazard.object": "代表工会监督不通过{object}",
    "hazard.regrade_general": "把{object}改定为一般隐患",
    "hazard.regrade_major": "把{object}改定为重大隐患",
    "hazard.reward": "奖励了{object}的发现人",
    "hazard.reopen": "重新打开了{object}",
    "hazard.restore": "重新受理了{object}",
    "hazard.import": "从{object}导入了隐患",
    "hazard.urge": "催办了{object}",
    "hazard.escalate": "逐级上报了{object}的期限",
    "place.add": "新增了场所{object}",
    "place.rename": "给场所{object}改了名",
    "place.retire": "停用了场所{object}",
    "place.reopen": "重新启用了场所{object}",
    "place.up": "把场所{object}上移了",
    "place.renew": "给场所{object}换了二维码",
    "letter.send": "发出了{object}",
    "letter.save": "写了{object}的答复",
    "letter.answer": "报送了{object}的答复",
    "letter.close": "办结了{object}",
    "letter.return": "退回了{object}的答复",
    "letter.withdraw": "撤回了{object}",
    "letter.escalate": "逐级上报了{object}逾期未答复",
    "material.hand_in": "报送了{object}",
    "material.return": "退回了{object}",
    "material.refile": "重新报送了{object}",
    "material.withdraw": "作废了{object}",
    "patrol.record": "排查了{object}",
    "patrol.cancel": "作废了排查：{object}",
    "patrol.policy": "定了排查规定：{object}",
    "patrol.policy_stop": "停止了排查规定：{object}",
    "patrol.duty": "安排了{object}的排查人",
    "patrol.missed": "告知了{object}的漏查",
    "reward.rule": "定了奖励规定：{object}",
    "reward.rule_end": "停止了奖励规定：{object}",
    "reward.pay": "登记发放了奖励：{object}",
    "reward.claim": "凭回执补留了{object}的姓名",
    "plan.self_check": "请{object}的单位自查自纠",
    "visit.file": "报送了{object}的自查",
    "visit.take_back": "撤回更正了{object}的自查",
    "attachment.add": "给{subject}上传了佐证{object}",
    "attachment.remove": "移除了{subject}的佐证{object}",
}


class Part(NamedTuple):
    """A piece of a sentence; ``query`` leads to all that is recorded of what it names."""

    text: str
    query: str = ""


def sentence(action: str, **named: Part) -> tuple[Part, ...]:
    """The pieces of what ``action`` did; an action without a sentence is named and its object."""
    plain = f"{ACTIONS.get(action, action)}：{{object}}"
    return tuple(_parts(SENTENCES.get(action, plain), named))


def _parts(template: str, named: dict[str, Part]) -> Iterator[Part]:
    for text, name, _, _ in Formatter().parse(template):
        if text:
            yield Part(text)
        if name:
            yield named[name]
