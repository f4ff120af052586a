"""What the first and the last lines of a plan or summary look like: titles, opening and closing paragraphs."""

from __future__ import annotations

import re

from zongji.corpus.chinese_digits import DIGITS, ZEROS

LONGEST_TITLE = 45
YEAR = rf"(?:20\d\d|19\d\d|20[xX×*_○]{{2}}|[xX×_]{{2,4}}|[二一][{ZEROS}0九][{ZEROS}0{DIGITS}]{{2}})"
OPENS = 4  # score from which a paragraph opens a document by itself
MAY_OPEN = 3  # score from which it does behind the end of another

_DOCUMENT_WORDS = (
    "总结|小结|计划|方案|策划书|报告|简报|汇报|要点|规划|预案|述职|快报"
    "|工作情况|纪实|通报|实施意见|实施细则|工作打算|工作安排|工作思路|工作谋划|工作重点|工作盘点|活动安排|活动策划"
    "|述职材料|复盘|行事历|月历|[及和与暨][^，。]{0,10}(?:打算|安排|谋划|重点|设想|规划|思路)|(?:总结|小结)暨[^，。]{2,8}"
)
_NAMES_DOCUMENT = re.compile(_DOCUMENT_WORDS)
_TITLE = re.compile(
    rf"[^。；;！!？?：:]*(?P<word>{_DOCUMENT_WORDS})(?:书|稿|范文|模板|材料)?"
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})?(?:[（(【\[][^）)】\]]{1,14}[)）】\]])?(?:——[^。，]{2,30})?"
)
_ISSUE = re.compile(r".{0,20}(?:简报|快报|信息|动态)?.{0,6}[（(]?第 ?[\d一二三四五六七八九十]{1,4} ?期[)）]?")
_NOT_A_TITLE = re.compile(
    r"^(?:下一?步|下阶段|下一阶段|下半年|今后|明年|来年|下学期|近期|主要|具体|重点|总体|以后|未来|本|上报|制定|附|现将|特此|专此|工作(?:总结|计划|安排|要点|方案|汇报|思路|谋划|打算|重点|盘点)$|活动(?:安排|策划|方案|计划)$)"
    r"|[，,].*[，,]|^(?!.{0,30}关于).*的(?:总结|计划|报告)$|[\t|｜]"
)
_YEAR = rf"(?:20\d\d|19\d\d|20[xX×*_]{{2}}|[xX×]{{2,4}}|[二一][{ZEROS}0九][{ZEROS}0{DIGITS}\d]{{2}}|__+|本|今|去)"
_TIME = re.compile(
    rf"^(?:{_YEAR}(?:[—–\-至]{_YEAR})?(?:学)?年度?(?:上半年|下半年|来|以来|第[一二三四]季度)?"
    r"|[一两三半几近数]年(?:多)?来|今年以来|近年来|近几年来|过去的?一年|上半年|一学期|本学期|本学年|这一?学期|一年一度|入[春夏秋冬]以来|即将过去|时光|光阴|转眼|岁月|回顾|自20|在过去的)"
)
_REPORTS = re.compile(
    r"(?:现将|现就|现把|下面|为此|特|兹)?[^。；，,]{0,40}?(?:总结|汇报|报告|计划|安排|方案|要点|打算|说明|通报|意见|部署)[^。；，,]{0,10}如下[:：。]?$"
)
_BELOW = re.compile(
    r"如下[^。；，,]{0,6}[:：。]?$|(?:制定|制订|拟定|[作做]出?)以下[^。；，]{0,8}(?:方案|计划|安排|总结|汇报)[:：]$|(?:特|现)(?:制定|拟定|制订)[^。]{0,20}(?:方案|计划|意见|安排)[^。]{0,6}[:：。]?$"
)
_WITHIN = re.compile(r"(?:总结|汇报|报告|计划|安排|方案|要点)如下|作如下(?:总结|汇报|报告|安排|部署|计划)")
_PURPOSE = re.compile(
    r"^(?:为(?:了|进一步|深入|切实|全面|认真|充分|贯彻|迎接|加强|更好|推动|丰富|提高|落实|做好|促进|使|确保|庆祝|纪念|弘扬|增强|营造)|根据|按照|遵照|在.{2,30}(?:领导|指导|关心|支持)下|随着)"
)
_OFFICE = re.compile(
    r"(?:领导下|指导下|支持下|帮助下|为指导|为指针|为主线|为中心|为抓手|为契机|紧紧围绕|紧密围绕|认真贯彻|深入贯彻|全面贯彻|全面落实|圆满完成|较好地?完成|顺利完成|坚持[^，。,]{2,8}[、，,]|关键(?:之)?年|开局之年|收官之年|收官年|的第[一二三四五]年)"
)
_CLOSING = re.compile(
    r"^(?:总之|综上|总的来(?:说|看)|以上(?:是|就是|工作|总结|汇报|报告|安排|意见|述职)|新的一年|新学期|新学年|来年|明年|在新的|今后|在今后|展望|面对(?:新|未来)|成绩(?:属于|只)|我们(?:将|相信|坚信|决心|深信|一定)|相信|让我们|特此|路漫漫|回首|回顾|过去的(?:一年|成绩)|在以后|以后|未来|下一步[，,])"
)
_MAY_CLOSE = re.compile(
    r"^[^。，]{4,20}[。，](?:[^。，]{2,10}。)?(?:新的一年|我会|我将|我们将|来年|明年|让我们|但愿)|^各位[^。，]{2,4}[，,]|^会议(?:于|在).{1,12}(?:结束|闭会)"
    r"|^(?:一年来|半年来|虽然|尽管|成绩的取得|此次|本次|这次|回望|纵观|通过(?:此次|本次|这次)|在取得成绩的同时|诚然)"
)
_OUTLOOK = re.compile(rf"{_YEAR}年?[，,][^，。]{{0,8}}(?:将|要)(?!求)")
_NOTICE = re.compile(r".{0,16}关于.{2,40}的(?:通知|公告|通报|函|决定|意见|请示|批复)")
PART_OF_YEAR = re.compile(rf"{_YEAR}年?度?[㐀-鿿]{{0,6}}(?:工作|任务|回顾|安排|打算|计划|思路|总结|重点|目标)")
_PLAN_OF_YEAR = re.compile(rf"{_YEAR}年?度?(?:主要|重点)?工作(?:安排|打算|计划|思路|要点|谋划|重点|任务|部署)")
_LOOKS_BACK = re.compile("工作报告|述职|述廉|履职")
_TABLE_ROW = re.compile(r"\t|^\||[ |]\|[ |]|[^ \u3000][ \u3000]{3}[ \u3000]*[^ \u3000]")
_ADDRESSES = re.compile("(?:各位|同志们)[^。，：]{0,5}[，,：:！!]")
_ASKS = re.compile(
    r"(?:请|敬请|恳请)[^。，]{0,14}(?:指正|批评|评议|审议|监督|打分)[^。]{0,6}[。！]?$|^(?:不当|不妥|不足)之处|^以上[为是]"
)
_LIST_LEAD = re.compile(r"[：:]$")


def is_title(text: str) -> bool:
    """True for a line that names a document: `青石县科协2023年工作总结`."""
    if not 4 <= len(text) <= LONGEST_TITLE or not (_NAMES_DOCUMENT.search(text) or "关于" in text):
        return False
    if _NOT_A_TITLE.search(text):
        return False
    if _NOTICE.fullmatch(text):
        return True
    return bool(_TITLE.fullmatch(text.strip("《》 ")))


def addresses_all(text: str) -> bool:
    """True for `各位代表，…` at the head of a paragraph: an assembly is addressed first and last."""
    return bool(_ADDRESSES.match(text))


def is_outlook(text: str) -> bool:
    """True for `2019年，我们将…`: behind the last item of a summary it closes it."""
    return bool(_OUTLOOK.match(text))


def is_second_half(text: str, title: str) -> bool:
    """True for `2021年工作安排` in a work report, which looks back on a year and goes on with the plan of the next.

    The halves of a title of two are headings too: `2022年工作总结` under `…2022年工作总结和2023年工作计划`.
    """
    reports = _LOOKS_BACK.search(title) is not None
    return (reports and bool(_PLAN_OF_YEAR.fullmatch(text))) or (len(text) < len(title) // 2 and text in title)


def opening_score(text: str) -> int:
    """How much a paragraph looks like the first one of a document; from `OPENS` on it opens one by itself."""
    if len(text) < 25:
        return 0
    score = 2 * bool(_TIME.match(text)) + 2 * bool(_BELOW.search(text)) + 2 * bool(_REPORTS.search(text))
    score += 2 * bool(_WITHIN.search(text) and not _BELOW.search(text))
    score += bool(_PURPOSE.match(text)) + bool(_OFFICE.search(text, 0, 160))
    return score - 2 * is_closing(text)


def ends_as_opening(text: str) -> bool:
    """True where a paragraph announces the document: `现将…总结如下：`."""
    return bool(_BELOW.search(text) or _REPORTS.search(text))


def is_closing(text: str) -> bool:
    """True for a paragraph that looks like a document's last one."""
    return len(text) >= 8 and bool(_CLOSING.match(text)) and not ends_as_opening(text)


def may_close(text: str) -> bool:
    """True for a paragraph that closes a document if it is the last one."""
    if ends_as_opening(text):
        return False
    return (
        is_closing(text)
        or (len(text) >= 25 and bool(_MAY_CLOSE.match(text)))
        or is_outlook(text)
        or asks_for_judgement(text)
    )


def asks_for_judgement(text: str) -> bool:
    """True for `以上汇报，不妥之处请批评指正。`, which ends a report to an assembly."""
    return bool(_ASKS.search(text))


def is_table_row(text: str) -> bool:
    """True for a line of cells between tabs, bars, or columns of blanks."""
    return bool(_TABLE_ROW.search(text))


def governs_list(text: str) -> bool:
    """True for a line that ends in a colon, as a lead-in of a list does."""
    return bool(_LIST_LEAD.search(text)) and len(text) <= LONGEST_TITLE
