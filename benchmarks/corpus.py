"""The three templates that speed is measured on: a contract, a one-page form, a long table; and their data."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from benchmarks.plain import plain
from benchmarks.schema import GROUP_LABELS, GROUPS, SCHEMA, TEXTS, record
from docgen.language import Scope

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_FILLER: Final = (
    "双方应当遵循公平和诚信原则，按照约定全面履行自己的义务，并根据合同的性质、目的和交易习惯履行通知、协助、保密等义务。"
    "任何一方未经对方书面同意，不得将本合同项下的权利义务全部或者部分转让给第三人。因不可抗力不能履行的，应当及时通知对方。"
)
_ARTICLES: Final = 25
_CUT_EVERY: Final = 12  # every so many tags, one is cut over three runs, as Word does


def _text(start: int, length: int) -> str:
    """A passage that differs from its neighbours, so that packing isn't easier than in a real contract."""
    start = start * 37 % len(_FILLER)
    return (_FILLER * 3)[start : start + length]


@dataclass(frozen=True, slots=True)
class Case:
    """A template with one deal, for both engines."""

    name: str
    docx: bytes
    values: dict[str, object]
    plain: dict[str, Any]


def scope() -> Scope:
    """What the templates may name."""
    return Scope(SCHEMA.root.fields)


def cases() -> list[Case]:
    """All three."""
    return [
        _case("contract", _contract(), patents=10),
        _case("form", _form(), patents=1),
        _case("table", _table(), patents=500),
    ]


def _case(name: str, template: bytes, patents: int) -> Case:
    deal = record(SCHEMA.root, _deal(patents), "")
    return Case(name, template, {key: deal[key] for key in SCHEMA.root.fields}, plain(SCHEMA.root, deal))


def _deal(patents: int) -> dict[str, Any]:
    """Plain data; fictitious throughout."""
    parties = {
        key: {
            "name": f"{label}示例科技有限公司",
            "kind": "company",
            "id_no": "441202199001011234",
            "state_owned": False,
            **{f"item_{index}": f"{label}约定事项第{index}项 R&D <甲>" for index in range(1, TEXTS + 1)},
        }
        for key, label in zip(GROUPS, GROUP_LABELS, strict=True)
    }
    start = date(2019, 3, 1)
    return {
        **parties,
        "loan": {
            "contract_no": "示银借字2026年第001号",
            "amount": "5000000.00",
            "rate": "0.0435",
            "months": 12,
            "signed_on": date(2026, 1, 29),
            "matures_on": date(2027, 1, 28),
            "secured": True,
            "subsidised": False,
        },
        "patents": [
            {
                "no": f"ZL2019101{index:05d}.7",
                "name": f"一种示例装置及其控制方法（{index}）",
                "kind": "invention" if index % 2 else "utility_model",
                "holder": "出质人示例科技有限公司",
                "filed_on": start + timedelta(days=index),
                "expires_on": date(2039, 3, 1) + timedelta(days=index),
                "valued_amount": f"{300000 + index * 1000}.00",
                "note": "无",
            }
            for index in range(patents)
        ],
    }


class _Writer:
    """Writes paragraphs; cuts every twelfth tag over three runs."""

    def __init__(self) -> None:
        self.document: Document = docx.Document()
        self._tags = 0

    def add(self, text: str, style: str | None = None) -> None:
        """A paragraph whose text may hold tags."""
        self.write(self.document.add_paragraph(style=style), text)

    def write(self, paragraph: Paragraph, text: str) -> None:
        """Text into a paragraph."""
        self._tags += text.count("{{")
        if "{{" in text and self._tags % _CUT_EVERY < text.count("{{"):
            middle = text.index("{{") + 1
            for piece in (text[:middle], text[middle : middle + 3], text[middle + 3 :]):
                paragraph.add_run(piece)
        else:
            paragraph.add_run(text)

    def row(self, cells: tuple[str, ...], table: Any) -> None:  # noqa: ANN401 — python-docx's Table
        """A row of a table."""
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            self.write(cell.paragraphs[0], text)

    def data(self) -> bytes:
        """The file."""
        target = io.BytesIO()
        self.document.save(target)
        return target.getvalue()


def _field(paragraph: Paragraph, code: str) -> None:
    """A field with a cached result."""
    for kind in ("begin", code, "separate", "1", "end"):
        run = paragraph.add_run()
        if kind in {"begin", "separate", "end"}:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
            run._r.append(element)  # noqa: SLF001 — python-docx has no public call for fields
        elif kind == "1":
            run.text = kind
        else:
            element = OxmlElement("w:instrText")
            element.text = f" {kind} "
            run._r.append(element)  # noqa: SLF001 — python-docx has no public call for fields


def _furniture(writer: _Writer) -> None:
    """A header with a field of the deal and a footer with page numbers."""
    section = writer.document.sections[0]
    writer.write(section.header.paragraphs[0], "合同编号：{{ 借款.合同编号 }}")
    footer = section.footer.paragraphs[0]
    footer.add_run("第")
    _field(footer, "PAGE")
    footer.add_run("页 共")
    _field(footer, "NUMPAGES")
    footer.add_run("页")


def _patent_table(writer: _Writer, cells: tuple[str, ...], head: tuple[str, ...]) -> None:
    table = writer.document.add_table(rows=0, cols=len(cells), style="Table Grid")
    writer.row(head, table)
    writer.row(("{%tr for 每项 in 专利 %}", *[""] * (len(cells) - 1)), table)
    writer.row(cells, table)
    writer.row(("{%tr endfor %}", *[""] * (len(cells) - 1)), table)


def _contract() -> bytes:
    """25 articles, 116 fields, 5 conditional clauses, a table of patents, signatures."""
    writer = _Writer()
    _furniture(writer)
    writer.add("知识产权质押借款合同", "Title")
    for label in GROUP_LABELS:
        writer.add(f"{label}：{{{{ {label}.名称 }}}}（{{{{ {label}.证件号码|掩码 }}}}）")
    writer.add("借款金额{{ 借款.金额|大写 }}（{{ 借款.金额|金额 }}），利率{{ 借款.利率 }}，期限{{ 借款.期限 }}个月，")
    writer.add("自{{ 借款.签订日期 }}至{{ 借款.到期日|汉字日期 }}。")
    items = [f"{{{{ {label}.事项{index} }}}}" for index in range(1, TEXTS + 1) for label in GROUP_LABELS]
    for article in range(1, _ARTICLES + 1):
        conditional = article % 5 == 0
        if conditional:
            writer.add("{%p if 借款.有担保 and not 借款.有贴息 %}")
        writer.add(f"第{article}条 约定事项", "Heading 2")
        for index, item in enumerate(items[(article - 1) * 4 : article * 4]):
            writer.add(f"{article}.{index + 1} {_text(article * 5 + index, 60)}{item}。")
        for index in range(2):
            writer.add(_text(article * 7 + index, 110))
        if conditional:
            writer.add("{%p else %}")
            writer.add(f"第{article}条 （不适用）", "Heading 2")
            writer.add("{%p endif %}")
    cells = ("{{ loop.index }}", "{{ 每项.专利号 }}", "{{ 每项.名称 }}", "{{ 每项.评估值|金额 }}")
    _patent_table(writer, cells, ("序号", "专利号", "名称", "评估值"))
    signatures = writer.document.add_table(rows=0, cols=2)
    for label in GROUP_LABELS:
        writer.row((f"{label}：{{{{ {label}.名称 }}}}", "签字：　　　　　　"), signatures)
    return writer.data()


def _form() -> bytes:
    """One page, 20 fields."""
    writer = _Writer()
    writer.add("登记申请表", "Title")
    table = writer.document.add_table(rows=0, cols=2, style="Table Grid")
    for label in GROUP_LABELS:
        for field in ("名称", "事项1", "证件号码|掩码"):
            writer.row((f"{label}{field}", f"{{{{ {label}.{field} }}}}"), table)
    for field in ("合同编号", "金额|大写", "利率", "签订日期", "到期日"):
        writer.row((field, f"{{{{ 借款.{field} }}}}"), table)
    return writer.data()


def _table() -> bytes:
    """One table of eight columns."""
    writer = _Writer()
    writer.add("出质专利清单", "Title")
    fields = ("专利号", "名称", "类型", "专利权人", "申请日", "届满日", "评估值|金额", "备注")
    _patent_table(writer, tuple(f"{{{{ 每项.{field} }}}}" for field in fields), fields)
    return writer.data()
