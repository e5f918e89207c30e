"""A registry's form: merged cells, minimum row heights, checkboxes, a second page of notes."""

from __future__ import annotations

from typing import Final, NamedTuple

from tests.fidelity.documents.lists import Level, numbering
from tests.fidelity.documents.tables import cell_text, row_height, shade, table
from tests.fidelity.documents.word import Look, Node, Page, new_document, paragraph

_WIDTHS: Final = (500, 1700, 2500, 1400, 1200, 2300)


class _Row(NamedTuple):
    """A row's height in twips, its cells from the left, and which columns are one."""

    height: int
    cells: tuple[str, ...]
    merged: tuple[int, int] = (2, 5)


_ROWS: Final = (
    _Row(454, ("①", "专利号", "ZL202010123456.7", "", "登记号", ""), (2, 3)),
    _Row(454, ("②", "发明创造名称", "一种用于柔性电路板的激光切割装置及其控制方法", "", "", "")),
    _Row(454, ("③\n出质人", "姓名或名称", "肇庆市端州区星湖精密制造有限公司", "", "", "")),
    _Row(454, ("", "地址", "广东省肇庆市端州区信安五路88号创新大厦12楼1203室", "", "邮编", "526040"), (2, 3)),
    _Row(454, ("", "统一社会信用代码", "91441200MA4X1A2B3C", "", "电话", "0758-1234567"), (2, 3)),
    _Row(454, ("④\n质权人", "姓名或名称", "某某银行股份有限公司肇庆分行", "", "", "")),
    _Row(454, ("", "地址", "广东省肇庆市端州区天宁北路16号", "", "邮编", "526060"), (2, 3)),
    _Row(454, ("", "统一社会信用代码", "91441200123456789X", "", "电话", "0758-7654321"), (2, 3)),
    _Row(
        680,
        (
            "⑤",
            "经济活动简述",
            (
                "☑债权合同　☐反担保合同　☐其他："
                "出质人以其所有的上述专利权为其与质权人签订的流动资金借款合同项下债务提供质押担保。"
            ),
            "",
            "",
            "",
        ),
    ),
    _Row(454, ("⑥", "债务履行期限", "自2024年3月18日至2025年3月17日", "", "债权金额", "人民币500万元"), (2, 3)),
    _Row(454, ("⑦", "专利权是否经过评估", "☑是　☐否", "评估单位", "连城资产评估有限公司", ""), (4, 5)),
    _Row(
        1134,
        (
            "⑧",
            "质押专利的许可情况",
            (
                "□独占许可　□排他许可　☑普通许可（许可备案号：2023440000001，被许可人：佛山市某某科技有限公司，"
                "许可期限：2023年1月1日至2025年12月31日）"
            ),
            "",
            "",
            "",
        ),
    ),
    _Row(
        907,
        (
            "⑨",
            "代理人",
            "名称：广东某某知识产权代理有限公司\n电话：020-87654321\n邮编：510000　地址：广州市黄埔区科学大道18号",
            "",
            "",
            "",
        ),
    ),
    _Row(
        1587,
        ("⑩", "出质人签章\n（代理人签章）", "\n\n年　　月　　日", "质权人签章", "\n\n年　　月　　日", ""),
        (4, 5),
    ),
    _Row(1134, ("⑪", "国家知识产权局\n处理意见", "", "", "", "")),
)
_COVERED: Final = (3, 4, 6, 7)  # rows whose first cell belongs to the one above
_LEFT: Final = ((13, 4), (10, 4))  # cells of label columns that hold values
_LABELS: Final = (0, 1, 3, 4)
_NOTES: Final = (
    (
        "本表适用于专利权质押登记申请，应使用国家知识产权局统一制定的格式，申请人应当如实填写，"
        "字迹或者打印的字应当清晰、整齐，"
        "涂改处应当加盖申请人印章。"
    ),
    (
        "一份质押合同涉及多项专利权的，应当填写《专利权质押清单》，"
        "并由出质人、质权人在清单上签章；清单与本表具有同等效力。"
    ),
    "本表第①栏应当填写专利号，专利号前的字母“ZL”可以省略；第⑤栏、第⑦栏、第⑧栏应当在选中的方框内划“√”或以“☑”标示。",
    (
        "申请人委托专利代理机构办理的，应当提交委托书；共有专利权出质的，"
        "应当提交全体共有人同意出质的证明文件（另有约定的除外）。"
    ),
)


def form() -> Node:
    """A page of table and a page of numbered notes."""
    document = new_document(Page("宋体", 10.5, (20, 18, 20, 20)))
    paragraph(document, "专利权质押登记申请表", Look(jc="center", size=18, font="黑体", before=0, after=120))
    head = "请按照本表背面“填表说明”正确填写本表各栏　　　　　　此框内容由国家知识产权局填写"
    paragraph(document, head, Look(size=9))
    made = table(document, len(_ROWS), _WIDTHS)
    for number, row in enumerate(_ROWS):
        row_height(made.rows[number], row.height)
        first, last = row.merged
        made.cell(number, first).merge(made.cell(number, last))
    made.cell(2, 0).merge(made.cell(4, 0))
    made.cell(5, 0).merge(made.cell(7, 0))
    for number, row in enumerate(_ROWS):
        _fill(made, number, row)
    title = Look(jc="center", size=12, font="黑体", before=120, after=60, page_break=True)
    paragraph(document, "填表说明", title)
    numbers = numbering(document, [Level("decimal", "%1.", 'w:left="420" w:hanging="420"', "tab")])
    for note in _NOTES:
        paragraph(document, note, Look(list_level=(numbers, 0), line=360, rule="auto"))
    return document


def _fill(made: Node, number: int, row: _Row) -> None:
    """Write one row's cells; label columns are centred and the second is shaded."""
    first, last = row.merged
    for column, text in enumerate(row.cells):
        if first < column <= last or (column == 0 and number in _COVERED):
            continue
        centred = column in _LABELS and (number, column) not in _LEFT
        cell_text(made.cell(number, column), text, jc="center" if centred else "left")
        if column == 1:
            shade(made.cell(number, column), "F2F2F2")
