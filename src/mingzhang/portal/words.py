"""Words for what is a code inside (代码的中文名): actions, books of the trail, groups of codes, fields of records."""

from __future__ import annotations

from mingzhang.records.policy import Action

ACTION_NAMES: dict[Action, str] = {
    Action.VIEW_BOOKS: "查看账簿",
    Action.PREPARE_PERFORMANCE: "申报绩效目标、自评",
    Action.REPORT_VALUE: "填报绩效完成值",
    Action.REVIEW_PERFORMANCE: "复核绩效目标、自评",
    Action.APPROVE_PERFORMANCE: "审批绩效目标、自评",
    Action.PREPARE_VOUCHER: "填制凭证",
    Action.REVIEW_VOUCHER: "复核凭证",
    Action.APPROVE_VOUCHER: "审批凭证",
    Action.PREPARE_BUDGET: "填报预算",
    Action.REVIEW_BUDGET: "复核预算",
    Action.APPROVE_BUDGET: "审批预算",
    Action.KEEP_REGISTERS: "登记备查簿",
    Action.IMPORT: "导入",
    Action.PREPARE_CLOSE: "申请结账",
    Action.REVIEW_CLOSE: "复核结账",
    Action.APPROVE_CLOSE: "审批结账",
    Action.VIEW_ACCOUNTS: "查看决算",
    Action.WRITE_REASON: "填写变动原因",
    Action.WRITE_WORK: "撰写重点工作",
    Action.EDIT_WORK: "编辑重点工作",
    Action.APPROVE_WORK: "审定重点工作",
    Action.PREPARE_PUBLICATION: "准备公开",
    Action.REVIEW_PUBLICATION: "复核公开",
    Action.APPROVE_PUBLICATION: "批准公开",
    Action.REVIEW_CONFIDENTIALITY: "保密审查",
    Action.ENTER_APPROVAL: "登记批复",
    Action.AUDIT: "审核报告",
    Action.ACCEPT_FINDING: "接受核对意见",
    Action.OVERSEE: "查看全部部门",
    Action.VIEW_TRAIL: "查看操作留痕",
    Action.ADMINISTER: "系统管理",
    Action.BACK_UP: "备份",
}

BOOK_NAMES = {
    "people": "用户",
    "installation": "系统",
    "organisation": "机构与授权",
    "proposals": "待审事项",
    "ledger": "账簿",
    "closing": "结账",
    "budget": "预算",
    "projects": "项目",
    "registers": "备查簿",
    "statements": "填报数",
    "words": "原因与文字",
    "work": "重点工作",
    "acceptances": "接受的核对意见",
    "publications": "公开",
    "heads": "链头锚定",
    "exports": "导出",
    "backup": "备份",
}

GROUP_NAMES = {
    "general_public_budget": "一般公共预算",
    "government_managed_funds": "政府性基金预算",
    "state_capital_operations": "国有资本经营预算",
    "social_insurance": "社会保险基金预算",
    "personnel": "人员经费",
    "public": "公用经费",
    "capital_construction": "基本建设",
}

ATTRIBUTE_NAMES = {
    "function": "功能分类",
    "economic": "经济分类",
    "nature": "支出性质",
    "fund": "资金来源",
    "project": "项目",
    "source": "资金年度",
    "detail": "明细",
    "counterparty": "对方单位",
}

FIELD_NAMES = {
    "username": "登录名",
    "name": "名称",
    "section": "科室",
    "is_active": "在用",
    "must_change_password": "须修改密码",
    "password_changed_at": "密码修改时间",
    "created_at": "建立时间",
    "role": "角色",
    "user": "用户",
    "entity": "单位",
    "code": "代码",
    "short_name": "简称",
    "kind": "类别",
    "parent": "上级",
    "order": "次序",
    "edition": "公开格式",
    "watermark": "水印",
    "scopes": "用途",
    "expires_at": "到期",
    "revoked_at": "作废时间",
    "state": "状态",
    "version": "稿次",
    "payload": "内容",
    "result": "结果",
    "date": "日期",
    "summary": "摘要",
    "reason": "原因",
    "fen": "金额（分）",
    "amount_fen": "金额（分）",
    "account": "科目",
    "side": "方向",
    "function": "功能分类",
    "economic": "经济分类",
    "nature": "支出性质",
    "fund": "资金来源",
    "project": "项目",
    "source": "资金年度",
    "detail": "明细",
    "counterparty": "对方单位",
    "financial": "财务会计分录",
    "budgetary": "预算会计分录",
    "year": "年度",
    "month": "月份",
    "number": "编号",
    "stage": "阶段",
    "document_number": "文号",
    "approved_on": "批准日期",
    "lines": "各行",
    "text": "文字",
    "body": "正文",
    "heading": "标题",
    "cell": "数字位置",
    "author": "作者",
    "grants": "授权",
    "at": "单位",
    "heads": "链头",
    "whole": "全部链头",
    "tables": "数据表",
    "rows": "行数",
    "files": "文件",
    "effect": "绩效目标",
    "secret": "涉密",
}


def field_name(path: str) -> str:
    """The parts of a dotted path in Chinese, numbers as places in a list; a part without a name as it is.

    >>> field_name("payload.financial.0.fen")
    '内容 · 财务会计分录 · 第1项 · 金额（分）'
    """
    return " · ".join(
        f"第{int(part) + 1}项" if part.isdecimal() else FIELD_NAMES.get(part, part)
        for part in path.split(".")
    )
