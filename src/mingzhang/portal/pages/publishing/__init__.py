"""Publishing: what still stands in the way, the approval, the confidentiality review, the proposal, the versions."""
