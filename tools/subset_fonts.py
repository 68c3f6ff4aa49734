"""Make the bundled fonts: subsets of Noto CJK (SIL OFL 1.1) with what Chinese official documents use.

Run once, by hand: `pip install fonttools`, `apt install fonts-noto-cjk`, `python tools/subset_fonts.py`.
"""

from __future__ import annotations

from pathlib import Path

from fontTools import subset
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTCollection, TTFont

SOURCE = Path("/usr/share/fonts/opentype/noto")
TARGET = Path(__file__).parent.parent / "src" / "mingzhang" / "write" / "fonts"
FONTS = {
    "NotoSerifCJK-Regular.ttc": ("Mingzhang Serif", "Regular"),
    "NotoSerifCJK-Bold.ttc": ("Mingzhang Serif", "Bold"),
    "NotoSansCJK-Regular.ttc": ("Mingzhang Sans", "Regular"),
    "NotoSansCJK-Bold.ttc": ("Mingzhang Sans", "Bold"),
}
FAMILY_IN_COLLECTION = {"NotoSerifCJK": "Noto Serif CJK SC", "NotoSansCJK": "Noto Sans CJK SC"}
RARE_IN_NAMES = "喆堃珺玥翀昇赟旻珩祎晟鋆犇淼垚鑫煊烜瑄暄昉昕琰琤琦璟璐璠瑀瑷瑢莜菡萱葶蓁蘅褀禛禔祺竑翊翛翾芃苒茜荃莀谞赪轶逯邡郯郗郤鄢酆锟锴镕镠闫闳阚隽霁霈韫韬颉颋顗飏飚馥骁骅骐骞骥骧鸾麒麟龑㙍㛃㴋䶮邨槑囍曌"
"""Characters outside GB 2312 that names of people and places use often."""


def wanted() -> set[int]:
    """ASCII, Latin-1, GB 2312 (hanzi, punctuation, Greek, Cyrillic, kana), numerals in circles, common symbols."""
    points = set(range(0x20, 0x7F)) | set(range(0xA0, 0x100))
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                points.add(ord(bytes((row, cell)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    ranges = (
        (0x2010, 0x2027),  # dashes, quotation marks, dots
        (0x2030, 0x203B),
        (0x2150, 0x218B),  # fractions, Roman numerals
        (0x2190, 0x2199),  # arrows
        (0x2460, 0x249B),  # ①–⑳, ⑴–⒇, ⒈–⒛
        (0x2500, 0x257F),  # box drawing
        (0x25A0, 0x25FF),  # squares, triangles, circles
        (0x2600, 0x2612),
        (0x3000, 0x303F),  # CJK punctuation, 〇
        (0x3220, 0x3229),  # ㈠–㈩
        (0x3380, 0x33DF),  # ㎡ ㎏ ㎞ …
        (0xFE30, 0xFE4F),
        (0xFF00, 0xFFEF),  # full-width forms
    )
    for first, last in ranges:
        points.update(range(first, last + 1))
    symbols = "−×÷±≤≥≠≈∞√∑∏∈℃℉№℡™€£¥₂₃✓✔✗✘★☆"
    points.update(map(ord, symbols + RARE_IN_NAMES))
    return points


def main() -> None:
    """Write every subset beside the package's other data."""
    for source, (family, style) in FONTS.items():
        name = FAMILY_IN_COLLECTION[source.partition("-")[0]]
        collection = TTCollection(SOURCE / source, lazy=True)
        font = next(font for font in collection.fonts if font["name"].getDebugName(1) == name)
        path = TARGET / f"{family.replace(' ', '')}-{style}.otf"
        _subset(font, family, style)
        font.save(path, reorderTables=True)
        print(path.name, path.stat().st_size)


def _subset(font: TTFont, family: str, style: str) -> None:
    options = subset.Options()
    options.layout_features = ["kern", "ccmp", "halt", "palt"]
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.notdef_outline = True
    options.hinting = False
    options.desubroutinize = False
    options.recalc_timestamp = False
    options.drop_tables += ["VORG", "vhea", "vmtx", "BASE"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted())
    subsetter.subset(font)
    font.recalcTimestamp = False
    _level_digits(font)
    _rename(font, family, style)


def _level_digits(font: TTFont) -> None:
    """Give all ten digits one width, so that columns of amounts stand straight."""
    cmap, widths = font.getBestCmap(), font["hmtx"]
    glyphs = font.getGlyphSet()
    table = font["CFF "].cff
    strings = table.topDictIndex[0].CharStrings
    width = max(widths[cmap[ord(digit)]][0] for digit in "0123456789")
    for digit in "0123456789":
        name = cmap[ord(digit)]
        advance, bearing = widths[name]
        shift = (width - advance) // 2
        pen = T2CharStringPen(width, glyphs)
        glyphs[name].draw(TransformPen(pen, (1, 0, 0, 1, shift, 0)))
        private = strings[name].private
        strings[name] = pen.getCharString(private=private, globalSubrs=table.GlobalSubrs)
        widths[name] = (width, bearing + shift)


def _rename(font: TTFont, family: str, style: str) -> None:
    """Give the subset a family of its own, so that it never hides the full font; other metadata stays."""
    postscript = f"{family.replace(' ', '')}-{style}"
    names = font["name"]
    for record in list(names.names):
        if record.langID != 0x409 and record.nameID in (1, 2, 4, 16, 17):
            names.removeNames(record.nameID, record.platformID, record.platEncID, record.langID)
    texts = {
        1: family,
        2: style,
        3: f"{font['head'].fontRevision:.3f};{postscript}",
        4: f"{family} {style}",
        6: postscript,
    }
    for number, text in texts.items():
        names.setName(text, number, 3, 1, 0x409)
    table = font["CFF "].cff
    table.fontNames = [postscript]
    top = table.topDictIndex[0]
    top.FamilyName, top.FullName = family, f"{family} {style}"


if __name__ == "__main__":
    main()
