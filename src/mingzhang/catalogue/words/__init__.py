"""What reports must not, must or may say in words: data that the checks of wording go by."""
