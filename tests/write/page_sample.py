"""The sample page with an explanation of every figure, and its parts."""

from sample_document import sample_document

from mingzhang.documents import Explanation
from mingzhang.write.html import write_html


def explanations() -> dict[str, Explanation]:
    """Every figure is the sum of two parts; the figures of the last year are explained too."""
    document = sample_document()
    found = {}
    for figure in document.figures():
        for coordinate in (figure.coordinate, figure.coordinate.replace("/2024#", "/2023#")):
            parts = (
                ()
                if "部分" in coordinate
                else (("甲部分", f"甲部分/{coordinate}"), ("乙部分", f"乙部分/{coordinate}"))
            )
            found[coordinate] = Explanation(
                coordinate,
                f"名称 {coordinate}",
                f"{figure.value}元",
                "含义说明",
                "各项之和",
                tuple((label, part, "1.00元") for label, part in parts),
            )
            for _, part in parts:
                found[part] = Explanation(
                    part,
                    f"名称 {part}",
                    "1.00元",
                    "含义",
                    "由1条记录汇总",
                    (),
                    (("2024-03-0012", "2024-03-05", "购买办公用品", "1.00元"),),
                )
    return found


def write_page(path):
    """Write the sample page."""
    write_html(sample_document(), path, explanations())
    return path
