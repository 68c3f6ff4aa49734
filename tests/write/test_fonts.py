"""Bundled fonts: what they cover, and what is said of the rest."""

from mingzhang.write.fonts import bundled_fonts, font_problem, uncovered, unprintable
from mingzhang.write.fonts.coverage import characters


def test_the_bundled_fonts_cover_official_chinese():
    """GB 2312, Chinese punctuation, numerals in circles, full-width forms and rare characters of names."""
    simplified = "".join(
        bytes((row, cell)).decode("gb2312", "ignore")
        for row in range(0xB0, 0xF8)
        for cell in range(0xA1, 0xFF)
    )
    assert len(simplified) == 6763
    assert uncovered(simplified + "“三公”经费——（一）〇①⑳㎡％＋－喆堃珺 abcXYZ0123456789.,%") == ""


def test_all_bundled_fonts_cover_the_same():
    """Bold or sans, a character is there or it is not."""
    assert len(bundled_fonts()) == 4
    assert len({characters(path) for path in bundled_fonts()}) == 1


def test_a_character_that_no_font_has_is_named_with_a_remedy():
    """What, where, what to do: the character, its code point, the package to install."""
    missing = unprintable("甲\U000e1234乙")
    message = font_problem(missing, "报告正文").in_chinese()
    assert "U+E1234" in message
    assert "fonts-noto-cjk" in message


def test_a_file_that_is_no_font_covers_nothing(tmp_path):
    """A broken font on the machine is passed over."""
    broken = tmp_path / "broken.otf"
    broken.write_bytes(b"OTTO\x00\x01rubbish")
    assert characters(broken) == frozenset()
    assert characters(tmp_path / "absent.otf") == frozenset()
