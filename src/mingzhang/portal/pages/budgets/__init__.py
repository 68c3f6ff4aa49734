"""Budgets (预算): how they are carried out, the documents they came with, and the entry of another."""
