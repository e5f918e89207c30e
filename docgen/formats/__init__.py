"""Value formats: text as lawyers write it → exact values, and exact values → text as contracts print it.

Every function is pure and exact: money and ratios are `Decimal`, no value is rounded, no locale is asked.
"""
