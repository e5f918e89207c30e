"""Legal and business rules over the validated deal: one module per topic, one function per rule."""

from docgen.checks.engine import Report, RuleResult, State, run_checks
from docgen.checks.registry import Finding, Rule, all_rules, rule

__all__ = ["Finding", "Report", "Rule", "RuleResult", "State", "all_rules", "rule", "run_checks"]
