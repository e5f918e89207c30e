"""A schedule of 62 patents: a long table with a repeated header, on a line grid."""

from __future__ import annotations

from typing import Final

from tests.fidelity.documents.headers import header_and_footer
from tests.fidelity.documents.tables import cell_text, row_height, shade, table
from tests.fidelity.documents.word import Look, Node, Page, new_document, paragraph

_ROWS: Final = 62
_WIDTHS: Final = (560, 2000, 3300, 1100, 1300, 1300)
_HEADS: Final = ("序号", "专利号", "专利名称", "类型", "授权公告日", "评估值（万元）")
_NAMES: Final = (
    "一种展平装置",
    "一种用于柔性电路板的激光切割装置及其控制方法",
    "基于机器视觉的焊点缺陷检测方法、系统及存储介质",
    "精密注塑模具",
    "一种具有自清洁功能的过滤器",
    "多通道高速数据采集卡的时钟同步电路（含FPGA实现）",
)
_KINDS: Final = ("发明", "实用新型", "外观设计")
_SIDES: Final = ("center", "center", "left", "center", "center", "right")
_INTRODUCTION: Final = (
    "出质人确认，下表所列专利权均为其合法拥有，已如实披露法律状态、年费缴纳情况与许可情况；评估基准日为2023年12月31日，"
    "评估机构为连城资产评估有限公司，评估方法为收益法（许可费节省法）。"
)
_NOTE: Final = (
    "注：1．评估值以经备案的评估报告为准；2．质押率不高于评估值的30%；3．未尽事宜以《专利权质押合同》约定为准。"
)


def schedule() -> Node:
    """Three pages of one table."""
    document = new_document(Page("宋体", 10.5, (25.4, 25.4, 20, 20), grid=312))
    header_and_footer(document.sections[0], "附件一　质押专利清单")
    paragraph(document, "附件一：质押专利清单", Look(jc="center", size=16, font="黑体", after=100))
    paragraph(document, _INTRODUCTION, Look(first=10.5))
    made = table(document, _ROWS + 2, _WIDTHS)
    for column, head in enumerate(_HEADS):
        cell_text(made.cell(0, column), head, font="黑体", jc="center")
        shade(made.cell(0, column), "E7E6E6")
    row_height(made.rows[0], 567, header=True)
    for number in range(1, _ROWS + 1):
        for column, value in enumerate(_values(number)):
            cell_text(made.cell(number, column), value, jc=_SIDES[column])
        row_height(made.rows[number], 340)
    total = made.cell(_ROWS + 1, 0).merge(made.cell(_ROWS + 1, 4))
    cell_text(total, "合　计", font="黑体", jc="center")
    cell_text(made.cell(_ROWS + 1, 5), "12,345.67", jc="right")
    row_height(made.rows[_ROWS + 1], 454)
    paragraph(document, _NOTE, Look(before=100))
    return document


def _values(number: int) -> tuple[str, ...]:
    """The cells of one row."""
    return (
        str(number),
        f"ZL2020{(number * 7919) % 90000000 + 10000000:08d}.{number % 10}",
        _NAMES[number % 6],
        _KINDS[number % 3],
        f"202{number % 4}-0{number % 9 + 1}-{number % 28 + 1:02d}",
        f"{(number * 3571) % 40000 / 100:,.2f}",
    )
