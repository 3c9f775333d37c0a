"""What the columns of issued tables are called. Pure."""

from rubrics.reading.folding import bare

COLUMNS = {
    "section": (
        "项目 项目名称 类别 类目 评估类目 考核项目 检查项目 督导项目 一级指标 考评类目 部分 类项"
    ),
    "content": (
        "内容 督导内容 督导帮扶内容 检查内容 考核内容 考评内容 "
        "二级指标 评估内容 检查要点 工作内容 考评项目"
    ),
    "detail": (
        "督导帮扶细则 细则 评分标准 考核标准 扣分标准 评分细则 "
        "评分办法 考评办法 检查标准 评分要点 考核细则 计分标准 "
        "评价标准 三级指标 检查问题"
    ),
    "worth": "分值 标准分 标准分值 满分 应得分 基本分 权重分 分数",
    "method": (
        "方法 督导方法 检查方法 考核方法 考核方式 检查方式 查看方式 评价方法 评估方法 方式 "
        "考评方式 考评方法 督查方式 督查方法 评定方式 检查手段 核查方式"
    ),
    "score": "得分 实得分 自评分 评分 考核得分 自评得分 复核得分",
    "reason": "扣分原因 扣分说明 备注 存在问题 扣分情况 说明",
    "verdict": "评价 是否 检查结果 是/否 结果 评价结果 是否符合",
    "number": "序号 编号",
}
ENDINGS = {  # of heads we do not know by name
    "方式": "method",
    "方法": "method",
    "细则": "detail",
    "标准": "detail",
    "分值": "worth",
    "得分": "score",
    "评分": "score",
    "原因": "reason",
    "备注": "reason",
    "序号": "number",
}
LONGEST_HEAD = 8
ROLES = {name: role for role, names in COLUMNS.items() for name in names.split()}
USUAL = {"content": "督导内容", "score": "得分", "method": "督导方法"}
QUESTIONS = {"item": "检查内容", "detail": "检查问题", "verdict": "是否", "reason": "评价"}
DETAILS = {
    "item": "内容",
    "detail": ("细则"),
    "reason": "扣分原因",
    "score": "得分",
    "total": "总得分",
}
NAMES = {"content": "item", "detail": "detail", "method": "method", "verdict": "verdict"}
NAMES |= {"reason": "reason", "score": "score", "worth": "worth"}


def role_of(text: str) -> str:
    """The role of a column with this head; empty where it is none we know."""
    return ROLES.get(bare(text).rstrip("：").split("（")[0], "")


def column_of(text: str) -> str:
    """The role of a head in a row of heads: by name, else by how it ends."""
    word = bare(text).rstrip("：").split("（")[0]
    if found := ROLES.get(word, ""):
        return found
    return ENDINGS.get(word[-2:], "") if len(word) <= LONGEST_HEAD else ""


def heads_of(layout: str, found: dict[str, str], total: str, date: str) -> dict[str, str]:
    """The version's ``heads``: the issued words, where they are not those of 附件1."""
    if layout == "questions":
        return QUESTIONS | _named(found)
    if layout == "scores":
        usual = all(bare(found.get(role, head)) == head for role, head in USUAL.items())
        return (
            {}
            if usual and "worth" not in found
            else _named(found) | ({"total": total} if total else {})
        )
    if layout == "checklist":
        return {"item": "内容", "method": "方法", "verdict": "评价"} | _named(found)
    told = DETAILS | _named(found) | ({"total": total} if total else {})
    return told | ({"date": date} if date else {})


def _named(found: dict[str, str]) -> dict[str, str]:
    return {NAMES[role]: text for role, text in found.items() if role in NAMES}
