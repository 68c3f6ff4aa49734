"""How reports word things: data that the reading of running text goes by."""
