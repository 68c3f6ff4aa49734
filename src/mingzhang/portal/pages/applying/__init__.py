"""Applications of the public (在线申请): a form for what lines open to everybody, a receipt, and how far it is."""
