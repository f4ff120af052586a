"""A document with harmful-looking content: markup, a formula, a bidirectional override, and great length."""

from __future__ import annotations

OVERRIDE = "\u202e"
LINES = (
    "临河镇2023年工作总结",
    '一、主要工作<script>alert(1)</script>"><img src=x onerror=alert(2)><img src=y onerror=alert(3)>',
    "=cmd|' /C calc'!A0，举办培训班6期，培训<b onmouseover=alert(4)>农民</b>300余人。",
    f"在文化广场{OVERRIDE}开展宣传活动1场，发放资料5000份。",
    "</script><script>alert(5)</script><!-- ]]> {{ 7*7 }} {% raw %} javascript:alert(6) '; drop table figures; --",
    "举办讲座12场😀，覆盖群众2000人次。",
)


def hostile_text(length: int = 0) -> str:
    """The lines, and after them so many characters of ordinary ones."""
    filling = "组织志愿者87人次上门走访，发放宣传资料1200份，举办讲座3场。\n"
    return "\n".join(LINES) + "\n" + filling * (length // len(filling))
