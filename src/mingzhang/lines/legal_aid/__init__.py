"""Legal aid (法律援助): from request to archived file, with subsidies, follow-up and peer review."""
