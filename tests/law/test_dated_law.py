"""The same rule rests on the law of the deal's own date; the samples come out as a lawyer expects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from docgen.diagnostics import Severity
from docgen.load import Mapping, load_text
from tests.law.deals import judged

if TYPE_CHECKING:
    from docgen.checks import Report

NO_RESOLUTION = '"resolutions[1]":'
PARENT = '"parties[1].relations": [{to: dinghu, kind: 母公司}], "resolutions[1].body": 董事会'
NO_INSTITUTION = "dispute: {method: 仲裁}"
OTHER_CITY = '"dispute.court": 上海市浦东新区人民法院'


def found(rule: str, as_of: str, change: str) -> tuple[Severity, str]:
    """Severity and citations of the one finding on the changed sample at a date."""
    tree = load_text(f'change: {{"deal.as_of": {as_of}, {change}}}', "case.yaml")
    changes = tree.root.get("change")
    assert isinstance(changes, Mapping)
    report: Report = judged("zhaoqing-patent", changes, "sign", rule)
    (diagnostic,) = [one for one in report.diagnostics if one.code == rule]
    return diagnostic.severity, " ".join(diagnostic.law)


@pytest.mark.parametrize(
    ("rule", "as_of", "change", "severity", "cited", "silent"),
    [
        ("K01", "2024-06-30", NO_RESOLUTION, Severity.ERROR, "公司法2018 16", "公司法 15"),
        ("K01", "2024-07-01", NO_RESOLUTION, Severity.ERROR, "公司法 15", "公司法2018 16"),
        ("K02", "2024-06-30", PARENT, Severity.WARNING, "公司法2018 16", "公司法 15"),
        ("K02", "2024-07-01", PARENT, Severity.ERROR, "公司法 15", "公司法2018 16"),
        ("I07", "2026-02-28", NO_INSTITUTION, Severity.ERROR, "仲裁法2017 16-18", "仲裁法 27"),
        ("I07", "2026-03-01", NO_INSTITUTION, Severity.ERROR, "仲裁法 27", "仲裁法2017 16-18"),
        ("I08", "2021-12-31", OTHER_CITY, Severity.WARNING, "民事诉讼法2017 34", "民事诉讼法 35"),
        ("I08", "2022-01-01", OTHER_CITY, Severity.WARNING, "民事诉讼法2021 35", "民事诉讼法2017 34"),
        ("I08", "2024-01-01", OTHER_CITY, Severity.ERROR, "民事诉讼法 35", "民事诉讼法2021 35"),
    ],
)
def test_a_rule_rests_on_the_law_of_the_deals_date(
    rule: str, as_of: str, change: str, severity: Severity, cited: str, silent: str
) -> None:
    got, law = found(rule, as_of, change)
    assert got == severity
    assert cited in law
    assert silent not in law


@pytest.mark.parametrize(
    ("sample", "stage"),
    [
        ("zhaoqing-patent", "sign"),
        ("foshan-third-party", "sign"),
        ("patent-transfer", "sign"),
        ("grg-hk-patent", "drawdown"),
    ],
)
def test_a_sample_has_no_error_at_its_stage(sample: str, stage: str) -> None:
    report = judged(sample, None, stage)
    assert report.results
    assert [one for one in report.diagnostics if one.severity is Severity.ERROR] == []
