"""Editions: one folder a year and place, data only; `base` names the edition it differs from."""
