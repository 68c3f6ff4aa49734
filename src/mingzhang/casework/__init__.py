"""Casework (业务办理): one engine for all business lines, without Django; `docs/specs/casework.md` says how its parts fit.

A line is data (`mingzhang.lines`): kinds of records with their fields, state tables, deadline rules, metrics, documents, and a few pure guards.
"""
