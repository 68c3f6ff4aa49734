"""Check a report yourself (自己核对): the audit for the public, kept for a day under an address nobody guesses."""
