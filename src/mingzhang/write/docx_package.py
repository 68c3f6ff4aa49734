"""The parts around the text of a DOCX: types, relations, settings, fonts, headers, footers and properties."""

from __future__ import annotations

from collections.abc import Sequence

from mingzhang.documents import Document
from mingzhang.write.docx_styles import NAMESPACES
from mingzhang.write.docx_xml import field, paragraph, run
from mingzhang.write.plain_text import escape

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = (
    ("word/document.xml", f"{_WORD}.document.main+xml", ""),
    ("word/styles.xml", f"{_WORD}.styles+xml", "styles"),
    ("word/settings.xml", f"{_WORD}.settings+xml", "settings"),
    ("word/fontTable.xml", f"{_WORD}.fontTable+xml", "fontTable"),
    ("word/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml", "theme"),
    ("word/header1.xml", f"{_WORD}.header+xml", "header"),
    ("word/footer1.xml", f"{_WORD}.footer+xml", "footer"),
    ("word/header2.xml", f"{_WORD}.header+xml", "header"),
    ("word/footer2.xml", f"{_WORD}.footer+xml", "footer"),
)
COVER_PARTS = (("header", "rId5"), ("footer", "rId6"))
BODY_PARTS = (("header", "rId7"), ("footer", "rId8"))
_FIRST_PICTURE = 9


def picture_relation(index: int) -> str:
    """Relationship of the picture at this place, from 0."""
    return f"rId{_FIRST_PICTURE + index}"


def package(document: Document, text: str, styles: str, pictures: Sequence[bytes]) -> list[tuple[str, bytes]]:
    """Every member of the file, in the order office programs write them."""
    metadata = document.metadata
    title = f"{document.title}（{metadata.watermark}）" if metadata.watermark else document.title
    number = run("— ") + field("PAGE", run("1")) + run(" —")
    members = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _root_relations(),
        "word/document.xml": text,
        "word/_rels/document.xml.rels": _document_relations(len(pictures)),
        "word/styles.xml": styles,
        "word/settings.xml": _settings(metadata.language),
        "word/fontTable.xml": _font_table(),
        "word/theme/theme1.xml": _theme(),
        "word/header1.xml": _header(
            "hdr", "CoverHeader", run(metadata.watermark) + _watermark(metadata.watermark, 1)
        ),
        "word/footer1.xml": _header("ftr", "Footer", ""),
        "word/header2.xml": _header("hdr", "Header", run(title) + _watermark(metadata.watermark, 2)),
        "word/footer2.xml": _header("ftr", "Footer", number),
        "docProps/core.xml": _core_properties(document),
        "docProps/app.xml": _application_properties(metadata.department),
    }
    content = [(name, value.encode()) for name, value in members.items()]
    return content + [(f"word/media/chart{index}.png", png) for index, png in enumerate(pictures, 1)]


def _content_types() -> str:
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind, _ in _PARTS)
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f"{overrides}"
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        '<Override PartName="/docProps/app.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>'
    )


def _relations(entries: Sequence[tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(entries, 1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _root_relations() -> str:
    return _relations(
        (
            (f"{_OFFICE}/relationships/officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            (f"{_OFFICE}/relationships/extended-properties", "docProps/app.xml"),
        )
    )


def _document_relations(pictures: int) -> str:
    parts = [
        (f"{_OFFICE}/relationships/{kind}", name.removeprefix("word/")) for name, _, kind in _PARTS if kind
    ]
    images = [
        (f"{_OFFICE}/relationships/image", f"media/chart{index}.png") for index in range(1, pictures + 1)
    ]
    return _relations(parts + images)


def _settings(language: str) -> str:
    return (
        f'{_XML}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:spaceForUL/>'
        "<w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
        "<w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>"
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        f'</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="{escape(language)}"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def _font_table() -> str:
    """Chinese fonts with the names they carry on other systems."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="{family}"/></w:font>'
        for name, other, family in (
            ("宋体", "SimSun", "roman"),
            ("黑体", "SimHei", "swiss"),
            ("仿宋", "FangSong", "modern"),
            ("楷体", "KaiTi", "script"),
        )
    )
    latin = '<w:font w:name="Times New Roman"><w:charset w:val="00"/><w:family w:val="roman"/></w:font>'
    return f"{_XML}<w:fonts {NAMESPACES}>{fonts}{latin}</w:fonts>"


def _theme() -> str:
    """A plain theme: Word asks for one, the styles here do not use it."""
    named = {
        "dk1": "000000",
        "lt1": "FFFFFF",
        "dk2": "1F3864",
        "lt2": "F2F2F2",
        "accent1": "2F5597",
        "accent2": "C55A11",
        "accent3": "7F7F7F",
        "accent4": "BF9000",
        "accent5": "2E75B6",
        "accent6": "548235",
        "hlink": "0563C1",
        "folHlink": "954F72",
    }
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in named.items())
    font = '<a:latin typeface="Times New Roman"/><a:ea typeface="{}"/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{_XML}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Mingzhang"><a:themeElements>'
        f'<a:clrScheme name="Mingzhang">{colours}</a:clrScheme><a:fontScheme name="Mingzhang">'
        f"<a:majorFont>{font.format('黑体')}</a:majorFont><a:minorFont>{font.format('仿宋')}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="Mingzhang"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{f'<a:ln>{fill}</a:ln>' * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def _header(element: str, style: str, content: str) -> str:
    spaces = f'{NAMESPACES} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    return f"{_XML}<w:{element} {spaces}>{paragraph(style, content)}</w:{element}>"


def _watermark(text: str, number: int) -> str:
    """Large pale text across the page, in the form that Word itself writes."""
    if not text:
        return ""
    width = min(460, 90 * len(text))
    return (
        '<w:r><w:rPr><w:noProof/></w:rPr><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" '
        'adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
        '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/>'
        '<v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/>'
        '<v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>'
        '<v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t" o:connecttype="custom" '
        'o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
        '<v:textpath on="t" fitshape="t"/><v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>'
        f'<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype><v:shape id="PowerPlusWaterMarkObject{number}" '
        f'o:spid="_x0000_s{2048 + number}" type="#_x0000_t136" style="position:absolute;margin-left:0;margin-top:0;'
        f"width:{width}pt;height:{width // len(text)}pt;rotation:315;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        'mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#d9d9d9" stroked="f">'
        f'<v:fill opacity=".4"/><v:textpath style="font-family:&quot;黑体&quot;;font-size:1pt" string="{escape(text)}"/>'
        "</v:shape></w:pict></w:r>"
    )


def _core_properties(document: Document) -> str:
    metadata = document.metadata
    author = escape(metadata.author or metadata.department)
    moment = f"{metadata.published_on.isoformat()}T00:00:00Z"
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(document.title)}</dc:title><dc:subject>{metadata.year}年度决算公开</dc:subject>"
        f"<dc:creator>{author}</dc:creator><cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
        f"<cp:revision>{metadata.version}</cp:revision>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified>'
        f"<dc:language>{escape(metadata.language)}</dc:language></cp:coreProperties>"
    )


def _application_properties(company: str) -> str:
    return (
        f'{_XML}<Properties xmlns="{_OFFICE}/extended-properties"><Application>Mingzhang</Application>'
        f"<Company>{escape(company)}</Company></Properties>"
    )
