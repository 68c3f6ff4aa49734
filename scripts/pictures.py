"""Take the README's pictures from a demo folder: .venv/bin/python scripts/pictures.py mingzhang-demo"""

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).parent.parent / "docs" / "images"
PAGES_WITH = ("", "公开05表", "图3：")
"""The cover, then the pages on which these words stand."""


def page_with(pdf: Path, words: str, pages: list[Path]) -> Path:
    """The last page that carries the words."""
    found = pages[0]
    for number, page in enumerate(pages, 1):
        text = subprocess.run(
            ["pdftotext", "-f", str(number), "-l", str(number), pdf, "-"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        if words and words in text:
            found = page
    return found


def picture_of_pages(pdf: Path, work: Path) -> None:
    """Three pages of the PDF side by side."""
    subprocess.run(
        ["pdftoppm", "-r", "60", "-png", pdf, work / "page"], check=True, stderr=subprocess.DEVNULL
    )
    pages = sorted(work.glob("page-*.png"))
    chosen = [page_with(pdf, words, pages) for words in PAGES_WITH]
    layout = ["-tile", "3x1", "-geometry", "400x566>+4+4", "-background", "#d0d7de"]
    subprocess.run(["montage", *chosen, *layout, work / "pages.png"], check=True)
    shrink(work / "pages.png", IMAGES / "report.png")


def shrink(picture: Path, target: Path) -> None:
    """A picture of few colours, small enough to keep with the code."""
    subprocess.run(["convert", picture, "-colors", "64", f"PNG8:{target}"], check=True)


def picture_of_derivation(html: Path, work: Path) -> None:
    """The web page with the derivation of the “三公” figure open."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = browser.new_page(viewport={"width": 1366, "height": 760})
        page.goto(html.resolve().as_uri())
        sentence = page.locator("p", has_text="“三公”经费财政拨款年初预算数").first
        sentence.scroll_into_view_if_needed()
        sentence.get_by_role("button").nth(1).click()
        page.wait_for_timeout(400)
        page.screenshot(path=work / "page.png")
        browser.close()
    shrink(work / "page.png", IMAGES / "derivation.png")


def main() -> None:
    """Take both pictures."""
    folder = next((Path(sys.argv[1]) / "published").glob("*司法局"))
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        picture_of_pages(next(folder.glob("*.pdf")), Path(work))
        picture_of_derivation(next(folder.glob("*.html")), Path(work))


main()
