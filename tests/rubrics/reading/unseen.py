"""Tables as offices issue them, invented for the tests: none of them was ever a source here."""

import io

from docx import Document
from docx.enum.text import WD_BREAK

COMMITTEE_HEADS = (
    "序号|考评类目|考评项目|标准分值|评分标准|考评方式|扣分说明|实得分".split("|")  # noqa: SIM905
)
COMMITTEE = """
1|一、组织保障（200分）|安全委员会|60|未成立的不得分；人员变动未及时调整的，扣5~10分|查阅文件
2||专题研究|80|每少研究一次扣20分，扣完为止|查阅记录
3||经费保障|60|未列入预算的，扣30～60分|查阅账目
4|二、责任落实（500分）|责任清单|200|每缺一个岗位扣10分，扣满200分为止|查阅文件
5||考核奖惩|300|考核覆盖率低于60%的扣300分，60%-80%的扣150分，80%-95%的扣50分|抽查
6|三、教育培训（300分）|全员培训|300|抽查10人，每有1人不合格扣30分|现场抽问
7|加分项（加分累计不超20分）|先进经验|20|经验在省级推广加20分，市级推广加10分|查阅文件
8|否决项|死亡事故||发生较大以上生产安全事故的，一票否决，总分记0分|查阅通报
"""


def committee() -> bytes:
    """安委会: 1000 points over two pages, the heads printed again, the numbers in a column."""
    document = Document()
    document.add_paragraph("示例县安委会成员单位安全生产工作考核评分表")
    document.add_paragraph("满分1000分，得分折算为百分制；90分以上为优秀，80分以上为良好。")
    rows = [line.split("|") for line in COMMITTEE.strip().split("\n")]
    for part in (rows[:4], rows[4:]):
        _committee_page(document, part)
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    return _bytes(document)


def _committee_page(document, rows):
    table = document.add_table(rows=1, cols=len(COMMITTEE_HEADS))
    _fill(table.rows[0].cells, COMMITTEE_HEADS)
    begins = []
    for n, (number, section, content, worth, detail, method) in enumerate(rows, 1):
        cells = table.add_row().cells
        _fill(cells, [number, section, content, worth, detail, method, "", ""])
        if section:
            begins.append(n)
    for first, last in zip(begins, [*begins[1:], len(rows) + 1], strict=True):
        if last - 1 > first:
            table.cell(first, 1).merge(table.cell(last - 1, 1))


HOSPITAL_ROWS = [
    ("组织管理", "1.是否成立安全生产领导小组，主要负责人任组长", "查阅文件"),
    ("", "2.是否每季度至少召开1次安全例会", "查阅会议记录"),
    ("消防安全", "3.疏散通道、安全出口是否畅通", "现场查看"),
    ("", "4.是否存在违规使用大功率电器的情况", "现场查看"),
    ("", "5.灭火器是否在有效期内", "随机抽查5具"),
    ("危化品管理", "6.医用气体、试剂是否分类存放，实行双人双锁", "现场查看；查阅台账"),
]


def hospital() -> bytes:
    """A hospital's checklist: no points at all."""
    document = Document()
    document.add_paragraph("示例市医疗机构安全生产检查表")
    document.add_paragraph("医院名称：              检查日期：")
    table = document.add_table(rows=1, cols=4)
    _fill(table.rows[0].cells, ["检查项目", "检查内容", "检查方法", "检查结果"])
    for section, content, method in HOSPITAL_ROWS:
        _fill(table.add_row().cells, [section, content, method, ""])
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 0).merge(table.cell(5, 0))
    return _bytes(document)


def split_rows() -> bytes:
    """Two pages of one table: a sentence goes on in the next row, the page has no heads."""
    document = Document()
    document.add_paragraph("示例区工会“查保促”活动考核表（100分）")
    table = document.add_table(rows=1, cols=4)
    _fill(table.rows[0].cells, ["项目", "内容", "得分", "方法"])
    rows = [
        ("组织领导（40分）", "1.制定年度方案，明确目标（10分），层层", "听取汇报"),
        ("", "签订责任书（10分）。", ""),
        ("", "2.召开动员会（20分）。", ""),
    ]
    for section, content, method in rows:
        _fill(table.add_row().cells, [section, content, "", method])
    table.cell(1, 0).merge(table.cell(3, 0))
    table.cell(1, 3).merge(table.cell(3, 3))
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    more = document.add_table(rows=0, cols=4)
    rows = [
        ("隐患排查（60分）", "3.每月排查隐患，每少1次扣5分。（30分）", "查阅台账"),
        ("", "4.整改率达到100%（30分）。", ""),
    ]
    for section, content, method in rows:
        _fill(more.add_row().cells, [section, content, "", method])
    more.cell(0, 0).merge(more.cell(1, 0))
    more.cell(0, 3).merge(more.cell(1, 3))
    _fill(more.add_row().cells, ["总得分", "", "", ""])
    return _bytes(document)


DEBRIS = """示例街道安全生产工作考评细则（kǎo píng xì zé）
（满分100分）

一、基础工作(40分)

1. 建立安全生产责任制（ｚé rèn zhì），
责任到岗到人。( 15 分 )

2．建立隐患台账 (tái zhàng) ,每缺１份
扣 1 分 ， 扣满１０分为止。（10分）

3、设立举报电话并公布。〔5分〕

4.开展应急演练，每年不少于２次，每少一次扣5分。
（10 分）

二、宣传教育（60分）

5.开展“安全生产月”活动。（20
分）

6.获得表彰：国家级得40分、省级得３０分、
市级得20分。(40分)
"""


def _fill(cells, texts):
    for cell, text in zip(cells, texts, strict=True):
        first, *others = text.split("\n")
        cell.text = first
        for other in others:
            cell.add_paragraph(other)


def _bytes(document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
