"""`mingzhang verify` without a folder, as an auditor runs it over the demo's books."""

import re
import sqlite3

HEAD = re.compile(r"最近的锚定 (\d+:[0-9a-f]{64})")


def run_sql(books, statement):
    with sqlite3.connect(books) as database:
        database.execute(statement)
    database.close()


def test_the_demos_books_agree_with_their_trail(demo):
    said = demo[0].with_books("verify")
    assert "张凭证" in said
    assert "条车辆登记" in said
    assert "全部与留痕一致" in said


def test_a_head_kept_on_paper_is_compared(demo_copy):
    kept = HEAD.search(demo_copy.with_books("verify", "--anchor"))[1]
    assert "与另处保存的锚定也一致" in demo_copy.with_books("verify", "--head", kept)
    said = demo_copy.with_books("verify", "--head", f"{kept[:-64]}{'0' * 64}", status=1)
    assert "不符（head_differs）" in said


def test_an_amount_changed_in_the_database_is_named_and_ends_with_status_1(demo_copy):
    run_sql(demo_copy.books, "UPDATE records_voucherline SET fen = fen + 1 WHERE id = 100")
    said = demo_copy.with_books("verify", status=1)
    assert re.search(r"错误：凭证\S+被改动，与留痕不符（changed_behind）", said)
    assert "从备份恢复" in said
    assert "与留痕不符 1 处" in said


def test_many_findings_are_counted_and_not_all_printed(demo_copy):
    run_sql(demo_copy.books, "UPDATE records_voucher SET reviewed_by = '某人'")
    said = demo_copy.with_books("verify", "--anchor", status=1)
    assert re.search(r"与留痕不符 \d{4} 处，只列出前200处", said)
    assert said.count("changed_behind") == 200
    assert "最近的锚定" not in said
