"""A deed in English and Chinese: hanging numbers on three levels, and a schedule across the page."""

from __future__ import annotations

from typing import Final, NamedTuple

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Mm

from tests.fidelity.documents.headers import header_and_footer
from tests.fidelity.documents.lists import Level, numbering
from tests.fidelity.documents.tables import cell_text, row_height, shade, table
from tests.fidelity.documents.word import Look, Node, Page, new_document, paragraph, run


class _Clause(NamedTuple):
    """A clause in both languages and what stands below it."""

    en: str
    zh: str
    below: tuple[str, ...] = ()


_PARTIES_EN: Final = (
    ("THIS DEED", True),
    (" is made on the 18th day of October 2021 between (1) ", False),
    ("Sample Banking Equipment Co., Ltd.", True),
    (
        (
            ", a company incorporated in the People’s Republic of China whose registered "
            "office is at 9 Kelin Road, Guangzhou "
            "(the “Pledgor”); and (2) "
        ),
        False,
    ),
    ("Example Commercial Bank, Guangzhou Branch", True),
    (
        (
            " (the “Pledgee”), and is supplemental to a facility agreement dated 29 January "
            "2022 under which the Pledgee agreed "
            "to make available a loan facility of up to RMB 5,000,000."
        ),
        False,
    ),
)
_PARTIES_ZH: Final = (
    "本契据由下列双方于2021年10月18日订立：（1）示例金融设备股份有限公司，一家在中华人民共和国注册成立的公司，"
    "注册地址为广州市科林路9号（“出质人”）；（2）示例商业银行股份有限公司广州分行（“质权人”）。"
)
_CLAUSES: Final = (
    (
        "Definitions and interpretation 定义与解释",
        (
            _Clause(
                "In this Deed, unless the context otherwise requires, “Patents” means the "
                "standard patents registered in the "
                "Patents Registry of Hong Kong listed in Schedule 1, including patent "
                "number HK19100311.1, together with all "
                "renewals, re-registrations and extensions thereof.",
                "除上下文另有要求外，“专利”指附表1所列于香港专利注册处注册的标准专利，包括专利号HK19100311.1，"
                "以及其续期、重新注册及延展。",
                (
                    (
                        "“Secured Obligations” means all present and future moneys, "
                        "obligations and liabilities of the Pledgor "
                        "to the Pledgee;"
                    ),
                    "“Event of Default” has the meaning given to it in the Facility Agreement;",
                    (
                        "“Registry” means the Patents Registry of the Intellectual Property "
                        "Department of the Government of the "
                        "Hong Kong Special Administrative Region."
                    ),
                ),
            ),
            _Clause(
                "Headings are for convenience only and shall not affect the construction "
                "of this Deed. References to Clauses "
                "and Schedules are to clauses of, and schedules to, this Deed.",
                "标题仅为方便阅读而设，不影响本契据的解释。",
            ),
        ),
    ),
    (
        "Covenant to pay 付款承诺",
        (
            _Clause(
                "The Pledgor covenants with the Pledgee that it will on demand pay and "
                "discharge the Secured Obligations when "
                "due in accordance with the terms of the Facility Agreement.",
                "出质人向质权人承诺，其将于到期时按照贷款协议的条款应要求支付及清偿担保债务。",
            ),
        ),
    ),
    (
        "Charge 押记",
        (
            _Clause(
                "As continuing security for the payment and discharge of the Secured "
                "Obligations, the Pledgor as beneficial "
                "owner charges to the Pledgee by way of first fixed charge all its right, "
                "title, benefit and interest in and "
                "to the Patents and all royalties, licence fees and damages payable in respect thereof.",
                "作为支付及清偿担保债务的持续担保，出质人以实益拥有人身份，"
                "以第一固定押记方式向质权人押记其对专利的全部权利、"
                "所有权、利益及权益，以及就此应付的一切使用费、许可费及损害赔偿。",
                (
                    (
                        "The Pledgor shall procure registration of this Deed at the Registry "
                        "under section 52 of the Patents "
                        "Ordinance (Cap. 514) within six months of its date."
                    ),
                    (
                        "The Pledgor shall not, without the prior written consent of the "
                        "Pledgee, assign, license or otherwise "
                        "dispose of any of the Patents."
                    ),
                ),
            ),
        ),
    ),
    (
        "Governing law 适用法律",
        (
            _Clause(
                "This Deed is governed by and shall be construed in accordance with the "
                "laws of the Hong Kong Special "
                "Administrative Region.",
                "本契据受香港特别行政区法律管辖，并按其解释。",
            ),
        ),
    ),
)
_WIDTHS: Final = (700, 2300, 4200, 2200, 2400)
_HEADS: Final = ("No.", "Patent No. 专利号", "Title 名称", "Filing date 申请日", "Status 状态")
_TITLES: Final = (
    "一种展平装置及金融自助设备 Flattening device and financial self-service equipment",
    "一种钞箱 Cash cassette",
    "纸币识别方法、装置 Banknote recognition method and apparatus",
    "一种加密键盘 Encrypting PIN pad",
    "一种卡片回收机构 Card retracting mechanism",
    "一种分离轮 Separating wheel",
)


def deed() -> Node:
    """Two pages upright, one across."""
    document = new_document(Page("宋体", 11, (25.4, 25.4, 31.8, 31.8), line=320, rule="auto"))
    header_and_footer(document.sections[0], "PATENT PLEDGE DEED 專利質押契據", ("Page", "of", ""))
    paragraph(document, "DEED OF PLEDGE OVER PATENTS", Look(jc="center", size=16, bold=True, after=60))
    paragraph(document, "专利权质押契据（中英文对照）", Look(jc="center", size=16, font="黑体", after=240))
    numbers = numbering(
        document,
        [
            Level("decimal", "%1.", 'w:left="567" w:hanging="567"', "tab", "<w:b/>"),
            Level("decimal", "%1.%2", 'w:left="567" w:hanging="567"', "tab"),
            Level("lowerLetter", "(%3)", 'w:left="1134" w:hanging="567"', "tab"),
        ],
    )
    where = paragraph(document, look=Look(after=120))
    for text, bold in _PARTIES_EN:
        run(where, text, bold=bold)
    paragraph(document, _PARTIES_ZH, Look(after=120))
    for heading, clauses in _CLAUSES:
        where = paragraph(document, look=Look(keep=True, list_level=(numbers, 0), before=120, after=60))
        run(where, heading, bold=True)
        for clause in clauses:
            paragraph(document, clause.en, Look(list_level=(numbers, 1), after=60))
            paragraph(document, clause.zh, Look(left=567, after=60))
            for text in clause.below:
                paragraph(document, text, Look(list_level=(numbers, 2), after=40))
    _schedule(document)
    return document


def _schedule(document: Node) -> None:
    """The landscape section with the table of patents."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    paragraph(document, "SCHEDULE 1  附表1", Look(jc="center", bold=True, after=120))
    made = table(document, len(_TITLES) + 1, _WIDTHS)
    for column, head in enumerate(_HEADS):
        cell_text(made.cell(0, column), head, 10, jc="center", bold=True)
        shade(made.cell(0, column), "D9E2F3")
    row_height(made.rows[0], 500, header=True)
    for number, title in enumerate(_TITLES, start=1):
        cells = (str(number), f"HK1910{number:04d}.{number}", title, f"2019-0{number}-1{number}", "In force 有效")
        for column, text in enumerate(cells):
            cell_text(made.cell(number, column), text, 10, jc="left" if column == 2 else "center")
