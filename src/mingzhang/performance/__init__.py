"""Budget performance (预算绩效) as arithmetic: indicators, scores, forms, monitoring. No database, no files.

Source: 财预〔2020〕10号 《项目支出绩效评价管理办法》; the forms' own notes.
"""
