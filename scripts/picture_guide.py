"""Renew the pictures of the user guide (使用指南插图) from the running application: .venv/bin/python scripts/picture_guide.py

Builds the sample bureau and the sample district in a temporary folder, serves it, does a little work in it as its sample people, and writes docs/images/guide/.
Where a demo is being served already, its address and folder may be given instead: picture_guide.py http://127.0.0.1:8321 mingzhang-demo
"""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path(__file__).parent.parent / "docs" / "images" / "guide"
WIDTH, HEIGHT, COLOURS = 1366, 800, 96
PASSWORD = "Mingzhang-2021"
"""Of all the sample's people, as `mingzhang demo --serve` says."""

YEAR = 2021
DEPARTMENT = f"/e/yunling-justice/{YEAR}/"
BUREAU = f"/e/yunling-justice-bureau/{YEAR}/"
OPEN_YEAR = f"/e/yunling-justice-bureau/{YEAR + 1}/"
"""The sample's own years are closed: vouchers are entered in the next."""

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MISTAKEN = """凭证日期,凭证号,摘要,科目编码,功能科目,经济科目,支出性质,资金性质,借方金额,贷方金额
2022-01-10,记-0001,购买办公用品,5001,,,,,1200.00,
2022-01-10,记-0001,购买办公用品,1011,,,,,,1200.00
2022-01-10,记-0001,购买办公用品,7101,2040601,30201,基本支出,一般公共预算财政拨款,1200.00,
2022-01-10,记-0001,购买办公用品,8001,,,,,,1200.00
2022-01-12,记-0002,印刷宣传册,5001,,,,,860.00,
2022-01-12,记-0002,印刷宣传册,1011,,,,,,680.00
2022-01-12,记-0002,印刷宣传册,7101,2040601,30202,基本支出,一般公共预算财政拨款,680.00,
2022-01-12,记-0002,印刷宣传册,8001,,,,,,680.00
2022-01-13,记-0003,邮寄费,5991,,,,,35.00,
2022-01-13,记-0003,邮寄费,1011,,,,,,35.00
"""
WORDS = (
    "全年受理法律援助案件812件。年末在职人员{staff_in_post:人}，项目支出{expenditure[nature=project]:万元}。"
)


class Camera:
    """Opens pages as the sample's people and keeps the pictures."""

    def __init__(self, browser: Browser, base: str, folder: Path) -> None:
        self.base, self.folder = base, folder
        self._browser = browser
        self.page_of = cache(self._page_of)

    def _page_of(self, username: str) -> Page:
        """A browser of its own for each person; blank is the public."""
        page = self._browser.new_context(locale="zh-CN", base_url=self.base).new_page()
        page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        if username:
            page.goto("/login/")
            page.fill("[name=username]", username)
            page.fill("[name=password]", PASSWORD)
            page.click("main button.primary")
        return page

    def open(self, username: str, address: str) -> Page:
        """A page as a person sees it. Raises RuntimeError where the portal refuses."""
        page = self.page_of(username)
        answer = page.goto(address)
        if answer is None or not answer.ok:
            raise RuntimeError(f"{username} {address}: {answer.status if answer else 'no answer'}")
        page.wait_for_load_state("networkidle")
        return page

    def take(self, page: Page, name: str) -> None:
        """Keep what the window shows, in few colours."""
        page.wait_for_timeout(500)
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        target = IMAGES / f"{name}.png"
        picture.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)
        print(f"{target.name}  {target.stat().st_size // 1024} kB")


def entering(camera: Camera) -> None:
    """A voucher from an event, with its preview; then submitted, reviewed by another."""
    page = camera.open("yezhiqiu", f"{OPEN_YEAR}vouchers/new/")
    camera.take(page, "voucher-choose")
    page = camera.open("yezhiqiu", f"{OPEN_YEAR}vouchers/new/?event=V22")
    page.fill("[name=date]", f"{YEAR + 1}-01-12")
    page.fill("[name=summary]", "公务用车加油")
    page.locator("input.amount").first.fill("1260.00")
    if page.locator("input[name=function]").count():
        page.fill("[name=function]", "2040601")
    page.locator("#preview table").first.wait_for()
    camera.take(page, "voucher-event")
    page.click("button[name=action][value=submit]")
    page.wait_for_load_state("networkidle")
    page = camera.open("jiangmingyuan", "/desk/")
    page.locator("a", has_text="公务用车加油").first.click()
    page.wait_for_load_state("networkidle")
    camera.take(page, "proposal")


def importing(camera: Camera) -> None:
    """A file with mistakes, checked line by line."""
    page = camera.open("yezhiqiu", f"{OPEN_YEAR}imports/")
    page.set_input_files(
        "#file", {"name": "凭证1月.csv", "mimeType": "text/csv", "buffer": MISTAKEN.encode()}
    )
    page.get_by_role("button", name="上传并核对").click()
    page.locator("table.rows").first.wait_for()
    page.wait_for_timeout(4000)
    page.reload()
    camera.take(page, "import-check")


def keeping(camera: Camera) -> None:
    """Budgets, a register, closing."""
    camera.take(camera.open("yezhiqiu", f"{DEPARTMENT}budgets/"), "budgets")
    camera.take(camera.open("yezhiqiu", f"{DEPARTMENT}registers/vehicles/"), "register")
    camera.take(camera.open("yezhiqiu", f"{BUREAU}closing/"), "closing")


def accounting(camera: Camera) -> None:
    """A table with a figure opened, a voucher with what it moves, the draft report, publishing."""
    page = camera.open("qinsuwen", f"{DEPARTMENT}tables/")
    page.locator("main table.rows a").nth(0).click()
    page.locator("main a.figure").nth(2).click()
    page.locator("#side .derivation").wait_for()
    camera.take(page, "table")
    page = camera.open("qinsuwen", f"{BUREAU}vouchers/记-{YEAR}-06-0044/")
    camera.take(page, "voucher")
    page = camera.open("qinsuwen", f"{DEPARTMENT}report/")
    page.locator("#audit .findings, #audit p.quiet >> nth=0").first.wait_for()
    page.wait_for_timeout(4000)
    camera.take(page, "report-draft")
    camera.take(camera.open("qinsuwen", f"{DEPARTMENT}publishing/"), "publishing")


def writing(camera: Camera) -> None:
    """A part of the work report: laid out by the office, written by a section."""
    page = camera.open("baoheqing", f"{DEPARTMENT}work/")
    page.fill("[name=heading]", "法律援助惠民")
    page.fill("[name=section]", "公共法律服务科")
    page.get_by_role("button", name="布置").click()
    page = camera.open("hekaiyan", f"{DEPARTMENT}work/")
    page.get_by_role("link", name="法律援助惠民").last.click()
    page.fill("#body", WORDS)
    page.get_by_role("button", name="保存").first.click()
    page.locator("mark.bound").first.wait_for()
    camera.take(page, "work")


def performing(camera: Camera) -> None:
    """Goals, progress and scores of the year."""
    page = camera.open("xuejinxiu", f"{DEPARTMENT}performance/?on={YEAR}-12-31")
    camera.take(page, "performance")


def caseworking(camera: Camera) -> None:
    """The desk of legal aid, one of its cases, and its statistics."""
    camera.take(camera.open("shangwanqing", "/casework/legal_aid/"), "casework")
    page = camera.open("shangwanqing", "/casework/legal_aid/records/aid_case/")
    page.locator("main table.rows tbody a").first.click()
    page.wait_for_load_state("networkidle")
    camera.take(page, "casework-record")
    page = camera.open("shangwanqing", "/casework/legal_aid/statistics/")
    camera.take(page, "casework-statistics")


def overseeing(camera: Camera) -> None:
    """The district, people and the trail."""
    camera.take(camera.open("ningzhijing", "/district/?order=urgency"), "district")
    camera.take(camera.open("ningzhijing", "/district/timeliness/"), "district-timeliness")
    camera.take(camera.open("ningzhijing", "/district/totals/"), "district-totals")
    page = camera.open("admin", "/administration/people/?q=yezhiqiu")
    page.get_by_role("link", name="叶知秋").or_(page.get_by_role("link", name="yezhiqiu")).first.click()
    page.wait_for_load_state("networkidle")
    camera.take(page, "person")
    camera.take(camera.open("jiangmingyuan", "/trail/"), "trail")


def reading(camera: Camera) -> None:
    """What the public sees: a report with a figure opened, and a check of a report that contradicts itself."""
    page = camera.open("", f"/reports/yunling-justice/{YEAR}/")
    sentence = page.locator("p", has_text="“三公”经费财政拨款年初预算数").first
    sentence.scroll_into_view_if_needed()
    sentence.locator("a, button").nth(1).click()
    page.wait_for_timeout(800)
    camera.take(page, "public-report")
    page = camera.open("", "/check/")
    page.set_input_files(
        "[name=reports]", {"name": "决算公开.docx", "mimeType": WORD, "buffer": _contradicting(camera.folder)}
    )
    page.get_by_role("button", name="开始核对").click()
    page.locator("main .finding, main [data-severity]").first.wait_for(timeout=120_000)
    page.wait_for_load_state("networkidle")
    camera.take(page, "check")


def _contradicting(folder: Path) -> bytes:
    """The sample's report in Word, with one figure printed wrong where it is stated last."""
    report = next((folder / "published" / "江城市云岭区司法局").glob("*.docx"))
    written = io.BytesIO()
    with zipfile.ZipFile(report) as source, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                before, figure, after = content.rpartition(b">886.76<")
                if not figure:
                    raise RuntimeError("the sample's operating costs are not in its report")
                content = before + b">868.76<" + after
            target.writestr(name, content)
    return written.getvalue()


STEPS: tuple[Callable[[Camera], None], ...] = (
    entering,
    importing,
    keeping,
    accounting,
    writing,
    performing,
    caseworking,
    overseeing,
    reading,
)


@contextmanager
def served_demo() -> Iterator[tuple[str, Path]]:
    """The sample being served: its address and folder. Stopped and removed afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    with tempfile.TemporaryDirectory(prefix="mingzhang-guide-") as work:
        program = [sys.executable, "-m", "mingzhang.cli", "demo", "--serve", "--port", port, "--out", work]
        program += ["--district", "60"]
        with (Path(work) / "serve.log").open("wb") as log:
            server = subprocess.Popen(
                program, stdout=log, stderr=log, env=os.environ | {"MINGZHANG_SECOND_FACTOR": "off"}
            )
            try:
                _wait_for(f"http://127.0.0.1:{port}/health/ready", server)
                yield f"http://127.0.0.1:{port}", Path(work)
            finally:
                server.terminate()
                server.wait(timeout=60)


def _wait_for(address: str, server: subprocess.Popen[bytes], seconds: int = 600) -> None:
    for _ in range(seconds):
        if server.poll() is not None:
            raise RuntimeError("mingzhang demo ended before it served")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(1)
    raise TimeoutError(address)


def take_all(base: str, folder: Path) -> None:
    """Every picture, in the order of the guide."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--lang=zh-CN"],
            env=os.environ | {"LANGUAGE": "zh_CN", "LANG": "zh_CN.UTF-8"},
        )
        camera = Camera(browser, base, folder)
        for step in STEPS:
            step(camera)
        browser.close()


def main() -> None:
    """Of a demo being served already, or of one made for it."""
    if len(sys.argv) == 3:
        take_all(sys.argv[1], Path(sys.argv[2]))
    else:
        with served_demo() as (base, folder):
            take_all(base, folder)


if __name__ == "__main__":
    main()
