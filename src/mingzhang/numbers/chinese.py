"""Chinese numerals (三千三百六十九), section ordinals (一、 （一）) and amounts in capital characters (人民币叁仟元整)."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = "零一二三四五六七八九"
_STEPS = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))
_FORMAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_PLAIN = str.maketrans("〇○两壹贰叁肆伍陆柒捌玖拾佰仟萬億貳參陸", "零零二一二三四五六七八九十百千万亿二三六")
_WEIGHTS = {"十": 10, "百": 100, "千": 1000}
_LIMIT = 10**16
_LONGEST = 60


def chinese_numeral(number: int) -> str:
    """Write an integer in Chinese characters.

    >>> [chinese_numeral(number) for number in (12, 3369, 10010, 20_000_000, -5)]
    ['十二', '三千三百六十九', '一万零一十', '二千万', '负五']
    """
    if abs(number) >= _LIMIT:
        raise ValueError("中文数字只写到千万亿位，这个数太大")
    if number < 0:
        return "负" + chinese_numeral(-number)
    text = _spelled(number)
    return text[1:] if text.startswith("一十") else text


def read_numeral(text: str) -> Decimal:
    """Read a number in Chinese characters, plain or capital; raise ValueError where it is not written properly.

    Understood: 三千三百六十九, 十二, 两万, 二〇二一 (digit by digit), 三点五〇 (decimals kept), 负三, 壹仟零贰拾.

    >>> [str(read_numeral(text)) for text in ("三千三百六十九", "二〇二一", "三点五〇", "负两万", "壹拾贰")]
    ['3369', '2021', '3.50', '-20000', '12']
    """
    if len(text) > _LONGEST:
        raise ValueError(f"“{text[:12]}…”有{len(text)}个字，过长，不是一个数")
    plain = text.strip().translate(_PLAIN)
    sign, body = ("-", plain[1:]) if plain.startswith("负") else ("", plain)
    whole, point, fraction = body.partition("点")
    try:
        digits = str(_integer(whole))
        if point:
            digits += "." + _digit_by_digit(fraction)
    except ValueError:
        raise ValueError(f"“{text}”不是写法完整的中文数字，请核对（例：三千零六十九、三点五）") from None
    return Decimal(sign + digits)


def section_ordinal(number: int, level: int = 1) -> str:
    """The ordinal before a heading, from the outermost level 1 inwards.

    >>> [section_ordinal(3, level) for level in (1, 2, 3, 4)]
    ['三、', '（三）', '3.', '（3）']
    """
    if level not in (1, 2, 3, 4) or number < 1:
        raise ValueError(
            f"no ordinal for number {number} at level {level}: levels are 1 to 4, numbers from 1"
        )
    if level == 1:
        return f"{chinese_numeral(number)}、"
    if level == 2:
        return f"（{chinese_numeral(number)}）"
    return f"{number}." if level == 3 else f"（{number}）"


def formal_amount(fen: int) -> str:
    """An amount of money in capital characters (大写金额), as vouchers and bills carry it.

    Law:
        支付结算办法 附一《正确填写票据和结算凭证的基本规定》：到“元”为止写“整”，有“分”不写“整”，中间的0写“零”。

    >>> formal_amount(300_000), formal_amount(168_032), formal_amount(32_504)
    ('人民币叁仟元整', '人民币壹仟陆佰捌拾元零叁角贰分', '人民币叁佰贰拾伍元零肆分')
    """
    if abs(fen) >= _LIMIT:
        raise ValueError("大写金额只写到百万亿元位，这个数太大")
    yuan, cents = divmod(abs(fen), 100)
    tenths, hundredths = divmod(cents, 10)
    text = f"{_spelled(yuan).translate(_FORMAL)}元" if yuan or not cents else ""
    if yuan and cents and (yuan % 10 == 0 or tenths == 0):
        text += "零"
    if tenths:
        text += f"{_DIGITS[tenths].translate(_FORMAL)}角"
    text += f"{_DIGITS[hundredths].translate(_FORMAL)}分" if hundredths else "整"
    return f"人民币{'负' if fen < 0 else ''}{text}"


def _spelled(number: int) -> str:
    """Characters of a non-negative integer, 一十 written in full."""
    for weight, name in ((10**8, "亿"), (10**4, "万")):
        if number >= weight:
            high, low = divmod(number, weight)
            gap = "零" if 0 < low < weight // 10 else ""
            return _spelled(high) + name + (gap + _spelled(low) if low else "")
    text = ""
    for weight, name in _STEPS:
        digit, number = divmod(number, weight)
        if digit:
            text += _DIGITS[digit] + name
        elif text and number and not text.endswith("零"):
            text += "零"
    return text or "零"


def _integer(plain: str) -> int:
    """The integer; well written means that printing it again gives the same characters."""
    if len(plain) > 1 and all(character in _DIGITS for character in plain):
        return int(_digit_by_digit(plain))
    number = _value(plain)
    spelled = _spelled(number)
    if plain not in (spelled, spelled[1:] if spelled.startswith("一十") else spelled):
        raise ValueError(plain)
    return number


def _value(plain: str) -> int:
    for name, weight in (("亿", 10**8), ("万", 10**4)):
        high, found, low = plain.rpartition(name)
        if found:
            return _value(high) * weight + (_value(low) if low else 0)
    total, digit = 0, 0
    for character in plain:
        if character in _WEIGHTS:
            total += (digit or 1) * _WEIGHTS[character]
            digit = 0
        else:
            digit = _DIGITS.index(character)
    return total + digit


def _digit_by_digit(plain: str) -> str:
    if not plain:
        raise ValueError(plain)
    return "".join(str(_DIGITS.index(character)) for character in plain)
